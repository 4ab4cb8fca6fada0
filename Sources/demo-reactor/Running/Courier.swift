import ActorProcessing
import Synchronization

/// Carries what leaves the reactor to whoever receives it, and fails now and then on the way.
final class Courier: Sendable {
    private let receiver: any ShopReceiver
    private let faults: FaultPlan
    private let crash: CrashPlan
    private let failed = Atomic(0)

    init(to receiver: any ShopReceiver, faults: FaultPlan, crash: CrashPlan) {
        self.receiver = receiver
        self.faults = faults
        self.crash = crash
    }

    func carry(_ publication: Publication<ShopState>) async throws {
        do {
            // The index before all others stands for the publication.
            try faults.strike(publication.stream, -1)
        } catch {
            failed.add(1, ordering: .relaxed)
            throw error
        }
        crash.reached(.beforePublishing)
        try await receiver.take(publication)
        crash.reached(.afterPublishing)
    }

    func carry(_ results: [Resequenced]) async throws {
        crash.reached(.beforeReceiving)
        try await receiver.take(results)
        crash.reached(.afterReceiving)
    }

    /// Publications that have failed, and were repeated.
    var failures: Int { failed.load(ordering: .relaxed) }
}
