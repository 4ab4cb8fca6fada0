import ActorProcessing

/// The results in words.
enum Summary {
    static func text(
        of results: ShopResults, _ scenario: Scenario, _ options: ShopOptions
    ) -> String {
        let status = results.status
        let seconds = results.elapsed / .seconds(1)
        let confirmations = results.record.confirmations
        let turned = confirmations.inTurn.reduce(0) { $0 + $1.count }
        let rows: [(String, String)] = [
            (
                "events",
                "\(scenario.events.count.grouped), and \(scenario.duplicates.grouped) that came twice; "
                    + "\(Scenario.partitions) partitions, windows of \(options.disorder)"
            ),
            (
                "streams",
                "\(scenario.streams.grouped) on \(status.shards.count) \(status.shards.count == 1 ? "shard" : "shards")"
            ),
            ("duplicates", "\(status.duplicates.grouped) dropped"),
            (
                "stashed",
                "\(status.stashed.grouped) until their turn, \(results.stashedByMachines.grouped) by machines until their order was created"
            ),
            ("restarts", status.restarts.grouped),
            ("parked", parked(results.parked, status)),
            (
                "publications",
                "\(status.published.grouped), with \(status.savedPublications.grouped) saved by debouncing; "
                    + "\(results.failedPublications.grouped) failed at first"
            ),
            (
                "confirmations",
                "\(turned.grouped) in the order of arrival, \(confirmations.late.count) late, after the retry"
            ),
            (
                "throughput",
                "\(Int(Double(results.remaining) / seconds).grouped) events a second, for \(results.elapsed.rounded)"
                    + (results.resumed.map { "; \($0.settled.grouped) had been settled before" } ?? "")
            ),
            ("latency", "p50 \(latency(status, 0.5)), p99 \(latency(status, 0.99)), from arrival until committed"),
        ]
        let width = 15
        return rows.map { name, text in
            name + String(repeating: " ", count: width - name.count) + text + "\n"
        }.joined()
    }

    private static func parked(_ parked: ParkedStream?, _ status: ReactorStatus) -> String {
        guard let parked else { return "none" }
        return
            "\(parked.stream) with \(parked.events) events, \(status.retriedEvents) of them handled at the end\n"
            + String(repeating: " ", count: 15) + "(\(parked.failure.error))"
    }

    private static func latency(_ status: ReactorStatus, _ quantile: Double) -> String {
        status.latency.value(at: quantile)?.rounded ?? "unknown"
    }

    static func verdict(_ verification: Verification, _ colors: Colors) -> String {
        if verification.agrees {
            return colors.green("Agrees")
                + " with a sequential fold: \(verification.states.grouped) states, \(verification.confirmations.grouped) "
                + "confirmations, \(verification.lines.grouped) lines sold.\n"
        }
        let shown = verification.differences.prefix(5).map { "  \($0)\n" }.joined()
        let count = verification.differences.count
        return colors.red("Disagrees")
            + " with a sequential fold, in \(count.grouped) \(count == 1 ? "point" : "points"):\n"
            + shown
            + (count > 5 ? "  ...\n" : "")
    }

    /// - Parameter resumable: the run goes on when it is started again.
    static func stopped(_ report: StopReport, resumable: Bool = false) -> String {
        "Stopped. "
            + (report.isClean
                ? "Everything that was read is settled and saved.\n"
                : "Left: \(report.unsettledEvents.grouped) events that weren't settled, \(report.abandonedStreams.count) calls given up, "
                    + "\(report.unsavedCheckpoints.count) checkpoints not saved.\n")
            + (resumable ? "Start it again, and it goes on.\n" : "")
    }

    static func resuming(_ resumed: Resumption, _ path: String) -> String {
        "Goes on in \(path): \(resumed.settled.grouped) arrivals are settled, \(resumed.streams.grouped) streams known, "
            + "\(resumed.parkedStreams) of them parked; received so far: \(resumed.published.grouped) states, "
            + "\(resumed.confirmations.grouped) confirmations.\n"
    }

    #if SQLite
        static func check(_ check: FileCheck, _ colors: Colors) -> String {
            let total = check.scenario.arrivalCount
            let stand =
                check.settled.map {
                    "The run isn't complete: \($0.grouped) of \(total.grouped) arrivals are settled. What is handled so far:\n"
                } ?? "The run of \(total.grouped) arrivals is complete.\n"
            return stand + verdict(check.verification, colors)
        }
    #endif
}
