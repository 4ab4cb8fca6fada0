#if SQLite
    import Synchronization

    /// What nodes have offered, as it was read last: offers are long, and nodes change them rarely.
    final class KnownOffers: Sendable {
        private let names = Mutex<[String: [String]]>([:])

        /// The names that a text stands for; `read` makes them out of one that wasn't seen last time.
        func names(in text: String, _ read: () throws -> [String]) rethrows -> [String] {
            if let known = names.withLock({ $0[text] }) { return known }
            let found = try read()
            names.withLock { names in
                // More texts than there may be nodes are old ones.
                if names.count >= 256 { names = [:] }
                names[text] = found
            }
            return found
        }
    }
#endif
