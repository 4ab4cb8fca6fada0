import Sharding

/// What a scheduler knows of a runtime that was started in its simulation.
struct SimulatedRuntime {
    let identity: Runtime.Identity
    let queues: [SimulatedQueue]
    var isDead = false
}
