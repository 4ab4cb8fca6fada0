/// How something is doing at one moment, and for how long.
public struct HealthReport: Sendable, Hashable {
    /// How it is doing.
    public let healthClass: HealthClass

    /// For how long: since the first failure, success without progress, missing event, or refusal; for `slow` and
    /// `active` since the present call began, and zero between calls.
    public let age: Duration

    package init(healthClass: HealthClass, age: Duration) {
        self.healthClass = healthClass
        self.age = age
    }
}
