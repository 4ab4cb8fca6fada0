#if Files

    /// What a feed does about input that is no event.
    public struct BadInputConfiguration: Sendable {
        /// Whether the feed ends with an error at the first; otherwise it goes on with the good ones.
        public var isStrict = false
        /// A file that keeps the bad ones, each as a line of JSON with its place and the reason. It is written anew when
        /// the feed is read from its beginning, and appended to when it is read from a checkpoint.
        public var rejectsFile: String?
        /// Is told of each, on the feed's own thread, which waits for it.
        ///
        /// Unless it is replaced, the first twenty of each reading go to standard error. They are always counted: see
        /// ``FileProgress/rejected``.
        public var report: (@Sendable (RejectedInput) -> Void)?

        /// The defaults: bad input is reported and passed over.
        public init() {}
    }
#endif
