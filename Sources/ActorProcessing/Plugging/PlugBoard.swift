import Sharding
import Synchronization

/// The categories of a reactor whose handlers come and go, and where each of them is handled.
final class PlugBoard: Sendable {
    private struct State {
        var plugs: [String: Plug] = [:]
        /// Categories that are being unplugged: nothing new is handed over to them.
        var closing: Set<String> = []
        /// The numbers of the plugs whose events a partition's intake hands over.
        var joined: [PartitionID: Set<Int>] = [:]
        var last = 0
        var waiting = WakeUpList()
    }

    private let state = Mutex(State())

    /// Adds a category.
    func plug(
        _ category: String, _ program: any StreamProgram, from start: PlugStart, now: [PartitionID: FeedPosition]
    ) throws(ReactorError) {
        let waiting: WakeUpList? = state.withLock { state in
            guard state.plugs[category] == nil else { return nil }
            state.last += 1
            state.plugs[category] = Plug(
                category: category, number: state.last, start: start, now: now, program: program)
            return state.waiting.takeAll()
        }
        guard let waiting else { throw ReactorError.alreadyPlugged(category) }
        waiting.wake()
    }

    /// From now on nothing new is handed over to a category.
    func close(_ category: String) throws(ReactorError) -> Plug {
        let plug = state.withLock { state in
            guard let plug = state.plugs[category], state.closing.insert(category).inserted else { return nil as Plug? }
            return plug
        }
        guard let plug else { throw ReactorError.notPlugged(category) }
        return plug
    }

    /// Takes a category away.
    func remove(_ category: String) {
        state.withLock { state in
            state.plugs[category] = nil
            state.closing.remove(category)
        }
    }

    /// The plug of a category, also while it is being taken away.
    func plug(of category: Substring) -> Plug? { state.withLock { $0.plugs[String(category)] } }

    /// The plugs that stay, by category.
    var open: [Plug] {
        state.withLock { state in
            state.plugs.values.filter { !state.closing.contains($0.category) }.sorted { $0.category < $1.category }
        }
    }

    func isOpen(_ plug: Plug) -> Bool {
        state.withLock { $0.plugs[plug.category]?.number == plug.number && !$0.closing.contains(plug.category) }
    }

    /// A partition's intake hands over the category's events from here on.
    func join(_ plug: Plug, _ partition: PartitionID) {
        state.withLock { _ = $0.joined[partition, default: []].insert(plug.number) }
    }

    func hasJoined(_ plug: Plug, _ partition: PartitionID) -> Bool {
        state.withLock { $0.joined[partition]?.contains(plug.number) ?? false }
    }

    /// The plugs whose events a partition's intake hands over.
    func joined(_ partition: PartitionID) -> [Plug] {
        let numbers = state.withLock { $0.joined[partition] ?? [] }
        return open.filter { numbers.contains($0.number) }
    }

    /// Returns as soon as plugs have been added beyond a number.
    ///
    /// - Returns: the last number.
    func added(beyond number: Int) async throws -> Int {
        while true {
            let wakeUp = WakeUp()
            let last = state.withLock { state in
                if state.last <= number { state.waiting.add(wakeUp) }
                return state.last
            }
            if last > number { return last }
            try await wakeUp.wait()
        }
    }
}
