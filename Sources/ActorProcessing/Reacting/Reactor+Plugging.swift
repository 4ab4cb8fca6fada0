public import Sharding
import Synchronization

extension Reactor {
    /// A reactor whose handlers are plugged in by category, before it runs or while it does.
    ///
    /// Events of a category that nobody handles are settled without being handled, and without a trace in the store.
    /// The parameters are those of the initialiser that takes a handler.
    public convenience init(
        name: String, feed: any Feed, store: (any ReactorStore)? = nil,
        configuration: ReactorConfiguration = ReactorConfiguration(), runtime: Runtime = .live(),
        filter: EventFilter = EventFilter(), telemetry: (any TelemetryListener)? = nil
    ) {
        self.init(
            name: name, feed: feed, program: PluggedProgram(), store: store, configuration: configuration,
            runtime: runtime, filter: filter, telemetry: telemetry)
    }

    /// Has a handler take the streams of a category from now on, also while the reactor runs.
    ///
    /// A category that has to catch up is read for beside the others, which aren't held up;
    /// ``waitUntilCaughtUp()`` waits for that, too. Results of what it catches up with are flagged as late. How far it is
    /// is saved as a checkpoint of its own. To be plugged in again after a restart of the process.
    ///
    /// - Parameters:
    ///   - category: what stands before the dash in the streams' names.
    ///   - handler: what is done about their events.
    ///   - start: where a category begins that was never plugged in.
    ///   - publish: sends a stream's state outward, debounced.
    /// - Throws: ``ReactorError/Code/alreadyPlugged``; ``ReactorError/Code/notPluggable`` for a reactor with one handler.
    public func plug<Handler: StreamHandler>(
        _ category: String, handler: Handler, from start: PlugStart = .beginning,
        publish: (@Sendable (Publication<Handler.State>) async throws -> Void)? = nil
    ) throws(ReactorError) {
        let program = StateProgram(
            makeState: { handler.initialState }, codec: handler.stateCodec, publish: publish,
            makeCall: {
                { cell, events, context in
                    // A state program makes state cells only.
                    let cell = unsafe unsafeDowncast(cell, to: StateCell<Handler.State>.self)
                    return try await cell.call(handler, events, &context)
                }
            })
        try plug(category, program, from: start)
    }

    /// Has a state machine take the streams of a category from now on, also while the reactor runs.
    ///
    /// The parameters are those of the method that takes a handler.
    public func plug<Machine: StreamMachine>(
        _ category: String, machine: Machine, from start: PlugStart = .beginning,
        publish: (@Sendable (Publication<Machine.State>) async throws -> Void)? = nil
    ) throws(ReactorError) {
        let program = MachineProgram(machine, stashLimit: configuration.maximumMachineStash, publish: publish)
        try plug(category, program, from: start)
    }

    /// Takes a category's handler away, and returns when everything handed over to it is settled and published.
    ///
    /// Positions, states and what is parked stay in the store. What comes later is settled without being handled. A
    /// stream that waits for missing events holds this up until the gap policy has decided.
    ///
    /// - Throws: ``ReactorError/Code/notPlugged``; ``ReactorError/Code/notRunning`` when the reactor ends before.
    public func unplug(_ category: String) async throws {
        let board = try board()
        if let running {
            try await running.unplug(category, board)
        } else {
            _ = try board.close(category)
            board.remove(category)
        }
    }

    /// The categories that have a handler, sorted.
    ///
    /// - Throws: ``ReactorError/Code/notPluggable``.
    public var pluggedCategories: [String] {
        get throws(ReactorError) { try board().open.map(\.category) }
    }

    private func plug(
        _ category: String, _ program: any StreamProgram, from start: PlugStart
    ) throws(ReactorError) {
        try board().plug(category, program, from: start, now: running?.places ?? [:])
    }

    private var running: RunningReactor? {
        phase.withLock { phase in
            if case .running(let running) = phase { return running }
            return nil
        }
    }

    private func board() throws(ReactorError) -> PlugBoard {
        guard let program = program as? PluggedProgram else { throw ReactorError.notPluggable(name) }
        return program.board
    }
}
