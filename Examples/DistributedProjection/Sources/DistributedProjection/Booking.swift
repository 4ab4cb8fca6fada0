import ActorProcessing

/// A booking of seats, as it is after what has happened to it.
struct Booking: Hashable, Sendable {
    /// What may happen to a booking.
    enum Fact: Codable, Sendable {
        case placed(concert: String, seats: Int)
        case confirmed
        case denied
        case paid(cents: Int)
        case cancelled

        static let codec = JSONCodec(Fact.self)

        /// The word for it, and for a booking to which it has happened last.
        var name: String {
            switch self {
            case .placed: "placed"
            case .confirmed: "confirmed"
            case .denied: "denied"
            case .paid: "paid"
            case .cancelled: "cancelled"
            }
        }

        /// The fact as an event for the journal.
        func event() throws -> NewEvent { NewEvent(type: name, data: try Self.codec.encode(self)) }
    }

    var concert = ""
    var seats = 0
    var status = ""
    var cents = 0
    /// How many facts it is made of.
    var version = 0

    /// Takes in what has happened next: the plain loop that the view is compared with.
    mutating func apply(_ fact: Fact) {
        status = fact.name
        version += 1
        switch fact {
        case .placed(let concert, let seats): (self.concert, self.seats) = (concert, seats)
        case .paid(let cents): self.cents += cents
        case .confirmed, .denied, .cancelled: break
        }
    }

    /// What becomes of the booking of this number, in order: some are denied, some cancelled, the others paid in two parts.
    static func facts(of number: Int) -> [Fact] {
        let seats = number % 4 + 1
        let placed = Fact.placed(concert: "concert \(number % 3 + 1)", seats: seats)
        if number.isMultiple(of: 7) { return [placed, .denied] }
        if number.isMultiple(of: 5) { return [placed, .confirmed, .cancelled] }
        return [placed, .confirmed, .paid(cents: 1000), .paid(cents: seats * 2500 - 1000)]
    }
}
