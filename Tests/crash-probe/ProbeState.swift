#if SQLite
    /// An account after some of its events. The digest depends on their order.
    struct ProbeState: Sendable, Hashable, Codable {
        private static let modulus: Int64 = 1_000_003

        var isOpen = false
        var events = 0
        var digest: Int64 = 0
        /// The events whose reminders have fired, sorted.
        var reminded: [Int64] = []

        mutating func take(_ fact: ProbeFact) {
            if fact == .opened { isOpen = true }
            events += 1
            digest = Self.digest(digest, Int64(fact.number))
        }

        static func digest(_ digest: Int64, _ number: Int64) -> Int64 { (digest * 31 + number + 1) % modulus }

        mutating func remind(_ index: Int64) { reminded = (reminded + [index]).sorted() }
    }
#endif
