public import Supervision

/// One fact in one stream.
///
/// A small view into its ``EventBatch``, which stays in memory while the event is held: to keep an event for
/// long, keep ``detached()`` of it.
public struct Event: Sendable {
    let batch: EventBatch
    let row: UInt32

    @inline(__always)
    init(batch: EventBatch, row: UInt32) {
        self.batch = batch
        self.row = row
    }

    /// An event of its own, outside of any batch.
    ///
    /// - Parameters:
    ///   - stream: the stream that it belongs to.
    ///   - index: its place in its stream; `nil` when the feed's contract is ``OrderingContract/arrival``.
    ///   - type: what kind of fact it is.
    ///   - data: what the fact says, encoded.
    ///   - time: when it happened, if known.
    ///   - id: the event's own id, if it has one.
    ///   - correlationID: the id of the conversation that it belongs to.
    ///   - causationID: the id of what caused it.
    ///   - metadata: whatever else comes with it.
    /// - Throws: ``EventError`` when the name and the data together exceed 4 GiB.
    public init(
        stream: StreamName, index: Int64?, type: String, data: [UInt8] = [], time: Timestamp? = nil,
        id: String? = nil, correlationID: String? = nil, causationID: String? = nil, metadata: [String: String] = [:]
    ) throws(EventError) {
        var builder = EventBatch.Builder()
        try builder.append(
            stream: stream, index: index, type: type, data: data, time: time, id: id, correlationID: correlationID,
            causationID: causationID, metadata: metadata)
        self.init(batch: builder.finish(), row: 0)
    }

    private var storage: EventStorage { batch.storage }

    /// The stream's name; a new string at each call.
    public var stream: StreamName {
        unsafe StreamName(unchecked: String(decoding: storage.name(Int(row)), as: UTF8.self))
    }

    /// The place in the stream; for a feed without indices, the position in the partition.
    public var index: Int64 { recordedIndex ?? storage.position(Int(row)) }

    /// The position in the partition: the event's ticket.
    public var position: Int64 { storage.position(Int(row)) }

    var recordedIndex: Int64? {
        let index = unsafe storage.rows[Int(row)].index
        return index == .min ? nil : index
    }

    /// What kind of fact this is.
    public var type: String { unsafe storage.types[Int(storage.rows[Int(row)].type)] }

    /// When it happened, if known.
    public var time: Timestamp? {
        let time = unsafe storage.rows[Int(row)].time
        return time == .min ? nil : Timestamp(nanosecondsSince1970: time)
    }

    /// A copy of the data.
    public var data: [UInt8] { unsafe [UInt8](storage.data(Int(row))) }

    /// How many bytes of data there are.
    public var dataCount: Int { unsafe Int(storage.rows[Int(row)].dataLength) }

    /// Calls `body` with the data where it lies.
    @inline(__always)
    public func withData<Result: ~Copyable, Failure>(_ body: (RawSpan) throws(Failure) -> Result) throws(Failure)
        -> Result
    {
        try unsafe body(storage.data(Int(row)).bytes)
    }

    private var extras: EventExtras? {
        let number = unsafe storage.rows[Int(row)].extras
        return number >= EventStorage.rejectedExtras ? nil : storage.extras[Int(number)]
    }

    /// Whether it is only the place of an event that the feed couldn't make out. Handlers see no such events.
    public var isRejected: Bool { unsafe storage.rows[Int(row)].extras == EventStorage.rejectedExtras }

    /// Whether its stream is known.
    var hasName: Bool { unsafe storage.rows[Int(row)].nameLength > 0 }

    /// The event's own id, if it has one.
    public var id: String? { extras?.id }
    /// The id of the conversation that the event belongs to.
    public var correlationID: String? { extras?.correlationID }
    /// The id of what caused the event.
    public var causationID: String? { extras?.causationID }
    /// Whatever else came with the event.
    public var metadata: [String: String] { extras?.metadata ?? [:] }

    /// A copy that holds no batch but its own.
    public func detached() -> Event {
        if storage.count == 1 { return Event(batch: batch.withoutLease, row: row) }
        var builder = EventBatch.Builder()
        do {
            try builder.append(self)
        } catch {
            preconditionFailure("an event that lay in a batch fits into one: \(error)")
        }
        let storage = builder.storage(firstPosition: position)
        return Event(batch: EventBatch(storage), row: 0)
    }
}

extension Event: CustomStringConvertible {
    public var description: String { "\(stream)#\(index) \(type)" }
}
