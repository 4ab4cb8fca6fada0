/// The tables that view writes write: any values, by table and key.
struct InMemoryViews: Sendable {
    /// A value and the number of the write that put it there.
    struct Cell: Sendable {
        var value: any Sendable
        var version: UInt64
    }

    /// Where a cell is.
    struct Place: Sendable, Hashable {
        var table: String
        var key: String
    }

    private(set) var tables: [String: [String: Cell]] = [:]
    private var lastVersion: UInt64 = 0

    func cell(_ place: Place) -> Cell? { tables[place.table]?[place.key] }

    /// Whether everything that was read is still as it was.
    func isUnchanged(_ reads: [Place: InMemoryViews.Cell?]) -> Bool {
        reads.allSatisfy { place, read in cell(place)?.version == read?.version }
    }

    /// Puts values in and takes out those that are `nil`.
    mutating func apply(_ writes: [Place: (any Sendable)?]) {
        for (place, value) in writes {
            lastVersion += 1
            let version = lastVersion
            tables[place.table, default: [:]][place.key] = value.map { Cell(value: $0, version: version) }
            if tables[place.table]?.isEmpty == true { tables[place.table] = nil }
        }
    }
}
