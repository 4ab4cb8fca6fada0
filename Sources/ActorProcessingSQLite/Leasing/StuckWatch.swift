#if SQLite
    import ActorProcessing
    import Sharding
    import Synchronization

    /// Looks for the process that keeps everybody from writing, once for all who ask meanwhile, and keeps who was ended in mind
    /// until that is noted.
    ///
    /// A look goes on when whoever has asked for it gives up: nodes have less patience than it may take.
    final class StuckWatch: Sendable {
        private struct State {
            var look: Promise<Bool>?
            var unnoted: [StuckHolder] = []
        }

        private let state = Mutex(State())

        /// Who was ended, and isn't noted with its epochs yet.
        var unnoted: [StuckHolder] { state.withLock { $0.unnoted } }

        func noted(_ holders: [StuckHolder]) {
            state.withLock { state in state.unnoted.removeAll { holders.contains($0) } }
        }

        /// Waits for the look that is under way, or for a new one.
        ///
        /// - Returns: whether a process was ended.
        func end(by look: @escaping @Sendable () async throws -> StuckHolder?) async throws -> Bool {
            let (promise, isNew) = state.withLock { state in
                let promise = state.look ?? Promise()
                defer { state.look = promise }
                return (promise, state.look == nil)
            }
            if isNew {
                Task.detached {
                    do {
                        self.isOver(promise, .success(try await look()))
                    } catch {
                        self.isOver(promise, .failure(error))
                    }
                }
            }
            return try await promise.value
        }

        private func isOver(_ promise: Promise<Bool>, _ result: Result<StuckHolder?, any Error>) {
            state.withLock { state in
                state.look = nil
                if case .success(let stuck?) = result { state.unnoted.append(stuck) }
            }
            promise.keep(result.map { $0 != nil })
        }
    }
#endif
