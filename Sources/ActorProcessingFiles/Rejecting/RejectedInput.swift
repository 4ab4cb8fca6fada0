#if Files

    /// A piece of a file that is no event, though it should be.
    public struct RejectedInput: Sendable, Hashable, CustomStringConvertible {
        /// The file, as it appears in messages.
        public let source: String
        /// The line, counted from 1 from where the file begins; where reading began in the middle, from there.
        public let line: Int64
        /// Where it begins: the position that its event would have.
        public let position: Int64
        /// What is wrong with it and what to do.
        public let reason: String
        /// The text itself, or its beginning.
        public let text: [UInt8]
        /// Whether `text` is only the beginning.
        public let isCut: Bool

        public var description: String { "\(source):\(line): \(reason)" }
    }
#endif
