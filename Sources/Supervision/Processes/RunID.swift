/// One run of a process, or one wait before its next: the number tells a late fact from a present one.
package struct RunID: Sendable, Hashable {
    package let number: UInt64

    package init(number: UInt64) {
        self.number = number
    }
}
