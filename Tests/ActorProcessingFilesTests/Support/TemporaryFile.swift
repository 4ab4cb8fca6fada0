#if Files
    import Foundation
    import Testing

    @testable import ActorProcessingFiles

    /// A file that goes with the object.
    final class TemporaryFile: Sendable {
        let path: String

        init(_ text: String = "") throws {
            path = NSTemporaryDirectory() + "millrace-" + UUID().uuidString
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        }

        convenience init(_ bytes: [UInt8]) throws {
            try self.init()
            try Data(bytes).write(to: URL(fileURLWithPath: path))
        }

        deinit { unsafe unlink(path) }

        var source: FileSource { .file(path) }

        var contents: [UInt8] {
            get throws { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }
        }

        var text: String {
            get throws { String(decoding: try contents, as: UTF8.self) }
        }

        func append(_ text: String) throws {
            let handle = try #require(FileHandle(forWritingAtPath: path))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data(text.utf8))
            try handle.close()
        }

        func remove() throws { try FileManager.default.removeItem(atPath: path) }

        func truncate(to size: UInt64) throws {
            let handle = try #require(FileHandle(forWritingAtPath: path))
            try handle.truncate(atOffset: size)
            try handle.close()
        }
    }
#endif
