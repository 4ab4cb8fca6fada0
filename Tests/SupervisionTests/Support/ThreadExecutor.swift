import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A serial executor with a thread of its own, that can tell whether code runs on it.
///
/// `@unchecked Sendable`: the semaphore is made for sharing, and the thread's handle is set before anyone else has this
/// object. `@safe`: the semaphore's memory doesn't leave this type.
@safe
final class ThreadExecutor: SerialExecutor, @unchecked Sendable {
    private struct State {
        var jobs: [UnownedJob] = []
        var isStopped = false
    }

    private let state = Mutex(State())
    private let ready: UnsafeMutablePointer<sem_t>
    private var thread = pthread_t()

    init() {
        unsafe ready = .allocate(capacity: 1)
        unsafe ready.initialize(to: sem_t())
        unsafe sem_init(ready, 0, 0)
        // The thread ends before `stop` returns, and this object outlives that.
        let argument = unsafe Unmanaged.passRetained(self).toOpaque()
        unsafe pthread_create(&thread, nil, { unsafe ThreadExecutor.main($0) }, argument)
    }

    var isCurrent: Bool { pthread_equal(pthread_self(), thread) != 0 }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.jobs.append(job) }
        unsafe sem_post(ready)
    }

    func stop() {
        state.withLock { $0.isStopped = true }
        unsafe sem_post(ready)
        pthread_join(thread, nil)
        unsafe sem_destroy(ready)
        unsafe ready.deallocate()
    }

    private static func main(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let argument = unsafe argument else { return nil }
        unsafe Unmanaged<ThreadExecutor>.fromOpaque(argument).takeRetainedValue().loop()
        return nil
    }

    private func loop() {
        while true {
            unsafe sem_wait(ready)
            let (job, isStopped) = state.withLock { state in
                (state.jobs.isEmpty ? nil : state.jobs.removeFirst(), state.isStopped)
            }
            if let job { unsafe job.runSynchronously(on: asUnownedSerialExecutor()) } else if isStopped { return }
        }
    }
}
