/// How far one stream is handled: the index that its next event must have at least, and how many outcomes have been
/// committed since that index was reached.
///
/// Every outcome raises the position: events raise the index and set the turn to 0, what has no index (a timer, a
/// command, an event that is parked) raises the turn. So reading the position tells whether an outcome was committed.
public struct StreamPosition: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// The next index; `Int64.min` when nothing of the stream has been handled.
    public var nextIndex: Int64

    /// How many outcomes have been committed at this index.
    public var turn: UInt32

    /// Nothing of the stream has been handled yet.
    public static let none = StreamPosition(nextIndex: .min)

    /// A position; its turn is 0 when an event has just been handled.
    @inlinable
    public init(nextIndex: Int64, turn: UInt32 = 0) {
        self.nextIndex = nextIndex
        self.turn = turn
    }

    /// The position after one more outcome that leaves the index where it is.
    @inlinable
    public var afterTurn: StreamPosition { StreamPosition(nextIndex: nextIndex, turn: turn &+ 1) }

    public var description: String {
        self == .none ? "none" : turn == 0 ? "\(nextIndex)" : "\(nextIndex).\(turn)"
    }

    /// Whether `left` comes before `right`: by index, then by turn.
    @inlinable
    public static func < (left: StreamPosition, right: StreamPosition) -> Bool {
        (left.nextIndex, left.turn) < (right.nextIndex, right.turn)
    }
}

extension StreamPosition {
    /// The position as one rising number, for the versions of publications: the index times 2^20, plus the turn.
    public var version: Int64 {
        nextIndex == .min ? Int64(turn) : (nextIndex &<< 20) &+ Int64(min(turn, 0xF_FFFF))
    }
}
