public import Supervision

/// What a ``DebounceMachine`` orders its owner to do.
public enum DebounceAction<Key: Hashable & Sendable>: Sendable, Hashable {
    /// Publish the entity's state at this version or a later one, then report how it went.
    ///
    /// `firstChange` is the time of the first change that this publication covers.
    case publish(Key, version: Int64, firstChange: RuntimeInstant)
}
