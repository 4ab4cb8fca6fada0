/// Where a category begins that is plugged into a reactor for the first time.
///
/// One that was plugged in before goes on where it was, whatever is said here: from its own checkpoint, so that it also gets
/// what came while nobody handled it. Set that checkpoint with ``CheckpointStore/override(_:with:)`` to have it otherwise.
public enum PlugStart: Sendable, Hashable {
    /// From the feed's beginning: the partitions are read once more, for this category alone, until it has caught up.
    case beginning
    /// From what comes from now on; before the reactor's first run, from its beginning.
    ///
    /// Where indices are contiguous the partitions are read once more all the same, to learn where the streams are; what
    /// lies before is skipped with a record.
    case now
}
