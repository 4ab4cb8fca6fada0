import ActorProcessing

/// Shows how far the run is: a bar on a terminal, a line a second elsewhere; on standard error.
struct ProgressDisplay: Sendable {
    private static let width = 30

    private let total: Int
    private let before: Int
    private let isQuiet: Bool
    private let isBar: Bool

    /// - Parameters:
    ///   - total: how many events there are.
    ///   - before: how many of them earlier runs have settled.
    init(total: Int, before: Int = 0, isQuiet: Bool) {
        self.total = total
        self.before = before
        self.isQuiet = isQuiet
        isBar = Terminal.error.isInteractive
    }

    /// How often it is to be shown something new.
    var interval: Duration { isBar ? .milliseconds(100) : .seconds(1) }

    func show(_ status: ReactorStatus) {
        if isQuiet { return }
        let done = before + Int(status.handledEvents)
        let line = Self.line(status, done: done, total: total)
        Terminal.complain(isBar ? "\r\u{1B}[2K\(Self.bar(done: done, total: total)) \(line)" : "\(line)\n")
    }

    /// Takes the bar away.
    func clear() {
        if isBar, !isQuiet { Terminal.complain("\r\u{1B}[2K") }
    }

    static func bar(done: Int, total: Int) -> String {
        let filled = total == 0 ? width : min(width, width * done / total)
        return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled) + "]"
    }

    static func line(_ status: ReactorStatus, done: Int, total: Int) -> String {
        let percent = total == 0 ? 100 : 100 * done / total
        return "\(percent) %, \(done.grouped) of \(total.grouped) events, "
            + "\(status.restarts.grouped) restarts, \(status.parkedStreams) parked, \(status.published.grouped) published"
    }
}
