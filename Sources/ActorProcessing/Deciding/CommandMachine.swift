import Supervision

/// Leads one stream's commands to their answers, one at a time: what to ask of the journal, and what its answers mean.
///
/// For a command the stream goes through these phases:
/// - *idle* → loading or deciding (``taken(_:)``);
/// - *loading*, while events are read that the state doesn't hold yet → deciding;
/// - *deciding* → appending; answering for a rejection or when nothing happens, after loading once if others may have
///   appended since the state was read, after *finding* if the command may have been applied before, and after *checking*
///   unless the journal has had events of the stream meanwhile;
/// - *appending* → answering; loading after a conflict; finding when its ids are known in part; recalling when all are;
/// - *finding* the command's first event → recalling, or checking or answering when it isn't there;
/// - *checking* that the stream hasn't been deleted, which leaves a snapshot and a resident state as they were → answering;
/// - *recalling* the state that the command was decided on when it was applied → answering with the reply of then;
/// - *waiting* before the journal is asked again → whatever was interrupted;
/// - *answering* → idle (``answered()``).
///
/// A command is applied at most once: its events' ids come from its key, so that the journal recognises them, and what is
/// appended holds for one version of the stream only.
struct CommandMachine<Model: Decider> {
    typealias Answer = Result<Model.Reply, any Error>

    /// What to do next.
    enum Order {
        case rest
        case readSnapshot
        case read(from: Int64)
        case append([NewEvent], expected: Int64)
        case find(id: String)
        case readState
        /// Back off, then call ``waited()``.
        case wait(attempt: Int)
        case answer(Answer)
    }

    struct Known {
        var state: Model.State
        var version: Int64
    }

    struct Proposal {
        var ruling: Ruling<Model.Fact, Model.Reply>
        var events: [NewEvent]
    }

    indirect enum Phase {
        case idle
        case loading
        case deciding
        case appending(Proposal)
        case finding(otherwise: Answer)
        case checking(Answer)
        case recalling(Known, before: Int64)
        case waiting(attempt: Int, then: Phase)
        case answering(Answer)
    }

    let decider: Model
    let stream: StreamName
    let maximumConflicts: Int
    let maximumFailures: Int
    let snapshotInterval: Int64?
    var phase = Phase.idle
    /// The state as far as it is known; `nil` when it has to be built.
    var known: Known?
    var command: SentCommand<Model>?
    var conflicts = 0
    var failures = 0
    /// The journal has been read since the command was taken.
    private var isFresh = false
    /// Events of the stream have been read since the command was taken, so that it wasn't deleted then.
    var hasFoundEvents = false
    /// A call to append got no answer, so that its events may be there.
    var mayBeApplied = false
    private var hasReadSnapshot = false
    private var snapshotVersion: Int64 = 0

    init(decider: Model, stream: StreamName, configuration: EventSourcingConfiguration) {
        self.decider = decider
        self.stream = stream
        maximumConflicts = configuration.maximumConflicts
        maximumFailures = configuration.maximumFailures
        snapshotInterval = decider.snapshotCodec == nil ? nil : configuration.snapshotInterval
    }

    var isIdle: Bool {
        if case .idle = phase { true } else { false }
    }

    /// The next command's turn has come.
    mutating func taken(_ command: SentCommand<Model>) {
        precondition(isIdle, "a stream takes one command at a time")
        self.command = command
        (conflicts, failures, isFresh, mayBeApplied, hasFoundEvents) = (0, 0, false, false, false)
        phase = known == nil ? .loading : .deciding
    }

    /// What to do now; decides when it is time to.
    ///
    /// - Parameter time: what events are dated with.
    mutating func next(at time: Timestamp) -> Order {
        if case .deciding = phase { decide(at: time) }
        switch phase {
        case .idle: return .rest
        case .loading where known == nil && !hasReadSnapshot && snapshotInterval != nil: return .readSnapshot
        case .loading: return .read(from: known?.version ?? 0)
        case .deciding: preconditionFailure("a decision leads to another phase")
        case .appending(let proposal): return .append(proposal.events, expected: known?.version ?? 0)
        case .finding: return .find(id: sent.eventID(0))
        case .checking: return .readState
        case .recalling(let past, _): return .read(from: past.version)
        case .waiting(let attempt, _): return .wait(attempt: attempt)
        case .answering(let answer): return .answer(answer)
        }
    }

    /// The command that is being worked at.
    var sent: SentCommand<Model> {
        guard let command else { preconditionFailure("no command has been taken") }
        return command
    }

    private mutating func decide(at time: Timestamp) {
        guard let known else { preconditionFailure("a decision needs a state") }
        do {
            let ruling = try decider.decide(sent.command, known.state)
            if ruling.facts.isEmpty { return settled(.success(ruling.reply)) }
            phase = .appending(Proposal(ruling: ruling, events: try events(of: ruling.facts, at: time)))
        } catch {
            settled(.failure(error))
        }
    }

    private func events(of facts: [Model.Fact], at time: Timestamp) throws(EventError) -> [NewEvent] {
        var events: [NewEvent] = []
        for (ordinal, fact) in facts.enumerated() {
            events.append(
                NewEvent(
                    type: decider.type(of: fact), data: try decider.codec.encode(fact), time: time,
                    id: sent.eventID(ordinal), correlationID: sent.correlationID, causationID: sent.causationID))
        }
        return events
    }

    /// A decision to append nothing: it must not rest on an old state, and not be about a command that was applied before.
    private mutating func settled(_ answer: Answer) {
        if !isFresh {
            phase = .loading
        } else if sent.mayBeRepeated, known?.version != 0 {
            phase = .finding(otherwise: answer)
        } else {
            conclude(answer)
        }
    }

    /// The command isn't applied and was not before: that is the answer, if there is still a stream that it can be about.
    mutating func conclude(_ answer: Answer) { phase = hasFoundEvents ? .answering(answer) : .checking(answer) }

    /// The answer has been given. Returns a snapshot that is to be saved.
    mutating func answered() throws(EventError) -> JournalSnapshot? {
        command = nil
        phase = .idle
        guard let snapshotInterval, let known, let codec = decider.snapshotCodec,
            known.version / snapshotInterval > snapshotVersion / snapshotInterval
        else { return nil }
        snapshotVersion = known.version
        return JournalSnapshot(version: known.version, schema: codec.schema, state: try codec.encode(known.state))
    }

    /// The call that worked at the command was given up, and somebody else has answered.
    mutating func abandoned() {
        command = nil
        phase = .idle
        forgetState()
    }

    /// The wait is over.
    mutating func waited() {
        if case .waiting(_, let next) = phase { phase = next }
    }

    /// The state may not be what the journal holds.
    mutating func forgetState() {
        known = nil
        hasReadSnapshot = false
    }

    /// A snapshot has been looked for; one of another schema counts as none.
    ///
    /// - Throws: ``EventError`` when it can't be decoded; the state is then built from all events.
    mutating func snapshotRead(_ snapshot: JournalSnapshot?) throws(EventError) {
        hasReadSnapshot = true
        guard let snapshot, let codec = decider.snapshotCodec, snapshot.schema == codec.schema else { return }
        known = Known(state: try codec.decode(snapshot.state), version: snapshot.version)
        snapshotVersion = snapshot.version
    }

    mutating func loaded() {
        isFresh = true
        phase = .deciding
    }
}
