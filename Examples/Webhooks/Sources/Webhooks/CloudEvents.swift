import ActorProcessing
import Foundation

/// Why a request's body can't be taken.
struct BadCloudEvent: Error, CustomStringConvertible {
    let description: String
}

/// The events of a request's body: one CloudEvent 1.0 in its JSON form, or an array of them.
///
/// The subject names the stream, as `order-17`; the extension `sequence` is the event's index in its stream.
func cloudEvents(in body: Data) throws -> [Event] {
    let value: Any
    do {
        value = try JSONSerialization.jsonObject(with: body)
    } catch {
        throw BadCloudEvent(description: "the body isn't JSON: \(error.localizedDescription)")
    }
    guard let objects = value as? [[String: Any]] ?? (value as? [String: Any]).map({ [$0] }) else {
        throw BadCloudEvent(description: "the body must be a CloudEvent or an array of them")
    }
    return try objects.map(event)
}

private func event(_ object: [String: Any]) throws -> Event {
    func text(_ name: String) throws -> String {
        guard let text = object[name] as? String, !text.isEmpty else {
            throw BadCloudEvent(description: "'\(name)' must be there, and a text")
        }
        return text
    }
    guard try text("specversion") == "1.0" else { throw BadCloudEvent(description: "'specversion' must be 1.0") }
    let index = (object["sequence"] as? String).flatMap { Int64($0) } ?? (object["sequence"] as? Int).map(Int64.init)
    guard let index, index >= 0 else {
        throw BadCloudEvent(description: "'sequence' must be the event's number in its stream, from 0 on")
    }
    let data = try object["data"].map { try JSONSerialization.data(withJSONObject: $0, options: .fragmentsAllowed) }
    return try Event(
        stream: StreamName(text("subject")), index: index, type: text("type"), data: [UInt8](data ?? Data()),
        id: "\(text("source"))/\(text("id"))")
}
