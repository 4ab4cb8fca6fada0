import Sharding
import Supervision

// What operators ask for in other processes, through the store.
extension ControlDesk {
    private static let page = 1000

    /// Looks for requests now and then, and carries out those that there are: of each stream one at a time.
    func serveRequests(of running: RunningReactor) async throws {
        let core = core
        try await running.known.value
        try await withThrowingDiscardingTaskGroup { group in
            while true {
                // What nobody here can do stays on the list, and keeps nothing from being found behind it.
                var last: Int64 = 0
                var seen: Set<StreamName> = []
                while true {
                    let open = try await retrying { [last] in
                        try await core.store.openRequests(of: core.name, after: last, limit: Self.page)
                    }
                    for posted in open where seen.insert(posted.request.stream).inserted {
                        guard streamsAskedFor.insert(posted.request.stream).inserted else { continue }
                        group.addTask { try await self.carryOut(posted, running) }
                    }
                    guard open.count == Self.page, let next = open.last else { break }
                    last = next.number
                }
                try await executor.sleep(until: clock.now.advanced(by: core.configuration.requestInterval))
            }
        }
    }

    private func carryOut(_ posted: PostedRequest, _ running: RunningReactor) async throws {
        defer { streamsAskedFor.remove(posted.request.stream) }
        let core = core
        let number = posted.number
        // It may have been answered since the list was made that it is on.
        let known = try await retrying { try await core.store.request(number, of: core.name) }
        guard let known, known.answer == nil else { return }
        var failure: (any Error)?
        do {
            _ = try await running.request(posted.request.order, of: posted.request.stream)
        } catch {
            // The next run does it, or the owner of its partition.
            let code = (error as? ReactorError)?.code
            if Task.isCancelled || code == .notRunning || code == .owned { return }
            failure = error
        }
        let answer = OperatorAnswer(error: failure.map { "\($0)" }, time: clock.wallTime)
        let fence = running.home.fence
        do {
            try await retrying { try await core.store.answer(number, of: core.name, with: answer, fence: fence) }
        } catch let error as StoreError where error.code == .staleFence {
            throw ReactorError.ownershipLost(core.name)
        }
        core.tell(.requestAnswered(posted.request, answer))
    }
}

extension RunningReactor {
    /// Has a parked stream do what an operator wants.
    ///
    /// - Returns: how many events have left the lot.
    func request(_ order: ParkedRequest.Order, of stream: StreamName) async throws -> Int {
        try await known.value
        let request = ParkedRequest(order: order, promise: Promise<Int>())
        shard(of: stream).coordinator.inbox.post(
            ShardOrder { shard, coordinator in
                shard.requestArrived(request, for: stream, coordinator)
            } refused: { [name = core.name] in
                request.promise.keep(.failure(ReactorError.notRunning(name)))
            })
        return try await request.promise.value
    }
}

extension OperatorRequest {
    fileprivate var order: ParkedRequest.Order {
        switch action {
        case .retry: .retry
        case .discardEvent: .discardEvent(index)
        case .discardStream: .discardStream
        }
    }
}
