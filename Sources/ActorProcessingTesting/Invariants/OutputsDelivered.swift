import ActorProcessing

/// Outputs go out at least once: each that was committed is received, crashes included, and no others are. Messages to streams
/// are none of them.
///
/// For histories that end with a graceful stop when all was handled.
public struct OutputsDelivered: Invariant {
    /// The invariant.
    public init() {}

    private struct Key: Hashable {
        var stream: StreamName
        var position: StreamPosition
        var ordinal: Int
    }

    public func check(_ entries: [HistoryEntry]) throws(InvariantViolation) {
        var committed: [Key: Output] = [:]
        var missing: Set<Key> = []
        for (place, entry) in entries.enumerated() {
            switch entry.fact {
            case .committed(let outcome):
                for row in outcome.effects?.outputs ?? [] where row.envelope == nil {
                    let key = Key(stream: outcome.stream, position: row.position, ordinal: row.ordinal)
                    committed[key] = row.output
                    missing.insert(key)
                }
            case .delivered(let outputs):
                for output in outputs {
                    let key = Key(stream: output.stream, position: output.row.position, ordinal: output.row.ordinal)
                    if committed[key] != output.row.output {
                        throw InvariantViolation(
                            self, "\(output) was delivered, but isn't committed", at: place, in: entries)
                    }
                    missing.remove(key)
                }
            default: break
            }
        }
        if let key = missing.min(by: { ($0.stream, $0.position) < ($1.stream, $1.position) }) {
            throw InvariantViolation(
                self, "output \(key.ordinal) of \(key.stream) at \(key.position) was never delivered", in: entries)
        }
    }
}
