#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Supervision
    import Synchronization

    /// An account: stashes until it is opened, sets timers, emits results, sends outputs, writes views; and fails.
    struct ProbeMachine: StreamMachine {
        struct Input: Sendable {
            var stream: StreamName
            var index: Int64
            var fact: ProbeFact
        }

        static let codec = JSONStateCodec<ProbeState>()

        let faults: ProbeFaults
        /// What was unreadable can be read.
        let repair: Repair
        let reached: @Sendable (ProbeCrash.Point) -> Void

        final class Repair: Sendable {
            private let isDone = Atomic(false)

            func carryOut() { isDone.store(true, ordering: .releasing) }

            var wasCarriedOut: Bool { isDone.load(ordering: .acquiring) }
        }

        var initialState: ProbeState { ProbeState() }
        var stateCodec: (any StateCodec<ProbeState>)? { Self.codec }

        func decode(_ event: Event) throws -> Input? {
            reached(.handling)
            let stream = event.stream
            try faults.strike(.handler, stream, event.index, percent: 5)
            var text = String(decoding: event.data, as: UTF8.self)
            if repair.wasCarriedOut, text.first == "?" { text.removeFirst() }
            guard let number = Int(text), let fact = ProbeFact(type: event.type, number: number) else {
                throw ProbeFailure(errorClass: .permanent)
            }
            return Input(stream: stream, index: event.index, fact: fact)
        }

        func receive(_ message: StreamMessage<Input, Never>, in state: ProbeState) throws -> Step<ProbeState, Never> {
            switch message {
            case .event(let input):
                if !state.isOpen, input.fact != .opened { return .stash }
                return take(input, state)
            case .timer(let name):
                reached(.handling)
                return try remind(name, state)
            }
        }

        private func take(_ input: Input, _ state: ProbeState) -> Step<ProbeState, Never> {
            var state = state
            state.take(input.fact)
            let step = Step<ProbeState, Never>.become(state).writingSQLite { transaction in
                try ProbeViews.add(input.stream, input.index, input.fact, to: transaction)
                reached(.writing)
                try faults.strike(.viewWrite, input.stream, input.index, percent: 1)
            }
            switch input.fact {
            case .opened: return step
            case .reminderWanted(let milliseconds):
                return step.settingTimer(Self.timer(input.stream, input.index), after: .milliseconds(milliseconds))
            case .added:
                let emitting = step.emitting(
                    Output(type: "Added", data: Array(ProbeText.result(input.stream, input.index).utf8)))
                guard ProbeText.isNoticed(input.index) else { return emitting }
                return emitting.sending(
                    Output(type: "Notice", data: Array(ProbeText.notice(input.stream, input.index).utf8)))
            }
        }

        private static func timer(_ stream: StreamName, _ index: Int64) -> String { "\(index) \(stream)" }

        private func remind(_ name: String, _ state: ProbeState) throws -> Step<ProbeState, Never> {
            let parts = name.split(separator: " ")
            guard parts.count == 2, let index = Int64(parts[0]) else { throw ProbeFailure(errorClass: .permanent) }
            let stream = try StreamName(String(parts[1]))
            var state = state
            state.remind(index)
            return Step.become(state)
                .sending(
                    Output(type: ProbeText.reminderType, data: Array(ProbeText.reminder(stream, index).utf8))
                )
                .writingSQLite { transaction in
                    try ProbeViews.remind(stream, index, in: transaction)
                    reached(.writing)
                }
        }
    }
#endif
