#if compiler(>=6.3)
    @_spi(ExperimentalScheduling) @_spi(ExperimentalCustomExecutors) import _Concurrency

    // The process's executors with a switch in front: what a simulation's thread enqueues goes to its scheduler, all else
    // goes on to the platform's executors.
    //
    // All that is unofficial in this project is used here and in `SwitchedDefaultExecutor`, `SwitchedMainExecutor`, and
    // `CMillraceTesting.c`:
    // - `_createExecutors(factory:)`, `ExecutorFactory`, `PlatformExecutorFactory`, `SchedulingExecutor`, `MainExecutor`,
    //   which are SPI of `_Concurrency` (`ExperimentalCustomExecutors`, `ExperimentalScheduling`) on the way to
    //   SE-0505; they replace the older `swift_task_enqueueGlobal_hook`, which doesn't see the main actor or sleeps;
    // - `swift_task_getJobTaskId`, which tells whose task a job is, so that a killed runtime's stray work dies with it.

    struct SwitchedExecutors: ExecutorFactory {
        static let mainExecutor: any MainExecutor = SwitchedMainExecutor(PlatformExecutorFactory.mainExecutor)
        static let defaultExecutor: any TaskExecutor = SwitchedDefaultExecutor(PlatformExecutorFactory.defaultExecutor)
    }

    @c(millrace_install_executors)
    func installExecutors() { _createExecutors(factory: SwitchedExecutors.self) }
#endif
