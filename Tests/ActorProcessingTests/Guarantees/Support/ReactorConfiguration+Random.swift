import ActorProcessing
import ActorProcessingTesting
import Supervision

extension ReactorConfiguration {
    /// Small limits and short times, drawn from the simulation.
    init(drawnFrom simulation: Simulation) {
        self.init()
        func draw(_ range: ClosedRange<Int>) -> Int { simulation.random(in: range) }
        func milliseconds(_ range: ClosedRange<Int>) -> Duration { .milliseconds(draw(range)) }
        maximumSpanEvents = draw(1...16)
        maximumBatchEvents = draw(1...32)
        maximumEventsInFlight = draw(64...256)
        maximumEventsPastCheckpoint = draw(64...256)
        maximumStreamsInFlight = draw(1...8)
        maximumStashPerStream = draw(8...64)
        maximumOutputsWaiting = draw(4...64)
        callDeadline = milliseconds(500...5000)
        cancellationGrace = milliseconds(100...2000)
        maximumAbandonedCalls = draw(1...8)
        restarts.intensity = RestartIntensity(maximumFailures: draw(2...6), within: .seconds(60))
        restarts.backoff = Backoff(base: milliseconds(1...50), cap: .seconds(2))
        feedRestarts.intensity = RestartIntensity(maximumFailures: 30, within: .seconds(60))
        storeBackoff = Backoff(base: milliseconds(1...50), cap: .seconds(1))
        gaps = GapConfiguration(backfillAfter: milliseconds(10...500), patience: .seconds(5), policy: .park)
        passivateAfter = draw(0...2) == 0 ? nil : milliseconds(40...4000)
        checkpointInterval = milliseconds(20...1000)
        debounce.quietPeriod = milliseconds(0...200)
        debounce.longestWait = milliseconds(200...1000)
        debounce.maximumRetryDelay = .seconds(2)
        debounce.maximumConcurrentPublications = draw(1...8)
        resequencing = ResequencerConfiguration(windowTickets: draw(64...256))
        decisionsKept = 32
        shutdownGrace = .seconds(120)
    }
}
