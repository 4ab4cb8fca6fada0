/// Which way a stream of a ``Journal`` is read.
public enum ReadDirection: Sendable, Hashable, CaseIterable {
    /// From lower indices to higher ones.
    case forwards
    /// From higher indices to lower ones.
    case backwards
}
