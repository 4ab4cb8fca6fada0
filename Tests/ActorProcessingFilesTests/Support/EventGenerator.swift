#if Files
    import ActorProcessing
    import Supervision

    @testable import ActorProcessingFiles

    /// Events with everything that events may have, made from a seed.
    struct EventGenerator {
        private var random: SplitMix64
        /// Whether everything has to have characters that XML has.
        let isForXML: Bool

        init(seed: UInt64, isForXML: Bool = false) {
            random = SplitMix64(seed: seed)
            self.isForXML = isForXML
        }

        private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

        private mutating func pick<Element>(_ elements: [Element]) -> Element {
            elements[Int.random(in: elements.indices, using: &random)]
        }

        mutating func text(_ length: Int = 6) -> String {
            var pieces = [
                "a", "B", "7", " ", "é", "日", "\"", "\\", "\n", "\t", "<", "&", "'", ">", "🙂", ":", "-", "{", "}", ",",
                "/",
            ]
            if !isForXML { pieces += ["\u{0}", "\u{1}", "\u{7F}", "\u{FFFE}"] }
            return (0..<Int.random(in: 0...length, using: &random)).map { _ in pick(pieces) }.joined()
        }

        /// JSON as attributes of a log are written, or nearly.
        mutating func json(_ depth: Int = 3) -> String {
            switch Int.random(in: 0..<(depth > 0 ? 12 : 6), using: &random) {
            case 0: return "\(Int.random(in: -1000...1000, using: &random))"
            case 1: return pick(["1.5", "-0.25", "1e5", "0", "-0", "123456789012345678901234567890", "1.0"])
            case 2: return pick(["true", "false", "null"])
            case 3, 4, 5: return string(text())
            case 6, 7:
                let elements = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                    chance(60) ? "{" + string(text(2)) + ":" + json(depth - 1) + "}" : json(depth - 1)
                }
                return "[" + elements.joined(separator: ",") + "]"
            case 8: return "{\"value\":\(json(depth - 1)),\"attributes\":\(object(depth - 1))}"
            default: return object(depth - 1)
            }
        }

        mutating func object(_ depth: Int) -> String {
            let keys = ["a", "b", "case:a", "case:b", "concept:name", "org:resource", "value", "attributes"]
            let fields = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                string(chance(80) ? pick(keys) : text()) + ":" + json(depth)
            }
            return "{" + fields.joined(separator: chance(95) ? "," : " , ") + "}"
        }

        private func string(_ text: String) -> String {
            var json = JSONText()
            json.string(text)
            return String(decoding: json.bytes, as: UTF8.self)
        }

        private mutating func data() -> [UInt8] {
            switch Int.random(in: 0..<10, using: &random) {
            case 0: return []
            case 1:
                return (0..<Int.random(in: 1...9, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random)
                }
            case 2: return Array(json().utf8)
            case 3: return Array(" \(json())\n".utf8)
            default: return Array(object(3).utf8)
            }
        }

        mutating func event(_ stream: StreamName, _ index: Int64, isCloudEvent: Bool = false) throws -> Event {
            let time =
                chance(80) ? Timestamp(nanosecondsSince1970: max(Int64(bitPattern: random.next()), .min + 1)) : nil
            var metadata: [String: String] = [:]
            for _ in 0..<(chance(50) ? 3 : 0) {
                metadata[isCloudEvent ? pick(["x", "trace1", "who"]) : text()] = text()
            }
            if isCloudEvent { metadata["source"] = "/\(text())" }
            return try Event(
                stream: stream, index: index, type: "T" + text(), data: data(), time: time,
                id: isCloudEvent || chance(50) ? "i" + text() : nil, correlationID: chance(30) ? text() : nil,
                causationID: chance(30) ? text() : nil, metadata: metadata)
        }

        mutating func stream(_ number: Int) -> StreamName {
            StreamName(category: pick(["case", "Order", "é"]), id: "\(number)\(text())")
        }
    }
#endif
