/// An error that says what kind of failure it is, so that supervision treats it accordingly.
public protocol ClassifiedError: Error {
    /// The kind of failure this error is.
    var errorClass: ErrorClass { get }
}
