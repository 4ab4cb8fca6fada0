#if SQLite
    import ActorProcessing
    import Sharding

    /// Tells when a reactor has found that its store doesn't commit.
    struct Trouble: TelemetryListener {
        private let met = Promise<any Error>()

        func happened(_ event: TelemetryEvent) {
            if case .commitRetried(_, _, let error) = event { met.keep(.success(error)) }
        }

        /// What the store has said, once it has.
        var error: any Error { get async throws { try await met.value } }
    }
#endif
