import ActorProcessing

/// The comparison of what the reactor has done with what the fold comes to.
struct Verification: Sendable {
    /// What differs, in words; empty when everything agrees.
    private(set) var differences: [String] = []
    private(set) var states = 0
    private(set) var confirmations = 0

    var agrees: Bool { differences.isEmpty }

    /// - Parameter parked: the stream whose confirmations may come late.
    init(_ fold: SequentialFold, _ shop: ShopResults, parked: StreamName?) {
        compareStates(fold.states, shop.states)
        compareConfirmations(fold.confirmations, shop.confirmations, parked)
        expect(shop.stashedByMachines, fold.early, "events stashed by machines")
        expect(shop.parkedLeft, 0, "streams still parked")
        expect(Int(shop.status.handledEvents), shop.arrivals, "events settled")
    }

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

    private mutating func compareConfirmations(
        _ expected: [[ConfirmationLog.Entry]], _ found: ConfirmationLog.Contents, _ parked: StreamName?
    ) {
        confirmations = found.inTurn.reduce(found.late.count) { $0 + $1.count }
        expect(found.unreadable, 0, "confirmations that can't be read")
        for confirmation in found.late where confirmation.stream != parked {
            differences.append("confirmation '\(confirmation)' came late")
        }
        var late = found.late
        for (partition, expected) in expected.enumerated() {
            var left = found.inTurn[partition][...]
            for entry in expected {
                if left.first == entry {
                    left.removeFirst()
                } else if let place = late.firstIndex(of: entry.confirmation) {
                    late.remove(at: place)
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
        expect(late.count, 0, "late confirmations too many")
    }

    private mutating func expect(_ found: Int, _ expected: Int, _ what: String) {
        if found != expected { differences.append("\(what): \(found), expected \(expected)") }
    }
}

/// What a run of the shop has come to.
struct ShopResults: Sendable {
    var status: ReactorStatus
    var states: [StreamName: ShopState]
    var confirmations: ConfirmationLog.Contents
    var stashedByMachines: Int
    var failedPublications: Int
    var parkedLeft: Int
    var arrivals: Int
    var elapsed: Duration
}
