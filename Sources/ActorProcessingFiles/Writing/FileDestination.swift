#if Files

    /// Where a writer's bytes go.
    public enum FileDestination: Sendable, Hashable, CustomStringConvertible {
        /// A file, which is written anew.
        case file(String)
        /// The process's standard output.
        case standardOutput

        /// As it appears in messages.
        public var description: String {
            switch self {
            case .file(let path): path
            case .standardOutput: "standard output"
            }
        }
    }
#endif
