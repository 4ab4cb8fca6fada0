import Synchronization

/// Who waits for an answer of a running reactor: its end answers those whom nobody else will answer any more.
final class OpenAnswers: Sendable {
    private struct State {
        var refusals: [UInt64: @Sendable () -> Void] = [:]
        var last: UInt64 = 0
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Waits in `body`; `refuse` makes it fail when the reactor ends before it has its answer.
    func wait<Value: Sendable>(
        orElse refuse: @escaping @Sendable () -> Void, _ body: () async throws -> Value
    ) async throws -> Value {
        let number = state.withLock { state -> UInt64? in
            if state.isClosed { return nil }
            state.last += 1
            state.refusals[state.last] = refuse
            return state.last
        }
        guard let number else {
            refuse()
            return try await body()
        }
        defer { state.withLock { _ = $0.refusals.removeValue(forKey: number) } }
        return try await body()
    }

    /// The reactor has ended.
    func close() {
        let refusals = state.withLock { state in
            state.isClosed = true
            defer { state.refusals = [:] }
            return Array(state.refusals.values)
        }
        for refuse in refusals { refuse() }
    }
}
