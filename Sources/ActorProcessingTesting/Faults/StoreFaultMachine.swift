import ActorProcessing
import Supervision

/// Decides, call by call, which fault a ``FaultyStore`` shows.
///
/// Each call draws the same number of random numbers, whatever befalls it: a change to one chance doesn't shift what the
/// other calls of a seed meet.
struct StoreFaultMachine {
    /// What befalls a call beside delays.
    enum Fault: Sendable, Hashable {
        case none, failBefore, failAfter, tear, crashBefore, crashAfter
    }

    /// What a call is to do.
    struct Decision: Sendable {
        var fault = Fault.none
        var delay: Duration?
        var lateAnswer: Duration?
    }

    var plan: StoreFaultPlan
    private(set) var hasCrashed = false
    private(set) var faults = 0
    private var random: SplitMix64
    private var outcomes = 0

    init(plan: StoreFaultPlan, random: SplitMix64) {
        self.plan = plan
        self.random = random
    }

    /// A call has come in.
    mutating func called(_ operation: StoreOperation) -> Decision {
        let (fault, delay, answer) = (chance(), chance(), chance())
        let (delayLength, answerLength) = (length(), length())
        let diesBefore = random.next() & 1 == 0
        guard plan.operations.contains(operation) else { return Decision() }
        return Decision(
            fault: pick(fault, operation, diesBefore: diesBefore), delay: delay < plan.delay ? delayLength : nil,
            lateAnswer: answer < plan.lateAnswer ? answerLength : nil)
    }

    /// The process dies now.
    ///
    /// - Returns: whether it was alive.
    mutating func crashed() -> Bool {
        defer { hasCrashed = true }
        return !hasCrashed
    }

    /// A new process has come up.
    mutating func revived() { hasCrashed = false }

    /// Outcomes are to be committed.
    ///
    /// - Returns: the places of those to reject.
    mutating func outcomesArrived(_ count: Int) -> [Int] {
        guard let every = plan.rejectEvery, every > 0, plan.operations.contains(.commit) else { return [] }
        let first = outcomes
        outcomes += count
        return (0..<count).filter { place in
            guard (first + place + 1) % every == 0, faults < plan.limit else { return false }
            faults += 1
            return true
        }
    }

    private mutating func pick(_ number: Double, _ operation: StoreOperation, diesBefore: Bool) -> Fault {
        guard faults < plan.limit else { return .none }
        var fault = Fault.none
        if number < plan.crash {
            fault = diesBefore ? .crashBefore : .crashAfter
        } else if number < plan.crash + plan.failBefore {
            fault = .failBefore
        } else if number < plan.crash + plan.failBefore + plan.failAfter {
            fault = .failAfter
        } else if operation == .commit, number < plan.crash + plan.failBefore + plan.failAfter + plan.tear {
            fault = .tear
        }
        if fault != .none { faults += 1 }
        return fault
    }

    private mutating func chance() -> Double { Double(random.next() >> 11) / Double(1 << 53) }

    private mutating func length() -> Duration {
        let (lowest, highest) = (plan.delays.lowerBound, plan.delays.upperBound)
        return lowest + (highest - lowest) * chance()
    }
}
