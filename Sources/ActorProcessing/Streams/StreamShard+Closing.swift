import Sharding

// The end of a shard: nobody may wait for it any longer, and its streams go.
extension StreamShard {
    /// To be called once the coordinator's run has ended.
    func close(_ coordinator: isolated ShardCoordinator) {
        let error = ReactorError.notRunning(core.name)
        for message in messages.values {
            if case .command(let command) = message { command.fail(error) }
        }
        for drain in publisher?.drains ?? [] { drain.promise.keep(.failure(error)) }
        for drain in drainsAfterLoading { drain.promise.keep(.failure(error)) }
        var residents: [UInt64] = []
        for place in 0..<coordinator.table.end {
            guard let id = coordinator.table.key(at: place), coordinator[machine: id].phase != .passive else {
                continue
            }
            let word = id.word
            residents.append(word)
            actor(word).assumeIsolated { $0.abandon(error) }
        }
        // Calls that were given up, and tasks that didn't end in time, still refer to their streams by number.
        coordinator.whenUnreferenced { _ in for word in residents { self.release(word) } }
    }

    /// Lets go of an actor that nothing refers to but the word beside its key.
    func release(_ word: UInt64) {
        // `makeActor` retained it.
        unsafe Unmanaged<StreamActor>.fromOpaque(UnsafeRawPointer(bitPattern: UInt(word))!).release()
    }
}

extension StreamActor {
    /// The reactor has ended: whoever waits for something of this stream is told.
    func abandon(_ error: any Error) {
        cell.abandon(error)
        for request in extras?.requests ?? [] { request.promise.keep(.failure(error)) }
    }
}
