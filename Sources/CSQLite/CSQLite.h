#ifndef MILLRACE_CSQLITE_H
#define MILLRACE_CSQLITE_H

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/syscall.h>
#endif

#if defined(__linux__) && !defined(F_OFD_SETLK)
#define F_OFD_SETLK 37
#endif
#if defined(__linux__) && !defined(F_OFD_GETLK)
#define F_OFD_GETLK 36
#endif

/// What tells SQLite to copy what is bound; the macro isn't imported.
static inline sqlite3_destructor_type millrace_transient(void) { return SQLITE_TRANSIENT; }

/// Has a connection leave the log beside the file as it is when it is closed, also when it is the last one.
static inline int millrace_leave_log(sqlite3 *connection) {
    return sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

/// Locks or unlocks one byte of an opened file; a function with a variable number of arguments can't be called from Swift.
static inline int millrace_lock_byte(int descriptor, long long place, int locks) {
    struct flock lock;
    memset(&lock, 0, sizeof lock);
    lock.l_type = locks ? F_WRLCK : F_UNLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = place;
    lock.l_len = 1;
    return fcntl(descriptor, F_OFD_SETLK, &lock);
}

/// Whether another opened file has locked one byte: 1 or 0; -1 for an error.
static inline int millrace_is_byte_locked(int descriptor, long long place) {
    struct flock lock;
    memset(&lock, 0, sizeof lock);
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = place;
    lock.l_len = 1;
    if (fcntl(descriptor, F_OFD_GETLK, &lock) != 0) return -1;
    return lock.l_type == F_UNLCK ? 0 : 1;
}

/// A descriptor that stands for a process, and for no later one of the same number; -1 when there is none, or the system is
/// too old to give one.
static inline int millrace_open_process(int process) {
#if defined(SYS_pidfd_open)
    return (int)syscall(SYS_pidfd_open, process, 0);
#else
    (void)process;
    errno = ENOSYS;
    return -1;
#endif
}

/// Kills the process that a descriptor stands for; -1 for an error.
static inline int millrace_kill_process(int descriptor) {
#if defined(SYS_pidfd_send_signal)
    return (int)syscall(SYS_pidfd_send_signal, descriptor, SIGKILL, NULL, 0);
#else
    (void)descriptor;
    errno = ENOSYS;
    return -1;
#endif
}

#endif
