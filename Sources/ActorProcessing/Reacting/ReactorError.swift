import Sharding
public import Supervision

/// A reactor can't start, or can't go on.
public struct ReactorError: ClassifiedError, CustomStringConvertible {
    /// What went wrong.
    public struct Code: Sendable, Hashable {
        enum Value {
            case invalidConfiguration, alreadyRunning, notRunning, feedFailed, owned, ownershipLost, starved, stateLost,
                stateUnreadable
            case viewWriteFailed, movedOn, notParked, wrongReply
            case alreadyPlugged, notPlugged, notPluggable
        }
        let value: Value

        /// A value of the configuration is out of its range.
        public static let invalidConfiguration = Code(value: .invalidConfiguration)
        /// `run()` was called a second time.
        public static let alreadyRunning = Code(value: .alreadyRunning)
        /// What was asked needs a running reactor.
        public static let notRunning = Code(value: .notRunning)
        /// A partition of the feed couldn't be read, and trying again didn't help.
        public static let feedFailed = Code(value: .feedFailed)
        /// Another live process owns the reactor, or a partition of it.
        public static let owned = Code(value: .owned)
        /// Another owner has taken a partition over.
        public static let ownershipLost = Code(value: .ownershipLost)
        /// Everything that may be in memory waits for events that don't come.
        public static let starved = Code(value: .starved)
        /// A stream's state was not kept and can't be rebuilt from the feed.
        public static let stateLost = Code(value: .stateLost)
        /// What is kept of a stream's state can't be decoded.
        public static let stateUnreadable = Code(value: .stateUnreadable)
        /// A write into a view failed.
        public static let viewWriteFailed = Code(value: .viewWriteFailed)
        /// A stream was changed by another process while it was being loaded.
        public static let movedOn = Code(value: .movedOn)
        /// The stream isn't parked.
        public static let notParked = Code(value: .notParked)
        /// A machine's answer isn't of the type that was asked for.
        public static let wrongReply = Code(value: .wrongReply)
        /// The category has a handler already, or one that is being taken away.
        public static let alreadyPlugged = Code(value: .alreadyPlugged)
        /// The category has no handler.
        public static let notPlugged = Code(value: .notPlugged)
        /// The reactor was made with one handler for all categories.
        public static let notPluggable = Code(value: .notPluggable)
    }

    /// What went wrong; decide by this.
    public let code: Code
    /// What happened and what to do.
    public let message: String
    /// The error behind it.
    public let underlying: (any Error)?

    public var errorClass: ErrorClass { code == .viewWriteFailed || code == .movedOn ? .retriable : .permanent }
    public var description: String { message }

    private init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }

    static func invalidConfiguration(_ message: String) -> ReactorError {
        ReactorError(.invalidConfiguration, message)
    }

    static func alreadyRunning(_ name: String) -> ReactorError {
        ReactorError(.alreadyRunning, "reactor '\(name)' was run before: make a new one for each run")
    }

    static func notRunning(_ name: String) -> ReactorError {
        ReactorError(.notRunning, "reactor '\(name)' isn't running: call run() in a task of its own first")
    }

    static func feedFailed(_ feed: String, _ partition: PartitionID, _ error: any Error) -> ReactorError {
        ReactorError(
            .feedFailed, "partition '\(partition)' of feed '\(feed)' can't be read: \(error)", underlying: error)
    }

    static func ownedElsewhere(_ stream: StreamName) -> ReactorError {
        ReactorError(
            .owned,
            "stream '\(stream)' belongs to a partition that isn't owned here: ask the process that owns it, or wait "
                + "until it is taken over")
    }

    static func owned(_ scope: Fence.Scope, _ error: StoreError) -> ReactorError {
        let what = scope.partition == "" ? "reactor '\(scope.reactor)'" : "'\(scope)'"
        return ReactorError(
            .owned,
            "\(what) is owned by another live process: \(error); stop that one, or set the configuration's ownership to wait",
            underlying: error)
    }

    static func ownershipLost(_ name: String) -> ReactorError {
        ReactorError(
            .ownershipLost,
            "another process has taken over a partition of reactor '\(name)': nothing more is committed here")
    }

    static func starved(_ partition: PartitionID, _ streams: [StreamName]) -> ReactorError {
        let names = streams.prefix(5).map(\.value).joined(separator: ", ")
        return ReactorError(
            .starved,
            "partition '\(partition)' can't be read on: everything in memory waits for missing events of \(streams.count) streams (\(names)); give the feed a backfill, choose another gap policy than wait, or raise the limits"
        )
    }

    static func stateLost(_ stream: StreamName) -> ReactorError {
        ReactorError(
            .stateLost,
            "the state of \(stream) isn't kept and its events can't be read again: give the handler a stateCodec, or the feed a backfill, and then retry the stream"
        )
    }

    static func stateUnreadable(_ stream: StreamName, schema: Int, _ error: any Error) -> ReactorError {
        ReactorError(
            .stateUnreadable,
            "the state of \(stream) that was kept under schema \(schema) can't be read: \(error); mend its stateCodec, or raise the schema to build it anew from the events, and then retry the stream",
            underlying: error)
    }

    static func movedOn(_ stream: StreamName) -> ReactorError {
        ReactorError(.movedOn, "\(stream) was changed by another process while it was being loaded: it is loaded again")
    }

    static func viewWriteFailed(_ text: String) -> ReactorError {
        ReactorError(.viewWriteFailed, "a write into a view failed: \(text)")
    }

    static func notParked(_ stream: StreamName) -> ReactorError {
        ReactorError(.notParked, "\(stream) isn't parked: there is nothing to retry or discard")
    }

    static func alreadyPlugged(_ category: String) -> ReactorError {
        ReactorError(
            .alreadyPlugged, "category '\(category)' has a handler: wait for unplug to return before plugging again")
    }

    static func notPlugged(_ category: String) -> ReactorError {
        ReactorError(.notPlugged, "category '\(category)' has no handler, or it is being taken away already")
    }

    static func notPluggable(_ name: String) -> ReactorError {
        ReactorError(
            .notPluggable,
            "reactor '\(name)' has one handler for all categories: make one without, and plug handlers in")
    }

    static func wrongReply(_ reply: Any, wanted: Any.Type) -> ReactorError {
        ReactorError(.wrongReply, "the machine answered with \(reply), not with a \(wanted)")
    }
}
