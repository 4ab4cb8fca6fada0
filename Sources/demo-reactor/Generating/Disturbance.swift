import Supervision

/// Disturbs an order: windows of elements are shuffled, and some of a window's come again in the next one.
struct Disturbance<Element: Sendable>: Sendable {
    private let window: Int
    private let duplicates: Int
    private var random: SplitMix64
    private var waiting: [Element] = []
    private var again: [Element] = []

    /// - Parameters:
    ///   - window: how many elements are shuffled together; 1 for none.
    ///   - duplicates: per cent of the elements that come twice.
    init(window: Int, duplicates: Int, seed: UInt64) {
        self.window = window
        self.duplicates = duplicates
        random = SplitMix64(seed: seed)
    }

    /// Whether the order stays as it is.
    var isIdle: Bool { window == 1 && duplicates == 0 }

    /// What arrives once another element is there.
    ///
    /// - Parameter mayRepeat: whether it may come twice.
    mutating func add(_ element: Element, mayRepeat: (Element) -> Bool = { _ in true }) -> [Element] {
        waiting.append(element)
        return waiting.count < window ? [] : arrive(mayRepeat)
    }

    /// What arrives when there are no more elements.
    mutating func rest() -> [Element] {
        let arrivals = arrive { _ in false }
        defer { again = [] }
        return arrivals + again
    }

    private mutating func arrive(_ mayRepeat: (Element) -> Bool) -> [Element] {
        var arrivals = waiting + again
        if window > 1 { arrivals.shuffle(using: &random) }
        again = []
        for element in waiting where duplicates > 0 && mayRepeat(element) {
            if Int.random(in: 0..<100, using: &random) < duplicates { again.append(element) }
        }
        waiting.removeAll(keepingCapacity: true)
        return arrivals
    }
}
