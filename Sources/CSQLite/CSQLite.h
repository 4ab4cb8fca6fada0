#ifndef MILLRACE_CSQLITE_H
#define MILLRACE_CSQLITE_H

#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>

#if defined(__linux__) && !defined(F_OFD_SETLK)
#define F_OFD_SETLK 37
#endif

/// What tells SQLite to copy what is bound; the macro isn't imported.
static inline sqlite3_destructor_type millrace_transient(void) { return SQLITE_TRANSIENT; }

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

#endif
