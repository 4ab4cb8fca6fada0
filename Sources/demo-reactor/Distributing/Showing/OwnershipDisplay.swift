#if SQLite
    import Synchronization

    /// Shows who has what while the play goes on: a table that is drawn again on a terminal, lines elsewhere; on standard error.
    final class OwnershipDisplay: Sendable {
        private struct State {
            var due = ContinuousClock.now
            /// The lines of the table that is on the terminal.
            var drawn = 0
            var leases: [SlotLease] = []
        }

        private let slots: Int
        private let isQuiet: Bool
        private let isTable = Terminal.error.isInteractive
        private let start = ContinuousClock.now
        private let state = Mutex(State())

        init(slots: Int, isQuiet: Bool) {
            self.slots = slots
            self.isQuiet = isQuiet
        }

        /// Whether there is to be shown something new.
        var isDue: Bool { !isQuiet && state.withLock { $0.due <= .now } }

        func show(_ picture: OwnershipPicture) {
            if isQuiet { return }
            state.withLock { state in
                state.due = .now + (isTable ? .milliseconds(100) : .seconds(1))
                let isNew = Set(picture.leases) != Set(state.leases)
                state.leases = picture.leases
                if isTable {
                    let table = picture.table(slots: slots)
                    Terminal.complain(Self.erasure(state.drawn) + table.map { "\($0)\n" }.joined())
                    state.drawn = table.count
                } else if isNew {
                    Terminal.complain("\(time) \(picture.line)\n")
                }
            }
        }

        /// Something has happened, which stays to be read.
        func tell(_ text: String) {
            if isQuiet { return }
            state.withLock { state in
                Terminal.complain("\(Self.erasure(state.drawn))\(time) \(text)\n")
                state.drawn = 0
                state.due = .now
            }
        }

        /// Takes the table away.
        func clear() {
            state.withLock { state in
                if state.drawn > 0 { Terminal.complain(Self.erasure(state.drawn)) }
                state.drawn = 0
            }
        }

        /// Takes lines off a terminal.
        private static func erasure(_ lines: Int) -> String { lines == 0 ? "" : "\u{1B}[\(lines)F\u{1B}[J" }

        private var time: String {
            let tenths = (ContinuousClock.now - start) / .milliseconds(100)
            return "\(tenths.rounded() / 10) s"
        }
    }
#endif
