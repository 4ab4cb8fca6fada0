import Foundation

/// A node in an operating system process of its own: this program, started once more.
struct NodeProcess: Sendable {
    let name: String
    private let process = Process()
    private let input = Pipe()

    /// Starts it on the file at `path`.
    init(_ name: String, path: String) throws {
        self.name = name
        process.executableURL = Bundle.main.executableURL
        process.arguments = [name, path]
        process.standardInput = input
        try process.run()
    }

    /// Asks it to stop.
    func stop() throws { try input.fileHandleForWriting.close() }

    /// Ends it as `kill -9` does.
    func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

    /// Waits until it has ended, and says whether it has done so by itself and without an error.
    func end() async -> Bool {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                process.waitUntilExit()
                continuation.resume(returning: process.terminationReason == .exit && process.terminationStatus == 0)
            }
        }
    }
}
