import ActorProcessing

/// What a basket and a shop write to each other.
struct Letter: Codable, Sendable {
    /// The basket that it is about.
    var basket: String
    var shop: String
    var pieces: Int

    /// The letter as the event that it becomes.
    func event(_ type: String) throws -> NewEvent { NewEvent(type: type, data: try Letter.codec.encode(self)) }

    static let codec = JSONCodec<Letter>()

    static func basket(_ id: String) -> StreamName { StreamName(category: "Basket", id: id) }
    static func shop(_ id: String) -> StreamName { StreamName(category: "Island", id: id) }
}
