/// A job for the global executor or the main actor.
struct StrayJob {
    let job: UnownedJob
    let isMain: Bool
    /// The runtime that dies with it, or 0: what the body or the outside world started.
    let runtime: Int
}
