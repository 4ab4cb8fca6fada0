import Sharding
import Supervision

/// Random calls on a store and on the table of leases that is the reference, whose answers are compared but for their epochs.
struct LeaseReference {
    private let scenario: LeaseScenario<any LeaseStore>
    private var generator: SplitMix64
    private var table = LeaseTable()
    private var epochs = CountedEpochs()
    private var moment = LeaseMoment(now: .zero, wallTime: Timestamp(nanosecondsSince1970: 0))
    /// What was granted, by the store and by the reference.
    private var fences: [(store: Fence, table: Fence)] = []
    private var calls: [String] = []

    init(_ scenario: LeaseScenario<any LeaseStore>, seed: UInt64) {
        self.scenario = scenario
        generator = SplitMix64(seed: seed)
    }

    mutating func call() async throws {
        switch below(8) {
        case 0, 1: try await acquire()
        case 2, 3: try await renew()
        case 4: try await release()
        case 5: try await takeOver()
        default: await advance()
        }
        let found = try await scenario.store.leases(of: scenario.deployment).map(Self.summary)
        let expected = table.leases(of: scenario.deployment, at: moment.now).map(Self.summary)
        try expect(found, is: expected, "the leases")
    }

    private mutating func acquire() async throws {
        let scopes = ["a", "b", "c"].filter { _ in below(2) == 0 }.map(scenario.scope)
        let (holder, ttl) = (randomHolder(), randomTTL())
        calls.append("acquire \(scopes) for \(holder.node) and \(ttl)")
        let found = try await scenario.store.acquire(scopes, for: holder, ttl: ttl)
        let expected = try table.acquire(scopes, for: holder, ttl: ttl, at: moment, epochs: &epochs)
        try expect(found.map(Self.summary), is: expected.map(Self.summary), "the answers")
        for case (.granted(let mine), .granted(let other)) in zip(found, expected) { fences.append((mine, other)) }
    }

    private mutating func renew() async throws {
        let (some, ttl) = (randomFences(), randomTTL())
        calls.append("renew \(some.map(\.store)) for \(ttl)")
        let found = try await scenario.store.renew(some.map(\.store), ttl: ttl)
        try expect(found, is: try table.renew(some.map(\.table), ttl: ttl, at: moment), "what is renewed")
    }

    private mutating func release() async throws {
        let some = randomFences()
        calls.append("release \(some.map(\.store))")
        try await scenario.store.release(some.map(\.store))
        table.release(some.map(\.table), at: moment, epochs: &epochs)
    }

    private mutating func takeOver() async throws {
        let scope = scenario.scope(["a", "b", "c"][below(3)])
        let (holder, ttl) = (randomHolder(), randomTTL())
        calls.append("take over \(scope) for \(holder.node) and \(ttl)")
        let found = try await scenario.store.takeOver(scope, for: holder, ttl: ttl)
        let expected = try table.takeOver(scope, for: holder, ttl: ttl, at: moment, epochs: &epochs)
        fences.append((found, expected))
    }

    private mutating func advance() async {
        // Whole tens, when leases run for tens and five: a clock that goes on by itself changes nothing then.
        let duration = Duration.seconds(10 * (1 + below(4)))
        calls.append("advance by \(duration)")
        moment.now = moment.now.advanced(by: duration)
        await scenario.advance(duration)
    }

    private mutating func below(_ bound: UInt64) -> Int { Int(generator.next(upperBound: bound)) }

    private mutating func randomHolder() -> LeaseHolder {
        LeaseHolder(node: ["x", "y"][below(2)], incarnation: UInt64(below(2)))
    }

    private mutating func randomTTL() -> Duration { .seconds(5 + 10 * below(5)) }

    private mutating func randomFences() -> [(store: Fence, table: Fence)] {
        fences.suffix(6).filter { _ in below(3) == 0 }
    }

    private func expect<Value: Equatable>(_ found: Value, is expected: Value, _ what: String) throws {
        if found == expected { return }
        try scenario.expect(found, is: expected, "\(what) after \(calls.joined(separator: ", "))")
    }

    private static func summary(_ answer: LeaseAnswer) -> String {
        switch answer {
        case .granted(let fence): "\(fence.scope) granted"
        case .held(let record): summary(record)
        }
    }

    private static func summary(_ record: LeaseRecord) -> String {
        "\(record.scope) \(record.holder.map { "\($0.node) \($0.incarnation)" } ?? "nobody") \(record.origin) "
            + (record.isHeld ? "held" : "free")
    }
}
