import ActorProcessing
import Sharding

/// The deployment, and what is expected of it after each step.
struct Shop: Sendable {
    /// What was expected hasn't come about.
    struct Unexpected: Error, CustomStringConvertible {
        var description: String
    }

    let store = InMemoryStore()
    let desk: Desk
    private let whereabouts = Whereabouts()

    init() { desk = Desk(store: store) }

    /// A node that can run these processes.
    func node(_ name: String, _ processes: [String]) -> DistributedProcessing {
        var configuration = DistributedProcessingConfiguration()
        configuration.pollInterval = .milliseconds(20)
        return DistributedProcessing(
            name: Desk.deployment, node: name, store: store, processes: processes.map { process($0, on: name) },
            configuration: configuration, runtime: .live(shards: 1))
    }

    /// A process for a node to run: the desk, or one that does nothing until it is asked to stop.
    func process(_ name: String, on node: String) -> DistributedProcess {
        DistributedProcess(name: name) { [desk, whereabouts] lease, stop in
            whereabouts.began(name, on: node)
            defer { whereabouts.ended(name, on: node) }
            if name == Desk.name {
                try await desk.run(under: lease, until: stop)
            } else {
                try await stop.wait()
            }
        }
    }

    /// Appends the next event of each of a category's streams.
    func append(_ category: String, _ index: Int64) throws {
        let events = try (1...3).map { number in
            try Event(stream: StreamName(category: category, id: "\(number)"), index: index, type: "Changed")
        }
        try desk.feed.append(events, to: PartitionID(Desk.name))
    }

    /// Waits until these processes, and no others, run on these nodes, and so many events of each category are handled; prints
    /// it.
    func expect(_ step: String, _ byNode: [String: Set<String>], handled: [String: Int]) async throws {
        try await wait {
            whereabouts.byNode == byNode && desk.handled == handled
        } orFail: {
            "\(step): \(byNode) with \(handled) was expected, but it is \(whereabouts.byNode) with \(desk.handled)"
        }
        print(step)
        for (node, processes) in byNode.sorted(by: { $0.key < $1.key }) {
            print("    \(node): \(processes.sorted().joined(separator: ", "))")
        }
        print(
            "    handled: \(handled.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", "))"
        )
    }

    /// Waits until the deployment knows that a node can run so many processes: what is added is offered to the others from then
    /// on, and may be moved there.
    func expectOffers(_ count: Int, of name: String, seenBy node: DistributedProcessing) async throws {
        try await wait {
            await node.status.nodes.first { $0.name == name }?.offers == count
        } orFail: {
            "node \(name) was expected to offer \(count) processes, but the deployment doesn't know of them"
        }
    }

    private func wait(until isMet: () async -> Bool, orFail message: () -> String) async throws {
        let end = ContinuousClock.now.advanced(by: .seconds(60))
        while !(await isMet()) {
            guard ContinuousClock.now < end else { throw Unexpected(description: message()) }
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}
