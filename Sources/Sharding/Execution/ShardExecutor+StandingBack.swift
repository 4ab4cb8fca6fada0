import Supervision

extension ShardExecutor {
    /// Lets the jobs and timers that wait on this executor run first, whatever is signalled meanwhile.
    func standBack() async {
        let parked = ParkedTask(on: self)
        schedule(parked, at: .zero)
        _ = await parked.park()
    }
}
