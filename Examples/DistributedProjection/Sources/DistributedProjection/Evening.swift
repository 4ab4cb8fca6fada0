import ActorProcessing
import ActorProcessingSQLite
import Sharding

/// The box office's evening: bookings come in, while the nodes that keep their view come and go.
struct Evening {
    /// Something took far too long.
    struct Overdue: Error, CustomStringConvertible {
        var description: String
    }

    let store: SQLiteStore
    let bookings = 300

    /// Appends what becomes of all bookings. Stops one node after a third of them and kills another after two thirds, and waits
    /// for neither.
    func book(stopping leaving: NodeProcess, killing dying: NodeProcess) async throws -> Int {
        var events = 0
        for number in 1...bookings {
            let booking = StreamName(category: "Booking", id: "\(number)")
            for (index, fact) in Booking.facts(of: number).enumerated() {
                try await store.journal.append([fact.event()], to: booking, expected: .exact(Int64(index)))
                events += 1
            }
            if number == bookings / 3 {
                try leaving.stop()
                print("\(number) bookings: node \(leaving.name) is asked to stop")
            } else if number == bookings * 2 / 3 {
                dying.kill()
                print("\(number) bookings: node \(dying.name) is killed")
            }
        }
        print("\(bookings) bookings in \(events) events")
        return events
    }

    /// Waits until these nodes, and no others, share the partitions out evenly.
    func waitForShares(of nodes: Set<String>) async throws {
        var shares: [String: Int] = [:]
        try await wait("\(nodes.sorted()) to share the partitions out") {
            let leases = try await store.leases(of: ViewNode.reactor).filter { $0.scope.node == nil && $0.isHeld }
            shares = Dictionary(leases.compactMap { $0.holder?.node }.map { ($0, 1) }, uniquingKeysWith: +)
            let fair = ViewNode.partitions / nodes.count...(ViewNode.partitions + nodes.count - 1) / nodes.count
            return Set(shares.keys) == nodes && shares.values.reduce(0, +) == ViewNode.partitions
                && shares.values.allSatisfy(fair.contains)
        }
        let text = shares.sorted { $0.key < $1.key }.map { "\($0.value) on \($0.key)" }
        print("\(ViewNode.partitions) partitions: \(text.joined(separator: ", "))")
    }

    /// Waits until the view is made of so many events.
    func waitForView(_ events: Int) async throws {
        try await wait("the view to have \(events) events") { try await BookingView.version(in: store) >= events }
    }

    /// Folds the journal in a plain loop and compares; says which bookings differ.
    func viewAgrees() async throws -> Bool {
        var folded: [String: Booking] = [:]
        var position = FeedPosition.start
        while true {
            let page = try await store.journal.read(
                .category("Booking"), from: position, upTo: ReadLimit(events: 1_000, bytes: 1 << 20))
            guard page.events.count > 0 else { break }
            for row in 0..<page.events.count {
                let event = page.events[row]
                folded[event.stream.value, default: Booking()].apply(try Booking.Fact.codec.decode(event))
            }
            position = page.next
        }
        let view = try await BookingView.bookings(in: store)
        let different = Set(folded.keys).union(view.keys).filter { folded[$0] != view[$0] }
        for booking in different.sorted() {
            print(booking, "is", view[booking] as Any, "but should be", folded[booking] as Any)
        }
        if !different.isEmpty { return false }
        let cents = view.values.reduce(0) { $0 + $1.cents }
        print("the view agrees with the journal: \(view.count) bookings, \(cents) cents")
        return true
    }

    /// Shows which nodes each partition has run on, and whether two of them could ever commit at once.
    func ownershipIsSound() async throws -> Bool {
        let epochs = try await store.epochs(of: ViewNode.reactor)
        for (partition, epochs) in Dictionary(grouping: epochs.filter { $0.scope.node == nil }, by: \.scope.process)
            .sorted(by: { $0.key < $1.key })
        {
            print("    \(partition) has run on \(epochs.compactMap(\.node).joined(separator: ", "))")
        }
        let audit = OwnershipAudit(epochs)
        print(audit)
        return audit.findings.isEmpty
    }

    private func wait(_ what: String, until isTrue: () async throws -> Bool) async throws {
        let end = ContinuousClock.now.advanced(by: .seconds(60))
        while try await !isTrue() {
            guard ContinuousClock.now < end else { throw Overdue(description: "waited in vain for \(what)") }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
