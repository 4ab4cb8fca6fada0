#if SQLite
    import Sharding
    import Synchronization

    /// Which process runs on which node, by its own word.
    final class Roster: Sendable {
        struct State {
            var running: [String: String] = [:]
            var starts = 0

            /// How many processes the busiest node has.
            var largestShare: Int {
                Dictionary(grouping: running.values) { $0 }.values.map(\.count).max() ?? 0
            }
        }

        private let state = Mutex(State())

        var starts: Int { state.withLock { $0.starts } }

        func node(of process: String) -> String? { state.withLock { $0.running[process] } }

        /// Runs a process that does nothing until it is to stop.
        func run(_ process: String, on node: String, until stop: ProcessStop) async throws {
            state.withLock { state in
                state.running[process] = node
                state.starts += 1
            }
            defer {
                state.withLock { state in
                    if state.running[process] == node { state.running[process] = nil }
                }
            }
            try await stop.wait()
        }

        func wait(until isDone: @Sendable (State) -> Bool) async throws {
            while !state.withLock({ isDone($0) }) { try await ContinuousClock().sleep(for: .milliseconds(2)) }
        }
    }
#endif
