#if Files
    import ActorProcessing
    import Synchronization
    import Testing

    @testable import ActorProcessingFiles

    @Suite(.timeLimit(.minutes(10)))
    struct BadLogTests {
        @Test(arguments: [
            ("<date key='time:timestamp' value='soon'/>", "its time is 'soon': write it as"),
            ("<int key='k' value='1.5'/>", "the int 'k' is '1.5', which is none"),
            ("<int key='k' value=''/>", "the int 'k' is '', which is none"),
            ("<float key='k' value='1,5'/>", "the float 'k' is '1,5', which is none"),
            ("<float key='k' value='1e999'/>", ""),
            ("<boolean key='k' value='yes'/>", "the boolean 'k' is 'yes', which is none"),
            ("<string value='x'/>", "an attribute has no key"),
            ("<string key='x'/>", "an attribute has no value"),
        ])
        func `a bad event says why, and good ones go on`(attributes: String, reason: String) async throws {
            let events =
                XESFeedTests.event("") + "\n" + XESFeedTests.event(attributes) + "\n"
                + XESFeedTests.event("", name: "B")
            let file = try TemporaryFile(XESFeedTests.log(events))
            let found = Mutex<[RejectedInput]>([])
            let configuration = XESFeedTests.quiet {
                $0.badInput.report = { input in found.withLock { $0.append(input) } }
            }
            let contents = try await Contents(of: XESFeed(file.source, configuration: configuration))
            if reason.isEmpty {
                #expect(contents.facts.count == 3)
                return
            }
            #expect(contents.facts.map(\.type) == ["A", "B"] && contents.facts.map(\.index) == [0, 2])
            #expect(contents.events[1].isRejected && contents.events[1].index == 1)
            let rejected = try #require(found.withLock { $0 }.first)
            #expect(rejected.reason.contains(reason), "\(rejected.reason)")
            #expect(rejected.line == 2 && rejected.position == 1)

            var strict = configuration
            strict.badInput.isStrict = true
            let stopped = try await Contents(of: XESFeed(file.source, configuration: strict))
            #expect(stopped.facts.map(\.type) == ["A"] && stopped.nexts == [FeedPosition(1)])
            #expect(stopped.error?.code == .malformed && stopped.error?.line == 2)
        }

        @Test(arguments: [
            ("", "the XML is not well-formed"),
            ("no XML", "the XML is not well-formed"),
            ("<log><trace>", "the XML is not well-formed"),
            ("<log></trace></log>", "the XML is not well-formed"),
            ("<log><event a=1/></log>", "the XML is not well-formed"),
            ("<log>&nothing;</log>", "the XML is not well-formed"),
            ("<log/><log/>", "the XML is not well-formed"),
            ("<log>\u{1}</log>", "the XML is not well-formed"),
            ("<?xml version='1.0' encoding='klingon'?><log/>", "the XML is not well-formed"),
            ("<html/>", "it is no event log: the outermost element has to be <log>"),
            ("<!DOCTYPE log [<!ENTITY a 'b'>]><log/>", "it declares entities"),
            ("<!DOCTYPE log [<!ENTITY % a SYSTEM 'file:///etc/passwd'>]><log/>", "it declares entities"),
        ])
        func `XML that isn't a log is an error`(text: String, reason: String) async throws {
            let contents = try await XESFeedTests.contents(text)
            #expect(contents.error?.code == .malformed)
            #expect(contents.error?.message.contains(reason) == true, "\(contents.error?.message ?? "no error")")
        }

        @Test(arguments: ["UTF-16", "UTF-8", "ISO-2022-JP"])
        func `characters that can't be converted are an error`(encoding: String) async throws {
            let head = "<?xml version='1.0' encoding='\(encoding)'?><log><trace>" + XESFeedTests.event("")
            for bad: [UInt8] in [[0xFF, 0xFE], [0xC3], [0xD8, 0x00], [0x1B, 0x24, 0x42, 0xFF]] {
                for rest in ["", "</trace></log>"] {
                    let file = try TemporaryFile(Array(head.utf8) + bad + Array(rest.utf8))
                    #expect(try await Contents(of: XESFeed(file.source)).error?.code == .malformed)
                }
            }
        }

        @Test func `what stands before the damage is handed over`() async throws {
            let text = "<log><trace>" + XESFeedTests.event("") + XESFeedTests.event("") + "\n</oops>"
            let contents = try await XESFeedTests.contents(text)
            #expect(contents.facts.count == 2)
            #expect(contents.error?.line == 2)
        }

        @Test func `a log that is cut off anywhere is an error`() async throws {
            let text = Array(XESFeedTests.log(XESFeedTests.event("<int key='k' value='1'/>")).utf8)
            for end in 0..<text.count {
                let file = try TemporaryFile([UInt8](text[..<end]))
                let contents = try await Contents(of: XESFeed(file.source))
                #expect(contents.error?.code == .malformed, "cut at \(end)")
            }
        }

        @Test func `entities don't fill the memory`() async throws {
            let laughs = (1...9).map { "<!ENTITY l\($0) '" + String(repeating: "&l\($0 - 1);", count: 10) + "'>" }
                .joined()
            let text =
                "<!DOCTYPE log [<!ENTITY l0 'ha'>\(laughs)]><log><trace><string key='&l9;' value=''/></trace></log>"
            #expect(try await XESFeedTests.contents(text).error?.message.contains("it declares entities") == true)
        }

        @Test func `depth has a limit`() async throws {
            let depth = 100_000
            let nested =
                String(repeating: "<container key='c'>", count: depth) + String(repeating: "</container>", count: depth)
            let contents = try await XESFeedTests.contents(XESFeedTests.log(XESFeedTests.event(nested) + "<event/>"))
            #expect(contents.events.map(\.isRejected) == [true, false] && contents.error == nil)
        }

        @Test func `an event that is too large is bad`() async throws {
            let many = (0..<100).map { "<int key='k\($0)' value='1'/>" }.joined()
            let contents = try await XESFeedTests.contents(
                XESFeedTests.log(XESFeedTests.event(many) + XESFeedTests.event(""))
            ) { $0.maximumEventBytes = 100 }
            #expect(contents.events.map(\.isRejected) == [true, false])
        }

        @Test func `an event in no trace is bad`() async throws {
            let contents = try await XESFeedTests.contents("<log><event><int key='k' value='1'/></event></log>")
            #expect(contents.events.map(\.isRejected) == [true] && contents.error == nil)
        }
    }
#endif
