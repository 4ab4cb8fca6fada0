public import Supervision

extension EventBatch {
    /// Collects events into a batch.
    ///
    /// A batch holds at most 4 GiB of names and data.
    public struct Builder {
        private var rows: [EventStorage.Row] = []
        private var bytes: [UInt8] = []
        private var types: [String] = []
        private var typeNumbers: [String: UInt32] = [:]
        private var lastType: UInt32 = 0
        private var extras: [EventExtras] = []
        private var positions: [Int64] = []

        /// An empty builder.
        public init() {}

        /// How many events have been added.
        public var count: Int { rows.count }

        /// The bytes of names and data so far.
        public var byteCount: Int { bytes.count }

        /// Makes room for as many events and bytes.
        public mutating func reserveCapacity(events: Int, bytes count: Int) {
            rows.reserveCapacity(events)
            bytes.reserveCapacity(count)
        }

        /// Adds an event.
        ///
        /// - Parameters:
        ///   - stream: the stream that it belongs to.
        ///   - index: its place in its stream, 0 or more; `nil` when the feed's contract is ``OrderingContract/arrival``.
        ///   - type: what kind of fact it is.
        ///   - data: what the fact says, encoded.
        ///   - time: when it happened, if known.
        ///   - id: the event's own id, if it has one.
        ///   - correlationID: the id of the conversation that it belongs to.
        ///   - causationID: the id of what caused it.
        ///   - metadata: whatever else comes with it.
        ///   - position: its position in the partition; give it for all events of a batch or for none. Without it,
        ///     positions count up from the batch's first.
        /// - Throws: ``EventError`` of code ``EventError/Code/tooLarge``.
        public mutating func append(
            stream: StreamName, index: Int64?, type: String, data: [UInt8] = [], time: Timestamp? = nil,
            id: String? = nil, correlationID: String? = nil, causationID: String? = nil,
            metadata: [String: String] = [:], position: Int64? = nil
        ) throws(EventError) {
            try checkRoom(for: stream.value.utf8.count + data.count)
            var name = stream.value
            let row = name.withUTF8 { name in
                unsafe data.withUnsafeBytes { data in
                    unsafe add(UnsafeRawBufferPointer(name), data, index: index, type: type, time: time)
                }
            }
            addExtras(to: row, id: id, correlationID: correlationID, causationID: causationID, metadata: metadata)
            if let position { positions.append(position) }
        }

        /// Adds an event whose name and data lie in memory already; nothing but the bytes is copied.
        ///
        /// The name must be a valid ``StreamName``; this isn't checked.
        /// - Throws: ``EventError`` of code ``EventError/Code/tooLarge``.
        @unsafe
        public mutating func append(
            name: UnsafeRawBufferPointer, index: Int64?, type: String, data: UnsafeRawBufferPointer,
            time: Timestamp? = nil
        ) throws(EventError) {
            try checkRoom(for: name.count + data.count)
            _ = unsafe add(name, data, index: index, type: type, time: time)
        }

        /// Adds an event whose name and data lie in memory already, with what else comes with it.
        ///
        /// The name must be a valid ``StreamName``; this isn't checked. The parameters are those of
        /// ``append(stream:index:type:data:time:id:correlationID:causationID:metadata:position:)``.
        /// - Throws: ``EventError`` of code ``EventError/Code/tooLarge``.
        @unsafe
        public mutating func append(
            name: UnsafeRawBufferPointer, index: Int64?, type: String, data: UnsafeRawBufferPointer, time: Timestamp?,
            id: String?, correlationID: String?, causationID: String?, metadata: [String: String], position: Int64?
        ) throws(EventError) {
            try checkRoom(for: name.count + data.count)
            let row = unsafe add(name, data, index: index, type: type, time: time)
            addExtras(to: row, id: id, correlationID: correlationID, causationID: causationID, metadata: metadata)
            if let position { positions.append(position) }
        }

        /// Adds the place of an event that the feed can't make out, so that a checkpoint gets past it.
        ///
        /// No handler sees it. When its stream and index are known, it passes in its turn and makes no gap.
        ///
        /// - Parameters:
        ///   - name: the stream's name, valid or empty; empty when it isn't known.
        ///   - index: its place in its stream, if known.
        ///   - position: its position in the partition; give it for all events of a batch or for none.
        /// - Throws: ``EventError`` of code ``EventError/Code/tooLarge``.
        @unsafe
        public mutating func appendRejected(
            name: UnsafeRawBufferPointer, index: Int64?, position: Int64?
        ) throws(EventError) {
            try checkRoom(for: name.count)
            let row = unsafe add(
                name, UnsafeRawBufferPointer(start: nil, count: 0), index: index, type: EventStorage.rejectedType,
                time: nil)
            rows[row].extras = EventStorage.rejectedExtras
            if let position { positions.append(position) }
        }

        /// Adds a copy of an event.
        ///
        /// - Parameters:
        ///   - event: the event.
        ///   - position: its position in the partition, for all events of a batch or for none. Its own isn't taken over.
        /// - Throws: ``EventError`` of code ``EventError/Code/tooLarge``.
        public mutating func append(_ event: Event, position: Int64? = nil) throws(EventError) {
            let storage = event.batch.storage
            let source = Int(event.row)
            try checkRoom(for: unsafe storage.name(source).count + storage.data(source).count)
            let row = unsafe add(
                storage.name(source), storage.data(source), index: event.recordedIndex, type: event.type,
                time: event.time)
            let extra = unsafe storage.rows[source].extras
            if extra == EventStorage.rejectedExtras {
                rows[row].extras = extra
            } else if extra != .max {
                rows[row].extras = UInt32(extras.count)
                extras.append(storage.extras[Int(extra)])
            }
            if let position { positions.append(position) }
        }

        /// Adds a copy of an event without its index.
        mutating func appendUnindexed(_ event: Event) throws(EventError) {
            try append(event, position: event.position)
            rows[rows.count - 1].index = .min
        }

        /// The batch; the builder is empty afterwards.
        ///
        /// - Parameter firstPosition: the position of the first event in its partition, unless positions were given.
        public mutating func finish(firstPosition: Int64 = 0) -> EventBatch {
            EventBatch(storage(firstPosition: firstPosition))
        }

        mutating func storage(firstPosition: Int64) -> EventStorage {
            precondition(
                positions.isEmpty || positions.count == rows.count,
                "give a position for every event of a batch, or for none")
            let storage = EventStorage(
                rows: rows, bytes: bytes, types: types, extras: extras, positions: positions.isEmpty ? nil : positions,
                firstPosition: positions.first ?? firstPosition)
            self = Builder()
            return storage
        }

        private func checkRoom(for length: Int) throws(EventError) {
            guard bytes.count + length <= Int(UInt32.max) else {
                throw EventError(.tooLarge, "a batch holds at most 4 GiB of names and data: make smaller batches")
            }
        }

        private mutating func addExtras(
            to row: Int, id: String?, correlationID: String?, causationID: String?, metadata: [String: String]
        ) {
            if id == nil, correlationID == nil, causationID == nil, metadata.isEmpty { return }
            // Where one event has some, the others mostly do.
            if extras.isEmpty { extras.reserveCapacity(rows.capacity) }
            rows[row].extras = UInt32(extras.count)
            extras.append(
                EventExtras(id: id, correlationID: correlationID, causationID: causationID, metadata: metadata))
        }

        private mutating func add(
            _ name: UnsafeRawBufferPointer, _ data: UnsafeRawBufferPointer, index: Int64?, type: String,
            time: Timestamp?
        ) -> Int {
            let nameOffset = UInt32(bytes.count)
            unsafe bytes.append(contentsOf: name)
            let dataOffset = UInt32(bytes.count)
            unsafe bytes.append(contentsOf: data)
            rows.append(
                EventStorage.Row(
                    nameOffset: nameOffset, nameLength: UInt32(name.count), dataOffset: dataOffset,
                    dataLength: UInt32(data.count), index: index ?? .min, time: time?.nanosecondsSince1970 ?? .min,
                    type: number(of: type), extras: .max))
            return rows.count - 1
        }

        private mutating func number(of type: String) -> UInt32 {
            if Int(lastType) < types.count, types[Int(lastType)] == type { return lastType }
            // A few are compared sooner than a text is hashed.
            if types.count <= 4, let place = types.firstIndex(of: type) {
                lastType = UInt32(place)
                return lastType
            }
            if let number = typeNumbers[type] {
                lastType = number
                return number
            }
            lastType = UInt32(types.count)
            types.append(type)
            typeNumbers[type] = lastType
            return lastType
        }
    }
}
