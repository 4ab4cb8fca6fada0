/// The transactions that committed something under one epoch.
package struct CommitTally: Sendable, Hashable {
    /// From the first one's number up to the last one's.
    package private(set) var numbers: ClosedRange<UInt64>
    /// How many.
    package private(set) var transactions: UInt64

    /// The tally of one transaction.
    package init(_ number: UInt64) {
        self.init(numbers: number...number, transactions: 1)
    }

    package init(numbers: ClosedRange<UInt64>, transactions: UInt64) {
        self.numbers = numbers
        self.transactions = transactions
    }

    /// Counts a transaction; the one that was counted last isn't counted again.
    package mutating func add(_ number: UInt64) {
        if number == numbers.upperBound { return }
        add(CommitTally(number))
    }

    /// Adds transactions that were counted elsewhere.
    package mutating func add(_ other: CommitTally) {
        numbers = min(numbers.lowerBound, other.numbers.lowerBound)...max(numbers.upperBound, other.numbers.upperBound)
        transactions += other.transactions
    }
}
