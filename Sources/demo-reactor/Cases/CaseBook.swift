#if Files
    import Synchronization

    /// The last state of each case. A state that is put in again, after a failure, changes nothing.
    final class CaseBook: Sendable {
        private static let stripes = 16

        private final class Stripe: Sendable {
            let states = Mutex<[String: CaseState]>([:])
        }

        private let stripes = (0..<CaseBook.stripes).map { _ in Stripe() }

        func put(_ state: CaseState, of name: String) {
            stripes[Int(name.utf8.last ?? 0) % Self.stripes].states.withLock { $0[name] = state }
        }

        var states: [String: CaseState] {
            stripes.reduce(into: [:]) { all, stripe in
                all.merge(stripe.states.withLock { $0 }) { _, new in new }
            }
        }
    }
#endif
