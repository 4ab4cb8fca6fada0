#if SQLite
    import ActorProcessing
    import ActorProcessingTesting
    import Supervision
    import Synchronization

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// Where and when the process kills itself, as a seed has it.
    final class ProbeCrash: Sendable {
        enum Point: CaseIterable, Sendable {
            /// The machine has been given an event, or a timer.
            case handling
            /// In the transaction of a commit, behind some of its writes.
            case writing
            /// Before something is received outside; and when it is, but the reactor hasn't heard of it.
            case beforePublishing, afterPublishing, beforeResults, afterResults, beforeOutputs, afterOutputs
            /// At a call of the store, before it is done or when it is and its answer hasn't arrived.
            case commit, checkpoint, cleaning, loading
            /// At any of those above that aren't the store's.
            case anywhere
        }

        let point: Point
        private let passages: Int
        private let passed = Atomic(0)
        private let seed: UInt64

        init(seed: UInt64) {
            var random = SplitMix64(seed: seed)
            self.seed = random.next()
            point = Point.allCases[Int(random.next() % UInt64(Point.allCases.count))]
            passages =
                switch point {
                case .handling, .writing, .anywhere: Int.random(in: 1...400, using: &random)
                default: Int.random(in: 1...20, using: &random)
                }
        }

        /// The process dies if this is the time.
        func reached(_ point: Point) {
            guard point == self.point || self.point == .anywhere else { return }
            if passed.add(1, ordering: .relaxed).newValue >= passages { Self.die() }
        }

        /// The store around which calls die.
        func wrap(_ store: any ReactorStore) -> any ReactorStore {
            var plan = StoreFaultPlan()
            // Some answers get lost also in processes that live on.
            plan.failBefore = 0.005
            plan.failAfter = 0.01
            switch point {
            case .commit: (plan.operations, plan.crash) = ([.commit], 0.05)
            case .checkpoint: (plan.operations, plan.crash) = ([.checkpoint], 0.3)
            case .cleaning: (plan.operations, plan.crash) = ([.dirty, .outbox], 0.02)
            case .loading: (plan.operations, plan.crash) = ([.load, .snapshot, .parking, .ownership], 0.05)
            default: break
            }
            return FaultyStore(store, plan: plan, random: SplitMix64(seed: seed), onCrash: { Self.die() })
        }

        private static func die() -> Never {
            kill(getpid(), SIGKILL)
            // The signal is there before the call returns, but on which of the threads?
            while true { pause() }
        }
    }
#endif
