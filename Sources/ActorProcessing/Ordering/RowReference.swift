/// Where a shard finds an event: a delivery's slot and a row in its batch, or a message of the shard's own.
package struct RowReference: Sendable, Hashable {
    package var slot: UInt32
    package var row: UInt32

    /// The slot of messages that lie in no delivery: timers and commands.
    static let messageSlot = UInt32.max
    /// Set in `row` for an event that no handler is to see: it passes in its turn and is resolved without one.
    static let passesBit: UInt32 = 1 << 31

    @inline(__always)
    package init(slot: UInt32, row: UInt32) {
        self.slot = slot
        self.row = row
    }

    @inline(__always)
    var isMessage: Bool { slot == Self.messageSlot }

    @inline(__always)
    var passes: Bool { row & Self.passesBit != 0 }

    @inline(__always)
    var plainRow: UInt32 { row & ~Self.passesBit }
}
