import Synchronization

/// One activity directly behind another.
struct Step: Hashable, Sendable, CustomStringConvertible {
    let from: String
    let to: String

    var description: String { "\(from) -> \(to)" }
}

/// How often each step was taken, and how long it took: the directly-follows graph of process mining.
final class StepTable: Sendable {
    struct Figures: Sendable {
        var count = 0
        var timed = 0
        var total = Duration.zero

        /// From one activity to the next, where both have a time.
        var mean: Duration? { timed == 0 ? nil : total / timed }
    }

    private let figures = Mutex<[Step: Figures]>([:])

    func add(_ step: Step, took duration: Duration?) {
        figures.withLock { figures in
            figures[step, default: Figures()].count += 1
            if let duration {
                figures[step, default: Figures()].timed += 1
                figures[step, default: Figures()].total += duration
            }
        }
    }

    /// The steps, the most frequent first.
    var byFrequency: [(step: Step, figures: Figures)] {
        figures.withLock { figures in
            figures.map { ($0.key, $0.value) }
                .sorted { ($0.1.count, $1.0.description) > ($1.1.count, $0.0.description) }
        }
    }
}
