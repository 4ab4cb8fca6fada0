/// What a node has left behind.
public struct DeploymentReport: Sendable, Hashable {
    /// Processes that were cancelled and hadn't ended, by name: their leases lapse by themselves.
    public var abandoned: [String] = []

    /// Nothing is left.
    public init() {}
}
