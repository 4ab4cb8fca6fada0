#if Files
    import ActorProcessing
    import ActorProcessingFiles
    import Sharding
    import Supervision

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// Reading a file and handling its events, end to end.
    struct LogWorkload {
        enum Kind: String, CaseIterable {
            case ndjson = "NDJSON"
            case xes = "XES"
        }

        let kind: Kind
        /// The file to read; one is made when there is none.
        var path: String?
        let streams: Int
        let events: Int

        init(kind: Kind, path: String? = nil, streams: Int? = nil, events: Int? = nil) {
            self.kind = kind
            self.path = path
            self.streams = streams ?? 100_000
            self.events = events ?? 1_000_000
        }

        /// A file whose contents are always the same, in the directory for temporary files.
        func makeFile() throws -> String {
            let directory = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
            let path = "\(directory)/bench-reactor-\(getpid()).\(kind.rawValue.lowercased())"
            switch kind {
            case .ndjson: try writeLines(to: path)
            case .xes: try writeTraces(to: path)
            }
            return path
        }

        private func writeLines(to path: String) throws {
            var writer = try NDJSONWriter(to: .file(path))
            var counts = [Int64](repeating: 0, count: streams)
            var random = SplitMix64(seed: 42)
            for first in stride(from: 0, to: events, by: 4096) {
                var builder = EventBatch.Builder()
                for number in first..<min(events, first + 4096) {
                    let stream = Int(random.next() % UInt64(streams))
                    try append(number, stream: stream, index: counts[stream], to: &builder, &random)
                    counts[stream] += 1
                }
                let batch = builder.finish()
                for row in 0..<batch.count { try writer.write(batch[row]) }
            }
            try writer.finish()
        }

        private func writeTraces(to path: String) throws {
            var writer = try XESWriter(to: .file(path))
            var random = SplitMix64(seed: 42)
            for stream in 0..<streams {
                var builder = EventBatch.Builder()
                for number in (events * stream / streams)..<(events * (stream + 1) / streams) {
                    try append(
                        number, stream: stream, index: Int64(number - events * stream / streams), to: &builder, &random)
                }
                let batch = builder.finish()
                try writer.write((0..<batch.count).map { batch[$0] })
            }
            try writer.finish()
        }

        private static let types = ["Created", "ProductAdded", "PaymentReceived", "OrderPlaced"]

        private func append(
            _ number: Int, stream: Int, index: Int64, to builder: inout EventBatch.Builder, _ random: inout SplitMix64
        ) throws {
            let draw = random.next()
            let data = "{\"org:resource\":\"R\(draw % 100)\",\"cents\":\(draw >> 40)}"
            try builder.append(
                stream: StreamName(category: "case", id: "\(stream)"), index: index,
                type: Self.types[Int(draw % UInt64(Self.types.count))], data: Array(data.utf8),
                time: Timestamp(nanosecondsSince1970: 1_767_225_600_000_000_000 + Int64(number) * 1_000_000))
        }

        /// Reads and handles the file.
        func run(_ options: BenchOptions) async throws {
            let made = path == nil ? try makeFile() : nil
            defer { if let made { unsafe unlink(made) } }
            let source = FileSource.file(path ?? made ?? "")
            let (feed, progress): (any Feed, @Sendable () -> FileProgress)
            switch kind {
            case .ndjson:
                let lines = NDJSONFeed(source, name: "bench")
                (feed, progress) = (lines, { lines.progress })
            case .xes:
                let log = XESFeed(source, name: "bench")
                (feed, progress) = (log, { log.progress })
            }
            let totals = Totals()
            let reactor = Reactor(
                name: "bench", feed: feed, handler: LogDigestHandler(totals: totals),
                runtime: .live(shards: options.shards))
            ResidentMemory.forgetPeak()
            let before = ResidentMemory.peakKibibytes
            let start = ContinuousClock.now
            try await reactor.run()
            let report = LogReport(
                kind: kind, digest: totals.digest, events: totals.events, rejected: progress().rejected,
                bytes: progress().bytes, seconds: (ContinuousClock.now - start) / .seconds(1),
                peak: ResidentMemory.peakKibibytes, peakBefore: before)
            print(options.isJSON ? report.json : report.line)
        }
    }
#endif
