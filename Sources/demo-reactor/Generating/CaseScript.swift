#if Files
    import ActorProcessing
    import Supervision

    /// What happens in the course of one case of a made-up claims process. The same seed and number give the same case.
    struct CaseScript: Sendable {
        struct Step: Sendable {
            var activity: String
            var time: Timestamp
            var resource: Int
        }

        let number: Int
        let amount: Int
        let steps: [Step]

        /// 2026-01-01T00:00:00Z.
        private static let begin: Int64 = 1_767_225_600_000
        private static let minute: Int64 = 60_000

        init(number: Int, seed: UInt64) {
            self.number = number
            var random = SplitMix64(seed: seed &+ UInt64(number) &* 0x9E37_79B9_7F4A_7C15)
            amount = Int.random(in: 1...50_000, using: &random)
            var activities = ["Registered"]
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                activities += ["Documents requested", "Documents received"]
            }
            if amount > 10_000 { activities.append("Inspected") }
            activities.append("Assessed")
            if Int.random(in: 0..<3, using: &random) > 0 {
                activities += ["Approved", "Paid"]
            } else {
                activities.append("Declined")
                if Int.random(in: 0..<5, using: &random) == 0 {
                    activities += ["Objected", "Assessed", "Approved", "Paid"]
                }
            }
            activities.append("Closed")
            var time = Self.begin + Int64(number) * Self.minute / 4
            steps = activities.map { activity in
                time += Int64.random(in: 1...(2 * 24 * 60 * Self.minute), using: &random)
                return Step(
                    activity: activity, time: Timestamp(nanosecondsSince1970: time * 1_000_000),
                    resource: Int.random(in: 1...40, using: &random))
            }
        }

        var stream: StreamName { StreamName(category: "case", id: "\(number)") }

        /// Adds the event of one step.
        func append(_ index: Int, to builder: inout EventBatch.Builder) throws {
            let step = steps[index]
            let data = "{\"case:amount\":\(amount),\"org:resource\":\"R\(step.resource)\"}"
            try builder.append(
                stream: stream, index: Int64(index), type: step.activity, data: Array(data.utf8), time: step.time,
                id: "\(number).\(index)")
        }
    }
#endif
