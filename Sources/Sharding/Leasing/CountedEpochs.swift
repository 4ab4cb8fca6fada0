/// Epochs of a table under whose fences nothing is committed: each is one above the one before.
package struct CountedEpochs: EpochSource, Sendable {
    private var lastNumber: UInt64 = 0

    package init() {}

    package mutating func beginEpoch(of scope: Fence.Scope, after last: UInt64) -> (epoch: UInt64, number: UInt64) {
        lastNumber += 1
        return (last + 1, lastNumber)
    }

    package mutating func endEpoch(_ fence: Fence) -> UInt64 {
        lastNumber += 1
        return lastNumber
    }
}
