#if SQLite
    import ActorProcessingTesting
    import Testing

    /// What is guaranteed by what a store keeps, with every process's store opened on the same file.
    @Suite("The guarantees in a file", .timeLimit(.minutes(30)), .tags(.guarantee))
    struct GuaranteesInAFileTests {
        @Test(
            """
            G2 in a file: a stream's events reach its handler in index order; none is skipped but by a recorded skip; after a \
            crash only uncommitted ones come again
            """)
        func eventsReachTheirHandlerInIndexOrder() async throws {
            try await guaranteeInAFile { try await Trial.eventsReachTheirHandlerInIndexOrder($0, in: $1) }
        }

        @Test("G2 in a file: a gap that is skipped is on record")
        func skipsAreOnRecord() async throws {
            try await guaranteeInAFile { try await Trial.skipsAreOnRecord($0, in: $1) }
        }

        @Test("G3 in a file: a checkpoint never passes an event that is neither committed nor durably parked")
        func checkpointsStayBehindOutcomes() async throws {
            try await guaranteeInAFile { try await Trial.checkpointsStayBehindOutcomes($0, in: $1) }
        }

        @Test("G5 in a file: a failing or slow stream doesn't hold up others; a parked one doesn't hold up the feed")
        func badStreamsHoldUpNoOthers() async throws {
            try await guaranteeInAFile { try await Trial.badStreamsHoldUpNoOthers($0, in: $1) }
        }

        @Test(
            """
            G6 in a file: the resequencer resolves each ticket once, in order, whatever finishes first; across a crash results \
            may come again, in order, with their ticket
            """)
        func ticketsAreResolvedInOrder() async throws {
            try await guaranteeInAFile { try await Trial.ticketsAreResolvedInOrder($0, in: $1) }
        }

        @Test(
            """
            G7 in a file: a publication of each entity's last state is attempted within its longest wait and repeated until it \
            succeeds, crashes included
            """)
        func lastStatesArePublished() async throws {
            try await guaranteeInAFile { try await Trial.lastStatesArePublished($0, in: $1) }
        }

        private func guaranteeInAFile(
            function: String = #function, _ trial: @escaping @Sendable (Simulation, TrialStore) async throws -> Void
        ) async throws {
            try await guarantee(seeds: 150, function: function) { simulation in
                let file = try TrialFile()
                do {
                    try await trial(simulation, file.store())
                } catch {
                    try await file.remove()
                    throw error
                }
                try await file.remove()
            }
        }
    }
#endif
