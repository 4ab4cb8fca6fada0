import Supervision

/// The deliveries that one shard has not finished with, by small numbers that mailboxes and stashes refer to.
///
/// Its counters are plain: only the shard touches them, once per event.
@safe struct SlotTable: ~Copyable {
    @safe struct Slot {
        /// The delivery, retained by the table.
        var delivery: Unmanaged<ShardDelivery>
        /// Its batch, which the delivery retains while a row of it is attached.
        var batch: Unmanaged<EventBatch>
        /// Events that are not resolved yet.
        var unresolved: Int32
        /// Unresolved events that still lie in the batch; the others have been copied out.
        var attached: Int32
    }

    private var slots: UnsafeMutablePointer<Slot>
    private var capacity = 64
    private var used: UInt32 = 0
    private var free: [UInt32] = []

    init() { unsafe slots = .allocate(capacity: 64) }

    deinit {
        let unused = Set(free)
        for number in 0..<used where !unused.contains(number) { unsafe slots[Int(number)].delivery.release() }
        unsafe slots.deallocate()
    }

    var open: Int { Int(used) - free.count }

    mutating func insert(_ delivery: ShardDelivery, batch: EventBatch, events: Int) -> UInt32 {
        let slot = unsafe Slot(
            delivery: .passRetained(delivery), batch: .passUnretained(batch), unresolved: Int32(events),
            attached: Int32(events))
        if let number = free.popLast() {
            unsafe slots[Int(number)] = slot
            return number
        }
        if Int(used) == capacity { grow() }
        unsafe (slots + Int(used)).initialize(to: slot)
        used += 1
        return used - 1
    }

    @inline(__always)
    func batch(_ number: UInt32) -> Unmanaged<EventBatch> { unsafe slots[Int(number)].batch }

    @inline(__always)
    func delivery(_ number: UInt32) -> ShardDelivery { unsafe slots[Int(number)].delivery.takeUnretainedValue() }

    /// Some events are resolved; `true` when they were the delivery's last.
    @inline(__always)
    func resolved(_ number: UInt32, attached: Bool) -> Bool {
        unsafe slots[Int(number)].unresolved &-= 1
        if attached { detached(number) }
        return unsafe slots[Int(number)].unresolved == 0
    }

    /// An event has been copied out of its batch, or is done with it; the last one lets the batch's memory go.
    @inline(__always)
    func detached(_ number: UInt32) {
        unsafe slots[Int(number)].attached &-= 1
        if unsafe slots[Int(number)].attached == 0 { delivery(number).releaseBatch() }
    }

    /// Forgets a delivery.
    mutating func remove(_ number: UInt32) {
        unsafe slots[Int(number)].delivery.release()
        free.append(number)
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Slot>.allocate(capacity: capacity * 2)
        unsafe larger.moveInitialize(from: slots, count: Int(used))
        unsafe slots.deallocate()
        unsafe slots = larger
        capacity *= 2
    }
}
