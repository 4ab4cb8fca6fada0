import ActorProcessing

/// Writes down what a reactor tells.
struct RecordingListener: TelemetryListener {
    let history: History
    let run: Int

    func happened(_ event: TelemetryEvent) { history.add(.told(event), run: run) }
}
