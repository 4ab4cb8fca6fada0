import Sharding

extension LeaseStoreContract {
    static let keeping = [
        check("a renewed lease goes on", body: renew),
        check("a lapsed lease that nobody has taken is renewed", body: lateRenewal),
        check("a lease that another has isn't renewed", body: lostRenewal),
        check("what is given back may be leased at once", body: release),
        check("giving back a stale fence changes nothing", body: staleRelease),
        check("a lease is taken over whoever has it", body: takeOver),
    ]

    private static func renew(_ scenario: Scenario) async throws {
        let fence = try await scenario.granted("a", to: "one")
        for _ in 0..<4 {
            await scenario.advance(scenario.ttl - .seconds(20))
            try scenario.expect(
                try await scenario.store.renew([fence], ttl: scenario.ttl), is: [true], "what is renewed")
            let record = try await scenario.record(of: "a")
            try scenario.expect(record.epoch, is: fence.epoch, "the epoch")
            try scenario.expect(
                record.since <= record.renewed, "a renewal after the beginning", otherwise: "it is \(record)")
            try await scenario.held("a", against: "two")
        }
        _ = try await scenario.store.renew([fence], ttl: .seconds(5))
        await scenario.advance(.seconds(6))
        _ = try await scenario.granted("a", to: "two")
    }

    private static func lateRenewal(_ scenario: Scenario) async throws {
        let fence = try await scenario.granted("a", to: "one")
        await scenario.lapse()
        let lapsed = try await scenario.record(of: "a")
        try scenario.expect(!lapsed.isHeld, "a record that says that it has lapsed", otherwise: "it is \(lapsed)")
        try scenario.expect(lapsed.holder, is: scenario.holder("one"), "the holder")
        try scenario.expect(
            try await scenario.store.renew([fence], ttl: scenario.ttl), is: [true], "what is renewed")
        try await scenario.held("a", against: "two")
    }

    private static func lostRenewal(_ scenario: Scenario) async throws {
        let lost = try await scenario.granted("a", to: "one")
        let kept = try await scenario.granted("b", to: "one")
        await scenario.lapse()
        let taken = try await scenario.granted("a", to: "two")
        try scenario.expect(
            try await scenario.store.renew([lost, kept], ttl: scenario.ttl), is: [false, true], "what is renewed")
        await scenario.lapse()
        try scenario.expect(
            try await scenario.store.renew([lost, taken], ttl: scenario.ttl), is: [false, true], "what is renewed")
        let unknown = FenceAuthority().fence(for: scenario.scope("c"), epoch: 1)
        try scenario.expect(
            try await scenario.store.renew([unknown], ttl: scenario.ttl), is: [false], "what is renewed")
    }

    private static func release(_ scenario: Scenario) async throws {
        let first = try await scenario.granted("a", to: "one")
        let other = try await scenario.granted("b", to: "one")
        try await scenario.store.release([first])
        let record = try await scenario.record(of: "a")
        try scenario.expect(record.holder, is: nil, "the holder")
        try scenario.expect(!record.isHeld, "a record that says that it is free", otherwise: "it is \(record)")
        try scenario.expect(
            try await scenario.store.renew([first, other], ttl: scenario.ttl), is: [false, true], "what is renewed")
        let second = try await scenario.granted("a", to: "two")
        try scenario.expect(second.epoch > first.epoch, "a higher epoch", otherwise: "it is \(second.epoch)")
        try scenario.expect(try await scenario.record(of: "a").origin, is: .free, "the origin")
    }

    private static func staleRelease(_ scenario: Scenario) async throws {
        let stale = try await scenario.granted("a", to: "one")
        await scenario.lapse()
        let fence = try await scenario.granted("a", to: "two")
        for _ in 0..<2 { try await scenario.store.release([stale]) }
        try await scenario.held("a", against: "one")
        for _ in 0..<2 { try await scenario.store.release([stale, fence]) }
        _ = try await scenario.granted("a", to: "three")
        try await scenario.store.release([fence])
        try await scenario.held("a", against: "one")
    }

    private static func takeOver(_ scenario: Scenario) async throws {
        let first = try await scenario.granted("a", to: "one")
        let scope = scenario.scope("a")
        let second = try await scenario.store.takeOver(scope, for: scenario.holder("two"), ttl: scenario.ttl)
        try scenario.expect(second.scope, is: scope, "the fence's scope")
        try scenario.expect(second.epoch > first.epoch, "a higher epoch", otherwise: "it is \(second.epoch)")
        let record = try await scenario.held("a", against: "one")
        try scenario.expect(record.holder, is: scenario.holder("two"), "the holder")
        try scenario.expect(record.origin, is: .takenOver(node: "one"), "the origin")
        try scenario.expect(
            try await scenario.store.renew([first, second], ttl: scenario.ttl), is: [false, true], "what is renewed")
        await scenario.lapse()
        _ = try await scenario.store.takeOver(scope, for: scenario.holder("one"), ttl: scenario.ttl)
        try scenario.expect(try await scenario.record(of: "a").origin, is: .lapsed(node: "two"), "the origin")
        _ = try await scenario.store.takeOver(scenario.scope("new"), for: scenario.holder("two"), ttl: scenario.ttl)
        try scenario.expect(try await scenario.record(of: "new").origin, is: .free, "the origin")
        try await scenario.held("new", against: "one")
    }
}
