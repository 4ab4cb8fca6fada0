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

        func wait(until isDone: (State) -> Bool) async throws { try await wait(for: { isDone($0) ? () : nil }) }

        /// Waits until there is such a value.
        func wait<Value>(for value: (State) -> Value?) async throws -> Value {
            while true {
                if let value = state.withLock({ value($0) }) { return value }
                try await ContinuousClock().sleep(for: .milliseconds(2))
            }
        }
    }
#endif
