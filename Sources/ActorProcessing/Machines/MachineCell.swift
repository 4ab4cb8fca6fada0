import Supervision

/// The cell of a stream with a ``StreamMachine``: folds messages through the machine and keeps what it has stashed.
final class MachineCell<Machine: StreamMachine>: StreamCell {
    private struct Value {
        var state: Machine.State
        /// Events that the present state couldn't take, in order, each on its own.
        var stash: [Event] = []
        var commands: [Command] = []
        var timers: [PendingTimer] = []

        var isMoreThanEvents: Bool { !stash.isEmpty || !timers.isEmpty }
    }

    private final class Command {
        let value: Machine.Command
        let promise: PendingCommand

        init(_ value: Machine.Command, _ promise: PendingCommand) {
            self.value = value
            self.promise = promise
        }
    }

    private let program: MachineProgram<Machine>
    private var value: Value
    private var pending: Value?
    private var replies: [(PendingCommand, Result<any Sendable, any Error>)] = []
    /// The index of the event whose turn it is. What is taken out of the stash meanwhile belongs to that turn, since the turn in
    /// which it was stashed may have sent something, too.
    private var trigger: Int64?

    init(_ program: MachineProgram<Machine>) {
        self.program = program
        value = Value(state: program.machine.initialState)
    }

    func handle(_ events: EventSpan, _ context: inout HandlerContext) throws -> Progress {
        var working = value
        for event in events {
            trigger = event.index
            try take(event, &working, &context)
        }
        pending = working
        return .all
    }

    override func handle(_ message: StreamShard.Message, _ context: inout HandlerContext) throws {
        var working = value
        trigger = nil
        switch message {
        case .timer(let timer):
            working.timers.removeAll { $0.name == timer.name }
            let step = try program.machine.receive(.timer(timer.name), in: working.state)
            try apply(step, to: &working, &context, source: nil)
        case .command(let pendingCommand):
            guard let command = pendingCommand.value as? Machine.Command else { throw HandlerError.noMessages }
            try take(Command(command, pendingCommand), &working, &context)
        }
        pending = working
    }

    override func commit() {
        if let pending { value = pending }
        pending = nil
        for (command, result) in replies { command.answer(result) }
        replies.removeAll()
    }

    override func rollBack() {
        pending = nil
        replies.removeAll()
    }

    override func abandon(_ error: any Error) {
        for command in value.commands { command.promise.fail(error) }
    }

    override func takeStashedCommands() -> [PendingCommand] {
        defer { value.commands = [] }
        return value.commands.map(\.promise)
    }

    override var timers: [PendingTimer] { value.timers }

    override func isDisposable(by _: any StreamProgram) -> Bool {
        value.commands.isEmpty && program.codec != nil
    }

    override func publication(
        of stream: StreamName, version: Int64, by _: any StreamProgram
    ) -> (@Sendable () async throws -> Void)? {
        guard let publish = program.publish else { return nil }
        let publication = Publication(stream: stream, state: value.state, version: version)
        return { try await publish(publication) }
    }

    override func snapshot(at position: StreamPosition, by _: any StreamProgram) throws -> Snapshot? {
        guard let codec = program.codec else { return nil }
        let kept = pending ?? value
        return Snapshot(
            position: position, schema: codec.schema, state: try codec.encode(kept.state),
            stash: EventStash.encode(kept.stash), timers: kept.timers)
    }

    override var mustBeKept: Bool { value.isMoreThanEvents || pending?.isMoreThanEvents ?? false }

    override func restore(_ snapshot: Snapshot, by _: any StreamProgram) throws -> Bool {
        guard let codec = program.codec, codec.schema == snapshot.schema else { return false }
        value = Value(
            state: try codec.decode(snapshot.state), stash: try EventStash.decode(snapshot.stash),
            timers: snapshot.timers)
        return true
    }

    override func stashedIndices(in snapshot: Snapshot, by _: any StreamProgram) throws -> Set<Int64> {
        // Without a codec nothing was kept since, and nobody knows what has become of them.
        program.codec == nil ? [] : Set(try EventStash.decode(snapshot.stash).map(\.index))
    }

    override func takeUpRest(of snapshot: Snapshot, by _: any StreamProgram) throws {
        guard program.codec != nil else { return }
        // A timer that has fired since it was set isn't set again, and one that hasn't keeps its time.
        value.timers = snapshot.timers
        // Replay may have stashed others: those whose way only a command or a timer had cleared.
        value.stash = (value.stash + (try EventStash.decode(snapshot.stash))).sorted { $0.index < $1.index }
    }
}

extension MachineCell {
    private enum Source {
        case event(Event)
        case command(Command)
    }

    private func take(_ event: Event, _ working: inout Value, _ context: inout HandlerContext) throws {
        guard let input = try program.machine.decode(event) else { return }
        let step = try program.machine.receive(.event(input), in: working.state)
        try apply(step, to: &working, &context, source: .event(event))
    }

    private func take(_ command: Command, _ working: inout Value, _ context: inout HandlerContext) throws {
        let step = try program.machine.receive(.command(command.value), in: working.state)
        try apply(step, to: &working, &context, source: .command(command))
    }

    private func apply(
        _ step: Step<Machine.State, Machine.Reply>, to working: inout Value, _ context: inout HandlerContext,
        source: Source?
    ) throws {
        for output in step.results {
            if case .event(let event) = source { context.emit(output, for: event) } else { context.send(output) }
        }
        for output in step.outputs { context.send(output) }
        if !step.messages.isEmpty { send(step.messages, &context, source) }
        for change in step.timers { apply(change, to: &working, context) }
        if step.publishes { context.publish() }
        for write in step.writes { context.write(write) }
        if let reply = step.reply, case .command(let command) = source {
            replies.append((command.promise, .success(reply)))
        }
        switch step.move {
        case .stay, .ignore:
            answerIfSilent(step, source)
        case .stash:
            try stash(source, in: &working)
        case .reject(let reason):
            reject(reason, source, &context)
        case .become(let state):
            working.state = state
            answerIfSilent(step, source)
            try unstash(&working, &context)
        }
    }

    private func send(
        _ messages: [(event: NewEvent, receiver: StreamName)], _ context: inout HandlerContext, _ source: Source?
    ) {
        var cause: Event?
        if case .event(let event) = source { cause = event }
        for message in messages {
            context.send(message.event, to: message.receiver, cause: cause, trigger: trigger)
        }
    }

    /// A command that was taken without a reply is answered with nothing.
    private func answerIfSilent(_ step: Step<Machine.State, Machine.Reply>, _ source: Source?) {
        guard step.reply == nil, case .command(let command) = source else { return }
        replies.append((command.promise, .success(())))
    }

    private func stash(_ source: Source?, in working: inout Value) throws {
        guard working.stash.count + working.commands.count < program.stashLimit else {
            throw HandlerError.rejected(
                "the machine has stashed \(program.stashLimit) messages and none of its states takes them: look at its transitions, or raise the limit"
            )
        }
        switch source {
        case .event(let event): working.stash.append(event.detached())
        case .command(let command): working.commands.append(command)
        case nil: throw HandlerError.rejected("a machine can't stash a timer: set it again instead")
        }
    }

    private func reject(_ reason: String, _ source: Source?, _ context: inout HandlerContext) {
        switch source {
        case .event(let event): context.recordSkip(of: event.index..<event.index + 1, reason: reason)
        case .command(let command): replies.append((command.promise, .failure(HandlerError.rejected(reason))))
        case nil: break
        }
    }

    /// The state has changed: what was stashed comes again, in order, events before commands.
    private func unstash(_ working: inout Value, _ context: inout HandlerContext) throws {
        let events = working.stash
        let commands = working.commands
        working.stash = []
        working.commands = []
        for event in events { try take(event, &working, &context) }
        for command in commands { try take(command, &working, &context) }
    }

    private func apply(
        _ change: Step<Machine.State, Machine.Reply>.TimerChange, to working: inout Value, _ context: HandlerContext
    ) {
        switch change {
        case .set(let name, let delay):
            working.timers.removeAll { $0.name == name }
            working.timers.append(PendingTimer(name: name, due: context.clock.wallTime.advanced(by: delay)))
        case .cancel(let name):
            working.timers.removeAll { $0.name == name }
        }
    }
}

/// What all cells of one machine share.
final class MachineProgram<Machine: StreamMachine>: StreamProgram {
    let machine: Machine
    let codec: (any StateCodec<Machine.State>)?
    let publish: (@Sendable (Publication<Machine.State>) async throws -> Void)?
    let stashLimit: Int

    init(
        _ machine: Machine, stashLimit: Int,
        publish: (@Sendable (Publication<Machine.State>) async throws -> Void)?
    ) {
        self.machine = machine
        codec = machine.stateCodec
        self.publish = publish
        self.stashLimit = stashLimit
    }

    func makeCell() -> StreamCell { MachineCell(self) }

    func makeCall() -> StreamCall {
        let call = callAtOnce
        return { cell, events, context in try call(cell, events, &context) }
    }

    func makeCallAtOnce() -> StreamCallAtOnce? { callAtOnce }

    private var callAtOnce: StreamCallAtOnce {
        { cell, events, context in
            // `makeCell` is where all cells come from.
            try unsafe unsafeDowncast(cell, to: MachineCell<Machine>.self).handle(events, &context)
        }
    }

    var publishes: Bool { publish != nil }
    var takesMessages: Bool { true }
    var keepsState: Bool { codec != nil }
    var hasState: Bool { true }
}
