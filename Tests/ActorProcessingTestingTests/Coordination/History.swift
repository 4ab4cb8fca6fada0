import Supervision
import Synchronization

/// One turn of an entity.
struct Turn: Sendable {
    let key: Int
    let item: Item
    let began: RuntimeInstant
    let ended: RuntimeInstant
    /// It was given up before it came back.
    let isVoid: Bool
}

/// What a coordinator and its entities have done.
final class History: Sendable {
    enum Outcome: Sendable { case handled, setAside }

    struct Content {
        var outcomes: [Int: [(number: Int, outcome: Outcome)]] = [:]
        var turns: [Turn] = []
        var overdue: [(key: Int, at: RuntimeInstant)] = []
        var abandoned: [(key: Int, at: RuntimeInstant)] = []
        /// When an entity backs off, and for how long.
        var backoffs: [(key: Int, at: RuntimeInstant, wait: Duration)] = []
        var passivations = 0
        var activations = 0
        var complaints: [String] = []
        var mostRunners = 0
    }

    private let content = Mutex(Content())

    /// A copy of everything so far.
    var all: Content { content.withLock { $0 } }

    func change(_ body: (inout sending Content) -> Void) { content.withLock { body(&$0) } }

    func add(_ key: Int, _ number: Int, _ outcome: Outcome) {
        change { $0.outcomes[key, default: []].append((number, outcome)) }
    }

    func turnEnded(_ turn: Turn) { change { $0.turns.append(turn) } }

    func complain(_ complaint: String) { change { $0.complaints.append(complaint) } }
}
