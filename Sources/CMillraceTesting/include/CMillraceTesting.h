#ifndef CMILLRACETESTING_H
#define CMILLRACETESTING_H

#include <stdint.h>

/// What stands in for the global executors and the clock on a thread that runs a simulation.
struct millrace_simulation {
    /// The simulation's scheduler, borrowed.
    void *scheduler;
    /// The queue whose executor runs now, borrowed; null between steps and during stray jobs.
    void *running;
    /// Virtual nanoseconds that have passed.
    int64_t elapsed;
    /// What each of the system's clocks is taken to have read at the start, in nanoseconds.
    int64_t base;
};

/// The simulation of this thread, or null.
struct millrace_simulation *millrace_simulation_current(void);

/// Makes `simulation` (or none, if null) that of this thread, and returns the one it replaces.
struct millrace_simulation *millrace_simulation_swap(struct millrace_simulation *simulation);

/// The number of the task behind a job, different for each task of this process; 0 for jobs that are no task's.
uint64_t millrace_job_task(void *job);

#endif
