#if Files
    import Synchronization

    /// What a feed has counted, over all of its readers.
    final class FileCounters: Sendable {
        let bytes = Atomic<Int64>(0)
        let size = Atomic<Int64>(-1)
        let events = Atomic<Int>(0)
        let rejected = Atomic<Int>(0)
        let late = Atomic<Int>(0)

        var progress: FileProgress {
            let size = size.load(ordering: .relaxed)
            return FileProgress(
                bytes: bytes.load(ordering: .relaxed), size: size < 0 ? nil : size,
                events: events.load(ordering: .relaxed),
                rejected: rejected.load(ordering: .relaxed), late: late.load(ordering: .relaxed))
        }
    }

    /// How far a feed's file has been read.
    public struct FileProgress: Sendable, Hashable {
        /// The bytes read, or passed over to get to where reading began.
        public let bytes: Int64
        /// The bytes that the file had when it was opened; `nil` for a pipe.
        public let size: Int64?
        /// The good events.
        public let events: Int
        /// What was no good: bad lines, or bad events of a log.
        public let rejected: Int
        /// The events that are late by more than the bound.
        public let late: Int
    }
#endif
