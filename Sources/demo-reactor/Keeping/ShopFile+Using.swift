#if SQLite
    extension ShopFile {
        /// Opens the files of a run that is there, and closes them when `body` is done with them; what fails is told.
        ///
        /// - Throws: ``UsageError`` when there is no such file, and what `body` throws of that kind.
        static func use(_ path: String, _ body: (ShopFile) async throws -> ExitCode) async throws(UsageError)
            -> ExitCode
        {
            guard exists(path) else {
                throw UsageError(
                    "there is no file '\(path)': start a run with 'demo-reactor', or name its file with --state")
            }
            do {
                let file = try await ShopFile(path)
                do {
                    let code = try await body(file)
                    try await file.close()
                    return code
                } catch {
                    // What has failed first says more.
                    try? await file.close()
                    throw error
                }
            } catch let error as UsageError {
                throw error
            } catch {
                Terminal.complain("demo-reactor: \(error)\n")
                return .failed
            }
        }
    }
#endif
