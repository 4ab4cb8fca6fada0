#if Files
    public import ActorProcessing

    /// How late events are marked.
    public enum LateEvents {
        /// The key of an event's metadata that says by how many seconds it is behind the newest event before it.
        public static let metadataKey = "late"

        static func mark(_ behind: Duration) -> String {
            let (seconds, attoseconds) = behind.components
            let thousandths = String(attoseconds / 1_000_000_000_000_000)
            return "\(seconds)." + String(repeating: "0", count: 3 - thousandths.count) + thousandths
        }
    }

    extension Event {
        /// Whether its feed has marked it as late.
        public var isLate: Bool { metadata[LateEvents.metadataKey] != nil }
    }
#endif
