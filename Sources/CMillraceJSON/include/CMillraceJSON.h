#ifndef CMILLRACEJSON_H
#define CMILLRACEJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Reads JSON objects, one at a time. Used by one thread at a time; each thread has one of its own.
struct millrace_json_reader;

/// What a value is.
enum millrace_json_kind {
    millrace_json_object = 0,
    millrace_json_array,
    millrace_json_string,
    millrace_json_number,
    millrace_json_boolean,
    millrace_json_null
};

/// One field of an object. Everything points into the object's text, or lives until the reader's next object.
struct millrace_json_field {
    /// The name, unescaped.
    const char *name;
    /// The value as it stands in the text, without white space around it.
    const char *raw;
    /// A string's characters, unescaped; other values as in `raw`.
    const char *text;
    size_t name_length;
    size_t raw_length;
    size_t text_length;
    enum millrace_json_kind kind;
};

/// How many readable bytes have to follow the text of an object.
extern const size_t millrace_json_padding;

/// The most that objects and arrays may be nested.
extern const size_t millrace_json_depth;

/// A reader, or null when there is no memory.
struct millrace_json_reader *millrace_json_reader_create(void);

void millrace_json_reader_destroy(struct millrace_json_reader *reader);

/// Takes one object apart, after checking all of it, to the innermost value.
///
/// Returns the number of fields, which `fields` then points to until the next call; or -1, and the reader knows why.
/// `length` bytes are the object, and `millrace_json_padding` more must be readable.
int64_t millrace_json_read(
    struct millrace_json_reader *reader, const char *text, size_t length, const struct millrace_json_field **fields);

/// Why the last object was refused: a phrase that is never null and never to be freed.
const char *millrace_json_error(const struct millrace_json_reader *reader);

/// The byte of the last object, counted from 0, that the reader had come to when it refused it; `SIZE_MAX` when unknown.
size_t millrace_json_error_offset(const struct millrace_json_reader *reader);

#ifdef __cplusplus
}
#endif

#endif
