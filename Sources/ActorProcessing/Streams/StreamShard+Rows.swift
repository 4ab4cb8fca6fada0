import Sharding
import Supervision

// How a shard finds, settles and copies out the events that its streams refer to.
extension StreamShard {
    @safe struct Place {
        var batch: Unmanaged<EventBatch>
        var row: UInt32
        var index: Int64
        var bytes: Int
    }

    /// Set in a row for an event that has been copied out of its batch.
    static let ownedBit: UInt32 = 1 << 30

    @inline(__always)
    func place(of reference: RowReference, contract: OrderingContract) -> Place {
        if reference.row & Self.ownedBit != 0 { return ownedPlace(reference) }
        let row = reference.plainRow
        let batch = unsafe slots.batch(reference.slot)
        return unsafe batch._withUnsafeGuaranteedRef { held in
            let storage = held.storage
            let content = unsafe storage.rows + Int(row)
            let index = unsafe content.pointee.index
            return unsafe Place(
                batch: batch, row: row, index: index == .min ? storage.position(Int(row)) : index,
                bytes: Int(content.pointee.dataLength))
        }
    }

    private func ownedPlace(_ reference: RowReference) -> Place {
        let event = ownedEvent(reference)
        return unsafe Place(
            batch: .passUnretained(event.batch), row: event.row, index: event.index, bytes: event.dataCount)
    }

    private func ownedEvent(_ reference: RowReference) -> Event {
        guard let event = owned[reference] else { preconditionFailure("an event that was copied out is gone") }
        return event
    }

    func index(of reference: RowReference) -> Int64 { place(of: reference, contract: contract).index }

    func event(_ reference: RowReference) -> Event {
        if reference.row & Self.ownedBit != 0 { return ownedEvent(reference) }
        return unsafe Event(batch: slots.batch(reference.slot).takeUnretainedValue(), row: reference.plainRow)
    }

    func message(_ reference: RowReference) -> Message {
        guard let message = messages[reference.row] else { preconditionFailure("a message in a mailbox is gone") }
        return message
    }

    func makeReference(_ message: Message) -> RowReference {
        nextMessage &+= 1
        messages[nextMessage] = message
        return RowReference(slot: RowReference.messageSlot, row: nextMessage)
    }

    /// A reference to a copy of the event, so that it may wait long without holding its batch.
    func detached(_ reference: RowReference) -> RowReference {
        if reference.isMessage || reference.row & Self.ownedBit != 0 { return reference }
        let copy = RowReference(slot: reference.slot, row: reference.row | Self.ownedBit)
        owned[copy] = event(reference).detached()
        slots.detached(reference.slot)
        return copy
    }

    /// A message of a mailbox is settled: its outcome is committed, or it needs none.
    @inline(__always)
    func resolved(_ reference: RowReference) {
        if reference.isMessage {
            messages[reference.row] = nil
            return
        }
        settle(reference)
    }

    @inline(__always)
    private func settle(_ reference: RowReference) {
        let isOwned = reference.row & Self.ownedBit != 0
        if hasResequencer { ticketResolved(reference) }
        if isOwned { owned[reference] = nil }
        if slots.resolved(reference.slot, attached: !isOwned) { finish(reference.slot) }
    }

    /// The last event of a delivery is settled.
    private func finish(_ slot: UInt32) {
        let delivery = slots.delivery(slot)
        slots.remove(slot)
        let events = delivery.rows.count
        latency.record(nanoseconds: (executor.clock.now.nanoseconds &- delivery.arrivedAt.nanoseconds), times: events)
        guard let number = delivery.number else { return }
        counters.handled += Int64(events)
        delivery.partition.eventsResolved(number, count: events)
    }

    func duplicateArrived(_ row: RowReference, of id: KeyTable.ID, index: Int64) {
        counters.duplicates += 1
        note(id, .duplicate(index: index))
        settle(row)
    }

    func eventStashed(_ id: KeyTable.ID, index: Int64) {
        counters.stashed += 1
        note(id, .stashed(index: index))
        stashChanged(id)
    }

    /// What waits in a stream is looked at soon: whether there is a gap, and how much it holds.
    func stashChanged(_ id: KeyTable.ID) { stashedNow.append(id) }

    func note(_ id: KeyTable.ID, _ decision: Decision) {
        decisions.append(DecisionLog.Entry(stream: id, time: executor.clock.now, decision: decision))
    }

    func name(of id: KeyTable.ID) -> StreamName {
        unsafe coordinator.assumeIsolated { coordinator in
            unsafe StreamName(unchecked: String(decoding: id.bytes, as: UTF8.self))
        }
    }
}
