import Sharding
import Supervision
import Testing

@testable import ActorProcessing

@Suite("Message machine", .timeLimit(.minutes(10)))
struct MessageMachineTests {
    private let north = StreamName(category: "Shop", id: "north")
    private let south = StreamName(category: "Shop", id: "south")

    private func opened(_ messages: OutgoingMessage...) -> MessageMachine {
        var machine = MessageMachine()
        machine.committed(messages)
        for source in MessageMachine.Source.allCases { machine.recoveryEnded(of: source) }
        return machine
    }

    private func places(_ action: MessageAction) -> [String] {
        guard case .deliver(let batches) = action else { return [] }
        return batches.map { batch in
            "\(batch.receiver.id): "
                + batch.messages.map { "\($0.sender.id)\($0.place.position)" }.joined(separator: " ")
        }
    }

    private func next(_ machine: inout MessageMachine, receivers: Int = 9, messages: Int = 9, at seconds: Int = 0)
        -> MessageAction
    {
        machine.next(receivers: receivers, messages: messages, at: .zero.advanced(by: .seconds(seconds)))
    }

    @Test func `nothing leaves until all that the last run has left is known`() {
        var machine = MessageMachine()
        machine.committed([.make("a", 1, to: north)])
        #expect(machine.isHeld && next(&machine) == .wait(until: nil))
        machine.recoveryEnded(of: .home)
        #expect(machine.isHeld && next(&machine) == .wait(until: nil))
        machine.recoveryEnded(of: .partitions)
        #expect(!machine.isHeld && places(next(&machine)) == ["north: a1"])
    }

    @Test func `a receiver gets one batch at a time, in the order of commits`() {
        var machine = opened(
            .make("a", 1, to: north), .make("b", 1, to: south), .make("b", 2, to: north), .make("a", 2, to: north))
        #expect(places(next(&machine, messages: 2)) == ["north: a1 b2", "south: b1"])
        machine.committed([.make("b", 3, to: south)])
        #expect(next(&machine) == .wait(until: nil))
        machine.delivered(2, to: north, retryAt: nil)
        #expect(places(next(&machine)) == ["north: a2"])
        machine.delivered(1, to: north, retryAt: nil)
        machine.delivered(1, to: south, retryAt: nil)
        #expect(places(next(&machine)) == ["south: b3"])
        machine.delivered(1, to: south, retryAt: nil)
        #expect(machine.count == 0 && next(&machine) == .wait(until: nil))
    }

    @Test func `receivers take turns`() {
        var machine = opened(.make("a", 1, to: north), .make("a", 2, to: north), .make("a", 3, to: south))
        #expect(places(next(&machine, receivers: 1, messages: 1)) == ["north: a1"])
        machine.delivered(1, to: north, retryAt: nil)
        #expect(places(next(&machine, receivers: 1, messages: 1)) == ["south: a3"])
        machine.delivered(1, to: south, retryAt: nil)
        #expect(places(next(&machine, receivers: 1, messages: 1)) == ["north: a2"])
    }

    @Test func `what fails waits for its time, and holds up no other receiver`() {
        var machine = opened(.make("a", 1, to: north), .make("a", 2, to: north), .make("a", 3, to: south))
        _ = next(&machine)
        machine.delivered(1, to: north, retryAt: .zero.advanced(by: .seconds(5)))
        machine.delivered(1, to: south, retryAt: nil)
        machine.committed([.make("a", 4, to: south), .make("a", 5, to: north)])
        #expect(places(next(&machine)) == ["south: a4"])
        machine.delivered(1, to: south, retryAt: nil)
        #expect(next(&machine, at: 4) == .wait(until: .zero.advanced(by: .seconds(5))))
        #expect(places(next(&machine, at: 5)) == ["north: a2 a5"])
    }

    @Test func `failures are counted in a row`() {
        var machine = opened(.make("a", 1, to: north), .make("a", 2, to: north))
        for (done, failures) in [(0, 0), (0, 1), (1, 2), (0, 1), (1, 2)] {
            guard case .deliver(let batches) = next(&machine) else {
                Issue.record("nothing to deliver")
                return
            }
            #expect(batches.map(\.failures) == [failures])
            machine.delivered(done, to: north, retryAt: .zero)
        }
        machine.committed([.make("a", 3, to: north)])
        guard case .deliver(let batches) = next(&machine) else { return }
        #expect(batches.map(\.failures) == [0])
    }

    @Test func `what is found again goes before what its sender has sent since`() {
        var machine = MessageMachine()
        machine.committed([.make("a", 3, to: north), .make("b", 1, to: north), .make("a", 4, to: north)])
        machine.recovered([.make("a", 2, to: north), .make("c", 9, to: north), .make("a", 3, to: north)])
        machine.recovered([.make("a", 1, to: north)])
        for source in MessageMachine.Source.allCases { machine.recoveryEnded(of: source) }
        #expect(machine.count == 6)
        #expect(places(next(&machine)) == ["north: a1 a2 c9 a3 a4 b1"])
        machine.recovered([.make("a", 4, to: north), .make("b", 0, to: north)])
        machine.delivered(6, to: north, retryAt: nil)
        #expect(places(next(&machine)) == ["north: b0"])
    }

    @Test func `one that repeats an id waits for the one before`() {
        var machine = opened(.make("a", 1, to: north), .make("a", 2, to: north, id: "a1"), .make("a", 3, to: north))
        #expect(places(next(&machine)) == ["north: a1"])
        machine.delivered(1, to: north, retryAt: nil)
        #expect(places(next(&machine)) == ["north: a2 a3"])
    }
}

extension OutgoingMessage {
    /// A message of the sender's outcome at an index.
    static func make(_ sender: String, _ index: Int64, to receiver: StreamName, id: String? = nil) -> OutgoingMessage {
        let row = OutputRow(
            position: StreamPosition(nextIndex: index), ordinal: 0, output: Output(type: "Said"),
            envelope: MessageEnvelope(receiver: receiver, id: id ?? "\(sender)\(index)"))
        let fence = Fence(scope: Fence.Scope(reactor: "r", partition: "0"), epoch: 1)
        guard let message = OutgoingMessage(row, of: StreamName(category: "Shop", id: sender), fence) else {
            preconditionFailure("a row with an envelope is a message")
        }
        return message
    }
}
