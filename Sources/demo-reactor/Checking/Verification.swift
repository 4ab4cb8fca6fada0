import ActorProcessing

/// The comparison of what the reactor has done with what the fold comes to.
struct Verification: Sendable {
    /// What differs, in words; empty when everything agrees.
    private(set) var differences: [String] = []
    private(set) var states = 0
    private(set) var confirmations = 0
    private(set) var lines = 0

    var agrees: Bool { differences.isEmpty }

    /// A run that has come to its end.
    ///
    /// - Parameter parked: the stream whose confirmations may come late.
    init(_ fold: SequentialFold, _ record: ShopRecord, parked: StreamName?) {
        self.init(fold, record, mayBeLate: { $0 == parked })
    }

    /// A run that has come to its end.
    ///
    /// - Parameter mayBeLate: whether a stream's confirmations may come late.
    init(_ fold: SequentialFold, _ record: ShopRecord, mayBeLate: (StreamName) -> Bool) {
        compareStates(fold.states, record.states)
        compareSales(fold.sales, record.sales)
        var late = record.confirmations.late
        compareConfirmations(fold.confirmations, record.confirmations, mayBeLate, &late, isComplete: true)
        expect(late.count, 0, "late confirmations too many")
        expect(record.parked.count, 0, "streams still parked")
    }

    /// A run that goes on some time.
    ///
    /// - Parameters:
    ///   - handled: the fold of the events that are handled.
    ///   - progress: how many events of each stream are handled.
    ///   - published: the fold of the events that the published states are made of.
    init(
        _ handled: SequentialFold, _ progress: [StreamName: Int64], published: SequentialFold, _ record: ShopRecord,
        parked: StreamName?
    ) {
        for (stream, received) in record.received where received.events > progress[stream] ?? 0 {
            differences.append(
                "\(stream): published with \(received.events) events, but \(progress[stream] ?? 0) are handled")
        }
        compareStates(published.states, record.states)
        compareSales(handled.sales, record.sales)
        var late = record.confirmations.late
        compareConfirmations(handled.confirmations, record.confirmations, { $0 == parked }, &late, isComplete: false)
        expect(late.count, 0, "late confirmations too many")
    }

    /// What only a run that was never stopped can be asked.
    mutating func compareCounts(_ fold: SequentialFold, _ shop: ShopResults) {
        if shop.resumed == nil { expect(shop.stashedByMachines, fold.early, "events stashed by machines") }
        expect(Int(shop.status.handledEvents), shop.remaining, "events settled")
    }

    /// Something else differs.
    mutating func found(_ difference: String) { differences.append(difference) }

    private mutating func compareStates(_ expected: [StreamName: ShopState], _ found: [StreamName: ShopState]) {
        states = found.count
        for (stream, state) in expected.sorted(by: { $0.key < $1.key }) where found[stream] != state {
            differences.append(
                "\(stream): published \(found[stream].map { "\($0)" } ?? "nothing"), the fold has \(state)")
        }
        for stream in found.keys.sorted() where expected[stream] == nil {
            differences.append("\(stream): published, but no event is of this stream")
        }
    }

    private mutating func compareSales(_ expected: [Int: Sales], _ found: [Int: Sales]) {
        lines = found.values.reduce(0) { $0 + $1.lines }
        for product in Set(expected.keys).union(found.keys).sorted() where expected[product] != found[product] {
            differences.append(
                "product \(product): the view has \(found[product].map { "\($0)" } ?? "nothing"), the fold "
                    + (expected[product].map { "\($0)" } ?? "nothing"))
        }
    }

    private mutating func compareConfirmations(
        _ expected: [[ConfirmationLog.Entry]], _ found: ConfirmationLog.Contents,
        _ mayBeLate: (StreamName) -> Bool, _ late: inout [Confirmation], isComplete: Bool
    ) {
        confirmations = found.inTurn.reduce(found.late.count) { $0 + $1.count }
        expect(found.unreadable, 0, "confirmations that can't be read")
        for confirmation in found.late where !mayBeLate(confirmation.stream) {
            differences.append("confirmation '\(confirmation)' came late")
        }
        for (partition, expected) in expected.enumerated() {
            var left = found.inTurn[partition][...]
            for entry in expected {
                if left.first == entry {
                    left.removeFirst()
                } else if let place = late.firstIndex(of: entry.confirmation) {
                    late.remove(at: place)
                } else if !isComplete, left.isEmpty || mayBeLate(entry.confirmation.stream) {
                    // It hasn't left yet; what is parked holds up nobody.
                    continue
                } else {
                    let next = left.first.map { "'\($0.confirmation)' with ticket \($0.ticket)" } ?? "nothing"
                    differences.append(
                        "partition \(partition): \(next) came when it was the turn of '\(entry.confirmation)' with ticket \(entry.ticket)"
                    )
                    return
                }
            }
            expect(left.count, 0, "confirmations too many in partition \(partition)")
        }
    }

    mutating func expect(_ found: Int, _ expected: Int, _ what: String) {
        if found != expected { differences.append("\(what): \(found), expected \(expected)") }
    }
}
