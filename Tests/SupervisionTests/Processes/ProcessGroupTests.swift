import Supervision
import Testing

@Suite("ProcessGroup", .timeLimit(.minutes(10)))
struct ProcessGroupTests {
    private var journal = Journal()

    @Test("G9: a process that ends is started again with backoff", arguments: [nil, TestError(note: "broken")])
    mutating func restartsWithBackoff(error: TestError?) async throws {
        let policy = RestartPolicy(backoff: Backoff(base: .seconds(1), factor: 3, cap: .seconds(5)))
        let fixture = ProcessGroupFixture(journal, policy: policy)
        var sameJitter = SplitMix64(seed: 1)
        try await fixture.group.add(fixture.brief("a", error: error))
        try await fixture.whileRunning {
            for attempt in 1...5 {
                #expect(await journal.next() == "a started")
                await fixture.clock.waitForSleepers(1)
                #expect(await fixture.group.status.processes[0].attempt == attempt)
                #expect(await fixture.group.runningProcess(named: "a") == nil)
                let delay = await fixture.passBackoff()
                #expect(delay == policy.backoff.delay(forAttempt: attempt, using: &sameJitter))
            }
            #expect(await journal.next() == "a started")
            await fixture.clock.waitForSleepers(1)
        }
    }

    @Test("G9: past its intensity the failure escalates: the others stop, and run() throws with the cause")
    mutating func escalates() async throws {
        let policy = RestartPolicy(
            intensity: RestartIntensity(maximumFailures: 2, within: .seconds(600)),
            onIntensityExceeded: .escalate
        )
        let fixture = ProcessGroupFixture(journal, policy: policy)
        let group = fixture.group
        try await group.add(fixture.steady("other"))
        try await group.add(fixture.brief("broken", error: TestError(note: "no disk")))
        async let end = fixture.outcome()
        #expect(await journal.next(2) == ["broken started", "other started"])
        for _ in 1...2 {
            _ = await fixture.passBackoff()
            #expect(await journal.next() == "broken started")
        }
        #expect(await journal.next() == "other ended")
        let outcome = await end
        let error = #expect(throws: SupervisionError.self) { try outcome.get() }
        #expect(error?.code == .escalated)
        #expect(error?.underlying as? TestError == TestError(note: "no disk"))
        #expect(error?.isRetriable == true)
        #expect(error?.message.contains("\"broken\"") == true)
        let status = await group.status
        #expect(status.phase == .idle)
        #expect(status.processes.map(\.state) == [.held, .stopped(.intensityExceeded(policy.intensity))])
    }

    @Test("A permanent failure escalates at once, and isn't retriable")
    mutating func escalatesPermanent() async throws {
        let fixture = ProcessGroupFixture(journal)
        try await fixture.group.add(fixture.brief("a", error: TestError(errorClass: .permanent)))
        let error = await #expect(throws: SupervisionError.self) { try await fixture.group.run() }
        #expect(error?.code == .escalated)
        #expect(error?.errorClass == .permanent)
    }

    @Test("A group is a process too: its parent starts it again after an escalation")
    mutating func nests() async throws {
        let child = ProcessGroupFixture(journal)
        let fixture = ProcessGroupFixture(journal)
        let policy = RestartPolicy(
            intensity: RestartIntensity(maximumFailures: 0, within: .zero), onIntensityExceeded: .escalate)
        let brief = child.brief("grandchild", error: TestError())
        try await child.group.add(SupervisedProcess(name: "grandchild", policy: policy, run: brief.run))
        let group = child.group
        try await fixture.group.add(SupervisedProcess(name: "child") { try await group.run() })
        try await fixture.whileRunning {
            for _ in 1...3 {
                #expect(await journal.next() == "grandchild started")
                _ = await fixture.passBackoff()
            }
            #expect(await journal.next() == "grandchild started")
            await fixture.clock.waitForSleepers(1)
        }
    }

    @Test("Cancelling run() stops the processes, one in its backoff included, and run() throws")
    mutating func cancellation() async throws {
        let fixture = ProcessGroupFixture(journal)
        let group = fixture.group
        try await group.add(fixture.steady("a"))
        try await group.add(fixture.brief("b"))
        await withThrowingTaskGroup { tasks in
            tasks.addTask { try await group.run() }
            #expect(await journal.next(2) == ["a started", "b started"])
            await fixture.clock.waitForSleepers(1)
            tasks.cancelAll()
            await #expect(throws: CancellationError.self) { try await tasks.waitForAll() }
        }
        #expect(await journal.next() == "a ended")
        #expect(fixture.clock.deadlines == [])
        #expect(await group.status.phase == .idle)
    }

    @Test("A group runs once at a time, and again after it was stopped")
    mutating func runsAgain() async throws {
        let fixture = ProcessGroupFixture(journal)
        try await fixture.group.add(fixture.steady("a"))
        for _ in 1...2 {
            try await fixture.whileRunning {
                #expect(await journal.next() == "a started")
                let error = await #expect(throws: SupervisionError.self) { try await fixture.group.run() }
                #expect(error?.code == .alreadyRunning)
            }
            #expect(await journal.next() == "a ended")
        }
    }

    @Test("With an executor given, the group's processes start, run and end on it")
    mutating func pinned() async throws {
        let executor = ThreadExecutor()
        defer { executor.stop() }
        let fixture = ProcessGroupFixture(journal, executor: executor)
        let writer = journal.writer
        let steady = fixture.steady("a")
        let process = SupervisedProcess(name: "a") {
            writer.yield("on executor: \(executor.isCurrent)")
            defer { writer.yield("on executor: \(executor.isCurrent)") }
            try await steady.run()
        }
        try await fixture.group.add(process)
        try await fixture.whileRunning {
            #expect(await journal.next() == "on executor: true")
            #expect(await journal.next() == "a started")
            try await fixture.group.restart("a")
            #expect(await journal.next() == "a ended")
            #expect(await journal.next() == "on executor: true")
            #expect(await journal.next() == "on executor: true")
            #expect(await journal.next() == "a started")
        }
    }
}
