extension Int {
    /// With commas between groups of three digits.
    var grouped: String {
        let digits = Array(String(magnitude))
        var text = self < 0 ? "-" : ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }
}

extension Duration {
    /// To three digits or so, in the unit that suits.
    var rounded: String {
        let nanoseconds = self / .nanoseconds(1)
        switch nanoseconds {
        case ..<1e3: return "\(Int(nanoseconds)) ns"
        case ..<1e6: return "\(Self.oneDecimal(nanoseconds / 1e3)) µs"
        case ..<1e9: return "\(Self.oneDecimal(nanoseconds / 1e6)) ms"
        default: return "\(Self.oneDecimal(nanoseconds / 1e9)) s"
        }
    }

    private static func oneDecimal(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
