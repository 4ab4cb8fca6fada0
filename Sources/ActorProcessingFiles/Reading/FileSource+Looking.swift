#if Files
    import Sharding

    extension FileSource {
        /// The first bytes, at most four, and where to read all of it from: what can be read only once remembers them.
        ///
        /// - Throws: ``FileFeedError`` when it can't be opened or read.
        package func lookingAhead() async throws -> (source: FileSource, first: [UInt8]) {
            try await SystemThread.run { try look() }
        }

        private func look() throws(FileFeedError) -> (source: FileSource, first: [UInt8]) {
            // Whoever writes a named pipe would find the reader gone: it isn't looked into.
            if isReadOnce, case .path = kind { return (self, []) }
            var bytes = try ByteSource(self, follows: false)
            var first: [UInt8] = []
            let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 4, alignment: 1)
            defer { unsafe scratch.deallocate() }
            reading: while first.count < 4 {
                let room = unsafe UnsafeMutableRawBufferPointer(rebasing: scratch[..<(4 - first.count)])
                switch try unsafe bytes.read(into: room) {
                case .bytes(let count): unsafe first += room.prefix(count)
                case .nothingYet: bytes.waitForMore()
                case .end: break reading
                }
            }
            guard case .descriptor(let number, let name, _) = kind else { return (self, first) }
            return (FileSource(kind: .descriptor(number, name: name, ahead: first)), first)
        }
    }
#endif
