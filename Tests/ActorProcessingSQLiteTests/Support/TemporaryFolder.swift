#if SQLite
    import Foundation

    /// A folder that goes with the object, and all that is in it.
    final class TemporaryFolder: Sendable {
        let path: String

        /// - Parameter inMemory: whether it needs to be no safer than memory, where the system has such folders.
        init(inMemory: Bool = false) throws {
            let memory = "/dev/shm/"
            let parent =
                inMemory && FileManager.default.isWritableFile(atPath: memory) ? memory : NSTemporaryDirectory()
            path = parent + "millrace-" + UUID().uuidString
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }

        deinit { remove() }

        /// Removes it now.
        func remove() {
            // What is left behind in the system's folder for temporary files does no harm.
            _ = try? FileManager.default.removeItem(atPath: path)
        }

        func callAsFunction(_ name: String) -> String { path + "/" + name }
    }
#endif
