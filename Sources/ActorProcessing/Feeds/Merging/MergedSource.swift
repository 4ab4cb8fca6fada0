/// One source of a merged feed while that is read.
final class MergedSource {
    let source: MergeSource
    let feed: any Feed
    /// How far its events are in the order.
    var head: FeedPosition
    /// What was read behind that and isn't in the order yet.
    var held: FeedReading?
    /// A reader that stands at the head, or behind what is held.
    private(set) var reader: (any PartitionReader)?

    init(_ source: MergeSource, feed: any Feed, head: FeedPosition) {
        self.source = source
        self.feed = feed
        self.head = head
    }

    func open(isolation: isolated any Actor) async throws -> any PartitionReader {
        if let reader { return reader }
        let opened = try await feed.reader(of: source.partition, from: head)
        reader = opened
        return opened
    }

    /// Whether the source holds more than is in the order.
    func hasMore(isolation: isolated any Actor) async throws -> Bool {
        try await open(isolation: isolation).tail() > head
    }

    /// The reader's place isn't known any more.
    func close() {
        reader = nil
        held = nil
    }
}
