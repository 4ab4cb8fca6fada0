import Sharding
import Supervision
import Testing

@testable import ActorProcessing

@Suite("Message machine: properties", .timeLimit(.minutes(10)))
struct MessageMachinePropertyTests {
    /// What senders commit, what the store then holds, and what has come to the receivers.
    private struct World {
        var machine = MessageMachine()
        var random: SplitMix64
        var now = RuntimeInstant.zero
        var store: [OutgoingMessage] = []
        /// By receiver and sender: the place of the last message that came for the first time.
        var last: [String: OutgoingMessage.Place] = [:]
        var came: Set<String> = []
        var underWay: [StreamName: MessageBatch] = [:]
        var next: [Int64] = Array(repeating: 0, count: 4)
        var sent = 0

        init(seed: UInt64) { random = SplitMix64(seed: seed) }

        func name(_ number: Int) -> StreamName { StreamName(category: "Shop", id: "\(number)") }

        /// - Parameter isKnown: whether the machine hears of it from the sender, too, and not from the store alone.
        mutating func commit(isKnown: Bool) {
            let sender = random.below(4)
            next[sender] += 1
            let message = OutgoingMessage.make("\(sender)", next[sender], to: name(random.below(3)))
            store.append(message)
            sent += 1
            if isKnown { machine.committed([message]) }
        }

        mutating func deliver() throws {
            let limit = 1 + random.below(4)
            guard case .deliver(let batches) = machine.next(receivers: limit, messages: limit, at: now) else { return }
            #expect(batches.count <= limit)
            for batch in batches {
                #expect(underWay.updateValue(batch, forKey: batch.receiver) == nil, "two batches at once")
                #expect((1...limit).contains(batch.messages.count))
                #expect(Set(batch.messages.map(\.id)).count == batch.messages.count)
            }
        }

        /// A batch ends: some of it has come, and more may have than is known of.
        mutating func end() throws {
            let receivers = underWay.keys.sorted()
            if receivers.isEmpty { return }
            let receiver = receivers[random.below(receivers.count)]
            guard let batch = underWay.removeValue(forKey: receiver) else { return }
            let done = random.below(3) == 0 ? random.below(batch.messages.count + 1) : batch.messages.count
            let reached = done + random.below(batch.messages.count - done + 1)
            for message in batch.messages.prefix(reached) { try came(message) }
            for message in batch.messages.prefix(done) { store.removeAll { $0 == message } }
            let fails = done < batch.messages.count
            machine.delivered(
                done, to: receiver, retryAt: fails ? now.advanced(by: .seconds(1 + random.below(3))) : nil)
        }

        mutating func came(_ message: OutgoingMessage) throws {
            guard came.insert("\(message.receiver) \(message.id ?? "")").inserted else { return }
            let pair = "\(message.sender) \(message.receiver)"
            if let last = last[pair] { try #require(last < message.place, "\(message) came after \(last)") }
            last[pair] = message.place
        }
    }

    @Test(arguments: UInt64(0)..<300)
    func `each message comes, each pair's in order, whatever fails and is found again`(seed: UInt64) throws {
        var world = World(seed: seed)
        for _ in 0..<world.random.below(20) { world.commit(isKnown: false) }
        var sources = Set(MessageMachine.Source.allCases)
        for step in 0..<400 {
            switch world.random.below(6) {
            case 0 where step < 200: world.commit(isKnown: true)
            case 1: world.now = world.now.advanced(by: .seconds(1))
            case 2, 3: try world.end()
            default: try world.deliver()
            }
            if !sources.isEmpty, world.random.below(10) == 0 {
                try #require(world.came.isEmpty, "something has left before all was known")
                // What was committed meanwhile is found, too.
                world.machine.recovered(world.store)
                world.machine.recoveryEnded(of: sources.removeFirst())
            }
        }
        for source in sources {
            world.machine.recovered(world.store)
            world.machine.recoveryEnded(of: source)
        }
        while world.machine.count > 0 {
            try world.deliver()
            while !world.underWay.isEmpty { try world.end() }
            world.now = world.now.advanced(by: .seconds(5))
        }
        #expect(world.came.count == world.sent && world.store.isEmpty)
    }
}
