import Supervision
import Testing

@testable import Sharding

/// One node, told by hand what the store says.
@Suite struct DeploymentMachineTests {
    private static var configuration: DistributedProcessingConfiguration {
        var configuration = DistributedProcessingConfiguration()
        configuration.drainGrace = .seconds(2)
        configuration.abortGrace = .seconds(1)
        configuration.givesUpFor = .seconds(20)
        return configuration
    }

    private func script(
        _ processes: [String] = ["mail"], policy: RestartPolicy = .distributed,
        _ change: (inout DistributedProcessingConfiguration) -> Void = { _ in }
    ) throws -> DeploymentScript {
        var configuration = Self.configuration
        change(&configuration)
        var script = DeploymentScript(configuration)
        for process in processes {
            try script.happen { (machine, now) throws(LeaseError) in
                try machine.processAdded(process, policy: policy, at: now)
            }
        }
        return script
    }

    @Test func aNodeJoinsOffersAndRunsWhatIsFree() throws {
        var script = try script(["mail", "search"])
        script.happen { $0.started(at: $1) }
        #expect(script.taken == ["join"])
        script.answerAll()
        #expect(script.taken == ["tell joined", "offer mail search", "picture"])
        script.answerAll()
        #expect(script.taken == ["acquire mail search"])
        script.answerAll()
        #expect(
            script.taken == [
                "tell leased mail", "start mail 1", "tell started mail", "tell leased search", "start search 1",
                "tell started search",
            ])
    }

    @Test func leasesAreRenewedTogetherEveryThirdOfTheirTime() throws {
        var script = try script(["mail", "search"])
        script.join()
        script.advance(by: .milliseconds(3300))
        #expect(!script.taken.contains { $0.hasPrefix("renew") })
        script.advance(by: .milliseconds(50))
        #expect(script.taken.contains("renew @a mail search"))
    }

    @Test func aProcessWhoseLeaseRunsOutIsCancelledAndGivenBackOnlyWhenItHasEnded() throws {
        var script = try script()
        script.join()
        script.isStoreSilent = true
        script.advance(by: .seconds(9))
        #expect(script.taken.contains("abort mail nodeLost"))
        #expect(!script.taken.contains { $0.hasPrefix("release") })
        script.isStoreSilent = false
        script.end("mail", .failed(.cancelled))
        #expect(script.taken.contains { $0.hasPrefix("release") && $0.contains("mail") })
        #expect(script.taken.contains("join"))
    }

    @Test func anotherIncarnationJoinsAfterTheNodesLeaseIsLost() throws {
        var script = try script()
        script.join()
        let incarnation = script.machine.incarnation
        script.takeAway("@a")
        script.advance(by: .milliseconds(200))
        #expect(script.taken.contains("abort mail nodeLost"))
        script.end("mail", .failed(.cancelled))
        #expect(script.taken.contains("join"))
        #expect(script.machine.incarnation != incarnation)
    }

    @Test func aProcessThatWasTakenOverIsCancelledAtTheNextLook() throws {
        var script = try script()
        script.join()
        script.takeAway("mail")
        script.advance(by: .milliseconds(200))
        #expect(script.taken.contains("abort mail leaseLost"))
        script.end("mail", .finished)
        #expect(!script.taken.contains { $0.hasPrefix("release") || $0.hasPrefix("acquire") || $0.hasPrefix("start") })
    }

    @Test func whileNothingChangesOnlyTheSumOfLeasesIsAskedFor() throws {
        var script = try script()
        try script.occupy("mail")
        script.join()
        var looks: [String] = []
        for _ in 0..<18 {
            try script.renewOccupied()
            script.advance(by: .seconds(3))
            looks += script.taken.filter { $0 == "summary" || $0 == "picture" }
        }
        #expect(looks.count > 4 && !looks.contains("picture"))
        script.advance(by: .seconds(11))
        #expect(script.taken.contains("picture"), "another's lease has lapsed")
        #expect(script.taken.contains("start mail 2"))
    }

    @Test func whatIsKnownIsLookedAtAnewAfterALongWhileAndWhenSomebodyAsks() throws {
        var script = try script()
        script.join()
        script.advance(by: .seconds(1))
        script.advance(by: .seconds(50))
        #expect(!script.taken.contains("picture"))
        script.advance(by: .seconds(11))
        #expect(script.taken.filter { $0 == "picture" }.count == 1)
        script.happen { $0.statusRequested(at: $1) }
        script.advance(by: .seconds(1))
        #expect(!script.taken.contains("picture"), "it isn't old")
        script.advance(by: .seconds(4))
        script.happen { $0.statusRequested(at: $1) }
        script.advance(by: .milliseconds(200))
        #expect(script.taken.contains("picture"))
    }

    @Test func aNormalEndIsATerminationToo() throws {
        var script = try script()
        script.join()
        script.end("mail", .finished)
        #expect(script.taken == ["tell restarting mail"])
        script.advance(by: .milliseconds(100))
        #expect(script.taken.contains("start mail 1"), "under the same lease")
    }

    @Test func pastItsIntensityAProcessIsGivenUpAndComesBackAfterAWhile() throws {
        var policy = RestartPolicy.distributed
        policy.intensity = RestartIntensity(maximumFailures: 1, within: .seconds(60))
        var script = try script(policy: policy)
        script.join()
        script.end("mail", .failed(.retriable))
        script.advance(by: .milliseconds(100))
        script.end("mail", .failed(.retriable))
        #expect(script.taken.contains("tell gaveUp mail"))
        #expect(script.taken.contains("release mail"))
        #expect(script.taken.contains("offer"))
        script.advance(by: .seconds(19))
        #expect(!script.taken.contains { $0.hasPrefix("acquire") })
        script.advance(by: .seconds(2))
        #expect(script.taken.contains("offer mail"))
        #expect(script.taken.contains("start mail 2"))
    }

    @Test func anEscalatedFailureEndsTheNode() throws {
        var policy = RestartPolicy.distributed
        policy.onPermanent = .escalate
        var script = try script(["mail", "search"], policy: policy)
        script.join()
        script.end("mail", .failed(.permanent))
        #expect(script.taken.contains("drain search stopping"))
        script.end("search", .finished)
        #expect(script.taken.last == "finish escalated mail")
    }

    @Test func whatDoesNotEndIsCancelledThenGivenUpAndItsLeaseIsLetLapse() throws {
        var script = try script()
        script.join()
        try script.store.set(ProcessControl(isPaused: true), for: "mail", of: "shop")
        script.advance(by: .milliseconds(200))
        #expect(script.taken.contains("drain mail paused"))
        script.advance(by: .seconds(2))
        #expect(script.taken.contains("abort mail overdue"))
        script.advance(by: .seconds(1))
        #expect(script.taken.contains("tell abandoned mail"))
        script.advance(by: .seconds(4))
        #expect(script.taken.contains("renew @a"))
        try script.store.set(ProcessControl(), for: "mail", of: "shop")
        script.advance(by: .seconds(20))
        #expect(!script.taken.contains { $0.hasPrefix("acquire") || $0.hasPrefix("release") })
        script.end("mail", .finished)
        #expect(script.taken.contains("tell returned mail"))
        script.advance(by: .seconds(1))
        #expect(script.taken.contains("start mail 2"))
    }

    @Test func theKillSwitchEndsEverythingUntilItIsReset() throws {
        var script = try script()
        script.join()
        script.store.setKillSwitch(true, of: "shop")
        script.advance(by: .milliseconds(200))
        #expect(script.taken.contains("drain mail killed"))
        script.end("mail", .finished)
        script.advance(by: .seconds(1))
        #expect(!script.taken.contains { $0.hasPrefix("start") })
        script.store.setKillSwitch(false, of: "shop")
        script.advance(by: .seconds(1))
        #expect(script.taken.contains("start mail 2"))
    }

    @Test func aLeaseWhoseAnswerWasLostIsGivenBack() throws {
        var script = try script()
        script.happen { $0.started(at: $1) }
        script.answerAll()
        script.answerAll()
        script.losesAnswers = true
        script.answerAll()
        script.losesAnswers = false
        script.advance(by: .seconds(2))
        #expect(script.taken.contains("release mail"))
        #expect(script.taken.contains("start mail 2"))
    }

    @Test func anOfferWhoseAnswerWasLostIsMadeAgainThoughNothingElseIsWanted() throws {
        var script = try script()
        script.join()
        script.losesAnswers = true
        try script.happen { (machine, now) throws(LeaseError) in
            try machine.processAdded("search", policy: .distributed, at: now)
        }
        script.answerAll()
        try script.happen { (machine, now) throws(LeaseError) in try machine.removalRequested("search", at: now) }
        script.losesAnswers = false
        script.advance(by: .seconds(2))
        #expect(script.taken.contains("offer mail"))
        #expect(script.store.picture(of: "shop", at: script.now).offers == ["a": ["mail"]])
    }

    @Test func anOfferThatWasOvertakenByAnOlderOneIsMadeAgain() throws {
        var script = try script()
        script.join()
        try script.offerBehindItsBack(["mail", "search"])
        script.advance(by: .seconds(1))
        #expect(script.store.picture(of: "shop", at: script.now).offers == ["a": ["mail"]])
    }

    @Test func aStopWithdrawsTheOfferDrainsReleasesAndLeaves() throws {
        var script = try script(["mail", "search"])
        script.join()
        script.happen { $0.stopRequested(at: $1) }
        #expect(script.taken.contains("offer"))
        #expect(script.taken.contains("drain mail stopping"))
        script.end("mail", .finished)
        #expect(script.taken.contains("release mail"))
        script.end("search", .finished)
        #expect(script.taken.contains { $0.hasPrefix("release @a") })
        #expect(script.taken.last == "finish stopped")
    }

    @Test func aStopWithoutAStoreTakesNoLongerThanALease() throws {
        var script = try script()
        script.join()
        script.isStoreSilent = true
        script.happen { $0.stopRequested(at: $1) }
        script.end("mail", .finished)
        script.advance(by: .seconds(9))
        #expect(!script.taken.contains { $0.hasPrefix("finish") })
        script.advance(by: .seconds(10))
        #expect(script.taken.contains("finish stopped"))
    }

    @Test func aLiveNodeOfTheSameNameIsRefused() throws {
        var script = try script()
        try script.occupy("@a")
        script.happen { $0.started(at: $1) }
        script.answerAll()
        #expect(script.taken.contains("tell nameAwaited"))
        script.advance(by: .seconds(2))
        #expect(!script.taken.contains { $0.hasPrefix("finish") })
        try script.renewOccupied()
        script.advance(by: .seconds(2))
        #expect(script.taken.last == "finish refused nameTaken")
    }

    @Test func aDeadNodesNameIsWaitedFor() throws {
        var script = try script()
        try script.occupy("@a")
        script.happen { $0.started(at: $1) }
        script.answerAll()
        script.advance(by: .seconds(11))
        #expect(script.taken.contains("start mail 1"))
    }

    @Test func aLateAnswerDoesNotMakeADeadNodeALiveOne() throws {
        var script = try script()
        try script.occupy("@a")
        script.happen { $0.started(at: $1) }
        script.answerAll()
        script.advance(by: .seconds(9))
        script.isStoreSilent = true
        script.advance(by: .milliseconds(950))
        #expect(script.taken.contains { $0.hasPrefix("join") })
        // The store was asked while the lease ran, and answered so; it has lapsed for long when that is heard.
        script.answerAll(after: .seconds(4))
        #expect(!script.taken.contains { $0.hasPrefix("finish") })
        script.isStoreSilent = false
        script.advance(by: .seconds(2))
        #expect(script.taken.contains("start mail 1"))
    }

    @Test func aNameIsRefusedAtOnceIfThatIsWanted() throws {
        var script = try script { $0.nameConflict = .refuse }
        try script.occupy("@a")
        script.happen { $0.started(at: $1) }
        script.answerAll()
        #expect(script.taken.last == "finish refused nameTaken")
    }

    @Test func namesAreChecked() throws {
        var script = try script()
        for (name, code) in [("", LeaseError.Code.invalid), ("@x", .invalid), ("mail", .duplicateName)] {
            let error = #expect(throws: LeaseError.self) {
                try script.happen { (machine, now) throws(LeaseError) in
                    try machine.processAdded(name, policy: .distributed, at: now)
                }
            }
            #expect(error?.code == code)
        }
    }

    @Test func aNodeThatLeavesTakesNothingMore() throws {
        var script = try script()
        script.join()
        script.happen { $0.stopRequested(at: $1) }
        let error = #expect(throws: LeaseError.self) {
            try script.happen { (machine, now) throws(LeaseError) in
                try machine.processAdded("late", policy: .distributed, at: now)
            }
        }
        #expect(error?.code == .alreadyRunning)
    }

    @Test func aProcessThatIsRemovedEndsAndIsForgotten() throws {
        var script = try script()
        script.join()
        try script.happen { (machine, now) throws(LeaseError) in try machine.removalRequested("mail", at: now) }
        #expect(script.taken.contains("drain mail removed"))
        script.end("mail", .finished)
        #expect(script.taken.contains("forget mail"))
        #expect(script.taken.contains("release mail"))
    }

    @Test func aRestartKeepsTheLease() throws {
        var script = try script()
        script.join()
        try script.happen { (machine, now) throws(LeaseError) in try machine.restartRequested("mail", at: now) }
        #expect(script.taken.contains("drain mail restarting"))
        script.end("mail", .finished)
        #expect(script.taken.contains("start mail 1"))
    }
}
