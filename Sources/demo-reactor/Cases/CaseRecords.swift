#if Files
    import ActorProcessing

    /// Where the cases of a log, and the ways that they have gone, are kept.
    protocol CaseRecords: Sendable {
        /// What the reactor keeps there; `nil` for in memory.
        var store: (any ReactorStore)? { get }
        /// Whether states outlive the process.
        var isDurable: Bool { get }

        /// Notes a case's state as a part of the outcome that leads to it.
        ///
        /// - Parameters:
        ///   - start: the variant before.
        ///   - steps: the activities that have led from there to the state's variant.
        func note(
            _ state: CaseState, of name: String, from start: Int32, by steps: [UInt32], _ context: inout HandlerContext)

        /// The last state of each case.
        func states() async throws -> [CaseState]

        /// Nothing more will be asked.
        func close() async throws
    }

    extension CaseBook: CaseRecords {
        var store: (any ReactorStore)? { nil }
        var isDurable: Bool { false }

        func note(
            _ state: CaseState, of name: String, from start: Int32, by steps: [UInt32], _ context: inout HandlerContext
        ) { put(state, of: name) }

        func states() async throws -> [CaseState] { Array(states.values) }

        func close() {}
    }
#endif
