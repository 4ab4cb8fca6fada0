import ActorProcessing
import Sharding
import Supervision

/// What every `OperatorRequests` promises.
public enum OperatorRequestsContract: StoreContract {
    public static let checks = [
        ContractCheck("OperatorRequests", "a request is found again with all it holds", body: roundTrip),
        ContractCheck("OperatorRequests", "open requests come in the order of their numbers", body: inOrder),
        ContractCheck("OperatorRequests", "an answered request is open no more, and keeps its answer", body: answered),
        ContractCheck("OperatorRequests", "a stale fence answers nothing", body: staleFence),
        ContractCheck("OperatorRequests", "a forgotten request is gone", body: forgotten),
    ]

    private static func requests(_ scenario: ContractScenario) -> [OperatorRequest] {
        [
            .retry(scenario.stream(1)), .discardEvent(-7, of: scenario.stream(1)),
            .discardEvent(.max, of: StreamName(category: "Änderung", id: "ö")), .discardStream(scenario.stream(2)),
        ]
    }

    private static func post(_ scenario: ContractScenario) async throws -> [Int64] {
        var numbers: [Int64] = []
        for (place, request) in requests(scenario).enumerated() {
            numbers.append(
                try await scenario.store.post(request, to: scenario.reactor, at: scenario.time(Int64(place))))
        }
        return numbers
    }

    private static func open(
        _ scenario: ContractScenario, after number: Int64 = 0, limit: Int = 100
    ) async throws -> [Int64] {
        try await scenario.store.openRequests(of: scenario.reactor, after: number, limit: limit).map(\.number)
    }

    private static func answer(
        _ scenario: ContractScenario, _ number: Int64, _ error: String?, fence: Fence? = nil
    ) async throws {
        try await scenario.store.answer(
            number, of: scenario.reactor, with: OperatorAnswer(error: error, time: scenario.time(9)),
            fence: fence ?? scenario.fence)
    }

    private static func roundTrip(_ scenario: ContractScenario) async throws {
        let (store, reactor) = (scenario.store, scenario.reactor)
        try scenario.expect(try await store.request(1, of: reactor), is: nil, "a request that was never posted")
        let numbers = try await post(scenario)
        for (place, (number, request)) in zip(numbers, requests(scenario)).enumerated() {
            let expected = PostedRequest(number: number, request: request, postedAt: scenario.time(Int64(place)))
            try scenario.expect(try await store.request(number, of: reactor), is: expected, "the request")
        }
        let elsewhere = try await store.openRequests(of: "another reactor", after: 0, limit: 10)
        try scenario.expect(elsewhere, is: [], "another reactor's requests")
    }

    private static func inOrder(_ scenario: ContractScenario) async throws {
        let numbers = try await post(scenario)
        try scenario.expect(Set(numbers).count, is: numbers.count, "the number of different numbers")
        try scenario.expect(numbers, is: numbers.sorted(), "the numbers")
        try scenario.expect(try await open(scenario), is: numbers, "the open requests")
        try scenario.expect(try await open(scenario, limit: 2), is: Array(numbers.prefix(2)), "the first two")
        try scenario.expect(
            try await open(scenario, after: numbers[1]), is: Array(numbers[2...]), "those after the second")
        try scenario.expect(try await open(scenario, after: numbers[3]), is: [], "those after the last")
        try await answer(scenario, numbers[0], nil)
        try scenario.expect(try await open(scenario, limit: 2), is: Array(numbers[1...2]), "the next two")
    }

    private static func answered(_ scenario: ContractScenario) async throws {
        let numbers = try await post(scenario)
        try await answer(scenario, numbers[1], nil)
        try await answer(scenario, numbers[2], "it isn't parked")
        for _ in 0..<2 {
            for (number, error) in [(numbers[1], nil), (numbers[2], "it isn't parked")] as [(Int64, String?)] {
                let found = try await scenario.store.request(number, of: scenario.reactor)
                let expected = OperatorAnswer(error: error, time: scenario.time(9))
                try scenario.expect(found?.answer, is: expected, "the answer")
                try await answer(scenario, number, "another answer")
            }
        }
        try scenario.expect(try await open(scenario), is: [numbers[0], numbers[3]], "the open requests")
    }

    private static func staleFence(_ scenario: ContractScenario) async throws {
        let numbers = try await post(scenario)
        let next = try await scenario.nextOwner()
        try await scenario.expectStaleFence("an answer of the last owner") {
            try await answer(scenario, numbers[0], nil)
        }
        try scenario.expect(try await open(scenario), is: numbers, "the open requests")
        try await answer(scenario, numbers[0], nil, fence: next)
        try scenario.expect(try await open(scenario), is: Array(numbers.dropFirst()), "the open requests in the end")
    }

    private static func forgotten(_ scenario: ContractScenario) async throws {
        let (store, reactor) = (scenario.store, scenario.reactor)
        let numbers = try await post(scenario)
        try await answer(scenario, numbers[0], nil)
        for number in numbers.prefix(2) + [numbers[0], 1_000_000] {
            try await store.forgetRequest(number, of: reactor)
            try scenario.expect(try await store.request(number, of: reactor), is: nil, "a forgotten request")
        }
        try await answer(scenario, numbers[1], nil)
        try scenario.expect(try await store.request(numbers[1], of: reactor), is: nil, "a late answer's request")
        try scenario.expect(try await open(scenario), is: Array(numbers.dropFirst(2)), "the open requests")
        let next = try await store.post(.retry(scenario.stream(9)), to: reactor, at: scenario.time(0))
        try scenario.expect(next > (numbers.last ?? 0), is: true, "the next number to be higher than all before")
    }
}
