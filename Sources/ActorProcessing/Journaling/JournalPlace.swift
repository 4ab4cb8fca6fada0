/// How far a reader of a journal has come.
struct JournalPlace {
    private(set) var position: Int64
    private var hasToldTail = false

    init(position: Int64) { self.position = position }

    mutating func moved(to position: Int64) {
        self.position = position
        hasToldTail = false
    }

    /// Nothing more is there. Returns whether the caller hasn't been told yet since the last event.
    mutating func tailReached() -> Bool {
        defer { hasToldTail = true }
        return !hasToldTail
    }
}
