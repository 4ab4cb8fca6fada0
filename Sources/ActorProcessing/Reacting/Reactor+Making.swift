public import Sharding
import Synchronization

extension Reactor {
    /// A reactor with a handler.
    ///
    /// - Parameters:
    ///   - name: under which the store keeps checkpoints, positions and the rest.
    ///   - feed: where the events come from.
    ///   - handler: what is done about them.
    ///   - store: where that is kept; without one, in memory for as long as the reactor lives.
    ///   - configuration: its limits and times.
    ///   - runtime: its threads, its clock and its randomness.
    ///   - filter: which events it is interested in.
    ///   - telemetry: is told what happens.
    ///   - publish: sends a stream's state outward, debounced; it is tried again until it succeeds.
    @inlinable
    public convenience init<Handler: StreamHandler>(
        name: String, feed: any Feed, handler: Handler, store: (any ReactorStore)? = nil,
        configuration: ReactorConfiguration = ReactorConfiguration(), runtime: Runtime = .live(),
        filter: EventFilter = EventFilter(), telemetry: (any TelemetryListener)? = nil,
        publish: (@Sendable (Publication<Handler.State>) async throws -> Void)? = nil
    ) {
        let program = StateProgram(
            makeState: { handler.initialState }, codec: handler.stateCodec, publish: publish,
            makeCall: {
                { cell, events, context in
                    // A state program makes state cells only.
                    let cell = unsafe unsafeDowncast(cell, to: StateCell<Handler.State>.self)
                    var working = cell.state
                    let progress = try await handler.handle(events, state: &working, context: &context)
                    cell.pending = working
                    cell.isPending = true
                    return progress
                }
            })
        self.init(
            name: name, feed: feed, program: program, store: store, configuration: configuration, runtime: runtime,
            filter: filter, telemetry: telemetry)
    }

    /// A reactor with a handler that never suspends.
    ///
    /// The parameters are those of the initialiser that takes any handler.
    @inlinable
    public convenience init<Handler: SynchronousStreamHandler>(
        name: String, feed: any Feed, handler: Handler, store: (any ReactorStore)? = nil,
        configuration: ReactorConfiguration = ReactorConfiguration(), runtime: Runtime = .live(),
        filter: EventFilter = EventFilter(), telemetry: (any TelemetryListener)? = nil,
        publish: (@Sendable (Publication<Handler.State>) async throws -> Void)? = nil
    ) {
        let makeCallAtOnce: @Sendable () -> StreamCallAtOnce = {
            { cell, events, context in
                // A state program makes state cells only.
                let cell = unsafe unsafeDowncast(cell, to: StateCell<Handler.State>.self)
                var working = cell.state
                let progress = try handler.handle(events, state: &working, context: &context)
                cell.pending = working
                cell.isPending = true
                return progress
            }
        }
        let program = StateProgram(
            makeState: { handler.initialState }, codec: handler.stateCodec, publish: publish,
            makeCall: {
                let call = makeCallAtOnce()
                return { cell, events, context in try call(cell, events, &context) }
            },
            makeCallAtOnce: makeCallAtOnce)
        self.init(
            name: name, feed: feed, program: program, store: store, configuration: configuration, runtime: runtime,
            filter: filter, telemetry: telemetry)
    }

    /// A reactor with a state machine per stream.
    ///
    /// The parameters are those of the initialiser that takes a handler.
    public convenience init<Machine: StreamMachine>(
        name: String, feed: any Feed, machine: Machine, store: (any ReactorStore)? = nil,
        configuration: ReactorConfiguration = ReactorConfiguration(), runtime: Runtime = .live(),
        filter: EventFilter = EventFilter(), telemetry: (any TelemetryListener)? = nil,
        publish: (@Sendable (Publication<Machine.State>) async throws -> Void)? = nil
    ) {
        let program = MachineProgram(machine, stashLimit: configuration.maximumMachineStash, publish: publish)
        self.init(
            name: name, feed: feed, program: program, store: store, configuration: configuration, runtime: runtime,
            filter: filter, telemetry: telemetry)
    }

    /// A reactor that remembers nothing between spans, written as a closure.
    public convenience init(
        name: String, feed: any Feed, store: (any ReactorStore)? = nil,
        configuration: ReactorConfiguration = ReactorConfiguration(), runtime: Runtime = .live(),
        telemetry: (any TelemetryListener)? = nil,
        handle: @escaping @Sendable (EventSpan, inout HandlerContext) async throws -> Void
    ) {
        self.init(
            name: name, feed: feed, handler: ClosureHandler(handle), store: store, configuration: configuration,
            runtime: runtime, telemetry: telemetry)
    }

    /// Has results leave through a resequencer: in the order in which their events arrived, partition by partition.
    ///
    /// To be called before ``run()``. `emit` is called with one group at a time; if it throws, the group is tried again.
    public func onResults(_ emit: @escaping @Sendable ([Resequenced]) async throws -> Void) {
        sinks.withLock { $0.emit = emit }
    }

    /// Where outputs go, as soon as their outcomes are committed.
    ///
    /// To be called before ``run()``. `deliver` is called with one group at a time; if it throws, the group is tried again.
    public func onOutputs(_ deliver: @escaping @Sendable ([StreamOutput]) async throws -> Void) {
        sinks.withLock { $0.deliver = deliver }
    }
}
