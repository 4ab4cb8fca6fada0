#if Files

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// Bytes that have been read and not yet taken as lines.
    @safe struct LineBuffer: ~Copyable {
        private static let firstCapacity = 1 << 18

        private var memory: UnsafeMutableRawBufferPointer
        private let padding: Int
        private var start = 0
        private var end = 0
        private var scanned = 0
        /// Where the first byte that hasn't been taken stands in the file.
        private(set) var offset: Int64
        /// Where the line that was taken last begins in the file.
        private(set) var lineOffset: Int64

        /// - Parameter padding: how many bytes are readable behind every line.
        init(offset: Int64, padding: Int, capacity: Int = LineBuffer.firstCapacity) {
            self.offset = offset
            lineOffset = offset
            self.padding = padding
            unsafe memory = .allocate(byteCount: capacity + padding, alignment: 64)
            unsafe memory.initializeMemory(as: UInt8.self, repeating: 0)
        }

        deinit { unsafe memory.deallocate() }

        /// How many bytes wait for the end of their line.
        var unread: Int { end - start }

        /// Where to read to, at least one byte.
        mutating func room() -> UnsafeMutableRawBufferPointer {
            let capacity = unsafe memory.count - padding
            if start == end {
                (start, end, scanned) = (0, 0, 0)
            } else if end == capacity {
                makeRoom()
            }
            return unsafe UnsafeMutableRawBufferPointer(rebasing: memory[end..<(memory.count - padding)])
        }

        mutating func filled(_ count: Int) { end += count }

        /// The next line, without its end; `nil` when there is none that has an end. Valid until the buffer is changed.
        mutating func takeLine() -> UnsafeRawBufferPointer? {
            guard scanned < end, let base = unsafe memory.baseAddress,
                let newline = unsafe memchr(base + scanned, 0x0A, end - scanned)
            else {
                scanned = end
                return nil
            }
            let place = unsafe UnsafeRawPointer(newline) - UnsafeRawPointer(base)
            let line = unsafe UnsafeRawBufferPointer(rebasing: memory[start..<place])
            lineOffset = offset
            offset += Int64(place + 1 - start)
            start = place + 1
            scanned = start
            return unsafe line
        }

        /// What waits for the end of its line, as if that were here.
        mutating func takeRest() -> UnsafeRawBufferPointer {
            let rest = unsafe UnsafeRawBufferPointer(rebasing: memory[start..<end])
            lineOffset = offset
            offset += Int64(end - start)
            start = end
            scanned = end
            return unsafe rest
        }

        private mutating func makeRoom() {
            let count = end - start
            if unsafe count > (memory.count - padding) / 2 {
                let larger = unsafe UnsafeMutableRawBufferPointer.allocate(
                    byteCount: 2 * (memory.count - padding) + padding, alignment: 64)
                unsafe larger.initializeMemory(as: UInt8.self, repeating: 0)
                unsafe larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[start..<end]))
                unsafe memory.deallocate()
                unsafe memory = larger
            } else if let base = unsafe memory.baseAddress {
                unsafe memmove(base, base + start, count)
            }
            scanned -= start
            start = 0
            end = count
        }
    }
#endif
