package import Supervision

/// A shard can't go on.
package struct CoordinatorError: ClassifiedError, CustomStringConvertible {
    package let description: String
    package var errorClass: ErrorClass { .permanent }

    static let ended = CoordinatorError(description: "the shard doesn't work any more: look at what run() has thrown")

    static func tooManyAbandonedCalls(limit: Int) -> CoordinatorError {
        CoordinatorError(
            description: """
                more than \(limit) calls neither ended in time nor when they were cancelled: \
                find out why the handler hangs, make it honour cancellation, or raise the limit on abandoned calls
                """)
    }
}
