#if Files
    public import ActorProcessing

    /// Events from a file with one JSON object to a line: CloudEvents 1.0, or the library's own plain form.
    ///
    /// The plain form, where only `stream`, `index` and `type` must be there:
    ///
    ///     {"stream":"order-1","index":0,"type":"OrderCreated","data":{…},"time":"2026-01-31T12:00:00.5Z","id":"…",
    ///      "metadata":{"key":"text"},"correlationId":"…","causationId":"…"}
    ///
    /// `data` may be any JSON and becomes the event's data as it stands in the line, byte for byte; in its place,
    /// `data_base64` holds what isn't JSON. Times are those of RFC 3339.
    ///
    /// Of a CloudEvent, `id`, `type`, `time`, `data` and `data_base64` mean what they say; `subject` (or another attribute,
    /// see ``NDJSONConfiguration/streamAttribute``) is the stream's name, the extension `sequence` the index, `correlationid`
    /// and `causationid` the ids of those names. `source` and all other attributes become metadata.
    /// Source: the CloudEvents specification 1.0.2 and its JSON event format.
    ///
    /// A position is a byte of the file: where a line begins. Empty lines mean nothing. A line that is no event is counted,
    /// reported and passed over, or ends the feed: see ``BadInputConfiguration``. Reading and parsing happen on a thread of the
    /// reader's own, a few batches ahead.
    public final class NDJSONFeed: Feed {
        public let name: String
        public let ordering: OrderingContract
        private let counters = FileCounters()
        private let file: FilePartition

        /// A feed of a file, which is opened when it is read.
        ///
        /// - Parameters:
        ///   - source: the file.
        ///   - name: under which checkpoints are kept; the source's name, unless another is given.
        ///   - configuration: how it is read.
        public init(
            _ source: FileSource, name: String? = nil, configuration: NDJSONConfiguration = NDJSONConfiguration()
        ) {
            precondition(configuration.maximumLineBytes > 0, "maximumLineBytes must be 1 or more")
            self.name = name ?? source.description
            ordering = configuration.ordering
            let counters = counters
            file = FilePartition(source) { queue, position in
                var reading = try NDJSONReading(source, configuration, counters, queue, from: position)
                try reading.run()
            } findTail: {
                try NDJSONTail.find(in: source, follows: configuration.follows)
            }
        }

        /// A file reads the same events each time; a pipe doesn't.
        public var isRepeatable: Bool { file.isRepeatable }

        /// How far the file has been read.
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
