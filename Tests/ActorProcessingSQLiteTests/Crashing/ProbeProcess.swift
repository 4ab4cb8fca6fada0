#if SQLite
    import Foundation
    import Sharding
    import Testing

    @testable import ActorProcessingSQLite
    @testable import crash_probe

    /// `crash-probe` in a process of its own.
    ///
    /// What blocks does so on threads of their own: the pool has two of them on a small machine, and other tests need them.
    final class ProbeProcess: @unchecked Sendable {
        // @unchecked: used by one test, which does one thing after another.

        enum End: Equatable {
            /// All of the workload is done.
            case finished
            /// It was killed by SIGKILL, whoever sent it.
            case killed
            /// It has failed; what it has said last.
            case failed(String)
        }

        private let process = Process()
        private let input = Pipe()
        private let output = Pipe()
        private var said = Data()

        /// Starts it.
        convenience init(_ options: ProbeOptions) throws { try self.init(options.arguments) }

        /// Starts it with a command line.
        init(_ arguments: [String]) throws {
            let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            process.executableURL = tests.deletingLastPathComponent().appendingPathComponent("crash-probe")
            process.arguments = arguments
            process.standardInput = input
            process.standardOutput = output
            process.standardError = output
            try process.run()
        }

        /// Reads so many bytes of what it writes, fewer when it has ended.
        @discardableResult
        func read(_ count: Int) async throws -> String { try await SystemThread.run { try self.readBlocking(count) } }

        private func readBlocking(_ count: Int) throws -> String {
            guard count > 0, let data = try output.fileHandleForReading.read(upToCount: count) else { return "" }
            said = data
            return String(decoding: data, as: UTF8.self)
        }

        /// Its number in the system.
        var number: Int32 { process.processIdentifier }

        /// Kills it, as `kill -9` does; a process that has ended stays as it is.
        func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

        /// Tells it something.
        func say(_ text: String) { input.fileHandleForWriting.write(Data(text.utf8)) }

        /// Waits until it has stopped itself.
        func waitUntilStopped() async throws {
            let process = try #require(SystemProcess(running: number))
            while try #require(process.activity).isStopped == false { try await Task.sleep(for: .milliseconds(1)) }
        }

        /// Lets it go on after it has been stopped.
        func goOn() { Foundation.kill(process.processIdentifier, SIGCONT) }

        /// Waits until it has ended.
        func end() async throws -> End { try await SystemThread.run { try self.endBlocking() } }

        private func endBlocking() throws -> End {
            while let data = try output.fileHandleForReading.read(upToCount: 4096), !data.isEmpty { said = data }
            process.waitUntilExit()
            if process.terminationReason == .uncaughtSignal, process.terminationStatus == SIGKILL { return .killed }
            if process.terminationReason == .exit, process.terminationStatus == 0 { return .finished }
            return .failed(
                "exit \(process.terminationStatus): \(String(decoding: said, as: UTF8.self).suffix(1000))")
        }
    }
#endif
