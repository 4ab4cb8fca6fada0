#if SQLite
    import ActorProcessing
    import Supervision
    import Synchronization

    /// Which attempts fail; each fails no more than twice in a process.
    final class ProbeFaults: Sendable {
        enum Kind: UInt64, Sendable {
            case handler = 1
            case viewWrite, publication, receiver
        }

        private struct Key: Hashable {
            var kind: Kind
            var stream: StreamName
            var index: Int64
        }

        private let seed: UInt64
        private let struck = Mutex<[Key: Int]>([:])

        init(seed: UInt64) { self.seed = seed }

        /// - Throws: ``ProbeFailure`` if this attempt is to fail.
        func strike(_ kind: Kind, _ stream: StreamName, _ index: Int64, percent: UInt64) throws(ProbeFailure) {
            var random = SplitMix64(
                seed: seed ^ stream.stableHash ^ UInt64(bitPattern: index &* 0x5851_F42D) ^ kind.rawValue << 56)
            guard random.next() % 100 < percent else { return }
            let planned = 1 + Int(random.next() % 2)
            let key = Key(kind: kind, stream: stream, index: index)
            let count = struck.withLock { struck in
                struck[key, default: 0] += 1
                return struck[key, default: 0]
            }
            if count <= planned { throw ProbeFailure(errorClass: .retriable) }
        }
    }

    /// Something has failed on purpose.
    struct ProbeFailure: ClassifiedError {
        let errorClass: ErrorClass
    }
#endif
