#if Files
    import ActorProcessing
    import ActorProcessingFiles
    import Foundation
    import Testing

    @testable import demo_reactor

    /// A log in a file that goes with the object.
    final class LogFixture: Sendable {
        let path: String

        init(_ text: String = "", suffix: String = ".ndjson") throws {
            path = NSTemporaryDirectory() + "millrace-" + UUID().uuidString + suffix
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        }

        /// A log of made-up cases.
        convenience init(_ change: (inout GenerateOptions) -> Void) throws {
            try self.init()
            var options = GenerateOptions()
            options.cases = 300
            change(&options)
            options.file = path
            _ = try LogGenerator(options: options).write()
        }

        deinit { unsafe unlink(path) }

        var text: String {
            get throws { try String(contentsOfFile: path, encoding: .utf8) }
        }

        /// What the cases of the log have gone through.
        func results(_ change: (inout CaseOptions) -> Void = { _ in }) async throws -> CaseResults {
            var options = CaseOptions(file: path)
            options.isQuiet = true
            change(&options)
            let (interrupts, nobody) = AsyncStream<Void>.makeStream()
            defer { nobody.finish() }
            let end = try await CaseRun(try await LogFile(options), options).run(
                interrupts: interrupts, every: .seconds(60)
            ) { _ in }
            guard case .finished(let results) = end else {
                Issue.record("the run was interrupted")
                throw CancellationError()
            }
            return results
        }
    }
#endif
