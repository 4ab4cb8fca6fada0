/// What a placement is decided by: who is there, what they can run, and who runs what.
package struct DeploymentRoll: Sendable, Hashable {
    /// The live nodes, and what each offers to run: names of processes, each once.
    package var offers: [String: [String]]
    /// The live nodes that hold processes.
    package var holders: [String: String]
    /// What operators have decided.
    package var controls: [String: ProcessControl]
    /// Whether the kill switch is thrown.
    package var isKilled: Bool

    package init(
        offers: [String: [String]] = [:], holders: [String: String] = [:], controls: [String: ProcessControl] = [:],
        isKilled: Bool = false
    ) {
        self.offers = offers
        self.holders = holders
        self.controls = controls
        self.isKilled = isKilled
    }

    /// What a picture says.
    package init(_ picture: DeploymentPicture) {
        self.init(controls: picture.controls, isKilled: picture.isKilled)
        for record in picture.leases where record.isHeld {
            guard let node = record.scope.node else { continue }
            offers[node] = picture.offers[node] ?? []
        }
        for record in picture.leases where record.isHeld && record.scope.node == nil {
            if let node = record.holder?.node, offers[node] != nil { holders[record.scope.process] = node }
        }
    }
}
