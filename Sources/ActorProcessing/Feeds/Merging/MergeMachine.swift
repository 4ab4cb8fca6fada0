/// Which of a merged feed's sources is read next.
///
/// A source is *reading* until it is found at its tail, then *resting* until more has come, or *ended*. Reading sources
/// take turns. Beside each turn one of the resting ones is looked at, so that it isn't starved by those that never
/// come to their tail; when all rest, they are waited for together.
struct MergeMachine: Sendable {
    enum Step: Sendable, Hashable {
        /// Read this source, and see whether that resting one has more by now.
        case read(Int, lookingAt: Int?)
        /// Everything was read for now; said once until something comes.
        case tail
        /// Wait for any of these sources, and for new ones.
        case wait([Int])
        /// Nothing more will come.
        case end
    }

    private enum Phase: Sendable { case reading, resting, ended }

    private var phases: [Phase] = []
    private var lastRead = -1
    private var lastLook = -1
    private var saidTail = false
    private var isComplete = false

    /// A source was found; it is known by its number from now on, counted from 0.
    mutating func sourceAdded() { phases.append(.reading) }

    /// There will be no further sources.
    mutating func sourcesCompleted() { isComplete = true }

    /// What to do next.
    mutating func next() -> Step {
        if let source = following(lastRead, in: .reading) {
            lastRead = source
            let resting = following(lastLook, in: .resting)
            lastLook = resting ?? lastLook
            return .read(source, lookingAt: resting)
        }
        if isComplete, !phases.contains(.resting) { return .end }
        if !saidTail {
            saidTail = true
            return .tail
        }
        return .wait(phases.indices.filter { phases[$0] == .resting })
    }

    /// A source had something, or is found to have more.
    mutating func moreFound(in source: Int) {
        phases[source] = .reading
        saidTail = false
    }

    /// A source has nothing more for now.
    mutating func tailReached(by source: Int) { phases[source] = .resting }

    /// A source has nothing more, ever.
    mutating func sourceEnded(_ source: Int) { phases[source] = .ended }

    private func following(_ last: Int, in phase: Phase) -> Int? {
        let after = phases.indices.dropFirst(last + 1).first { phases[$0] == phase }
        return after ?? phases.indices.first { phases[$0] == phase }
    }
}
