#if Files
    import ActorProcessing
    import Supervision
    import Testing

    @testable import ActorProcessingFiles

    /// An event by its values.
    struct Facts: Hashable, CustomStringConvertible {
        var stream: String
        var index: Int64
        var type: String
        var data: String
        var time: Timestamp?
        var id: String?
        var correlationID: String?
        var causationID: String?
        var metadata: [String: String]
        var isRejected = false

        init(_ event: Event) {
            stream = event.stream.value
            index = event.index
            type = event.type
            data = String(decoding: event.data, as: UTF8.self)
            time = event.time
            id = event.id
            correlationID = event.correlationID
            causationID = event.causationID
            metadata = event.metadata
            isRejected = event.isRejected
        }

        init(
            _ stream: String, _ index: Int64, _ type: String, _ data: String = "", time: Timestamp? = nil,
            id: String? = nil,
            metadata: [String: String] = [:]
        ) {
            self.stream = stream
            self.index = index
            self.type = type
            self.data = data
            self.time = time
            self.id = id
            self.metadata = metadata
        }

        var description: String {
            "\(stream)#\(index) \(type) \(data)" + (time.map { " at \(TimestampText.text($0))" } ?? "")
                + (id.map { " id \($0)" } ?? "") + (metadata.isEmpty ? "" : " \(metadata.sorted { $0.key < $1.key })")
        }
    }

    /// All that a feed holds.
    struct Contents {
        var events: [Event] = []
        /// Where to read behind each batch.
        var nexts: [FeedPosition] = []
        var error: FileFeedError?

        /// The good events.
        var facts: [Facts] { events.filter { !$0.isRejected }.map(Facts.init) }

        /// What has been read behind this.
        mutating func add(_ other: Contents) {
            events += other.events
            nexts += other.nexts
            error = other.error
        }

        /// Reads until the end, the tail, or an error.
        init(of feed: any Feed, from position: FeedPosition? = nil, limit: Int = 4096, passesTails: Bool = false)
            async throws
        {
            self = try await Contents(
                of: try await feed.reader(of: "0", from: position), limit: limit, passesTails: passesTails)
        }

        /// - Parameter passesTails: whether a tail isn't taken for the end.
        init(of reader: any PartitionReader, limit: Int = 4096, passesTails: Bool = false) async throws {
            do {
                while true {
                    switch try await reader.next(upTo: ReadLimit(events: limit, bytes: 1 << 20)) {
                    case .end: return
                    case .tail: if !passesTails { return }
                    case .batch(let batch, let next):
                        #expect(batch.count <= limit)
                        for row in 0..<batch.count { events.append(batch[row]) }
                        nexts.append(next)
                    }
                }
            } catch let error as FileFeedError {
                self.error = error
            }
        }
    }
#endif
