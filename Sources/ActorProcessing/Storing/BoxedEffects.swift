/// Effects behind one word, so that the many outcomes without any don't move a large empty value around.
indirect enum BoxedEffects: Sendable {
    case effects(OutcomeEffects)

    init(_ effects: OutcomeEffects) { self = .effects(effects) }

    var value: OutcomeEffects {
        switch self {
        case .effects(let effects): effects
        }
    }
}
