public import Supervision

/// An error that a fault plan has asked for.
public struct InjectedFault: ClassifiedError, CustomStringConvertible {
    /// Which fault it is.
    public let description: String
    public var errorClass: ErrorClass { .retriable }

    init(_ what: String) { description = "an injected fault: \(what)" }
}
