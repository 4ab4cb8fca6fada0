public import Supervision

/// What to store about an entity's dirty mark after a publication.
public struct DirtyMarkUpdate<Key: Hashable & Sendable>: Sendable, Hashable {
    /// The entity.
    public var key: Key

    /// The version published. A mark for this version or an earlier one is cleared.
    public var publishedVersion: Int64

    /// If there are newer changes, the time of the first of them: the mark stays and its `firstChange` becomes this.
    /// If nil, the entity is clean.
    public var newerFirstChange: RuntimeInstant?
}
