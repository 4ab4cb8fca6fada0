import ActorProcessing

/// A shop with a part of the stock; pieces go from shop to shop by messages.
struct Island: Codable, Sendable, Equatable {
    /// What is said to a shop, or by one to another.
    struct Word: Codable, Sendable {
        /// How many pieces it is about.
        var pieces: Int
        /// To which shop they are to be sent.
        var receiver = 0
        /// Over how many more shops what has come is to go on.
        var hops = 0
        /// From which shop they come.
        var sender = ""
        /// How many consignments have gone from that shop to this one before.
        var number = 0
    }

    /// What one shop sends to another.
    struct Consignment: Sendable {
        var receiver: StreamName
        var word: Word
    }

    static let type = (delivered: "Delivered", wanted: "Wanted", arrived: "Arrived")
    static let codec = JSONCodec<Word>()

    var pieces = 0
    /// How many consignments have gone to each shop, and come from each.
    var sent: [String: Int] = [:]
    var received: [String: Int] = [:]
    /// The first thing that has gone against the rules.
    var wrong: String?

    static func name(_ number: Int) -> StreamName { StreamName(category: "Shop", id: "\(number)") }

    /// Takes an event, and returns what is to be sent because of it.
    mutating func take(_ event: Event, of shops: Int) throws -> [Consignment] {
        let word = try Self.codec.decode(event)
        let own = event.stream.value
        switch event.type {
        case Self.type.delivered:
            pieces += word.pieces
            return []
        case Self.type.wanted:
            let large = send(word.pieces - word.pieces / 3, word.hops, to: Self.name(word.receiver), from: own)
            return large + send(word.pieces / 3, 0, to: Self.name(word.receiver), from: own)
        default:
            if received[word.sender, default: 0] != word.number, wrong == nil {
                wrong = "\(own) got number \(word.number) of \(word.sender) after \(received[word.sender, default: 0])"
            }
            received[word.sender] = word.number + 1
            pieces += word.pieces
            if word.hops == 0 { return [] }
            let next = Self.name((Int(event.stream.id) ?? 0) + word.pieces % shops)
            return send(word.pieces, word.hops - 1, to: Self.name((Int(next.id) ?? 0) % shops), from: own)
        }
    }

    /// As many pieces as there are, up to so many.
    private mutating func send(_ wanted: Int, _ hops: Int, to receiver: StreamName, from own: String) -> [Consignment] {
        let count = min(wanted, pieces)
        if count == 0 { return [] }
        pieces -= count
        let number = sent[receiver.value, default: 0]
        sent[receiver.value] = number + 1
        let word = Word(pieces: count, hops: hops, sender: own, number: number)
        return [Consignment(receiver: receiver, word: word)]
    }
}
