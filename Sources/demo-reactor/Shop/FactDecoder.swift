import ActorProcessing
import Supervision
import Synchronization

/// Reads the data of the shop's events: numbers with commas between them.
///
/// One producer writes a number as a word. The decoder learns to read that only when it is repaired, which is how the
/// demonstration gets an event that no retry can mend.
final class FactDecoder: Sendable {
    private static let words = ["zero": 0, "one": 1, "two": 2, "three": 3, "four": 4]

    private let isRepaired = Atomic(false)

    /// From now on numbers written as words are understood.
    func repair() { isRepaired.store(true, ordering: .releasing) }

    func decode(_ event: Event) throws(UnreadableFact) -> ShopFact {
        let text = String(decoding: event.data, as: UTF8.self)
        var numbers: [Int] = []
        for part in text.split(separator: ",") {
            guard let number = Int(part) ?? word(part) else {
                throw UnreadableFact(description: "\(event): '\(part)' is not a number")
            }
            numbers.append(number)
        }
        guard let fact = ShopFact(type: event.type, numbers: numbers) else {
            throw UnreadableFact(description: "\(event): '\(text)' is not what its type asks for")
        }
        return fact
    }

    private func word(_ text: Substring) -> Int? {
        isRepaired.load(ordering: .acquiring) ? Self.words[String(text)] : nil
    }

    /// The data of an event; a poisonous one has its second number written as a word.
    static func encode(_ numbers: [Int], isPoisonous: Bool) -> [UInt8] {
        var parts = numbers.map { "\($0)" }
        if isPoisonous, let word = words.first(where: { $0.value == numbers[1] })?.key { parts[1] = word }
        return Array(parts.joined(separator: ",").utf8)
    }
}

/// An event's data can't be read: trying again won't mend it, so its stream is parked.
struct UnreadableFact: ClassifiedError, CustomStringConvertible {
    let description: String

    var errorClass: ErrorClass { .permanent }
}
