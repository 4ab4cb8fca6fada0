#if Files
    import ActorProcessingFiles

    /// Shows how far a log has been read: a bar on a terminal, a line a second elsewhere; on standard error.
    struct CaseProgress: Sendable {
        private static let width = 30

        private let isQuiet: Bool
        private let isBar: Bool

        init(isQuiet: Bool) {
            self.isQuiet = isQuiet
            isBar = Terminal.error.isInteractive
        }

        /// How often it is to be shown something new.
        var interval: Duration { isBar ? .milliseconds(100) : .seconds(1) }

        func show(_ progress: FileProgress) {
            if isQuiet { return }
            Terminal.complain(
                isBar ? "\r\u{1B}[2K\(Self.bar(progress))\(Self.line(progress))" : "\(Self.line(progress))\n")
        }

        /// Takes the bar away.
        func clear() {
            if isBar, !isQuiet { Terminal.complain("\r\u{1B}[2K") }
        }

        /// Nothing when it isn't known how much there is.
        static func bar(_ progress: FileProgress) -> String {
            guard let size = progress.size, size > 0 else { return "" }
            let done = min(width, Int(Int64(width) * progress.bytes / size))
            return "[" + String(repeating: "#", count: done) + String(repeating: ".", count: width - done) + "] "
        }

        static func line(_ progress: FileProgress) -> String {
            let share = progress.size.map { $0 > 0 ? "\(100 * progress.bytes / $0) %, " : "" } ?? ""
            let rejected = progress.rejected > 0 ? ", \(progress.rejected.grouped) rejected" : ""
            return
                "\(share)\((Double(progress.bytes) / 1e5).rounded() / 10) MB, \(progress.events.grouped) events read\(rejected)"
        }
    }
#endif
