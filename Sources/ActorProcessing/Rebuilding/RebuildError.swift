public import Supervision

/// A rebuilt version can't take the live one's place.
public struct RebuildError: ClassifiedError, CustomStringConvertible {
    /// What went wrong.
    public struct Code: Sendable, Hashable {
        enum Value { case invalidVersion, wrongReactor, parked }
        let value: Value

        /// The version's name can't be used.
        public static let invalidVersion = Code(value: .invalidVersion)
        /// The reactor that was made has another name than it was to have.
        public static let wrongReactor = Code(value: .wrongReactor)
        /// The new version has parked streams that the live one has handled.
        public static let parked = Code(value: .parked)
    }

    /// What went wrong; decide by this.
    public let code: Code
    /// What happened and what to do.
    public let message: String
    /// The streams that it is about.
    public let streams: [StreamName]

    public var errorClass: ErrorClass { .permanent }
    public var description: String { message }

    private init(_ code: Code, _ message: String, streams: [StreamName] = []) {
        self.code = code
        self.message = message
        self.streams = streams
    }

    static func invalidVersion(_ version: String) -> RebuildError {
        RebuildError(.invalidVersion, "'\(version)' can't name a version: it mustn't be empty nor hold '~' or '/'")
    }

    static func wrongReactor(_ name: String, wanted: String) -> RebuildError {
        RebuildError(
            .wrongReactor,
            "the reactor that was made is called '\(name)', not '\(wanted)': pass on the name that `make` is given")
    }

    static func parked(_ streams: [StreamName], in name: String) -> RebuildError {
        let names = streams.prefix(5).map(\.value).joined(separator: ", ")
        return RebuildError(
            .parked,
            "'\(name)' has parked \(streams.count) streams that the live version has handled (\(names)): repair its handler and go on, or discard what is parked there",
            streams: streams)
    }
}
