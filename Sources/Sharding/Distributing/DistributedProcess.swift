public import Supervision

/// A process of a deployment: a name, and what to do on the one node that runs it.
public struct DistributedProcess: Sendable {
    /// The work: called once for each start. It commits under the lease's fence, returns soon after the stop is requested,
    /// and at once when its task is cancelled, which means that the lease is lost.
    ///
    /// It runs on one of the node's shards, and must not block its thread.
    public typealias Body = @Sendable (borrowing Lease, ProcessStop) async throws -> Void

    /// What it is called; unique in its deployment, not empty, and not beginning with `@`.
    public let name: String
    /// What follows its ends that nobody asked for, a normal end among them.
    ///
    /// `stop` and `resume` have the node give it up for a while (``DistributedProcessingConfiguration/givesUpFor``), so that
    /// another node may try; `escalate` ends the node's ``DistributedProcessing/run()``.
    public let restarts: RestartPolicy
    /// The work.
    public let body: Body

    /// A process; it starts on the node that the deployment's nodes agree on.
    ///
    /// - Parameters:
    ///   - name: unique in its deployment, not empty, and not beginning with `@`.
    ///   - restarts: what follows its ends; `RestartPolicy.distributed` unless told.
    ///   - body: the work.
    public init(name: String, restarts: RestartPolicy = .distributed, body: @escaping Body) {
        self.name = name
        self.restarts = restarts
        self.body = body
    }
}

extension RestartPolicy {
    /// For processes of deployments: restart with backoff, after a normal end too; after a permanent failure or one restart
    /// too many another node may try.
    public static var distributed: RestartPolicy { RestartPolicy(onPermanent: .stop, onIntensityExceeded: .stop) }
}
