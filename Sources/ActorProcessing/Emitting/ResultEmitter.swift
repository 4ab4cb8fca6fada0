import Sharding
import Supervision
import Synchronization

/// The resequencer of one partition inside a reactor: results leave in ticket order, each at least once.
final class ResultEmitter: Sendable {
    struct State {
        let partition: PartitionID
        var machine: ResequenceMachine<ResultRow>
        /// Results that were committed before this start and whose events will come again as duplicates.
        var recovered: [FeedPosition: [ResultRow]] = [:]
        /// What goes out before anything else: leftovers of the last run, and results that come late.
        var urgent: [Resequenced] = []
        /// The tickets of what was resolved and hasn't been taken out, by ordinal.
        var tickets: [UInt64: FeedPosition] = [:]
        var wakeUp: WakeUp?
        var roomWaiters = WakeUpList()
        var idlePromises: [Promise<Void>] = []
        var isEmitting = false
        /// Everything below this has been handed out.
        var lowest = FeedPosition.start
        var emitted = 0
        var drains: [(ordinal: UInt64, promise: Promise<Void>)] = []
    }

    private let state: Mutex<State>
    private let clock: any RuntimeClock
    let scope: Fence.Scope

    init(scope: Fence.Scope, configuration: ResequencerConfiguration, clock: any RuntimeClock) {
        self.scope = scope
        self.clock = clock
        state = Mutex(State(partition: scope.partition, machine: ResequenceMachine(configuration: configuration)))
    }

    /// What was committed and not emitted before: what lies below the checkpoint goes out at once.
    func recover(_ rows: [ResultRow], checkpoint: FeedPosition?) {
        state.withLock { state in
            // All of these go out first, in one go.
            if let checkpoint { state.lowest = max(state.lowest, checkpoint) }
            for row in rows {
                if row.isLate || row.ticket < (checkpoint ?? .start) {
                    state.urgent.append(state.emission(of: row))
                } else {
                    state.recovered[row.ticket, default: []].append(row)
                }
            }
        }
    }

    /// Opens tickets for a batch; returns the ordinal of its first row.
    func opened(_ count: Int) -> UInt64 {
        let now = clock.now
        return state.withLock { $0.machine.ticketsOpened(count, at: now).lowerBound }
    }

    /// How many tickets may be opened, or what will be woken when some may.
    func room() -> Result<Int, WaitForCredits> {
        state.withLock { state in
            let room = state.machine.room
            if room > 0 { return .success(room) }
            let wakeUp = WakeUp()
            state.roomWaiters.add(wakeUp)
            return .failure(WaitForCredits(wakeUp: wakeUp))
        }
    }

    func resolved(_ resolved: Resolved) { change { $0.resolve(resolved) } }

    func late(_ rows: [ResultRow]) {
        change { state in state.urgent += rows.map { .result($0, partition: state.partition) } }
    }

    /// Keeps the promise when everything opened by now has been emitted.
    func drained(_ promise: Promise<Void>) {
        change { state in state.drains.append((state.machine.nextOrdinal, promise)) }
    }

    /// Keeps the promise when nothing is left that can be emitted now.
    func idle(_ promise: Promise<Void>) { change { $0.idlePromises.append(promise) } }

    var status: (open: Int, emitted: Int, starved: Bool) {
        state.withLock { ($0.machine.openTickets, $0.emitted, $0.machine.isStarved) }
    }

    private func change(_ body: (inout State) -> Void) {
        let wakeUp = state.withLock { state in
            body(&state)
            defer { state.wakeUp = nil }
            return state.wakeUp
        }
        wakeUp?.wake()
    }

    /// The next results in order, with the ticket below which everything is then emitted. Suspends until there are some.
    func next(limit: Int) async throws -> (results: [Resequenced], below: FeedPosition) {
        while true {
            let wakeUp = WakeUp()
            let now = clock.now
            let found = state.withLock { state in state.take(limit: limit, at: now, wakeUp) }
            switch found {
            case .emit(let results, let below, let room):
                room.wake()
                return (results, below)
            case .wait(let done):
                for promise in done { promise.keep(.success(())) }
                try await wakeUp.wait()
            }
        }
    }

    /// What ``next(limit:)`` handed out has been emitted.
    func emitted(_ count: Int) {
        let done = state.withLock { state in
            state.emitted += count
            state.isEmitting = false
            return state.takeDrained()
        }
        for promise in done { promise.keep(.success(())) }
    }
}

extension ResultEmitter.State {
    enum Found {
        case emit([Resequenced], below: FeedPosition, room: WakeUpList)
        case wait(done: [Promise<Void>])
    }

    mutating func resolve(_ resolved: Resolved) {
        var results = resolved.results
        var isTombstone = resolved.isTombstone
        if results.isEmpty, let kept = recovered.removeValue(forKey: resolved.ticket) {
            results = kept.filter { !$0.isTombstone }
            isTombstone = results.isEmpty
        }
        let resolution: Resolution<ResultRow> =
            if !results.isEmpty {
                .results(results, bytes: results.reduce(0) { $0 + $1.output.data.count })
            } else if isTombstone {
                .tombstone(.parked)
            } else {
                .nothing
            }
        tickets[resolved.ordinal] = resolved.ticket
        _ = machine.resolved(resolved.ordinal, resolution)
    }

    mutating func take(limit: Int, at now: RuntimeInstant, _ wakeUp: WakeUp) -> Found {
        if !urgent.isEmpty {
            defer { urgent = [] }
            isEmitting = true
            // Late ones say nothing of those before them, which may be waiting for their turn.
            return .emit(urgent, below: lowest, room: WakeUpList())
        }
        let head = machine.headOrdinal
        var taken: [Ticketed<ResultRow>] = []
        machine.takeEmissions(max: limit, at: now, into: &taken)
        let results = taken.flatMap { ticketed -> [Resequenced] in
            switch ticketed.content {
            case .results(let rows): rows.map { .result($0, partition: partition) }
            case .tombstone:
                tickets[ticketed.ordinal].map { [.tombstone(ticket: $0, partition: partition)] } ?? []
            }
        }
        var below: FeedPosition?
        for ordinal in head..<machine.headOrdinal { below = tickets.removeValue(forKey: ordinal) ?? below }
        if machine.headOrdinal > head {
            isEmitting = true
            if let below { lowest = max(lowest, FeedPosition(below.value + 1)) }
            let passed = takeRecovered(below: lowest)
            return .emit(
                passed.isEmpty ? results : (passed + results).sorted { $0.place < $1.place }, below: lowest,
                room: roomWaiters.takeAll())
        }
        let done = takeDrained() + idlePromises
        idlePromises = []
        self.wakeUp = wakeUp
        return .wait(done: done)
    }

    /// Committed results whose tickets have been passed: a feed that isn't repeatable gives their events others.
    private mutating func takeRecovered(below ticket: FeedPosition) -> [Resequenced] {
        if recovered.isEmpty { return [] }
        let passed = recovered.filter { $0.key < ticket }
        for ticket in passed.keys { recovered[ticket] = nil }
        return passed.sorted { $0.key < $1.key }.flatMap { $0.value.map { emission(of: $0) } }
    }

    /// What stands in a row that was committed before this start.
    func emission(of row: ResultRow) -> Resequenced {
        row.isTombstone ? .tombstone(ticket: row.ticket, partition: partition) : .result(row, partition: partition)
    }

    mutating func takeDrained() -> [Promise<Void>] {
        guard urgent.isEmpty, !isEmitting else { return [] }
        let done = drains.filter { $0.ordinal <= machine.headOrdinal }.map(\.promise)
        drains.removeAll { $0.ordinal <= machine.headOrdinal }
        return done
    }
}
