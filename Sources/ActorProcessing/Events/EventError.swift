public import Supervision

/// An event, or a part of one, is not what it should be: a data error, which trying again doesn't mend.
public struct EventError: ClassifiedError, CustomStringConvertible {
    /// What is wrong.
    public struct Code: Sendable, Hashable {
        enum Value { case invalidStreamName, undecodable, unencodable, tooLarge }
        let value: Value

        /// A stream's name has no dash, or nothing before or after it.
        public static let invalidStreamName = Code(value: .invalidStreamName)
        /// The data couldn't be decoded.
        public static let undecodable = Code(value: .undecodable)
        /// A value couldn't be encoded.
        public static let unencodable = Code(value: .unencodable)
        /// A name, or the data of a batch, is longer than a batch can hold.
        public static let tooLarge = Code(value: .tooLarge)
    }

    /// What is wrong; decide by this.
    public let code: Code
    /// What happened and what to do.
    public let message: String
    /// What the decoder or encoder reported.
    public let underlying: (any Error)?

    public var errorClass: ErrorClass { .permanent }
    public var description: String { message }

    package init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }

    static func invalidStreamName(_ text: String) -> EventError {
        EventError(
            .invalidStreamName,
            "'\(text)' is not a stream name: write a category, a dash and an id, for example 'Order-4711'")
    }
}
