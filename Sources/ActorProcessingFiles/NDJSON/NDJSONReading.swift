#if Files
    import ActorProcessing
    import Synchronization

    /// One reading of a file, by the thread that does it: lines in, batches out.
    struct NDJSONReading: ~Copyable {
        private enum Pause {
            case full, nothingYet, end
        }

        private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

        private let configuration: NDJSONConfiguration
        private let counters: FileCounters
        private let queue: BatchQueue
        private var source: ByteSource
        private var buffer: LineBuffer
        private var decoder: NDJSONDecoder
        private var desk: RejectDesk
        private var builder = EventBatch.Builder()
        private var good = 0
        private let start: Int64
        /// Lines since the start of this reading.
        private var lines: Int64 = 0
        private var linesBefore: Int64?
        private var delivered: Int64
        /// In the middle of a line that is too long.
        private var isDiscarding = false

        init(
            _ source: FileSource, _ configuration: NDJSONConfiguration, _ counters: FileCounters, _ queue: BatchQueue,
            from position: FeedPosition
        ) throws(FileFeedError) {
            let opened = try Self.open(source, configuration, queue, from: position)
            let desk = try RejectDesk(source, configuration.badInput, counters, isResumed: position > .start)
            counters.size.store(opened.size ?? -1, ordering: .relaxed)
            self.configuration = configuration
            self.counters = counters
            self.queue = queue
            self.desk = desk
            self.source = opened
            start = position.value
            delivered = position.value
            buffer = LineBuffer(offset: position.value, padding: JSONReader.padding)
            decoder = NDJSONDecoder(configuration)
        }

        private static func open(
            _ source: FileSource, _ configuration: NDJSONConfiguration, _ queue: BatchQueue, from position: FeedPosition
        ) throws(FileFeedError) -> ByteSource {
            var bytes = try ByteSource(source, follows: configuration.follows)
            if position == .start { return bytes }
            try bytes.skip(to: position.value, queue.bell) { queue.isClosed }
            // A last line without a newline ends where the file does.
            if let size = bytes.size, position.value < size, try bytes.bytes(before: position.value, count: 1) != [0x0A]
            {
                throw FileFeedError(
                    .misplaced, source.description,
                    "no line begins at byte \(position), where the checkpoint says to go on: give the file that was read "
                        + "before, or start again with a new reactor name")
            }
            return bytes
        }

        /// Reads until the file ends or nobody asks any more.
        mutating func run() throws {
            while let limit = queue.waitForRoom() {
                let pause: Pause
                do {
                    pause = try fill(limit)
                } catch {
                    // What was good before goes out first.
                    try deliver(upTo: buffer.lineOffset)
                    throw error
                }
                try deliver(upTo: buffer.offset)
                switch pause {
                case .full: break
                case .end: return
                case .nothingYet:
                    queue.tailReached()
                    source.wait(queue.bell, pollingEvery: configuration.pollInterval)
                }
            }
        }

        private mutating func fill(_ limit: ReadLimit) throws -> Pause {
            while isDiscarding
                || (builder.count < limit.events && builder.byteCount < min(limit.bytes, Self.batchBytes))
            {
                if let line = unsafe buffer.takeLine() {
                    try unsafe took(line)
                    continue
                }
                try checkLength()
                switch try unsafe source.read(into: buffer.room()) {
                case .bytes(let count):
                    buffer.filled(count)
                    counters.bytes.store(source.offset, ordering: .relaxed)
                case .nothingYet:
                    // In the middle of a line that is passed over there is nowhere to go on from later.
                    guard isDiscarding, !queue.isClosed else { return .nothingYet }
                    source.wait(queue.bell, pollingEvery: configuration.pollInterval)
                case .end:
                    if buffer.unread > 0 { try unsafe took(buffer.takeRest()) }
                    return .end
                }
            }
            return .full
        }

        /// Batches needn't be larger to be worth their while.
        private static var batchBytes: Int { 1 << 20 }

        private mutating func took(_ line: UnsafeRawBufferPointer) throws {
            if isDiscarding {
                isDiscarding = false
                return
            }
            lines += 1
            var line = unsafe line
            let position = buffer.lineOffset
            if position == 0, unsafe line.starts(with: Self.mark) {
                unsafe line = UnsafeRawBufferPointer(rebasing: line.dropFirst(Self.mark.count))
            }
            if unsafe Self.isBlank(line) { return }
            if line.count > configuration.maximumLineBytes {
                return try unsafe reject(tooLong, line, at: position)
            }
            do {
                let isLate = try unsafe decoder.decode(line, at: position, into: &builder)
                good += 1
                if isLate { counters.late.add(1, ordering: .relaxed) }
            } catch let problem as LineProblem {
                try unsafe reject(problem, line, at: position)
            }
        }

        private var tooLong: LineProblem {
            LineProblem(
                "it is longer than \(configuration.maximumLineBytes) bytes: break it up, or raise maximumLineBytes")
        }

        /// Passes over a line that is already too long before its end has come.
        private mutating func checkLength() throws {
            guard buffer.unread > configuration.maximumLineBytes else { return }
            let beginning = unsafe buffer.takeRest()
            let position = buffer.lineOffset
            if !isDiscarding {
                lines += 1
                isDiscarding = true
                decoder.forget()
                try unsafe reject(tooLong, beginning, at: position, isCut: true)
            }
        }

        private mutating func reject(
            _ problem: LineProblem, _ line: UnsafeRawBufferPointer, at position: Int64, isCut: Bool = false
        ) throws {
            if linesBefore == nil { linesBefore = try source.linesPassed(before: start) }
            try unsafe desk.rejected(
                line: lines + (linesBefore ?? 0), position: position, reason: problem.reason, text: line, isCut: isCut)
            try decoder.appendRejected(at: position, into: &builder)
        }

        private static func isBlank(_ line: UnsafeRawBufferPointer) -> Bool {
            for place in 0..<line.count {
                switch unsafe line[place] {
                case 0x20, 0x09, 0x0D: continue
                default: return false
                }
            }
            return true
        }

        /// - Parameter end: where to read behind what is handed over.
        private mutating func deliver(upTo end: Int64) throws {
            // Without any events there have been empty lines: the checkpoint has to get past them, too.
            if builder.count == 0, end == delivered { return }
            counters.events.add(good, ordering: .relaxed)
            good = 0
            queue.put(builder.finish(firstPosition: delivered), next: FeedPosition(end))
            delivered = end
        }
    }
#endif
