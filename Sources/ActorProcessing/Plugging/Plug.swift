/// A category, and the user's code that handles its streams.
struct Plug: Sendable {
    let category: String
    /// Tells a category that is plugged in again from the time before.
    let number: Int
    let start: PlugStart
    /// Where the partitions were to be read next when it was plugged in; none before the reactor runs.
    let now: [PartitionID: FeedPosition]
    let program: any StreamProgram
}
