/// How the leases of a deployment stand, as of one moment.
///
/// Two of the same version and count are of the same leases, unless one has lapsed in between and another, lapsed before,
/// was renewed after all.
public struct LeaseSummary: Sendable, Hashable {
    /// The deployment's version.
    public var version: UInt64
    /// How many leases are held, those of nodes included; what is owned without an end counts.
    public var held: Int
    /// How long it takes by the store's clock until the first of them lapses, unless it is renewed; `nil` when none can.
    public var firstLapse: Duration?

    /// What is known of a deployment's leases.
    public init(version: UInt64 = 0, held: Int = 0, firstLapse: Duration? = nil) {
        self.version = version
        self.held = held
        self.firstLapse = firstLapse
    }

    /// What a picture says of leases.
    public init(_ picture: DeploymentPicture) {
        let held = picture.leases.filter(\.isHeld)
        self.init(version: picture.version, held: held.count, firstLapse: held.compactMap(\.remaining).min())
    }
}
