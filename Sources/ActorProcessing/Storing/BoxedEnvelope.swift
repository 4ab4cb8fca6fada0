/// An envelope behind one word, so that the many outputs without one aren't larger by all that it holds.
indirect enum BoxedEnvelope: Sendable, Hashable {
    case envelope(MessageEnvelope)

    init(_ envelope: MessageEnvelope) { self = .envelope(envelope) }

    var value: MessageEnvelope {
        switch self {
        case .envelope(let envelope): envelope
        }
    }
}
