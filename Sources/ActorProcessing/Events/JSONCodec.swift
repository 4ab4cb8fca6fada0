import FoundationEssentials

/// Reads and writes a `Codable` type as JSON, with sorted keys.
public struct JSONCodec<Value: Codable>: EventCodec {
    /// A codec of this type.
    public init(_ type: Value.Type = Value.self) {}

    public func decode(_ event: Event) throws(EventError) -> Value {
        do {
            return try decode(event.data)
        } catch {
            throw EventError(
                .undecodable,
                "\(event) can't be decoded as \(Value.self): \(error.underlying.map { "\($0)" } ?? error.message)",
                underlying: error.underlying)
        }
    }

    /// The value that `bytes` stand for.
    ///
    /// - Throws: ``EventError`` of code ``EventError/Code/undecodable``.
    public func decode(_ bytes: [UInt8]) throws(EventError) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(bytes))
        } catch {
            throw EventError(.undecodable, "these bytes are not a \(Value.self) in JSON: \(error)", underlying: error)
        }
    }

    public func encode(_ value: Value) throws(EventError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        do {
            return [UInt8](try encoder.encode(value))
        } catch {
            throw EventError(.unencodable, "a \(Value.self) can't be written as JSON: \(error)", underlying: error)
        }
    }
}
