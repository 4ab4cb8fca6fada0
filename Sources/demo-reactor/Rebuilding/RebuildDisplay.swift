import ActorProcessing
import Synchronization

/// Shows how far a rebuild is: one changing line on a terminal, a line for each tenth elsewhere; on standard error.
final class RebuildDisplay: Sendable {
    private let shown = Mutex(-1)
    private let isBar = Terminal.error.isInteractive

    func show(_ progress: RebuildProgress) {
        let percent = Int(progress.fraction * 100)
        let step = isBar ? percent : percent / 10
        let isNew = shown.withLock { shown in
            defer { shown = step }
            return shown != step
        }
        if isNew { Terminal.complain((isBar ? "\r\u{1B}[2K" : "") + "\(percent) % rebuilt" + (isBar ? "" : "\n")) }
    }

    /// Takes the line away.
    func clear() {
        if isBar { Terminal.complain("\r\u{1B}[2K") }
    }
}
