import ActorProcessing

/// Shows how far the run is: a bar on a terminal, a line a second elsewhere; on standard error.
struct ProgressDisplay: Sendable {
    private static let width = 30

    private let total: Int
    private let isQuiet: Bool
    private let isBar: Bool

    init(total: Int, isQuiet: Bool) {
        self.total = total
        self.isQuiet = isQuiet
        isBar = Terminal.error.isInteractive
    }

    /// How often it is to be shown something new.
    var interval: Duration { isBar ? .milliseconds(100) : .seconds(1) }

    func show(_ status: ReactorStatus) {
        if isQuiet { return }
        let line = Self.line(status, total: total)
        Terminal.complain(isBar ? "\r\u{1B}[2K\(Self.bar(status, total: total)) \(line)" : "\(line)\n")
    }

    /// Takes the bar away.
    func clear() {
        if isBar, !isQuiet { Terminal.complain("\r\u{1B}[2K") }
    }

    static func bar(_ status: ReactorStatus, total: Int) -> String {
        let done = total == 0 ? width : min(width, width * Int(status.handledEvents) / total)
        return "[" + String(repeating: "#", count: done) + String(repeating: ".", count: width - done) + "]"
    }

    static func line(_ status: ReactorStatus, total: Int) -> String {
        let percent = total == 0 ? 100 : 100 * Int(status.handledEvents) / total
        return "\(percent) %, \(Int(status.handledEvents).grouped) of \(total.grouped) events, "
            + "\(status.restarts.grouped) restarts, \(status.parkedStreams) parked, \(status.published.grouped) published"
    }
}
