#if Files
    import ActorProcessing
    import Foundation
    import Supervision
    import Synchronization
    import Testing

    @testable import ActorProcessingFiles

    @Suite(.timeLimit(.minutes(10)))
    struct XESFeedTests {
        static func quiet(_ change: (inout XESConfiguration) -> Void = { _ in }) -> XESConfiguration {
            var configuration = XESConfiguration()
            configuration.badInput.report = { _ in }
            change(&configuration)
            return configuration
        }

        static func contents(
            _ text: String, limit: Int = 4096, _ change: (inout XESConfiguration) -> Void = { _ in }
        ) async throws -> Contents {
            let file = try TemporaryFile(text)
            return try await Contents(of: XESFeed(file.source, configuration: quiet(change)), limit: limit)
        }

        /// A log of one trace called 1.
        static func log(_ events: String, declarations: String = "") -> String {
            "<log>\(declarations)<trace><string key='concept:name' value='1'/>\(events)</trace></log>"
        }

        static func event(_ attributes: String, name: String = "A") -> String {
            "<event><string key='concept:name' value='\(name)'/>\(attributes)</event>"
        }

        @Test func `traces are streams, and their events' places the indices`() async throws {
            let contents = try await Self.contents(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <!-- a comment -->
                <log xes.version="1.0" xmlns="http://www.xes-standard.org/">
                  <trace>
                    <string key="concept:name" value="x &amp; y"/>
                    <event>
                      <string key="concept:name" value="A"/>
                      <date key="time:timestamp" value="2011-10-01T00:38:44.546+02:00"/>
                      <string key="org:resource" value="112"/>
                    </event>
                    <event><date key="time:timestamp" value="2011-10-01T00:00:00"/><string key="concept:name" value="B"/></event>
                  </trace>
                  <trace/>
                  <trace><string key="concept:name" value="2"/><event/></trace>
                  <trace><event/><event/></trace>
                </log>
                """)
            #expect(contents.error == nil)
            #expect(
                contents.facts == [
                    Facts(
                        "case-x & y", 0, "A", #"{"org:resource":"112"}"#,
                        time: Timestamp(nanosecondsSince1970: 1_317_422_324_546_000_000)),
                    Facts("case-x & y", 1, "B", time: Timestamp(nanosecondsSince1970: 1_317_427_200_000_000_000)),
                    Facts("case-2", 0, "unnamed"),
                    Facts("case-unnamed-4", 0, "unnamed"),
                    Facts("case-unnamed-4", 1, "unnamed"),
                ])
        }

        @Test(arguments: [
            (#"<string key="k" value="a&quot;&#10;é\"/>"#, #"{"k":"a\"\né\\"}"#),
            (#"<date key="k" value="2011-10-01T00:00:00Z"/>"#, #"{"k":"2011-10-01T00:00:00Z"}"#),
            (#"<int key="k" value="-42"/>"#, #"{"k":-42}"#),
            (#"<int key="k" value=" +007 "/>"#, #"{"k":7}"#),
            (#"<int key="k" value="123456789012345678901234567890"/>"#, #"{"k":123456789012345678901234567890}"#),
            (#"<float key="k" value="1.50"/>"#, #"{"k":1.50}"#),
            (#"<float key="k" value=".5"/>"#, #"{"k":0.5}"#),
            (#"<float key="k" value="-1.E3"/>"#, #"{"k":-1000.0}"#),
            (#"<float key="k" value="NaN"/>"#, #"{"k":"NaN"}"#),
            (#"<boolean key="k" value="true"/><boolean key="l" value="0"/>"#, #"{"k":true,"l":false}"#),
            (
                #"<id key="k" value="f81d4fae-7dec-11d0-a765-00a0c91e6bf6"/>"#,
                #"{"k":"f81d4fae-7dec-11d0-a765-00a0c91e6bf6"}"#
            ),
            (
                #"<list key="k"><values><int key="a" value="1"/><int key="a" value="2"/></values></list>"#,
                #"{"k":[{"a":1},{"a":2}]}"#
            ),
            (#"<list key="k"><int key="a" value="1"/></list>"#, #"{"k":[{"a":1}]}"#),
            (#"<list key="k"/><list key="l"><values/></list>"#, #"{"k":[],"l":[]}"#),
            (#"<container key="k"><int key="a" value="1"/><container key="b"/></container>"#, #"{"k":{"a":1,"b":{}}}"#),
            (
                #"<string key="k" value="v"><int key="a" value="1"><int key="b" value="2"/></int></string>"#,
                #"{"k":{"value":"v","attributes":{"a":{"value":1,"attributes":{"b":2}}}}}"#
            ),
            (#"<int key="k" value="1"/><int key="l" value="2"/><int key="k" value="3"/>"#, #"{"k":[1,3],"l":2}"#),
            (
                #"<container key="c"><int key="k" value="1"/><int key="k" value="3"/></container>"#,
                #"{"c":{"k":[1,3]}}"#
            ),
            (
                #"<list key="k"><values><list key="l"><values><string key="s" value="x"><int key="n" value="1"/></string></values></list></values></list>"#,
                #"{"k":[{"l":[{"s":{"value":"x","attributes":{"n":1}}}]}]}"#
            ),
            (#"<other key="k" value="1"><string key="x" value="1"/></other>"#, ""),
        ])
        func `attributes of every type become data`(attributes: String, data: String) async throws {
            let contents = try await Self.contents(Self.log(Self.event(attributes)))
            #expect(contents.error == nil)
            #expect(contents.facts == [Facts("case-1", 0, "A", data)])
        }

        @Test func `many repeated attributes are brought together`() async throws {
            let attributes = (0..<100).map { "<int key='k\($0 % 50)' value='\($0)'/>" }.joined()
            let data = try #require(try await Self.contents(Self.log(Self.event(attributes))).facts.first?.data)
            #expect(data.hasPrefix(#"{"k0":[0,50],"k1":[1,51],"#) && data.hasSuffix(#","k49":[49,99]}"#))
        }

        @Test func `a name with attributes stays in the data`() async throws {
            let contents = try await Self.contents(
                Self.log("<event><string key='concept:name' value='A'><int key='n' value='1'/></string></event>"))
            #expect(
                contents.facts == [Facts("case-1", 0, "A", #"{"concept:name":{"value":"A","attributes":{"n":1}}}"#)])
        }

        @Test func `a trace's attributes are in its events' data`() async throws {
            let contents = try await Self.contents(
                """
                <log><trace><int key="amount" value="5"/><string key="concept:name" value="1"/>
                <list key="l"><values><int key="a" value="1"/></values></list>
                <event><int key="k" value="1"/></event><event/></trace></log>
                """)
            #expect(
                contents.facts.map(\.data) == [
                    #"{"case:amount":5,"case:l":[{"a":1}],"k":1}"#, #"{"case:amount":5,"case:l":[{"a":1}]}"#,
                ])
        }

        @Test func `globals stand for what is missing`() async throws {
            let contents = try await Self.contents(
                """
                <log>
                <global scope="trace"><string key="concept:name" value="UNKNOWN"/><int key="amount" value="0"/></global>
                <global scope="event"><string key="concept:name" value="NOBODY"/><string key="org:resource" value="R">
                  <int key="nested" value="1"/></string><date key="time:timestamp" value="1970-01-01T00:00:00Z"/></global>
                <trace><int key="amount" value="5"/><event><string key="org:resource" value="x"/></event></trace>
                <trace><string key="concept:name" value="2"/><event><string key="concept:name" value="A"/></event></trace>
                </log>
                """)
            let begin = Timestamp(nanosecondsSince1970: 0)
            #expect(
                contents.facts == [
                    Facts("case-unnamed-1", 0, "NOBODY", #"{"case:amount":5,"org:resource":"x"}"#, time: begin),
                    Facts("case-2", 0, "A", #"{"case:amount":0,"org:resource":"R"}"#, time: begin),
                ])
        }

        @Test func `a classifier makes up the types`() async throws {
            let declarations =
                #"<classifier name="Other" keys="k"/><classifier scope="event" name="Both" keys="concept:name 'the state'"/>"#
            let events = Self.event("<string key='the state' value='done'/>") + Self.event("")
            let text = Self.log(events, declarations: declarations)
            let contents = try await Self.contents(text) { $0.classifier = "Both" }
            #expect(contents.facts.map(\.type) == ["A+done", "A+"])
            #expect(contents.facts[1].data == #"{"concept:name":"A"}"#)
            let error = try await Self.contents(text) { $0.classifier = "None" }.error
            #expect(error?.code == .malformed && error?.message.contains("no classifier 'None'") == true)
        }

        @Test func `extensions may have other prefixes`() async throws {
            let contents = try await Self.contents(
                """
                <log><extension name="Concept" prefix="c" uri="http://www.xes-standard.org/concept.xesext"/>
                <extension name="Time" prefix="t" uri="http://www.xes-standard.org/time.xesext"/>
                <trace><string key="c:name" value="1"/><event><string key="c:name" value="A"/>
                <date key="t:timestamp" value="1970-01-01T00:00:01Z"/></event></trace></log>
                """)
            #expect(contents.facts == [Facts("case-1", 0, "A", time: Timestamp(nanosecondsSince1970: 1_000_000_000))])
        }

        @Test func `the category can be chosen`() async throws {
            let contents = try await Self.contents(Self.log("<event/>")) { $0.category = "loan" }
            #expect(contents.facts.map(\.stream) == ["loan-1"])
        }

        @Test(arguments: ["ISO-8859-1", "UTF-16", "windows-1252"])
        func `other encodings are read`(name: String) async throws {
            let text =
                "<?xml version=\"1.0\" encoding=\"\(name)\"?>" + Self.log(Self.event("<string key='é' value='ü'/>"))
            let encoding: String.Encoding =
                switch name {
                case "ISO-8859-1": .isoLatin1
                case "UTF-16": .utf16
                default: .windowsCP1252
                }
            let file = try TemporaryFile([UInt8](try #require(text.data(using: encoding))))
            let contents = try await Contents(of: XESFeed(file.source))
            #expect(contents.facts == [Facts("case-1", 0, "A", #"{"é":"ü"}"#)])
        }

        @Test(arguments: [1, 2, 3, 4096])
        func `reading goes on at any position`(limit: Int) async throws {
            let text =
                "<log>"
                + (0..<4).map { trace in
                    "<trace><string key='concept:name' value='\(trace)'/>"
                        + (0..<3).map { Self.event($0 == 1 ? "<int key='k' value='x'/>" : "", name: "E\($0)") }.joined()
                        + "</trace>"
                }.joined() + "</log>"
            let file = try TemporaryFile(text)
            let feed = XESFeed(file.source, configuration: Self.quiet())
            let all = try await Contents(of: feed, limit: limit)
            #expect(all.facts.count == 8 && all.events.count == 12 && all.nexts.last == FeedPosition(12))
            for next in all.nexts {
                let rest = try await Contents(of: feed, from: next, limit: limit)
                #expect(rest.error == nil)
                #expect(rest.events.map { Facts($0) } == all.events.dropFirst(Int(next.value)).map { Facts($0) })
            }
            #expect(try await feed.reader(of: "0", from: nil).tail() == FeedPosition(12))
            #expect(try await Contents(of: feed, from: FeedPosition(13)).error?.code == .shrunk)
        }

        @Test func `the boundaries between what is parsed at once don't matter`() throws {
            let text =
                "<?xml version='1.0'?><!--c--><log>"
                + "<trace><string key='concept:name' value='1'/><event><string key='é' value='a&amp;b'/></event></trace></log>"
            let bytes = Array(text.utf8)
            func elements(_ pieces: [ArraySlice<UInt8>]) throws -> [String] {
                var told: [String] = []
                let parser = XMLPushParser(
                    XMLPushParser.Listener(
                        started: { told.append("\($0) \($1.string("key") ?? "") \($1.string("value") ?? "")") },
                        ended: { told.append("/\($0)") }))
                for piece in pieces { try unsafe [UInt8](piece).withUnsafeBytes { try unsafe parser.parse($0) } }
                try parser.finish()
                return told
            }
            let whole = try elements([bytes[...]])
            #expect(
                whole.count == 10 && whole.contains("attribute(\(XESAttributeKind.string)) é a&b") || whole.count == 10)
            for cut in 1..<bytes.count {
                #expect(try elements([bytes[..<cut], bytes[cut...]]) == whole, "cut at \(cut)")
            }
            #expect(try elements(bytes.indices.map { bytes[$0...$0] }) == whole)
        }

        @Test func `events that are late in their trace are marked`() async throws {
            func event(_ second: Int) -> String {
                Self.event("<date key='time:timestamp' value='2026-01-31T12:00:\(second)Z'/>")
            }
            let trace = "<trace>" + event(40) + event(39) + event(10) + "</trace>"
            let contents = try await Self.contents("<log>\(trace)\(trace)</log>") { $0.latenessBound = .seconds(5) }
            #expect(contents.events.map(\.isLate) == [false, false, true, false, false, true])
        }
    }
#endif
