/// Which events of a journal to read.
public struct JournalSelection: Sendable, Hashable {
    /// One of several equal parts of a journal's slots.
    public struct Share: Sendable, Hashable, CustomStringConvertible {
        /// Which part: `0 ..< count`.
        public let number: Int
        /// How many parts there are; the journal's slot count must be a multiple of it.
        public let count: Int

        /// The part with the slots that leave the remainder `number` when divided by `count`.
        ///
        /// - Parameters:
        ///   - number: which part: `0 ..< count`.
        ///   - count: how many parts there are, 1 or more.
        public init(_ number: Int, of count: Int) {
            precondition(count > 0 && (0..<count).contains(number), "there is no share \(number) of \(count)")
            self.number = number
            self.count = count
        }

        /// Whether a slot belongs to this part.
        public func contains(slot: Int) -> Bool { slot % count == number }

        public var description: String { "\(number)/\(count)" }
    }

    /// Only streams of this category; `nil` for all.
    public var category: String?
    /// Only streams whose slot belongs to this share; `nil` for all.
    public var share: Share?

    /// Every event.
    public static let all = JournalSelection()

    /// The events of the streams of one category.
    public static func category(_ category: String) -> JournalSelection { JournalSelection(category: category) }

    /// A selection.
    ///
    /// - Parameters:
    ///   - category: only streams of this category; `nil` for all.
    ///   - share: only streams whose slot belongs to this share; `nil` for all.
    public init(category: String? = nil, share: Share? = nil) {
        self.category = category
        self.share = share
    }

    /// Refuses a share that a journal of so many slots can't be divided into.
    ///
    /// - Throws: ``JournalError`` of code ``JournalError/Code/invalid``.
    public func check(slotCount: Int) throws(JournalError) {
        guard let share, !slotCount.isMultiple(of: share.count) else { return }
        throw JournalError(
            .invalid,
            "\(slotCount) slots can't be divided into \(share.count) equal shares: choose a count that divides \(slotCount)"
        )
    }
}
