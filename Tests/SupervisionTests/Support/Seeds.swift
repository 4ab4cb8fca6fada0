import Supervision

/// The seeds that property tests run over.
enum Seeds {
    static let few: [UInt64] = Array(1...50)
    static let many: [UInt64] = Array(1...300)
}

extension SplitMix64 {
    /// A number from zero up to, and without, `bound`.
    mutating func below(_ bound: Int) -> Int {
        Int(next(upperBound: UInt64(bound)))
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// True once in so many times.
    mutating func oneIn(_ count: Int) -> Bool {
        below(count) == 0
    }
}
