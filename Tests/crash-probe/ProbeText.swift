#if SQLite
    import ActorProcessing

    /// What leaves the reactor, as text.
    enum ProbeText {
        static let reminderType = "Reminder"

        static func result(_ stream: StreamName, _ index: Int64) -> String { "added \(stream) \(index)" }
        static func notice(_ stream: StreamName, _ index: Int64) -> String { "notice \(stream) \(index)" }
        static func reminder(_ stream: StreamName, _ index: Int64) -> String { "reminder \(stream) \(index)" }

        /// Whether an event causes an output of its own.
        static func isNoticed(_ index: Int64) -> Bool { index % 5 == 0 }
    }
#endif
