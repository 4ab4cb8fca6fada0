import ActorProcessing
import ActorProcessingSQLite

/// Keeps a row for each booking, written in the transaction that commits the events it is made of.
///
/// What it writes would show a repetition: a booking can be inserted once, and its payments and its version are added to.
struct BookingView: SynchronousStreamHandler {
    static let migrations = SQLiteMigrations(
        component: "bookings",
        steps: [
            """
            CREATE TABLE bookings (
                booking TEXT PRIMARY KEY, concert TEXT NOT NULL, seats INTEGER NOT NULL, status TEXT NOT NULL,
                cents INTEGER NOT NULL, version INTEGER NOT NULL
            ) WITHOUT ROWID
            """
        ])

    private static let insert: SQLiteStatement = "INSERT INTO bookings VALUES (?1, ?2, ?3, ?4, 0, 1)"
    private static let update: SQLiteStatement = """
        UPDATE bookings SET status = ?2, cents = cents + ?3, version = version + 1 WHERE booking = ?1
        """

    func handle(_ events: EventSpan, state: inout Void, context: inout HandlerContext) throws -> Progress {
        let booking = events.stream.value
        for event in events {
            let fact = try Booking.Fact.codec.decode(event)
            context.writeSQLite { transaction in
                switch fact {
                case .placed(let concert, let seats):
                    try transaction.run(Self.insert, booking, concert, seats, fact.name)
                case .paid(let cents):
                    try transaction.run(Self.update, booking, fact.name, cents)
                case .confirmed, .denied, .cancelled:
                    try transaction.run(Self.update, booking, fact.name, 0)
                }
            }
        }
        return .all
    }

    /// How many events the view is made of.
    static func version(in store: SQLiteStore) async throws -> Int {
        try await store.read { try $0.value("SELECT sum(version) FROM bookings", as: Int.self) } ?? 0
    }

    /// The whole view, by booking.
    static func bookings(in store: SQLiteStore) async throws -> [String: Booking] {
        let rows = try await store.read { transaction in
            try transaction.rows("SELECT booking, concert, seats, status, cents, version FROM bookings") { row in
                (
                    row.text(0),
                    Booking(
                        concert: row.text(1), seats: Int(row.integer(2)), status: row.text(3),
                        cents: Int(row.integer(4)), version: Int(row.integer(5)))
                )
            }
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }
}
