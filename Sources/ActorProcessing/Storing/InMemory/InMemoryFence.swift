/// A fence whose scope is known by the reactor's number for it; -1 when the reactor doesn't know it.
struct InMemoryFence: Sendable {
    var scope: Int
    var epoch: UInt64
}
