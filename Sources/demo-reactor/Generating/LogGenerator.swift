#if Files
    import ActorProcessing
    import ActorProcessingFiles
    import Supervision

    /// Writes a log of made-up cases. Its memory doesn't depend on how many there are.
    struct LogGenerator {
        /// The cases that are under way at once.
        private static let open = 256
        private static let batch = 1024

        let options: GenerateOptions
        /// Is told now and then how many events have been written.
        var progressed: (Int) -> Void = { _ in }

        private struct Arrival: Sendable {
            var script: CaseScript
            var index: Int
        }

        /// - Returns: how many events have been written, repetitions included.
        func write() throws -> Int {
            let destination: FileDestination = options.file == "-" ? .standardOutput : .file(options.file)
            switch options.format {
            case .xes: return try writeTraces(to: destination)
            case .ndjson: return try writeLines(NDJSONWriter(to: destination))
            case .cloudevents:
                return try writeLines(NDJSONWriter(to: destination, form: .cloudEvents(source: "/demo-reactor")))
            }
        }

        private func writeTraces(to destination: FileDestination) throws -> Int {
            var writer = try XESWriter(to: destination)
            var written = 0
            for number in 0..<options.cases {
                let script = CaseScript(number: number, seed: options.seed)
                var builder = EventBatch.Builder()
                for index in script.steps.indices { try script.append(index, to: &builder) }
                let batch = builder.finish()
                try writer.write((0..<batch.count).map { batch[$0] })
                written += batch.count
                if number % 100 == 0 { progressed(written) }
            }
            try writer.finish()
            return written
        }

        private func writeLines(_ writer: consuming NDJSONWriter) throws -> Int {
            var writer = writer
            var disturbance = Disturbance<Arrival>(
                window: options.disorder, duplicates: options.duplicates, seed: options.seed)
            var builder = EventBatch.Builder()
            var written = 0
            func flush() throws {
                let batch = builder.finish()
                for row in 0..<batch.count { try writer.write(batch[row]) }
                written += batch.count
                progressed(written)
            }
            func take(_ arrivals: [Arrival]) throws {
                for arrival in arrivals {
                    try arrival.script.append(arrival.index, to: &builder)
                    if builder.count == Self.batch { try flush() }
                }
            }
            try interleave { try take(disturbance.add($0)) }
            try take(disturbance.rest())
            try flush()
            try writer.finish()
            return written
        }

        /// Lets cases happen at the same time.
        private func interleave(_ happened: (Arrival) throws -> Void) throws {
            var random = SplitMix64(seed: options.seed)
            var open: [Arrival] = []
            var next = 0
            while next < options.cases || !open.isEmpty {
                while open.count < Self.open, next < options.cases {
                    open.append(Arrival(script: CaseScript(number: next, seed: options.seed), index: 0))
                    next += 1
                }
                let place = Int.random(in: 0..<open.count, using: &random)
                try happened(open[place])
                open[place].index += 1
                if open[place].index == open[place].script.steps.count {
                    open.swapAt(place, open.count - 1)
                    open.removeLast()
                }
            }
        }
    }
#endif
