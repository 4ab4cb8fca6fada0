/// What a ``Decider`` makes of a command.
public struct Ruling<Fact: Sendable, Reply: Sendable>: Sendable {
    /// What happens, in order; nothing when the command changes nothing.
    public var facts: [Fact]
    /// What the caller gets once that is appended.
    public var reply: Reply

    /// A ruling.
    ///
    /// - Parameters:
    ///   - facts: what happens, in order.
    ///   - reply: what the caller gets once that is appended.
    public init(_ facts: [Fact], reply: Reply) {
        self.facts = facts
        self.reply = reply
    }
}

extension Ruling where Reply == Void {
    /// A ruling without a reply.
    ///
    /// - Parameter facts: what happens, in order.
    public init(_ facts: [Fact]) { self.init(facts, reply: ()) }
}
