import Supervision

/// How stashed events are kept in a snapshot: one after the other, each field with its length in front.
enum EventStash {
    static func encode(_ events: [Event]) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(UInt64(events.count))
        for event in events {
            writer.write(event.stream.value)
            writer.write(UInt64(bitPattern: event.index))
            writer.write(UInt64(bitPattern: event.position))
            writer.write(event.type)
            writer.write(event.data)
            writer.write(UInt64(bitPattern: event.time?.nanosecondsSince1970 ?? .min))
            writer.write(event.id)
            writer.write(event.correlationID)
            writer.write(event.causationID)
            let metadata = event.metadata.sorted { $0.key < $1.key }
            writer.write(UInt64(metadata.count))
            for (key, value) in metadata {
                writer.write(key)
                writer.write(value)
            }
        }
        return writer.bytes
    }

    static func decode(_ bytes: [UInt8]) throws(EventError) -> [Event] {
        if bytes.isEmpty { return [] }
        var reader = ByteReader(bytes)
        var events: [Event] = []
        for _ in 0..<(try reader.count()) { events.append(try event(&reader)) }
        return events
    }

    private static func event(_ reader: inout ByteReader) throws(EventError) -> Event {
        let stream = StreamName(unchecked: try reader.string())
        let index = Int64(bitPattern: try reader.integer())
        let position = Int64(bitPattern: try reader.integer())
        let type = try reader.string()
        let data = try reader.bytes()
        let time = Int64(bitPattern: try reader.integer())
        let id = try reader.optionalString()
        let correlation = try reader.optionalString()
        let causation = try reader.optionalString()
        var metadata: [String: String] = [:]
        for _ in 0..<(try reader.count()) { metadata[try reader.string()] = try reader.string() }
        var builder = EventBatch.Builder()
        try builder.append(
            stream: stream, index: index, type: type, data: data,
            time: time == .min ? nil : Timestamp(nanosecondsSince1970: time), id: id, correlationID: correlation,
            causationID: causation, metadata: metadata, position: position)
        return Event(batch: builder.finish(), row: 0)
    }
}
