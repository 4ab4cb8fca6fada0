#if SQLite
    import Foundation

    /// A folder that goes with the object, and all that is in it.
    final class TemporaryFolder: Sendable {
        let path: String

        init() throws {
            path = NSTemporaryDirectory() + "millrace-" + UUID().uuidString
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }

        deinit {
            // What is left behind in the system's folder for temporary files does no harm.
            _ = try? FileManager.default.removeItem(atPath: path)
        }

        func callAsFunction(_ name: String) -> String { path + "/" + name }
    }
#endif
