import ActorProcessing
import Supervision
import Synchronization

/// Which events can't be handled for a while, so that their streams are parked; the seed decides.
///
/// Trouble comes in waves, and a wave is over for all nodes at once.
final class TroublePlan: Sendable {
    static let waves = 8
    /// In a thousand events.
    private static let share: UInt64 = 3

    /// Where nodes read which waves are over.
    static let table = "CREATE TABLE trouble (one INTEGER PRIMARY KEY CHECK (one = 1), mended INTEGER NOT NULL)"

    private let seed: UInt64
    private let mended = Atomic(0)

    init(seed: UInt64) { self.seed = seed }

    /// The wave that hits an event, from 1; `nil` for most.
    func wave(of stream: StreamName, _ index: Int64) -> Int? {
        var random = SplitMix64(
            seed: ~seed ^ stream.stableHash ^ UInt64(bitPattern: index &* 0x5851_F42D_4C95_7F2D))
        guard random.next() % 1000 < Self.share else { return nil }
        return 1 + Int(random.next() % UInt64(Self.waves))
    }

    /// The waves up to this one are over.
    func mend(through wave: Int) { mended.store(wave, ordering: .releasing) }

    /// Throws while an event can't be handled.
    func strike(_ stream: StreamName, _ index: Int64) throws(Trouble) {
        if isOver(for: stream, index) { return }
        throw Trouble(description: "\(stream)#\(index) can't be handled before its wave of trouble is over")
    }

    /// Whether an event can be handled.
    func isOver(for stream: StreamName, _ index: Int64) -> Bool {
        wave(of: stream, index).map { $0 <= mended.load(ordering: .acquiring) } ?? true
    }
}

/// An event can't be handled now, and trying again at once doesn't help.
struct Trouble: ClassifiedError, CustomStringConvertible {
    let description: String

    var errorClass: ErrorClass { .permanent }
}
