import ActorProcessing

/// A purse that takes amounts and gives them out again, never more than it has.
struct Purse: Decider {
    enum Command: Sendable {
        case pay(Int)
        case spend(Int)
        case look
        /// Several facts at once.
        case split(Int, into: Int)
    }

    enum Fact: Codable, Sendable, Equatable {
        case paid(Int)
        case spent(Int)
    }

    struct TooLittle: Error, Equatable {
        var held: Int
    }

    var keepsSnapshots = false

    var name: String { "purse" }
    var initial: Int { 0 }
    var snapshotCodec: (any StateCodec<Int>)? { keepsSnapshots ? JSONStateCodec() : nil }

    /// Replies with what is in the purse then.
    func decide(_ command: Command, _ state: Int) throws(TooLittle) -> Ruling<Fact, Int> {
        switch command {
        case .pay(let amount): return Ruling([.paid(amount)], reply: state + amount)
        case .spend(let amount):
            guard amount <= state else { throw TooLittle(held: state) }
            return Ruling([.spent(amount)], reply: state - amount)
        case .look: return Ruling([], reply: state)
        case .split(let amount, let count):
            return Ruling((0..<count).map { _ in .paid(amount) }, reply: state + amount * count)
        }
    }

    func evolve(_ state: Int, _ fact: Fact) -> Int {
        switch fact {
        case .paid(let amount): state + amount
        case .spent(let amount): state - amount
        }
    }

    func type(of fact: Fact) -> String {
        switch fact {
        case .paid: "Paid"
        case .spent: "Spent"
        }
    }
}
