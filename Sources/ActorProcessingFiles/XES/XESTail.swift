#if Files
    import ActorProcessing

    /// Finds the end of a log: only reading all of it tells how many events there are.
    enum XESTail {
        static func find(in source: FileSource, _ configuration: XESConfiguration) throws -> FeedPosition {
            var bytes = try ByteSource(source, follows: false)
            var machine = XESMachine(configuration)
            var count: Int64 = 0
            // What isn't an event log is reported by the reading itself: here its end is where the events end.
            let parser = XMLPushParser(
                XMLPushParser.Listener(
                    started: { try machine.elementStarted($0, $1) },
                    ended: { if machine.elementEnded($0) == .take { count += 1 } }))
            let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 64)
            defer { unsafe piece.deallocate() }
            do {
                while case .bytes(let length) = try unsafe bytes.read(into: piece) {
                    try unsafe parser.parse(UnsafeRawBufferPointer(rebasing: piece[..<length]))
                }
            } catch is LineProblem {
                return FeedPosition(count)
            }
            return FeedPosition(count)
        }
    }
#endif
