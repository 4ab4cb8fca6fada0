/// How a stream's state is kept.
public protocol StateCodec<State>: Sendable {
    /// The state of a stream.
    associatedtype State

    /// The version of the encoding.
    ///
    /// A state that was kept under another version is built anew from the events, all of them: the feed must find them
    /// (``Feed/backfill(_:indices:)``). Nothing that this says goes out. A machine's stash and its pending timers are taken over as
    /// they are, so that no timer fires again. But what only a command or a timer had changed, or a handler that was ahead of its
    /// events (``Progress/ahead(to:)``), follows from no event: **it is lost**. A state that holds such things must stay readable
    /// under its schema: let the codec read what older versions wrote. ``TelemetryEvent/stateRebuilt(_:schema:events:)`` tells of
    /// each state that is built anew.
    var schema: Int { get }

    /// The bytes that stand for a state.
    ///
    /// - Throws: ``EventError`` of code ``EventError/Code/unencodable``; the turn then fails.
    func encode(_ state: State) throws(EventError) -> [UInt8]
    /// The state that bytes of this ``schema`` stand for.
    ///
    /// - Throws: ``EventError`` of code ``EventError/Code/undecodable``.
    func decode(_ bytes: [UInt8]) throws(EventError) -> State
}

/// Keeps a `Codable` state as JSON.
public struct JSONStateCodec<State: Codable>: StateCodec {
    /// The version of the encoding.
    public let schema: Int

    /// A codec.
    ///
    /// - Parameters:
    ///   - type: the state's type.
    ///   - schema: raise it when states that were kept can't be read any more, and ``StateCodec/schema`` says what is lost by that.
    public init(_ type: State.Type = State.self, schema: Int = 1) { self.schema = schema }

    /// The state as JSON, with sorted keys.
    public func encode(_ state: State) throws(EventError) -> [UInt8] { try JSONCodec<State>().encode(state) }

    /// The state that JSON stands for.
    public func decode(_ bytes: [UInt8]) throws(EventError) -> State { try JSONCodec<State>().decode(bytes) }
}
