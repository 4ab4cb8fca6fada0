#if Files
    public import ActorProcessing

    /// How a file of events, one to a line, is read.
    public struct NDJSONConfiguration: Sendable {
        /// What the lines are.
        public enum Form: Sendable, Hashable {
            /// Each line is what it looks like: a CloudEvent if it has a `specversion`.
            case automatic
            /// The library's own form; see ``NDJSONFeed``.
            case plain
            /// CloudEvents 1.0 in JSON.
            case cloudEvents
        }

        /// What the lines are; `automatic` unless told.
        public var form = Form.automatic
        /// What the file promises about indices. With `.arrival`, lines need no index.
        public var ordering = OrderingContract.contiguous(from: 0)
        /// The attribute of a CloudEvent that holds the stream's name; `subject`, or an extension such as `streamname`.
        public var streamAttribute = "subject"
        /// The longest line in bytes, 1 or more; longer ones are bad.
        public var maximumLineBytes = 16 << 20
        /// Whether the file grows: its end is then not the feed's. Only what ends with a newline counts.
        public var follows = false
        /// How often a file that is followed is looked at.
        public var pollInterval = Duration.milliseconds(50)
        /// Events that are behind the newest one before them by more than this are counted and marked, see ``LateEvents``;
        /// `nil` for none. Where reading begins, nothing is known of what came before.
        public var latenessBound: Duration?
        /// What is done about lines that are no events.
        public var badInput = BadInputConfiguration()

        /// The defaults.
        public init() {}
    }
#endif
