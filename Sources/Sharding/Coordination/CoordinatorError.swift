package import Supervision

/// A shard can't go on.
package struct CoordinatorError: ClassifiedError, CustomStringConvertible {
    package let description: String
    package var errorClass: ErrorClass { .permanent }

    static func tooManyAbandonedCalls(limit: Int) -> CoordinatorError {
        CoordinatorError(
            description: """
                more than \(limit) calls neither ended in time nor when they were cancelled: \
                find out why the handler hangs, make it honour cancellation, or raise the limit on abandoned calls
                """)
    }
}
