#if Files
    import Supervision
    import Testing

    @testable import demo_reactor

    struct CaseFindingsTests {
        private static func state(_ steps: [UInt32], _ tree: VariantTree, seconds: Int64? = nil) -> CaseState {
            var state = CaseState()
            state.events = steps.count
            state.variant = tree.node(from: VariantTree.root, by: steps)
            state.start = seconds.map { _ in Timestamp(nanosecondsSince1970: 0) }
            state.end = seconds.map { Timestamp(nanosecondsSince1970: $0 * 1_000_000_000) }
            return state
        }

        @Test func `variants, activities and durations are counted`() {
            let tree = VariantTree()
            let states = [
                Self.state([0, 1], tree, seconds: 4), Self.state([0, 1], tree, seconds: 1),
                Self.state([0, 0], tree, seconds: 3),
                Self.state([0], tree, seconds: 10), Self.state([], tree),
            ]
            let findings = CaseFindings(states, tree, names: ["A", "B"])
            #expect(findings.events == 7 && findings.cases == 5 && findings.variants == 4)
            #expect(findings.activities == ["A": 5, "B": 2] && findings.casesWith == ["A": 4, "B": 2])
            #expect(findings.topVariants.first == CaseFindings.Variant(activities: ["A", "B"], cases: 2))
            #expect(findings.medianDuration == .milliseconds(3_500) && findings.longestDuration == .seconds(10))
        }

        @Test func `the tree leads the same way in one go and step by step`() {
            let tree = VariantTree()
            let whole = tree.node(from: VariantTree.root, by: [3, 1, 2])
            let first = tree.node(from: VariantTree.root, by: [3])
            #expect(tree.node(from: first, by: [1, 2]) == whole)
            #expect(tree.activities(to: whole) == [3, 1, 2])
        }

        @Test(arguments: [
            (Duration.milliseconds(1_250), "1.25 s"), (.seconds(61), "1 min 1 s"), (.seconds(3_600), "1 h 0 min"),
            (.seconds(90_000), "1 d 1 h"),
        ])
        func `durations are spelled in two units`(duration: Duration, text: String) {
            #expect(duration.spelled == text)
        }

        @Test(arguments: [
            (Duration.milliseconds(69_857_434), "69857.434"), (.seconds(2), "2"), (.nanoseconds(1), "0.000000001"),
            (.milliseconds(-1_500), "-1.5"),
        ])
        func `seconds are written exactly`(duration: Duration, text: String) {
            #expect(duration.decimalSeconds == text)
        }
    }
#endif
