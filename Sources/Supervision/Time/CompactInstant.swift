/// An instant or none, in eight bytes: the machines that exist once per stream keep several of these.
///
/// It gives up `Int64.min`, an instant 292 years before a clock's origin.
struct CompactInstant: Sendable, Hashable {
    static let none = CompactInstant(nil)

    private var nanoseconds: Int64

    init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    init(_ instant: RuntimeInstant?) {
        nanoseconds = instant?.nanoseconds ?? .min
    }

    var value: RuntimeInstant? {
        nanoseconds == .min ? nil : RuntimeInstant(nanoseconds: nanoseconds)
    }

    /// Keeps the first of several instants: does nothing when one is set.
    mutating func setIfNone(_ instant: RuntimeInstant) {
        if nanoseconds == .min { nanoseconds = instant.nanoseconds }
    }
}
