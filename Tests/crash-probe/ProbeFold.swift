#if SQLite
    import ActorProcessing

    /// What a workload comes to without a reactor: each stream's events in order, in one go.
    struct ProbeFold: Sendable {
        struct Tally: Sendable, Hashable {
            var events: Int64
            var digest: Int64
        }

        /// A result that leaves through the resequencer.
        struct Result: Sendable, Hashable {
            var ticket: Int64
            var text: String
            /// It may miss its turn: its event may be parked, or stashed by the machine, or behind one that is.
            var mayBeLate: Bool
        }

        var states: [StreamName: ProbeState] = [:]
        var tallies: [StreamName: Tally] = [:]
        var total = 0
        /// For each partition, in the order of tickets.
        var results: [[Result]] = []
        var outputs: Set<String> = []
        /// How many timers fire.
        var reminders = 0

        init(_ workload: ProbeWorkload) {
            for (stream, entries) in workload.histories {
                var state = ProbeState()
                // What comes before the account is opened is taken up behind that.
                for entry in entries.filter({ $0.fact == .opened }) + entries.filter({ $0.fact != .opened }) {
                    state.take(entry.fact)
                    total += entry.fact.number
                    switch entry.fact {
                    case .reminderWanted:
                        state.remind(entry.index)
                        reminders += 1
                        outputs.insert(ProbeText.reminder(stream, entry.index))
                    case .added where ProbeText.isNoticed(entry.index):
                        outputs.insert(ProbeText.notice(stream, entry.index))
                    default: break
                    }
                }
                states[stream] = state
                tallies[stream] = Tally(events: Int64(state.events), digest: state.digest)
            }
            results = workload.arrivals.map { Self.results($0, workload.histories) }
        }

        private static func results(
            _ arrivals: [ProbeWorkload.Entry], _ histories: [StreamName: [ProbeWorkload.Entry]]
        ) -> [Result] {
            var seen: Set<ProbeWorkload.Entry> = []
            var results: [Result] = []
            for (ticket, entry) in arrivals.enumerated() where seen.insert(entry).inserted {
                guard case .added = entry.fact, let history = histories[entry.stream] else { continue }
                let opened = history.firstIndex { $0.fact == .opened } ?? 0
                let poisoned = history.firstIndex(where: \.isPoisonous) ?? Int.max
                let mayBeLate = Int(entry.index) < opened || Int(entry.index) >= poisoned
                results.append(
                    Result(
                        ticket: Int64(ticket), text: ProbeText.result(entry.stream, entry.index), mayBeLate: mayBeLate))
            }
            return results
        }
    }
#endif
