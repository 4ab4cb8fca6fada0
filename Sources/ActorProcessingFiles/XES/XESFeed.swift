#if Files
    public import ActorProcessing

    /// Events from an event log in XES, the XML format of process mining: IEEE 1849.
    ///
    /// Each trace is a stream, whose id is the trace's `concept:name`; a trace without one is called `unnamed-` and its number
    /// in the log. An event's type is its `concept:name` (`unnamed` without one) or what a classifier makes of it, its time is
    /// its `time:timestamp`, taken as UTC's if it has no zone, its index its place in its trace. Traces of the same name are
    /// one stream, so that the later one's events are taken for duplicates.
    ///
    /// All other attributes become the event's data, an object in JSON: strings, dates and ids as strings, whole numbers, floats
    /// and booleans as such (what isn't finite, as a string), containers as objects, lists as arrays of objects with one field
    /// each. An attribute that has attributes becomes `{"value":…,"attributes":{…}}`, and one that comes more than once an
    /// array. Attributes of the trace are in each of its events' data, their names beginning with `case:`. Attributes that the
    /// log declares as global are filled in where they are missing. The log's own attributes are passed over.
    ///
    /// The log is read as a stream by libxml2, in any encoding that it knows, and never held whole. A position is the number of
    /// events before it; reading from one parses what is before it again. XML that isn't well-formed ends the feed behind the
    /// events before; a bad event is counted, reported and passed over, see ``BadInputConfiguration``. Entities are refused.
    public final class XESFeed: Feed {
        public let name: String
        public var ordering: OrderingContract { .contiguous(from: 0) }
        private let configuration: XESConfiguration
        private let counters = FileCounters()
        private let file: FilePartition

        /// A feed of a log, which is opened when it is read.
        ///
        /// - Parameters:
        ///   - source: the log.
        ///   - name: under which checkpoints are kept; the source's name, unless another is given.
        ///   - configuration: how it is read.
        public init(_ source: FileSource, name: String? = nil, configuration: XESConfiguration = XESConfiguration()) {
            precondition(
                !configuration.category.isEmpty && !configuration.category.utf8.contains(UInt8(ascii: "-")),
                "a category is not empty and has no dashes")
            self.name = name ?? source.description
            self.configuration = configuration
            let counters = counters
            file = FilePartition(source) { queue, position in
                try XESReading(source, configuration, counters, queue, from: position).run()
            } findTail: {
                try XESTail.find(in: source, configuration)
            }
        }

        /// A file reads the same events each time; a pipe doesn't.
        public var isRepeatable: Bool { file.isRepeatable }

        /// How far the log has been read.
        public var progress: FileProgress { counters.progress }

        public func partitions(beyond known: Set<PartitionID>) async throws -> [PartitionID]? {
            known.isEmpty ? ["0"] : nil
        }

        public func reader(of partition: PartitionID, from position: FeedPosition?) async throws -> any PartitionReader
        {
            try file.reader(from: position)
        }
    }
#endif
