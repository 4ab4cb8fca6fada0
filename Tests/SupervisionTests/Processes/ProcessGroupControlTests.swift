import Supervision
import Testing

@Suite("ProcessGroup, control while it runs", .timeLimit(.minutes(10)))
struct ProcessGroupControlTests {
    private var journal = Journal()

    @Test("Processes are added, restarted and removed while the group runs")
    mutating func addRestartRemove() async throws {
        let fixture = ProcessGroupFixture(journal)
        let group = fixture.group
        try await fixture.whileRunning {
            try await group.add(fixture.steady("a"))
            #expect(await journal.next() == "a started")
            let duplicate = await #expect(throws: SupervisionError.self) { try await group.add(fixture.steady("a")) }
            #expect(duplicate?.code == .duplicateName)
            try await group.restart("a")
            #expect(await journal.next() == "a ended")
            #expect(await journal.next() == "a started")
            #expect(await group.status.processes.map(\.starts) == [2])
            try await group.remove("a")
            #expect(await journal.next() == "a ended")
            #expect(await group.status.processes.isEmpty)
            let unknown = await #expect(throws: SupervisionError.self) { try await group.remove("a") }
            #expect(unknown?.code == .unknownProcess)
            try await group.add(fixture.steady("a"))
            #expect(await journal.next() == "a started")
        }
    }

    @Test("A process in its backoff is restarted at once, or removed at once")
    mutating func backoffEnds() async throws {
        let fixture = ProcessGroupFixture(journal)
        let group = fixture.group
        try await group.add(fixture.brief("a"))
        try await fixture.whileRunning {
            #expect(await journal.next() == "a started")
            await fixture.clock.waitForSleepers(1)
            try await group.restart("a")
            #expect(await journal.next() == "a started")
            await fixture.clock.waitForSleepers(1)
            try await group.remove("a")
            await fixture.clock.waitForSleepers(0)
            #expect(await group.status.processes.isEmpty)
        }
    }

    @Test("The kill switch stops everything, refuses starts until it is released, and is visible")
    mutating func killSwitch() async throws {
        let fixture = ProcessGroupFixture(journal)
        let group = fixture.group
        for name in ["a", "b"] { try await group.add(fixture.steady(name)) }
        try await fixture.whileRunning {
            #expect(await journal.next(2) == ["a started", "b started"])
            let running = try #require(await group.runningProcess(named: "a"))
            await group.engageKillSwitch()
            await group.waitUntilStopped()
            #expect(await journal.next(2) == ["a ended", "b ended"])
            guard case .killed = await running.termination else { throw TestError(note: "not killed") }
            fixture.clock.advance(by: .seconds(7))
            try await group.add(fixture.steady("c"))
            let refused = await #expect(throws: SupervisionError.self) { try await group.restart("a") }
            #expect(refused?.code == .killSwitchEngaged)
            let status = await group.status
            #expect(status.killedFor == .seconds(7))
            #expect(status.processes.map(\.state) == [.held, .held, .held])
            #expect(await group.isKillSwitchEngaged)
            await group.releaseKillSwitch()
            // Had any of them started before, its note would be here twice.
            #expect(await journal.next(3) == ["a started", "b started", "c started"])
            #expect(await group.status.processes.map(\.starts) == [2, 2, 1])
        }
    }

    @Test("A process may throw the kill switch itself")
    mutating func killSwitchFromInside() async throws {
        let fixture = ProcessGroupFixture(journal)
        let (group, steady) = (fixture.group, fixture.steady("a"))
        try await group.add(
            SupervisedProcess(name: "a") {
                await group.engageKillSwitch()
                try await steady.run()
            }
        )
        try await fixture.whileRunning {
            #expect(await journal.next() == "a started")
            #expect(await journal.next() == "a ended")
            await group.waitUntilStopped()
            #expect(await group.status.processes.map(\.state) == [.held])
        }
    }

    @Test("Shutting down a run waits for its end and isn't followed by another, until somebody restarts it")
    mutating func shutdown() async throws {
        let fixture = ProcessGroupFixture(journal)
        let group = fixture.group
        try await group.add(fixture.steady("a"))
        try await fixture.whileRunning {
            #expect(await journal.next() == "a started")
            let running = try #require(await group.runningProcess(named: "a"))
            async let watched = running.termination
            await running.shutdown()
            #expect(await journal.next() == "a ended")
            guard case .cancelled = await watched else { throw TestError(note: "not cancelled") }
            #expect(await group.status.processes.map(\.state) == [.stopped(.requested)])
            try await group.restart("a")
            #expect(await journal.next() == "a started")
            await running.shutdown()
            #expect(await group.status.processes.map(\.state) == [.running], "that run is over, and another one isn't")
        }
    }

    @Test("A run's termination tells how it ended, and the status remembers the last")
    mutating func terminations() async throws {
        let fixture = ProcessGroupFixture(journal)
        let group = fixture.group
        let (idle, writer) = (fixture.idle, journal.writer)
        for (name, error) in [("a", nil), ("b", TestError(note: "broken")), ("c", CancellationError())]
            as [(_, (any Error)?)]
        {
            try await group.add(
                SupervisedProcess(name: name) {
                    writer.yield("\(name) started")
                    try await idle.sleep(until: .seconds(1), tolerance: nil)
                    if let error { throw error }
                }
            )
        }
        try await fixture.whileRunning {
            #expect(await journal.next(3) == ["a started", "b started", "c started"])
            await idle.waitForSleepers(3)
            var runs: [RunningProcess] = []
            for name in ["a", "b", "c"] { runs.append(try #require(await group.runningProcess(named: name))) }
            idle.advance(by: .seconds(1))
            var ends: [String] = []
            for run in runs { ends.append("\(await run.termination)") }
            let expected = ["finished", "failed: \(TestError(note: "broken"))", "cancelled"]
            #expect(ends == expected)
            #expect(await group.status.processes.map { "\($0.lastTermination, default: "-")" } == expected)
        }
    }
}
