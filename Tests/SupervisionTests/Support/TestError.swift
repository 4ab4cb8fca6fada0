import Supervision

/// An error of any class.
struct TestError: ClassifiedError, Equatable {
    var errorClass: ErrorClass = .retriable
    var note = ""
}
