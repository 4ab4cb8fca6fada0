import ActorProcessing

/// Which streams have been handled, and not committed since: their next outcome changes them.
struct HandledStreams {
    private var calls: [Int: StreamName] = [:]
    private var abandoned: Set<StreamName> = []
    private var handled: Set<StreamName> = []

    /// Takes an entry in; whether it is an outcome of events that a handler has got through.
    mutating func isChange(_ entry: HistoryEntry) -> Bool {
        switch entry.fact {
        case .started: self = HandledStreams()
        case .callBegan(let call): calls[call.number] = call.stream
        case .told(.callAbandoned(let stream)): abandoned.insert(stream)
        case .callEnded(let number, let end):
            // What a call says that was given up, or that another run has left behind, counts for nothing.
            guard let stream = calls.removeValue(forKey: number), abandoned.remove(stream) == nil else { return false }
            if end.isProgress { handled.insert(stream) } else { handled.remove(stream) }
        case .committed(let outcome):
            return handled.remove(outcome.stream) != nil
        default: break
        }
        return false
    }
}

extension HandlerCallEnd {
    fileprivate var isProgress: Bool {
        switch self {
        case .progress(.all), .progress(.through), .progress(.ahead): true
        case .progress, .failed: false
        }
    }
}
