/// How a stream's state is kept.
public protocol StateCodec<State>: Sendable {
    associatedtype State

    /// The version of the encoding. A state that was kept under another version is built anew from the events.
    var schema: Int { get }

    func encode(_ state: State) throws(EventError) -> [UInt8]
    func decode(_ bytes: [UInt8]) throws(EventError) -> State
}

/// Keeps a `Codable` state as JSON.
public struct JSONStateCodec<State: Codable>: StateCodec {
    public let schema: Int

    public init(_ type: State.Type = State.self, schema: Int = 1) { self.schema = schema }

    public func encode(_ state: State) throws(EventError) -> [UInt8] { try JSONCodec<State>().encode(state) }

    public func decode(_ bytes: [UInt8]) throws(EventError) -> State { try JSONCodec<State>().decode(bytes) }
}
