public import ActorProcessing

/// What a ``FaultyHandler`` or ``FaultyMachine`` does wrong, and how often.
///
/// Some faults lie in an event: whoever handles it meets them, also after a crash. Others befall a call.
public struct HandlerFaultPlan: Sendable {
    /// The chance that handling an event throws a few times.
    public var transient = 0.0
    /// How many times such an event throws.
    public var transientTimes: ClosedRange<Int> = 1...3
    /// The chance that handling an event throws until the faults are healed.
    public var permanent = 0.0
    /// The chance that a call which throws does so after the wrapped code has done its work.
    public var late = 0.5
    /// The chance that a call is slow.
    public var slow = 0.0
    /// How slow.
    public var delays: ClosedRange<Duration> = .milliseconds(1) ... .milliseconds(500)
    /// The chance that a call hangs until it is cancelled.
    public var hang = 0.0
    /// The chance that a call hangs and ignores its cancellation.
    public var stubborn = 0.0
    /// For how long such a call hangs.
    public var stubbornness: ClosedRange<Duration> = .seconds(1) ... .seconds(15)
    /// The chance that a call which got several events says it came through only some of them.
    public var partial = 0.0
    /// The chance that a call says that it isn't ready.
    public var notReady = 0.0
    /// The chance that a call asks for its stream to be parked.
    public var park = 0.0
    /// How many faults befall calls at most, slowness and those that lie in events not counted.
    public var limit = 20

    /// Which streams the faults befall; `nil` for all.
    public var streams: (@Sendable (StreamName) -> Bool)?

    /// A plan without faults.
    public init() {}

    /// All of them.
    public static let everything: HandlerFaultPlan = {
        var plan = HandlerFaultPlan()
        plan.transient = 0.04
        plan.permanent = 0.005
        plan.slow = 0.2
        plan.hang = 0.02
        plan.stubborn = 0.02
        plan.partial = 0.1
        plan.notReady = 0.05
        plan.park = 0.01
        return plan
    }()
}
