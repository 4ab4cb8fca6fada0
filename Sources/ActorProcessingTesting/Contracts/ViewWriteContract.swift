public import ActorProcessing

/// What every store promises about view writes, told how its views are written and read.
///
/// The store must have been prepared so that both closures work: with a table for texts by key, for example.
public struct ViewWriteContract: Sendable {
    private let write: @Sendable (_ key: String, _ value: String) -> ViewWrite
    private let read: @Sendable (_ store: any ReactorStore, _ key: String) async throws -> String?

    /// A contract for a kind of store.
    ///
    /// - Parameters:
    ///   - write: makes a view write that sets a key's value, whatever it was before.
    ///   - read: the committed value of a key, or `nil`.
    public init(
        write: @escaping @Sendable (_ key: String, _ value: String) -> ViewWrite,
        read: @escaping @Sendable (_ store: any ReactorStore, _ key: String) async throws -> String?
    ) {
        self.write = write
        self.read = read
    }

    /// The checks, each of which is given a new store.
    public var checks: [ContractCheck] {
        [
            ContractCheck("ViewWrite", "writes are committed with their outcome", body: committed),
            ContractCheck(
                "ViewWrite", "a write that throws rejects its outcome and rolls all of it back", body: failing),
            ContractCheck("ViewWrite", "a rejected outcome writes nothing", body: rejected),
            ContractCheck("ViewWrite", "a replacement's write is committed with it", body: replacing),
        ]
    }

    /// Runs all checks, one after another, up to the first violation.
    ///
    /// - Parameter makeStore: makes a store that holds nothing, once for each check.
    public func check(makeStore: () async throws -> any ReactorStore) async throws {
        for check in checks { try await check.run(makeStore) }
    }

    private func expect(_ values: [String: String?], _ scenario: ContractScenario) async throws {
        for (key, value) in values {
            try scenario.expect(try await read(scenario.store, key), is: value, "the view's value of '\(key)'")
        }
    }

    private func committed(_ scenario: ContractScenario) async throws {
        try await scenario.accept([
            scenario.outcome(scenario.stream(1), to: 1) {
                $0.writes = [write("a", "1"), write("b", "1"), write("a", "2")]
            },
            scenario.outcome(scenario.stream(2), to: 1),
            scenario.outcome(scenario.stream(3), to: 1) { $0.writes = [write("b", "3")] },
        ])
        try await expect(["a": "2", "b": "3", "c": nil], scenario)
        try await scenario.accept([
            scenario.outcome(scenario.stream(1), from: 1, to: 2) { $0.writes = [write("a", "4")] }
        ])
        try await expect(["a": "4", "b": "3"], scenario)
    }

    private func failing(_ scenario: ContractScenario) async throws {
        try await scenario.accept([scenario.outcome(scenario.stream(9), to: 1) { $0.writes = [write("a", "old")] }])
        let broken: ViewWrite = { _ in throw BrokenWrite() }
        let report = try await scenario.commit([
            scenario.outcome(scenario.stream(1), to: 1) { $0.writes = [write("b", "1")] },
            scenario.outcome(scenario.stream(2), to: 1) { effects in
                effects.writes = [write("a", "new"), write("c", "2"), broken]
                effects.outputs = [scenario.output(1)]
                effects.isParked = true
            },
            scenario.outcome(scenario.stream(3), to: 1) { $0.writes = [write("d", "3")] },
        ])
        try scenario.expect(report.rejections.map(\.place), is: [1], "the places of what was rejected")
        guard case .viewWriteFailed(let text) = report.rejections[0].reason else {
            throw scenario.violation(
                "the reason to be viewWriteFailed", "it is \(report.rejections[0].reason)", #fileID, #line)
        }
        try scenario.expect(text.contains("BrokenWrite"), is: true, "'\(text)' to name the error, which")
        try await expect(["a": "old", "b": "1", "c": nil, "d": "3"], scenario)
        let known = try await scenario.load((1...3).map(scenario.stream)).map { $0 != nil }
        try scenario.expect(known, is: [true, false, true], "which streams are known")
        try scenario.expect(try await scenario.outputs(), is: [], "the outputs")
    }

    private func rejected(_ scenario: ContractScenario) async throws {
        try await scenario.reject(
            scenario.outcome(scenario.stream(1), from: 3, to: 4) { $0.writes = [write("a", "1")] },
            .stalePosition(.none))
        let event = try scenario.parked(scenario.stream(2), 1, failure: "broken")
        let unparking = scenario.outcome(scenario.stream(2), to: 1) { effects in
            effects.writes = [write("b", "1")]
            effects.parked = [event]
            effects.isParked = false
        }
        try await scenario.reject(unparking, .lotNotEmpty)
        _ = try await scenario.nextOwner()
        try await scenario.reject(
            scenario.outcome(scenario.stream(3), to: 1) { $0.writes = [write("c", "1")] }, .staleFence)
        try await expect(["a": nil, "b": nil, "c": nil], scenario)
    }

    private func replacing(_ scenario: ContractScenario) async throws {
        let new = try await ReactorReplacementContract.replacement(scenario)
        try await new.accept([new.outcome(scenario.stream(1), to: 2) { $0.writes = [write("a", "new")] }])
        do {
            try await scenario.store.replace(scenario.fence, by: new.fence) { [write] transaction in
                try write("a", "switched")(transaction)
                throw BrokenWrite()
            }
            throw scenario.violation(
                "a replacement whose write throws to be refused", "it was accepted", #fileID, #line)
        } catch is BrokenWrite {
            // As it must be.
        }
        try await expect(["a": "new"], scenario)
        try scenario.expect(try await scenario.load(scenario.stream(1)), is: nil, "the stream before")
        try await scenario.store.replace(scenario.fence, by: new.fence, write: write("a", "switched"))
        try await expect(["a": "switched"], scenario)
        let position = try await scenario.load(scenario.stream(1))?.position.nextIndex
        try scenario.expect(position, is: 2, "the position")
    }

    private struct BrokenWrite: Error {}
}
