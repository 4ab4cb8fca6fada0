import ActorProcessing
import Synchronization

/// A receiver that lives as long as the process.
final class MemoryReceiver: ShopReceiver {
    private let published = Mutex<[StreamName: ReceivedState]>([:])
    private let log = ConfirmationLog(partitions: Scenario.ids)

    func take(_ publication: Publication<ShopState>) {
        published.withLock { published in
            if let known = published[publication.stream], known.version > publication.version { return }
            published[publication.stream] = ReceivedState(version: publication.version, state: publication.state)
        }
    }

    func take(_ results: [Resequenced]) { log.take(results) }

    func states() -> [StreamName: ReceivedState] { published.withLock { $0 } }

    func confirmations() -> ConfirmationLog.Contents { log.all }
}
