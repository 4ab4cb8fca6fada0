/// The serial executor of a stand-alone actor: the one it was given, or one of its own.
///
/// The actor keeps this value as long as it lives, because an `UnownedSerialExecutor` doesn't.
enum IsolationExecutor: Sendable {
    case given(any SerialExecutor)
    case own(DefaultIsolation)

    init(_ executor: (any SerialExecutor)?) {
        self = executor.map { .given($0) } ?? .own(DefaultIsolation())
    }

    var unowned: UnownedSerialExecutor {
        switch self {
        case .given(let executor): unsafe executor.asUnownedSerialExecutor()
        case .own(let isolation): unsafe isolation.unownedExecutor
        }
    }
}
