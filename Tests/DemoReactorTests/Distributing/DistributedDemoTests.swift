#if SQLite
    import ActorProcessingSQLite
    import Foundation
    import Testing

    @testable import demo_reactor

    /// Nodes in processes of their own, on one file.
    @Suite("several processes", .serialized, .timeLimit(.minutes(10)))
    struct DistributedDemoTests {
        #if MILLRACE_TSAN
            private static let rounds = 5
        #else
            private static let rounds = 100
        #endif

        private let folder: StateFolder

        init() throws { folder = try StateFolder() }

        private var options: DistributedOptions {
            var options = DistributedOptions()
            options.ttl = .seconds(1)
            options.events = 2_000
            options.state = folder.path
            options.isQuiet = true
            return options
        }

        private func demo(_ options: DistributedOptions) -> DistributedDemo {
            var demo = DistributedDemo(options)
            let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            demo.executable = tests.deletingLastPathComponent().appendingPathComponent("demo-reactor").path
            return demo
        }

        @Test func `a node is killed, one frozen, one joins and one leaves, and all agrees`() async throws {
            #expect(try await demo(options).run() == .success)
            #expect(try await differences().isEmpty)
            // What is there already isn't touched.
            await #expect(throws: UsageError.self) { try await demo(options).run() }
        }

        @Test func `what isn't as it should be is found`() async throws {
            #expect(try await demo(options).run() == .success)
            for damage: (statement: SQLiteStatement, file: String) in [
                ("UPDATE applied SET times = 2 WHERE number = 100", folder.path),
                ("DELETE FROM applied WHERE number = 100", folder.path),
                ("UPDATE applied SET number = -number WHERE number > 1500", folder.path),
                ("UPDATE applied SET epoch = epoch + 1 WHERE number = 100", folder.path),
                ("UPDATE sales SET units = units + 1 WHERE product = 3", folder.path),
                ("UPDATE millrace_epoch SET last_commit = last_commit + 100000 WHERE epoch = 1", folder.path),
                (
                    "DELETE FROM confirmation WHERE number = (SELECT max(number) FROM confirmation)",
                    ShopFile.receiverPath(folder.path)
                ),
            ] {
                let copies = try Copies(of: folder)
                try await folder.execute(damage.statement, in: damage.file)
                #expect(try await !differences().isEmpty, "\(damage.statement)")
                try copies.putBack()
            }
            #expect(try await differences().isEmpty)
        }

        /// The rounds can be set in the environment; the same seed strikes with the same faults, though not at the same moments.
        @Test(arguments: [20_261_121] as [UInt64])
        func `chaos: faults at random, one upon the other`(seed: UInt64) async throws {
            let environment = ProcessInfo.processInfo.environment
            var options = options
            options.rounds = environment["MILLRACE_CHAOS_ROUNDS"].flatMap(Int.init) ?? Self.rounds
            options.seed = environment["MILLRACE_SEED"].flatMap(UInt64.init) ?? seed
            options.events = nil
            // Where the files stay if it fails.
            options.state = nil
            #expect(try await demo(options).run() == .success, "repeat it with: \(options.command)")
        }

        /// What is wrong with the files of a run.
        private func differences() async throws -> [String] {
            let options = options
            let shop = try await SharedShop(folder.path, slots: options.slots, ttl: options.ttl)
            let check = try await DistributedCheck(
                shop, DistributedDemo.scenario(options), TroublePlan(seed: options.seed))
            try await shop.close()
            return check.verification.differences
        }

        /// Copies of all files of a folder.
        private struct Copies {
            private let folder: String
            private let contents: [String: Data]

            init(of folder: StateFolder) throws {
                self.folder = (folder.path as NSString).deletingLastPathComponent
                contents = try Self.files(in: self.folder).reduce(into: [:]) { contents, file in
                    contents[file] = try Data(contentsOf: URL(fileURLWithPath: file))
                }
            }

            func putBack() throws {
                for file in try Self.files(in: folder) { try FileManager.default.removeItem(atPath: file) }
                for (file, data) in contents { try data.write(to: URL(fileURLWithPath: file)) }
            }

            private static func files(in folder: String) throws -> [String] {
                try FileManager.default.contentsOfDirectory(atPath: folder).map { "\(folder)/\($0)" }
            }
        }
    }
#endif
