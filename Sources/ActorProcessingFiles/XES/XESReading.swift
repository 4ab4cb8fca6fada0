#if Files
    import ActorProcessing
    import Synchronization

    /// One reading of a log, by the thread that does it: elements in, batches out.
    final class XESReading {
        /// Nobody asks any more.
        private struct Closed: Error {}

        /// How much is given to the parser at once.
        private static let pieceBytes = 1 << 16
        private static let batchBytes = 1 << 20

        private let name: FileSource
        private let counters: FileCounters
        private let queue: BatchQueue
        private var source: ByteSource
        // Nothing that runs during an access comes back here: exclusivity isn't checked at run time.
        @safe @exclusivity(unchecked) private var machine: XESMachine
        private var desk: RejectDesk
        @safe @exclusivity(unchecked) private var builder = EventBatch.Builder()
        private var limit = ReadLimit(events: 1, bytes: 1)
        private let start: Int64
        private var ordinal: Int64 = 0
        private var good = 0
        private var parser: XMLPushParser?
        private var data: [UInt8] = []

        init(
            _ source: FileSource, _ configuration: XESConfiguration, _ counters: FileCounters, _ queue: BatchQueue,
            from position: FeedPosition
        ) throws(FileFeedError) {
            name = source
            self.counters = counters
            self.queue = queue
            self.source = try ByteSource(source, follows: false)
            machine = XESMachine(configuration)
            desk = try RejectDesk(source, configuration.badInput, counters, isResumed: position > .start)
            start = position.value
            counters.size.store(self.source.size ?? -1, ordering: .relaxed)
        }

        /// Reads until the log ends or nobody asks any more.
        func run() throws {
            guard let limit = queue.waitForRoom() else { return }
            self.limit = limit
            // The parser is let go at the end, and with it what it holds of this object.
            let parser = XMLPushParser(
                XMLPushParser.Listener(
                    started: { try self.machine.elementStarted($0, $1) },
                    ended: { if self.machine.elementEnded($0) == .take { try self.take() } }))
            self.parser = parser
            defer { self.parser = nil }
            do {
                try feed(parser)
            } catch is Closed {
                return
            } catch {
                deliver()
                throw error
            }
            deliver()
        }

        private func feed(_ parser: XMLPushParser) throws {
            let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.pieceBytes, alignment: 64)
            defer { unsafe piece.deallocate() }
            do {
                while true {
                    switch try unsafe source.read(into: piece) {
                    case .bytes(let count):
                        counters.bytes.store(source.offset, ordering: .relaxed)
                        try unsafe parser.parse(UnsafeRawBufferPointer(rebasing: piece[..<count]))
                    case .nothingYet:
                        deliver()
                        queue.tailReached()
                        source.wait(queue.bell, pollingEvery: .zero)
                        if queue.isClosed { throw Closed() }
                    case .end:
                        try parser.finish()
                        // Whatever the parser makes of its input, a log that hasn't ended isn't read to its end.
                        if !machine.isComplete { throw LineProblem("the XML ends before the log does") }
                        if start > ordinal { throw tooShort }
                        return
                    }
                }
            } catch let problem as LineProblem {
                throw FileFeedError(
                    .malformed, name.description, line: parser.line,
                    "\(problem.reason). Mend the file: what stands before this has been read")
            }
        }

        private var tooShort: FileFeedError {
            FileFeedError(
                .shrunk, name.description,
                "it holds \(ordinal) events, and the checkpoint says that \(start) have been read: give the file that was read "
                    + "before, or start again with a new reactor name")
        }

        /// Takes the event that is complete.
        private func take() throws {
            let position = ordinal
            ordinal += 1
            if position < start { return }
            do {
                try append(at: position)
            } catch {
                // A strict feed goes on here another time.
                ordinal = position
                throw error
            }
            if builder.count >= limit.events || builder.byteCount >= min(limit.bytes, Self.batchBytes) {
                deliver()
                guard let limit = queue.waitForRoom() else { throw Closed() }
                self.limit = limit
            }
        }

        private func append(at position: Int64) throws {
            joinData()
            if let problem = machine.event.problem { return try reject(problem, at: position) }
            var metadata = machine.event.metadata
            if let late = machine.late {
                metadata[LateEvents.metadataKey] = LateEvents.mark(late)
                counters.late.add(1, ordering: .relaxed)
            }
            good += 1
            try unsafe machine.streamName.withUnsafeBytes { name in
                try unsafe (machine.event.data ?? data).withUnsafeBytes { data in
                    try unsafe builder.append(
                        name: name, index: machine.index, type: machine.type, data: data, time: machine.event.time,
                        id: machine.event.id, correlationID: machine.event.correlationID,
                        causationID: machine.event.causationID, metadata: metadata, position: position)
                }
            }
        }

        /// The attributes of the trace and of the event, as one object; nothing at all when there are none.
        private func joinData() {
            data.removeAll(keepingCapacity: true)
            let fields = machine.event.text.json.bytes
            if machine.traceFields.isEmpty, fields.isEmpty { return }
            data.append(UInt8(ascii: "{"))
            data.append(contentsOf: machine.traceFields)
            data.append(contentsOf: fields)
            if fields.isEmpty { data.removeLast() }
            data.append(UInt8(ascii: "}"))
        }

        private func reject(_ problem: String, at position: Int64) throws {
            try unsafe data.withUnsafeBytes { text in
                try unsafe desk.rejected(line: parser?.line ?? 0, position: position, reason: problem, text: text)
            }
            let name = machine.streamName
            try unsafe name.withUnsafeBytes { name in
                try unsafe builder.appendRejected(
                    name: name, index: name.isEmpty ? nil : machine.index, position: position)
            }
        }

        private func deliver() {
            if builder.count == 0 { return }
            counters.events.add(good, ordering: .relaxed)
            good = 0
            queue.put(builder.finish(), next: FeedPosition(ordinal))
        }
    }
#endif
