#if Files
    import Foundation
    import Supervision
    import Testing

    @testable import ActorProcessingFiles

    struct TimestampTextTests {
        private static func parse(_ text: String, needsZone: Bool = true) -> Int64? {
            unsafe Array(text.utf8).withUnsafeBytes { unsafe TimestampText.parse($0, needsZone: needsZone) }?
                .nanosecondsSince1970
        }

        @Test(arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("1970-01-01t00:00:00.000000001z", 1),
            ("1969-12-31T23:59:59.5Z", -500_000_000),
            ("2026-01-31T12:00:00+00:30", 1_769_859_000_000_000_000),
            ("2026-01-31 12:00:00.1234567899Z", 1_769_860_800_123_456_789),
            ("2024-02-29T00:00:00-0100", 1_709_168_400_000_000_000),
            ("2016-12-31T23:59:60Z", 1_483_228_800_000_000_000),
            ("1678-01-01T00:00:00Z", -9_214_560_000_000_000_000),
            ("2262-01-01T00:00:00Z", 9_214_646_400_000_000_000),
        ])
        func `times are read`(text: String, nanoseconds: Int64) {
            #expect(Self.parse(text) == nanoseconds)
        }

        @Test(arguments: [
            "", "2026", "2026-01-31", "2026-01-31T12:00:00", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-01-31T24:00:00Z", "2026-01-31T12:60:00Z", "2026-01-31T12:00:61Z", "2026-01-31T12:00:00.Z",
            "2026-01-31T12:00:00ZZ",
            "2026-01-31T12:00:00+1", "2026-01-31T12:00:00+25:00", "1600-01-01T00:00:00Z", "2300-01-01T00:00:00Z",
            "２026-01-31T12:00:00Z",
            "1900-02-29T00:00:00Z",
        ])
        func `what is no time isn't read`(text: String) {
            #expect(Self.parse(text) == nil)
        }

        @Test func `what is written is read`() {
            var random = SplitMix64(seed: 1)
            for _ in 0..<10_000 {
                let time = Timestamp(nanosecondsSince1970: Int64(bitPattern: random.next()))
                #expect(Self.parse(TimestampText.text(time)) == time.nanosecondsSince1970)
            }
        }

        @Test func `it agrees with Foundation`() throws {
            var random = SplitMix64(seed: 2)
            for _ in 0..<300 {
                let seconds = Int64.random(in: -9_000_000_000...9_000_000_000, using: &random)
                let text = TimestampText.text(Timestamp(nanosecondsSince1970: seconds * 1_000_000_000))
                #expect(try Date.ISO8601FormatStyle().parse(text).timeIntervalSince1970 == Double(seconds))
            }
        }
    }
#endif
