/// Where the nodes of deployments meet: leases, and what operators and nodes have decided.
///
/// A node of a deployment is itself a lease, of the scope ``Fence/Scope/node(_:of:)``: it is there for as long as that is
/// held, and its name is unique. Its offers go with the lease.
///
/// Calls have to end soon after their tasks are cancelled: a node gives up those that take longer than half a lease, and asks
/// no more when eight of a kind hang.
public protocol DeploymentStore: LeaseStore {
    /// A number that rises with each change that a node has to know of: leases acquired, released and taken over, offers,
    /// controls, the kill switch. Renewals don't change it. Cheap: asked several times a second.
    func version(of deployment: String) async throws -> UInt64

    /// The version as soon as it may be another than a known one: a store that hears of changes lets its callers wait for
    /// them, and spares them asking.
    ///
    /// - Parameters:
    ///   - deployment: whose version.
    ///   - known: the version that the caller has seen.
    ///   - patience: how long it may take at most, as far as the store can help it.
    /// - Returns: the version then, the known one if nothing has changed. A store may answer at once.
    func version(of deployment: String, after known: UInt64, within patience: Duration) async throws -> UInt64

    /// Everything about a deployment, as of one moment.
    func picture(of deployment: String) async throws -> DeploymentPicture

    /// How a deployment's leases stand, as of one moment: what nodes ask for while nothing changes, to hear of leases that
    /// have lapsed. Cheaper than a picture, which is what stores without a way of their own make it from.
    func summary(of deployment: String) async throws -> LeaseSummary

    /// Says which processes a node can run; what it said before is forgotten.
    ///
    /// - Throws: ``LeaseError`` of code ``LeaseError/Code/lost`` when the fence is stale.
    func offer(_ processes: [String], by node: Fence) async throws

    /// Decides about one process.
    func set(_ control: ProcessControl, for process: String, of deployment: String) async throws

    /// Throws or resets the kill switch: while it is thrown no node runs anything of the deployment.
    func setKillSwitch(_ isThrown: Bool, of deployment: String) async throws
}

extension DeploymentStore {
    /// For stores that hear of nothing: answers at once.
    public func version(
        of deployment: String, after known: UInt64, within patience: Duration
    ) async throws -> UInt64 {
        try await version(of: deployment)
    }

    public func summary(of deployment: String) async throws -> LeaseSummary {
        LeaseSummary(try await picture(of: deployment))
    }
}

/// What operators have decided about one process of a deployment; it outlives nodes.
public struct ProcessControl: Sendable, Hashable {
    /// No node runs it.
    public var isPaused: Bool
    /// The node that is to run it while it lives; `nil` for any.
    public var node: String?

    /// What is decided; unless told, any node runs it.
    public init(isPaused: Bool = false, node: String? = nil) {
        self.isPaused = isPaused
        self.node = node
    }
}

/// All that a deployment's nodes know in common, as of one moment.
public struct DeploymentPicture: Sendable, Hashable {
    /// The version it shows.
    public var version: UInt64
    /// Whether the kill switch is thrown.
    public var isKilled: Bool
    /// The leases, those of nodes included, sorted by process.
    public var leases: [LeaseRecord]
    /// What each node can run: names of processes, sorted. Nodes whose leases have lapsed may still be in it.
    public var offers: [String: [String]]
    /// What is decided about processes; one that isn't in it runs on any node.
    public var controls: [String: ProcessControl]

    /// What is known of a deployment.
    public init(
        version: UInt64 = 0, isKilled: Bool = false, leases: [LeaseRecord] = [], offers: [String: [String]] = [:],
        controls: [String: ProcessControl] = [:]
    ) {
        self.version = version
        self.isKilled = isKilled
        self.leases = leases
        self.offers = offers
        self.controls = controls
    }
}

extension Fence.Scope {
    static let nodePrefix = "@"

    /// The scope that a node of a deployment leases to be one. No process may have a name that begins with `@`.
    public static func node(_ name: String, of deployment: String) -> Fence.Scope {
        Fence.Scope(deployment: deployment, process: nodePrefix + name)
    }

    /// The node whose scope it is; `nil` for a process.
    public var node: String? { process.hasPrefix(Self.nodePrefix) ? String(process.dropFirst()) : nil }
}
