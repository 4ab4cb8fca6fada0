import Sharding

/// A command on its way, and whoever waits for its answer.
struct SentCommand<Model: Decider>: Sendable {
    let command: Model.Command
    /// Makes the ids of its events; the same each time that it is sent.
    let key: String
    /// Whether the sender chose the key, so that it may have been sent before.
    let mayBeRepeated: Bool
    let correlationID: String?
    let causationID: String?
    let reply = Promise<Model.Reply>()
    /// Its place among those that wait.
    let seat: CommandSeat

    func eventID(_ ordinal: Int) -> String { "\(key)/\(ordinal)" }

    func answer(_ result: Result<Model.Reply, any Error>) {
        reply.keep(result)
        seat.left()
    }
}
