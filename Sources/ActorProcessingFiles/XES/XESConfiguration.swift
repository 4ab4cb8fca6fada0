#if Files

    /// How an event log is read.
    public struct XESConfiguration: Sendable {
        /// The category of the traces' streams: a trace named 17 is the stream `case-17`. Not empty, and without dashes.
        public var category = "case"
        /// The log's classifier that makes up an event's type, of the values of its attributes with a `+` between them;
        /// `nil` for the event's `concept:name`.
        public var classifier: String?
        /// The most bytes of one event's or one trace's attributes; larger events are bad.
        public var maximumEventBytes = 16 << 20
        /// Events that are behind the newest one before them in their trace by more than this are counted and marked, see
        /// ``LateEvents``; `nil` for none.
        public var latenessBound: Duration?
        /// What is done about bad events. A log that isn't well-formed ends the feed in any case.
        public var badInput = BadInputConfiguration()

        /// The defaults.
        public init() {}
    }
#endif
