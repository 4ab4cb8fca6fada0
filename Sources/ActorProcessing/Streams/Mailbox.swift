/// The messages that are ready for one stream, first in, first out: events, timers, commands.
///
/// What a turn has taken stays at the head until its outcome is committed, so that nothing is lost when it isn't.
struct Mailbox {
    private(set) var head = NodeArena.none
    private var tail = NodeArena.none
    private(set) var count: UInt32 = 0

    @inline(__always)
    var isEmpty: Bool { count == 0 }

    @inline(__always)
    mutating func append(_ reference: RowReference, in arena: inout NodeArena) {
        let node = arena.make(reference)
        if count == 0 { head = node } else { arena.link(tail, to: node) }
        tail = node
        count &+= 1
    }

    @inline(__always)
    mutating func removeFirst(in arena: inout NodeArena) -> RowReference {
        let reference = arena[head].reference
        head = arena.release(head)
        count &-= 1
        return reference
    }
}
