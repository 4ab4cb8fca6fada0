/// How far one stream is.
struct InMemoryPosition: Sendable {
    /// The hash of the stream's name, by which a handle is checked.
    let hash: UInt64
    var nextIndex: Int64 = .min
    /// The place of what else is known of the stream, plus one; 0 when nothing is.
    var details: UInt32 = 0
}
