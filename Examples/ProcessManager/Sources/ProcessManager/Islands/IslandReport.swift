import ActorProcessing

/// Counts in the journal what has come of all baskets, without asking the machines.
struct IslandReport {
    private var types: [String: Int] = [:]
    private var ids: [String] = []
    private var delivered = 0
    /// By shop and basket: the pieces that are put aside.
    private var reserved: [[String]: Int] = [:]
    /// By shop: what it has at any time.
    private var pieces: [String: Int] = [:]
    /// By basket: the pieces wanted of each shop, and how many shops have answered.
    private var wanted: [String: [String: Int]] = [:]
    private var answers: [String: Int] = [:]
    private var refused: Set<String> = []
    private var slots: Set<Int> = []

    init(_ journal: InMemoryJournal) async throws {
        let page = try await journal.read(.all, from: .start, upTo: ReadLimit(events: 10_000, bytes: 1 << 26))
        for row in 0..<page.events.count {
            let event = page.events[row]
            types[event.type, default: 0] += 1
            slots.insert(journal.slot(of: event.stream))
            if let id = event.id { ids.append("\(event.stream) \(id)") }
            if event.type == "Placed" {
                wanted[String(event.stream.id)] = try Basket.wishes.decode(event)
            } else {
                count(event.type, try Letter.codec.decode(event))
            }
        }
    }

    private mutating func count(_ type: String, _ letter: Letter) {
        let place = [letter.shop, letter.basket]
        switch type {
        case "Delivered":
            delivered += letter.pieces
            pieces[letter.shop, default: 0] += letter.pieces
        case "Reserved":
            answers[letter.basket, default: 0] += 1
            reserved[place, default: 0] += letter.pieces
            pieces[letter.shop, default: 0] -= letter.pieces
        case "Refused":
            answers[letter.basket, default: 0] += 1
            refused.insert(letter.basket)
        case "Release":
            reserved[place, default: 0] -= letter.pieces
            pieces[letter.shop, default: 0] += letter.pieces
        default: break
        }
    }

    /// Whether each request was answered once, a basket has all that it wanted or nothing, and no piece is lost.
    var isSound: Bool {
        let held = reserved.values.reduce(0, +)
        return Set(ids).count == ids.count && pieces.values.reduce(held, +) == delivered
            && pieces.values.allSatisfy { $0 >= 0 }
            && wanted.allSatisfy { basket, wishes in
                answers[basket] == wishes.count
                    && wishes.allSatisfy { shop, pieces in
                        reserved[[shop, basket], default: 0] == (refused.contains(basket) ? 0 : pieces)
                    }
            }
    }

    var summary: String {
        types.sorted { $0.key < $1.key }.map { "    \($0.key): \($0.value)" }.joined(separator: "\n")
            + "\n\(wanted.count - refused.count) baskets complete, \(refused.count) cancelled, in \(slots.count) slots; "
            + "\(delivered) pieces: \(pieces.values.reduce(0, +)) in the shops, \(reserved.values.reduce(0, +)) put aside"
    }
}
