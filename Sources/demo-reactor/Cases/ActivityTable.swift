#if Files
    import Synchronization

    /// Numbers for the names of activities, in the order in which they are met.
    final class ActivityTable: Sendable {
        private struct State {
            var numbers: [String: UInt32] = [:]
            var names: [String] = []
        }

        private let state = Mutex(State())

        func number(of name: String) -> UInt32 {
            state.withLock { state in
                if let number = state.numbers[name] { return number }
                let number = UInt32(state.names.count)
                state.numbers[name] = number
                state.names.append(name)
                return number
            }
        }

        func name(of number: UInt32) -> String { state.withLock { $0.names[Int(number)] } }

        var names: [String] { state.withLock { $0.names } }
    }
#endif
