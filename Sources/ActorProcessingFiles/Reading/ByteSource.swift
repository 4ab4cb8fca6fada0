#if Files

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// The bytes of a source, in order, for the one thread that reads them. It knows when a file isn't what it was.
    struct ByteSource {
        enum Reading: Equatable {
            case bytes(Int)
            /// Nothing now, but more may come.
            case nothingYet
            case end
        }

        let source: FileSource
        /// Whether more may be written behind what is there.
        let follows: Bool
        /// How many bytes of the source have been read or passed over.
        private(set) var offset: Int64 = 0
        private var linesSkipped: Int64 = 0
        /// What somebody has read before, to see what it is.
        private var ahead: ArraySlice<UInt8> = []
        private let descriptor: Descriptor
        private let opened: Descriptor.Status

        init(_ source: FileSource, follows: Bool) throws(FileFeedError) {
            self.source = source
            do {
                descriptor =
                    switch source.kind {
                    case .path(let path): try Descriptor(reading: path)
                    case .descriptor(let number, _, _): Descriptor(number: number, isOwned: false)
                    }
                opened = try descriptor.status
            } catch {
                throw FileFeedError(
                    .unavailable, source.description,
                    "it can't be opened, \(error.text): check its name and who may read it")
            }
            if opened.isDirectory {
                throw FileFeedError(.unavailable, source.description, "it is a directory: name a file in it")
            }
            self.follows = follows && opened.isRegular
            if case .descriptor(_, _, let ahead) = source.kind { self.ahead = ahead[...] }
        }

        /// The size of a regular file when it was opened.
        var size: Int64? { opened.isRegular ? opened.size : nil }

        /// The size of a regular file now.
        var currentSize: Int64 {
            get throws(FileFeedError) {
                do {
                    return try descriptor.status.size
                } catch {
                    throw FileFeedError(.failed, source.description, "it can't be looked at, \(error.text)")
                }
            }
        }

        /// How many lines there are in front of the place that reading was begun at.
        func linesPassed(before end: Int64) throws(FileFeedError) -> Int64 {
            if size == nil { return linesSkipped }
            var lines: Int64 = 0
            var place: Int64 = 0
            while place < end {
                let next = min(end, place + 1 << 20)
                let block = try bytes(before: next, count: Int(next - place))
                if block.isEmpty { break }
                for byte in block where byte == 0x0A { lines += 1 }
                place += Int64(block.count)
            }
            return lines
        }

        /// Reads as much as fits and is there.
        mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFeedError) -> Reading {
            if !ahead.isEmpty {
                let count = min(ahead.count, buffer.count)
                unsafe buffer.copyBytes(from: ahead.prefix(count))
                ahead = ahead.dropFirst(count)
                offset += Int64(count)
                return .bytes(count)
            }
            // Only a descriptor that has something is read: a read that blocks can't be ended from here.
            if !opened.isRegular, !ThreadBell.hasNews(descriptor.number) { return .nothingYet }
            do {
                guard let count = try unsafe descriptor.read(into: buffer) else { return .nothingYet }
                offset += Int64(count)
                if count > 0 { return .bytes(count) }
            } catch {
                throw FileFeedError(
                    .failed, source.description,
                    "reading failed at byte \(offset), \(error.text): see that it can be read, and start again")
            }
            if ahead.isEmpty { try checkUnchanged() }
            return follows ? .nothingYet : .end
        }

        /// Blocks until there may be more, or the bell rings.
        ///
        /// A growing file can only be looked at now and then.
        func wait(_ bell: ThreadBell, pollingEvery interval: Duration) {
            if follows {
                bell.wait(atMost: interval)
            } else {
                bell.wait(for: descriptor.number)
            }
        }

        /// Blocks until there is more in a pipe, or its end.
        func waitForMore() { ThreadBell.wait(for: descriptor.number) }

        /// Makes `offset` the next byte to be read.
        mutating func skip(to target: Int64, _ bell: ThreadBell, isClosed: () -> Bool) throws(FileFeedError) {
            if let size {
                guard target <= size else { throw shrunk(to: size, from: target) }
                do {
                    try descriptor.seek(to: target)
                } catch {
                    throw FileFeedError(
                        .failed, source.description, "it can't be read from byte \(target), \(error.text)")
                }
                offset = target
                ahead = []
                return
            }
            let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 8)
            defer { unsafe scratch.deallocate() }
            while offset < target, !isClosed() {
                let wanted = min(scratch.count, Int(target - offset))
                switch try unsafe read(into: UnsafeMutableRawBufferPointer(rebasing: scratch[..<wanted])) {
                case .bytes(let count):
                    for place in 0..<count where unsafe scratch[place] == 0x0A { linesSkipped += 1 }
                case .nothingYet: wait(bell, pollingEvery: .zero)
                case .end: throw shrunk(to: offset, from: target)
                }
            }
        }

        /// Up to `count` bytes in front of a place, of a regular file.
        func bytes(before end: Int64, count: Int) throws(FileFeedError) -> [UInt8] {
            let first = max(0, end - Int64(count))
            do {
                return try descriptor.read(at: first, count: Int(end - first))
            } catch {
                throw FileFeedError(.failed, source.description, "reading failed at byte \(first), \(error.text)")
            }
        }

        /// At what seems to be the end: whether the file is still the one that was opened, and no shorter.
        private func checkUnchanged() throws(FileFeedError) {
            guard opened.isRegular else { return }
            do {
                let size = try descriptor.status.size
                if size < offset || (!follows && size < opened.size) {
                    throw shrunk(to: size, from: max(offset, opened.size))
                }
                guard follows, case .path(let path) = source.kind else { return }
                guard let named = try Descriptor.status(of: path) else {
                    throw FileFeedError(
                        .vanished, path,
                        "it has been removed while it was followed, after byte \(offset): put it back and start again")
                }
                guard named.identity == opened.identity else {
                    throw FileFeedError(
                        .vanished, path,
                        "another file has taken its name while it was followed, after byte \(offset): "
                            + "follow one that is only appended to, or start again with a new reactor name")
                }
            } catch let error as FileFeedError {
                throw error
            } catch {
                throw FileFeedError(.failed, source.description, "it can't be looked at any more: \(error)")
            }
        }

        private func shrunk(to size: Int64, from offset: Int64) -> FileFeedError {
            FileFeedError(
                .shrunk, source.description,
                "it holds \(size) bytes, where there were \(offset): it has been cut or is another file; "
                    + "give the whole one, or start again with a new reactor name")
        }
    }
#endif
