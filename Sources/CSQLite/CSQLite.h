#ifndef MILLRACE_CSQLITE_H
#define MILLRACE_CSQLITE_H

#include <sqlite3.h>

/// What tells SQLite to copy what is bound; the macro isn't imported.
static inline sqlite3_destructor_type millrace_transient(void) { return SQLITE_TRANSIENT; }

#endif
