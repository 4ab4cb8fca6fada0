#if SQLite
    import ActorProcessingSQLite
    import Foundation

    /// A folder for a run's files, which goes with the object.
    final class StateFolder: Sendable {
        private let folder: String

        init() throws {
            folder = NSTemporaryDirectory() + "millrace-" + UUID().uuidString
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }

        deinit {
            // What is left behind in the system's folder for temporary files does no harm.
            _ = try? FileManager.default.removeItem(atPath: folder)
        }

        /// Where the run's state is.
        var path: String { folder + "/state.sqlite" }

        /// Runs a statement behind the back of whoever works on a file.
        func execute(_ statement: SQLiteStatement, in path: String) async throws {
            let store = try await SQLiteStore(path)
            try await store.write { try $0.run(statement) }
            try await store.close()
        }
    }
#endif
