public import Supervision

/// A store couldn't do what was asked.
public struct StoreError: ClassifiedError, CustomStringConvertible {
    /// What went wrong.
    public struct Code: Sendable, Hashable {
        enum Value {
            case unavailable, staleFence, owned, behind, corrupted, statementFailed, wrongTransaction, inaccessible
            case incompatible
        }
        let value: Value

        /// The store doesn't answer, or not in time; what was asked may or may not have been done.
        public static let unavailable = Code(value: .unavailable)
        /// Ownership has passed on.
        public static let staleFence = Code(value: .staleFence)
        /// Another live process owns the scope.
        public static let owned = Code(value: .owned)
        /// A replacement hasn't reached what it is to replace, or a reactor still owes what it was to have handed over.
        public static let behind = Code(value: .behind)
        /// What the store holds doesn't make sense.
        public static let corrupted = Code(value: .corrupted)
        /// A statement was refused: it makes no sense, or a rule of the tables forbids it. The store itself is sound.
        public static let statementFailed = Code(value: .statementFailed)
        /// A view write was given another store's transaction than it was written for.
        public static let wrongTransaction = Code(value: .wrongTransaction)
        /// The store can't be opened as it was asked to: a path, a right or a setting is wrong, or it has been closed.
        public static let inaccessible = Code(value: .inaccessible)
        /// A newer program has written the store.
        public static let incompatible = Code(value: .incompatible)
    }

    /// What went wrong; decide by this.
    public let code: Code
    /// What happened and what to do.
    public let message: String
    /// What the store's own library reported.
    public let underlying: (any Error)?

    /// Only an unavailable store may be asked again.
    public var errorClass: ErrorClass { code == .unavailable ? .retriable : .permanent }
    public var description: String { message }

    /// An error of a store.
    ///
    /// - Parameters:
    ///   - code: what went wrong; only `unavailable` is asked again.
    ///   - message: what happened and what to do, for people.
    ///   - underlying: what the store's own library reported.
    public init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }
}
