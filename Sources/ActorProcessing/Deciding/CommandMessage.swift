import Sharding

/// A command on its way to its stream's shard.
final class CommandMessage<Model: Decider>: ShardMessage {
    let command: SentCommand<Model>
    let stream: StreamName

    init(_ command: SentCommand<Model>, to stream: StreamName) {
        self.command = command
        self.stream = stream
    }

    func undeliverable() { command.answer(.failure(EventSourcingError.notRunning(stream.value))) }
}
