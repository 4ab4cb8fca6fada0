/// The links of all mailboxes of one shard, in one piece of memory, so that a mailbox costs nothing while it is empty.
@safe struct NodeArena: ~Copyable {
    struct Node {
        var reference: RowReference
        var next: UInt32
    }

    static let none = UInt32.max

    private var nodes: UnsafeMutablePointer<Node>
    private var capacity = 1024
    private var used: UInt32 = 0
    private var free = none

    init() { unsafe nodes = .allocate(capacity: 1024) }

    deinit { unsafe nodes.deallocate() }

    @inline(__always)
    subscript(number: UInt32) -> Node { unsafe nodes[Int(number)] }

    @inline(__always)
    mutating func make(_ reference: RowReference) -> UInt32 {
        let node = Node(reference: reference, next: Self.none)
        if free != Self.none {
            let number = free
            free = unsafe nodes[Int(number)].next
            unsafe nodes[Int(number)] = node
            return number
        }
        if Int(used) == capacity { grow() }
        unsafe (nodes + Int(used)).initialize(to: node)
        used &+= 1
        return used &- 1
    }

    @inline(__always)
    mutating func link(_ number: UInt32, to next: UInt32) { unsafe nodes[Int(number)].next = next }

    mutating func replace(_ number: UInt32, by reference: RowReference) {
        unsafe nodes[Int(number)].reference = reference
    }

    /// Gives a node back, and returns the one behind it.
    @inline(__always)
    mutating func release(_ number: UInt32) -> UInt32 {
        let next = unsafe nodes[Int(number)].next
        unsafe nodes[Int(number)].next = free
        free = number
        return next
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Node>.allocate(capacity: capacity * 2)
        unsafe larger.moveInitialize(from: nodes, count: Int(used))
        unsafe nodes.deallocate()
        unsafe nodes = larger
        capacity *= 2
    }
}
