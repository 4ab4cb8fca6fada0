#if Files

    /// What a log has come to.
    struct CaseFindings: Sendable, Equatable {
        struct Variant: Sendable, Equatable {
            var activities: [String]
            var cases: Int
        }

        var events = 0
        var cases = 0
        /// How many different variants there are, and the most frequent ones, those first.
        var variants = 0
        var topVariants: [Variant] = []
        /// How often each activity happened, and in how many cases.
        var activities: [String: Int] = [:]
        var casesWith: [String: Int] = [:]
        /// `nil` when no case has times.
        var medianDuration: Duration?
        var longestDuration: Duration?

        /// The most variants that are named.
        private static let named = 5

        init(_ states: some Collection<CaseState>, _ tree: VariantTree, names: [String]) {
            cases = states.count
            var counts: [Int32: Int] = [:]
            var durations: [Duration] = []
            for state in states {
                events += state.events
                counts[state.variant, default: 0] += 1
                if let duration = state.duration { durations.append(duration) }
            }
            durations.sort()
            medianDuration = Self.median(durations)
            longestDuration = durations.last
            count(counts, tree, names)
        }

        private mutating func count(_ counts: [Int32: Int], _ tree: VariantTree, _ names: [String]) {
            variants = counts.count
            for (variant, cases) in counts {
                let steps = tree.activities(to: variant)
                for step in steps { activities[names[Int(step)], default: 0] += cases }
                for step in Set(steps) { casesWith[names[Int(step)], default: 0] += cases }
            }
            topVariants =
                counts
                .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
                .prefix(Self.named)
                .map { Variant(activities: tree.activities(to: $0.key).map { names[Int($0)] }, cases: $0.value) }
            // Numbers depend on which thread met an activity first, and names don't.
            topVariants.sort {
                ($1.cases, $0.activities.joined(separator: "\0")) < ($0.cases, $1.activities.joined(separator: "\0"))
            }
        }

        private static func median(_ sorted: [Duration]) -> Duration? {
            if sorted.isEmpty { return nil }
            let middle = sorted[sorted.count / 2]
            return sorted.count % 2 == 1 ? middle : (sorted[sorted.count / 2 - 1] + middle) / 2
        }
    }

    /// What a run over a log has come to.
    struct CaseResults: Sendable, Equatable {
        var findings: CaseFindings
        /// Events dropped since they had been here before, and events that came before those in front of them.
        var duplicates: Int
        var stashed: Int
        /// Lines or events that were no good, and indices that no event ever came for.
        var rejected: Int
        var missing: Int
        var late: Int
        var bytes: Int64
        var elapsed: Duration
    }
#endif
