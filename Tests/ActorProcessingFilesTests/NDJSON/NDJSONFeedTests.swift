#if Files
    import ActorProcessing
    import Supervision
    import Testing

    @testable import ActorProcessingFiles

    @Suite(.timeLimit(.minutes(10)))
    struct NDJSONFeedTests {
        static func quiet(_ change: (inout NDJSONConfiguration) -> Void = { _ in }) -> NDJSONConfiguration {
            var configuration = NDJSONConfiguration()
            configuration.badInput.report = { _ in }
            configuration.pollInterval = .milliseconds(1)
            change(&configuration)
            return configuration
        }

        static func contents(
            _ text: String, limit: Int = 4096, _ change: (inout NDJSONConfiguration) -> Void = { _ in }
        ) async throws -> Contents {
            let file = try TemporaryFile(text)
            return try await Contents(of: NDJSONFeed(file.source, configuration: quiet(change)), limit: limit)
        }

        static func line(_ stream: String, _ index: Int) -> String {
            #"{"stream":"\#(stream)","index":\#(index),"type":"Added","data":{"index":\#(index)}}"# + "\n"
        }

        @Test func `the plain form is read`() async throws {
            let contents = try await Self.contents(
                #"""
                {"stream":"order-1","index":0,"type":"Created","data":{ "a" : [1, 2.50] },"time":"2026-01-31T12:00:00.5Z","id":"e1","metadata":{"who":"ann\n"},"correlationId":"c","causationId":"d"}
                 { "type" : "Paid" , "index" : 1 , "stream" : "order-1" }
                {"stream":"order-2-b","index":9223372036854775807,"type":"T\u0079pe","data":"text","id":null,"time":null}
                {"stream":"order-3","index":0,"type":"Raw","data_base64":"/wAB"}
                """#)
            var first = Facts(
                "order-1", 0, "Created", #"{ "a" : [1, 2.50] }"#,
                time: Timestamp(nanosecondsSince1970: 1_769_860_800_500_000_000),
                id: "e1", metadata: ["who": "ann\n"])
            first.correlationID = "c"
            first.causationID = "d"
            #expect(contents.facts[0] == first)
            #expect(contents.facts[1] == Facts("order-1", 1, "Paid"))
            #expect(contents.facts[2] == Facts("order-2-b", .max, "Type", #""text""#))
            #expect(contents.events[3].data == [255, 0, 1])
            #expect(contents.error == nil)
        }

        @Test func `CloudEvents are read`() async throws {
            let contents = try await Self.contents(
                #"""
                {"specversion":"1.0","id":"A1","source":"/shop","type":"com.shop.paid","subject":"order-1","time":"2026-01-31T13:00:00+01:00","sequence":"0","data":{"cents":5},"datacontenttype":"application/json","correlationid":"c","causationid":"d","tries":3,"urgent":true}
                {"specversion":"1.0","id":"A2","source":"/shop","type":"t","subject":"order-1","sequence":1,"data_base64":"AAE=","dataschema":null}
                """#)
            var first = Facts(
                "order-1", 0, "com.shop.paid", #"{"cents":5}"#,
                time: Timestamp(nanosecondsSince1970: 1_769_860_800_000_000_000),
                id: "A1",
                metadata: ["source": "/shop", "datacontenttype": "application/json", "tries": "3", "urgent": "true"])
            first.correlationID = "c"
            first.causationID = "d"
            #expect(contents.facts[0] == first)
            #expect(contents.events[1].data == [0, 1])
            #expect(contents.events[1].metadata == ["source": "/shop"])
        }

        @Test func `the stream's name may be in another attribute`() async throws {
            let contents = try await Self.contents(
                #"{"specversion":"1.0","id":"1","source":"/s","type":"t","subject":"hat","sequence":"0","streamname":"order-1"}"#
            ) { $0.streamAttribute = "streamname" }
            #expect(
                contents.facts == [Facts("order-1", 0, "t", id: "1", metadata: ["source": "/s", "subject": "hat"])])
        }

        @Test func `without indices their order of arrival counts`() async throws {
            let contents = try await Self.contents(#"{"stream":"a-1","type":"t"}"#) { $0.ordering = .arrival }
            #expect(contents.facts == [Facts("a-1", 0, "t")])
        }

        @Test(arguments: ["\n", "\r\n", "\n\n \t\n"])
        func `lines may end and be empty in any way`(end: String) async throws {
            let lines = (0..<5).map { Self.line("a-1", $0).dropLast() }.joined(separator: end)
            for text in [lines, lines + end, end + lines, "\u{FEFF}" + lines] {
                #expect(try await Self.contents(text).facts.map(\.index) == [0, 1, 2, 3, 4])
            }
        }

        @Test func `empty files hold nothing`() async throws {
            #expect(try await Self.contents("").events.isEmpty)
            let contents = try await Self.contents("\n \n")
            #expect(contents.facts.isEmpty && contents.nexts == [FeedPosition(3)])
        }

        @Test(arguments: [1, 2, 7, 4096])
        func `reading goes on at any position`(limit: Int) async throws {
            let text = (0..<20).map { Self.line("a-\($0 % 3)", $0 / 3) + ($0 % 5 == 0 ? "bad\n\n" : "") }.joined()
            let file = try TemporaryFile(text)
            let feed = NDJSONFeed(file.source, configuration: Self.quiet())
            let all = try await Contents(of: feed, limit: limit)
            #expect(all.facts.count == 20 && all.events.count == 24)
            #expect(all.nexts.last == FeedPosition(Int64(text.utf8.count)))
            for next in all.nexts {
                let rest = try await Contents(of: feed, from: next, limit: limit)
                #expect(rest.error == nil)
                #expect(rest.events.map(\.position) == all.events.map(\.position).filter { $0 >= next.value })
            }
            #expect(try await feed.reader(of: "0", from: nil).tail() == all.nexts.last)
        }

        @Test func `the boundaries between what is read at once don't matter`() async throws {
            let text =
                Self.line("a-1", 0) + "é no JSON\n" + Self.line("ä-2", 1) + "\r\n" + Self.line("a-1", 2).dropLast()
            let whole = try await Self.contents(text).events.map { Facts($0) }
            let bytes = Array(text.utf8)
            for cut in 1..<bytes.count {
                let pipe = TestPipe()
                let feed = NDJSONFeed(pipe.source, configuration: Self.quiet())
                let reader = try await feed.reader(of: "0", from: nil)
                try pipe.write([UInt8](bytes[..<cut]))
                var contents = try await Contents(of: reader)
                try pipe.write([UInt8](bytes[cut...]))
                try pipe.close()
                contents.add(try await Contents(of: reader, passesTails: true))
                #expect(contents.events.map { Facts($0) } == whole, "cut at \(cut)")
            }
        }

        @Test func `what is larger than the buffer is read`() async throws {
            let data = "\"" + String(repeating: "x", count: 700_000) + "\""
            let text =
                Self.line("a-1", 0) + #"{"stream":"a-1","index":1,"type":"Long","data":\#(data)}"# + "\n"
                + Self.line("a-1", 2)
            let contents = try await Self.contents(text)
            #expect(contents.facts.map(\.type) == ["Added", "Long", "Added"])
            #expect(contents.facts[1].data == data)
        }

        @Test func `late events are marked and counted`() async throws {
            func line(_ index: Int, _ second: Int) -> String {
                #"{"stream":"a-1","index":\#(index),"type":"t","time":"2026-01-31T12:00:\#(second)Z"}"# + "\n"
            }
            let file = try TemporaryFile(line(0, 30) + line(1, 20) + line(2, 40) + line(3, 29) + line(4, 30))
            let feed = NDJSONFeed(file.source, configuration: Self.quiet { $0.latenessBound = .seconds(10) })
            let contents = try await Contents(of: feed)
            #expect(contents.events.map(\.isLate) == [false, false, false, true, false])
            #expect(contents.events[3].metadata == ["late": "11.000"])
            #expect(feed.progress.late == 1 && feed.progress.events == 5)
        }

        @Test func `progress is counted`() async throws {
            let file = try TemporaryFile(Self.line("a-1", 0) + "bad\n" + Self.line("a-1", 1))
            let feed = NDJSONFeed(file.source, configuration: Self.quiet())
            _ = try await Contents(of: feed)
            let size = Int64(try file.contents.count)
            #expect(feed.progress == FileProgress(bytes: size, size: size, events: 2, rejected: 1, late: 0))
        }
    }
#endif
