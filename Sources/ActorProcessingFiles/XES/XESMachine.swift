#if Files
    import Supervision

    /// Makes events of the elements of an event log by IEEE 1849. It knows nothing of files and parsers.
    ///
    /// It is told each element, its attributes, and its end. What means nothing here is passed over with all that is in it.
    ///
    /// The places and what leads from one to the next: `outside` → `log` with the outermost element; `log` → `trace`, `global`,
    /// or `event` (one that is in no trace); `trace` → `event`; from each, the element's end leads back; from `log` to `ended`.
    struct XESMachine {
        /// What a caller has to do.
        enum Action: Equatable {
            case none
            /// An event is complete: ``event`` is to be taken before the next element is told.
            case take
        }

        private enum Place: Equatable {
            case outside, log, trace, event, looseEvent, ended
            /// In a global's declaration, of traces or of events.
            case global(ofEvents: Bool)
        }

        private let configuration: XESConfiguration
        private var place = Place.outside
        /// How deep in elements that mean nothing.
        private var skipped = 0
        private let declarations = XESDeclarations()
        private var trace: XESScope
        private var traceProblem: String?
        private var traces: Int64 = 0
        /// Whether the present trace's events have begun.
        private var isNamed = false
        private var lateness: LatenessMachine
        /// The present event.
        private(set) var event: XESScope
        /// By how much it is late.
        private(set) var late: Duration?
        /// The name of its stream; empty when it is in no trace.
        private(set) var streamName: [UInt8] = []
        /// What its data has of its trace: fields of an object, each followed by a comma.
        private(set) var traceFields: [UInt8] = []
        /// Its place in its trace.
        private(set) var index: Int64 = -1

        init(_ configuration: XESConfiguration) {
            self.configuration = configuration
            trace = XESScope(limit: configuration.maximumEventBytes, isEvent: false, declarations)
            event = XESScope(limit: configuration.maximumEventBytes, isEvent: true, declarations)
            lateness = LatenessMachine(bound: configuration.latenessBound)
        }

        /// Whether the log has ended.
        var isComplete: Bool { place == .ended }

        /// The present event's type.
        var type: String {
            if configuration.classifier != nil { return event.classified.map { $0 ?? "" }.joined(separator: "+") }
            guard let name = event.name, !name.isEmpty else { return "unnamed" }
            return name
        }

        /// - Throws: when it is no event log.
        mutating func elementStarted(_ element: XESElement, _ attributes: XMLAttributes) throws(LineProblem) {
            if skipped > 0 {
                skipped += 1
                return
            }
            switch (place, element) {
            case (.event, .attribute(let kind)) where !event.isFull:
                event.attributeStarted(kind, attributes)
            case (.trace, .event) where trace.text.isOutermost: try eventStarted()
            case (.trace, .attribute(let kind)) where !trace.isFull:
                trace.attributeStarted(kind, attributes)
            // Stands between a list and what it holds; its end is told as any other.
            case (.event, .values) where event.text.frames.last?.kind == .list: break
            case (.trace, .values) where trace.text.frames.last?.kind == .list: break
            case (.log, .trace): traceStarted()
            case (.log, .event): looseEventStarted()
            case (.outside, .log): place = .log
            case (.outside, _): throw LineProblem("it is no event log: the outermost element has to be <log>")
            default: declared(element, attributes)
            }
        }

        mutating func elementEnded(_ element: XESElement) -> Action {
            if skipped > 0 {
                skipped -= 1
                return .none
            }
            switch (place, element) {
            case (.event, .attribute): event.attributeEnded()
            case (.event, .event): return eventEnded(backTo: .trace)
            case (.looseEvent, .event): return eventEnded(backTo: .log)
            case (.trace, .attribute): trace.attributeEnded()
            case (.trace, .trace), (.global, .global): place = .log
            case (.log, .log): place = .ended
            default: break
            }
            return .none
        }

        // What stands in front of the traces.
        private mutating func declared(_ element: XESElement, _ attributes: XMLAttributes) {
            switch (place, element) {
            case (.log, .extension): declarations.extensionDeclared(attributes)
            case (.log, .classifier): declarations.classifierDeclared(attributes, wanted: configuration.classifier)
            case (.log, .global):
                switch attributes.string("scope") {
                case "event": place = .global(ofEvents: true)
                case "trace": place = .global(ofEvents: false)
                default: break
                }
                if place != .log { return }
            case (.global(let ofEvents), .attribute(let kind)):
                declarations.globalDeclared(kind, attributes, ofEvents: ofEvents)
            default: break
            }
            skipped = 1
        }

        private mutating func traceStarted() {
            place = .trace
            traces += 1
            index = -1
            streamName = []
            traceProblem = nil
            isNamed = false
            trace.began()
            lateness.begunAnew()
        }

        private mutating func eventStarted() throws(LineProblem) {
            if !isNamed { nameStream() }
            if let classifier = configuration.classifier, declarations.classifierKeys == nil {
                throw LineProblem("it declares no classifier '\(classifier)': name one that it declares")
            }
            place = .event
            index += 1
            event.began()
        }

        private mutating func looseEventStarted() {
            place = .looseEvent
            streamName = []
            traceFields = []
            traceProblem = nil
            event.began()
            event.failed("the event is in no trace: put it into one")
        }

        /// The trace's attributes, which come before its events, have been told.
        ///
        /// A name that is missing isn't taken from the globals: all traces without one would be one stream.
        private mutating func nameStream() {
            isNamed = true
            let name = trace.name
            trace.ended()
            traceFields = trace.text.count == 0 ? [] : trace.text.json.bytes + [UInt8(ascii: ",")]
            traceProblem = trace.problem
            if let stream = trace.stream {
                streamName = Array(stream.utf8)
                do {
                    try unsafe streamName.span.withUnsafeBytes { name throws(LineProblem) in
                        try unsafe NDJSONDecoder.check(name: name)
                    }
                } catch {
                    traceProblem = error.reason
                    streamName = []
                }
            } else if let name, !name.isEmpty {
                streamName = Array("\(configuration.category)-\(name)".utf8)
            } else {
                streamName = Array("\(configuration.category)-unnamed-\(traces)".utf8)
            }
        }

        private mutating func eventEnded(backTo next: Place) -> Action {
            place = next
            event.ended()
            if let traceProblem { event.failed("its trace is bad: \(traceProblem)") }
            late = event.problem == nil ? event.time.flatMap { lateness.eventHappened(at: $0) } : nil
            return .take
        }
    }
#endif
