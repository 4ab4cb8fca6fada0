import Sharding
import Synchronization

/// Counts the commands that wait for an answer, and lets no more in when it is full or closed.
final class CommandHall: Sendable {
    private struct State {
        var waiting = 0
        var isClosed = false
        var emptied: Promise<Void>?
    }

    private let state = Mutex(State())
    private let limit: Int
    private let name: String

    init(limit: Int, name: String) {
        self.limit = limit
        self.name = name
    }

    /// A seat for one more command.
    func enter() throws(EventSourcingError) -> CommandSeat {
        let refusal: EventSourcingError? = state.withLock { state in
            if state.isClosed { return .notRunning(name) }
            if state.waiting >= limit { return .overloaded("the streams of '\(name)'", limit: limit) }
            state.waiting += 1
            return nil
        }
        if let refusal { throw refusal }
        return CommandSeat(hall: self)
    }

    /// Lets nobody in any more, and keeps the promise when all have left.
    func close(_ emptied: Promise<Void>) {
        let isEmpty = state.withLock { state in
            state.isClosed = true
            state.emptied = emptied
            return state.waiting == 0
        }
        if isEmpty { emptied.keep(.success(())) }
    }

    var waitingCount: Int { state.withLock { $0.waiting } }

    fileprivate func left() {
        let emptied = state.withLock { state in
            state.waiting -= 1
            return state.waiting == 0 ? state.emptied : nil
        }
        emptied?.keep(.success(()))
    }
}

/// The place of one command among those that wait.
struct CommandSeat: Sendable {
    fileprivate let hall: CommandHall

    /// The command is answered. To be called once.
    func left() { hall.left() }
}
