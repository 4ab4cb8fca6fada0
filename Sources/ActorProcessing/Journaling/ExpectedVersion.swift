/// What a stream must be like for an append: the optimistic lock of event sourcing.
///
/// A stream's version is the index that its next event gets.
public enum ExpectedVersion: Sendable, Hashable {
    /// Any version will do.
    case any
    /// The stream has no events; the same as `exact(0)`.
    case none
    /// The next event gets this index.
    case exact(Int64)

    /// Whether a stream whose next event gets `index` is as expected.
    public func admits(_ index: Int64) -> Bool {
        switch self {
        case .any: true
        case .none: index == 0
        case .exact(let expected): index == expected
        }
    }
}

extension ExpectedVersion: CustomStringConvertible {
    public var description: String {
        switch self {
        case .any: "any version"
        case .none: "version 0"
        case .exact(let index): "version \(index)"
        }
    }
}
