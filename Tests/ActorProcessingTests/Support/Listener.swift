import ActorProcessing

/// Records what a reactor tells, and waits for it.
final class Listener: TelemetryListener {
    private let heard = Recorder<TelemetryEvent>()

    func happened(_ event: TelemetryEvent) { heard.record(event) }

    var events: [TelemetryEvent] { heard.values }

    func count(where isWanted: (TelemetryEvent) -> Bool) -> Int { heard.values.count(where: isWanted) }

    /// Returns when there have been this many such events, or when the test is cancelled.
    func wait(for count: Int = 1, where isWanted: (TelemetryEvent) -> Bool) async {
        var seen = 0
        while !Task.isCancelled {
            let values = await heard.values(atLeast: seen + 1)
            if values.count(where: isWanted) >= count { return }
            seen = values.count
        }
    }
}
