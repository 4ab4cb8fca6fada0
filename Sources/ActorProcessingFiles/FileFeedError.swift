#if Files
    public import Supervision

    /// A file can't be read or written, or what it holds isn't what it should be.
    public struct FileFeedError: ClassifiedError, CustomStringConvertible {
        /// What is wrong.
        public struct Code: Sendable, Hashable {
            enum Value {
                case unavailable, failed, vanished, shrunk, malformed, cannotGoBack, misplaced, thread, unwritable
            }
            let value: Value

            /// The file can't be opened.
            public static let unavailable = Code(value: .unavailable)
            /// The system couldn't read.
            public static let failed = Code(value: .failed)
            /// The file that is followed has been removed, or replaced by another one.
            public static let vanished = Code(value: .vanished)
            /// The file holds less than has been read of it.
            public static let shrunk = Code(value: .shrunk)
            /// The file isn't well-formed, or has a bad line while the feed is strict.
            public static let malformed = Code(value: .malformed)
            /// A pipe is to be read from a place that has gone by.
            public static let cannotGoBack = Code(value: .cannotGoBack)
            /// The position to read from is none of this file's.
            public static let misplaced = Code(value: .misplaced)
            /// There is no thread to read with.
            public static let thread = Code(value: .thread)
            /// The system couldn't write, or an event can't be written in this form.
            public static let unwritable = Code(value: .unwritable)
        }

        /// What is wrong; decide by this.
        public let code: Code
        /// The file, if known the line, what happened and what to do.
        public let message: String
        /// The line, counted from 1, if there is one.
        public let line: Int64?

        public var errorClass: ErrorClass { code == .failed || code == .thread ? .retriable : .permanent }
        public var description: String { message }

        init(_ code: Code, _ source: String, line: Int64? = nil, _ text: String) {
            self.code = code
            self.line = line
            message = line.map { "\(source):\($0): \(text)" } ?? "\(source): \(text)"
        }
    }
#endif
