/// A handler that remembers nothing, written as a closure.
public struct ClosureHandler: StreamHandler {
    private let body: @Sendable (EventSpan, inout HandlerContext) async throws -> Void

    /// A handler that calls `body` with each span and then is through with all of it; what `body` throws fails the span.
    public init(_ body: @escaping @Sendable (EventSpan, inout HandlerContext) async throws -> Void) {
        self.body = body
    }

    public func handle(
        _ events: EventSpan, state: inout Void, context: inout HandlerContext
    ) async throws -> Progress {
        try await body(events, &context)
        return .all
    }
}
