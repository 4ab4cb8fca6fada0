import Sharding
import Supervision

extension Reactor {
    /// A look at the reactor; it waits for each shard to come by, but no longer than `slowAfter` of
    /// ``ReactorConfiguration/health``.
    ///
    /// - Throws: ``ReactorError`` of code ``ReactorError/Code/notRunning``.
    public var status: ReactorStatus {
        get async throws { try await runningNow().status() }
    }

    /// What is known of a stream: what it does, and the last decisions about it. `nil` for an unknown one.
    ///
    /// - Throws: ``ReactorError`` of code ``ReactorError/Code/notRunning``.
    public func explain(_ stream: StreamName) async throws -> StreamExplanation? {
        try await runningNow().shard(of: stream).order { $0.explain(stream, $1) }
    }

    /// Ends when everything before the tails that the partitions have now is settled, and published, emitted and delivered.
    ///
    /// Waits for ``run()`` to have begun.
    ///
    /// - Throws: ``ReactorError`` of code ``ReactorError/Code/notRunning`` when the reactor ends before, and errors of the feed
    ///   when it is asked for its tails.
    public func waitUntilCaughtUp() async throws {
        try await current().waitUntilCaughtUp()
    }

    /// Asks a stream's machine something, and returns its answer once the outcome is committed.
    ///
    /// - Throws: ``HandlerError`` when the machine rejects the command, the stream is parked, or the handler isn't a machine.
    public func ask<Command: Sendable, Reply: Sendable>(
        _ stream: StreamName, _ command: Command, reply: Reply.Type = Reply.self
    ) async throws -> Reply {
        let running = try await current()
        guard program.takesMessages else { throw HandlerError.noMessages }
        try await running.known.value
        let pending = PendingCommand(command)
        running.shard(of: stream).coordinator.inbox.post(
            ShardOrder { shard, coordinator in
                shard.commandArrived(pending, for: stream, coordinator)
            } refused: { [name] in
                pending.fail(ReactorError.notRunning(name))
            })
        let answer = try await pending.reply
        guard let reply = answer as? Reply else { throw ReactorError.wrongReply(answer, wanted: Reply.self) }
        return reply
    }

    /// The parked streams, with the failure of each. Needs no running reactor.
    ///
    /// - Throws: what the store throws.
    public func parkedStreams() async throws -> [ParkedStream] { try await store.parkedStreams(reactor: name) }

    /// The events of a parked stream, in order, from its first one; at most `limit`. Needs no running reactor.
    ///
    /// - Throws: what the store throws.
    public func parkedEvents(of stream: StreamName, limit: Int = 1000) async throws -> [ParkedEvent] {
        try await store.parkedEvents(of: stream, reactor: name, from: .min, limit: limit)
    }

    /// Hands a parked stream's events to the handler again, in order, and makes it live when they are through.
    ///
    /// - Throws: the handler's error, after which the stream stays parked; ``ReactorError/Code/notParked``.
    public func retry(_ stream: StreamName) async throws {
        _ = try await request(.retry, of: stream)
    }

    /// Drops one event of a parked stream, for good and on record; the stream stays parked.
    ///
    /// - Throws: ``HandlerError`` when the event isn't parked; ``ReactorError/Code/notParked``.
    public func discardParkedEvent(_ index: Int64, of stream: StreamName) async throws {
        _ = try await request(.discardEvent(index), of: stream)
    }

    /// Drops all parked events of a stream, for good and on record, and makes it live.
    ///
    /// - Throws: ``ReactorError/Code/notParked``.
    public func discardParked(_ stream: StreamName) async throws {
        _ = try await request(.discardStream, of: stream)
    }

    private func request(_ order: ParkedRequest.Order, of stream: StreamName) async throws -> Int {
        try await current().request(order, of: stream)
    }
}
