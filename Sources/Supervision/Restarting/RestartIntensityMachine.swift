/// Decides whether failures come too often: remembers as many as the intensity allows, and no more.
///
/// States: quiet (nothing remembered, nothing allocated) → failing, by ``failed(at:limit:)`` → quiet, when all that
/// is remembered has left its window. The limit is passed in, so that a million machines share one.
package struct RestartIntensityMachine: Sendable {
    /// When each remembered failure leaves its window; kept rather than when it happened, so that forgetting needs
    /// no limit.
    private var expiries: [RuntimeInstant] = []

    package init() {}

    /// How many failures are remembered.
    package var remembered: Int { expiries.count }

    /// Something failed; true when the window now holds more failures than `limit` allows.
    package mutating func failed(at now: RuntimeInstant, limit: RestartIntensity) -> Bool {
        forgetExpired(at: now)
        guard limit.maximumFailures > 0 else { return true }
        let surplus = expiries.count - limit.maximumFailures + 1
        if surplus > 0 { expiries.removeFirst(surplus) }
        expiries.append(now.advanced(by: limit.window))
        return surplus > 0
    }

    /// Time went on: forgets what has left its window, and gives its memory back when that is all.
    package mutating func forgetExpired(at now: RuntimeInstant) {
        guard !expiries.isEmpty else { return }
        expiries.removeAll { $0 <= now }
        if expiries.isEmpty { expiries = [] }
    }
}
