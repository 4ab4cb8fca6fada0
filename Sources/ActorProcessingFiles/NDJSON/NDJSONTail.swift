#if Files
    import ActorProcessing

    /// Finds the end of what a file holds, without reading all of it.
    enum NDJSONTail {
        private static let block = 1 << 16

        static func find(in source: FileSource, follows: Bool) throws(FileFeedError) -> FeedPosition {
            let bytes = try ByteSource(source, follows: follows)
            let size = try bytes.currentSize
            // The last line of a file that doesn't grow needs no newline.
            guard follows else { return FeedPosition(size) }
            var end = size
            while end > 0 {
                let found = try bytes.bytes(before: end, count: block)
                if let newline = found.lastIndex(of: 0x0A) {
                    return FeedPosition(end - Int64(found.count - newline - 1))
                }
                if found.isEmpty { break }
                end -= Int64(found.count)
            }
            return .start
        }
    }
#endif
