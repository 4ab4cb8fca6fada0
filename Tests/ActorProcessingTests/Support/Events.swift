import ActorProcessing
import Supervision

/// Short ways to make events.
enum Events {
    static let stream = StreamName(category: "Order", id: "1")

    static func one(_ stream: StreamName = Events.stream, _ index: Int64?, type: String = "Added") throws -> Event {
        try Event(stream: stream, index: index, type: type, data: [UInt8](repeating: 7, count: 8))
    }

    static func range(
        _ stream: StreamName = Events.stream, _ indices: Range<Int64>, type: String = "Added"
    ) throws -> [Event] {
        try indices.map { try one(stream, $0, type: type) }
    }

    static func name(_ number: Int) -> StreamName { StreamName(category: "Order", id: "\(number)") }
}

extension SplitMix64 {
    /// A number from zero up to, and without, `bound`.
    mutating func below(_ bound: Int) -> Int { Int(next(upperBound: UInt64(bound))) }
}
