/// The distributed shop can't be played to its end.
struct DistributedError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
