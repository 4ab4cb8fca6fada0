#define _GNU_SOURCE
#include "CMillraceTesting.h"

#include <stddef.h>

static _Thread_local struct millrace_simulation *current;

struct millrace_simulation *millrace_simulation_current(void) { return current; }

struct millrace_simulation *millrace_simulation_swap(struct millrace_simulation *simulation) {
    struct millrace_simulation *previous = current;
    current = simulation;
    return previous;
}

/* Written in Swift; absent when the compiler is too old for it. Called before main, because the runtime reads its
   executors without synchronisation. */
extern void millrace_install_executors(void) __attribute__((weak));
__attribute__((constructor)) static void install(void) {
    if (millrace_install_executors) millrace_install_executors();
}

/* Exported by libswift_Concurrency for the standard library's own `ExecutorJob.description`. */
extern __attribute__((swiftcall)) uint64_t swift_task_getJobTaskId(void *job);
uint64_t millrace_job_task(void *job) { return swift_task_getJobTaskId(job); }

#ifdef __linux__
#include <dlfcn.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* Takes the C library's place in this executable: on a simulation's thread time is virtual, elsewhere it is the
   system's. */
static int (*system_clock_gettime)(clockid_t, struct timespec *);
__attribute__((constructor(101))) static void find(void) { system_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime"); }

int clock_gettime(clockid_t clock, struct timespec *time) {
    const struct millrace_simulation *simulation = current;
    if (simulation && clock != CLOCK_PROCESS_CPUTIME_ID && clock != CLOCK_THREAD_CPUTIME_ID) {
        int64_t now = simulation->base + simulation->elapsed;
        time->tv_sec = now / 1000000000;
        time->tv_nsec = now % 1000000000;
        return 0;
    }
    if (system_clock_gettime) return system_clock_gettime(clock, time);
    return (int)syscall(SYS_clock_gettime, clock, time);
}
#endif
