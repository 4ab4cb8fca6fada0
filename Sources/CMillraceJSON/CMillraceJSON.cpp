// Built with the package trait Files only; without it the file is empty, so that simdjson needn't be there.
#ifdef MILLRACE_FILES

#include "CMillraceJSON.h"

#include <deque>
#include <new>
#include <simdjson.h>
#include <string>
#include <string_view>
#include <vector>

using namespace simdjson;

extern "C" {
const size_t millrace_json_padding = SIMDJSON_PADDING;
const size_t millrace_json_depth = 512;
}

struct millrace_json_reader {
    ondemand::parser parser;
    std::vector<millrace_json_field> fields;
    // Strings that had escapes; a deque doesn't move what it holds.
    std::deque<std::string> unescaped;
    // Where the present object's text ends.
    const char *end = nullptr;
    const char *error = "";
    size_t error_offset = SIZE_MAX;
};

namespace {

/// The wrong is said here in words, since simdjson's own differ from version to version.
const char *phrase(error_code code) {
    switch (code) {
    case UTF8_ERROR: return "it isn't UTF-8";
    case UNESCAPED_CHARS: return "a string holds a control character that isn't escaped";
    case UNCLOSED_STRING: return "a string isn't closed";
    case STRING_ERROR: return "a string holds an escape that JSON doesn't know";
    case DEPTH_ERROR: return "it is nested too deeply";
    case T_ATOM_ERROR: case F_ATOM_ERROR: case N_ATOM_ERROR: return "a word is not true, false or null";
    case NUMBER_ERROR: return "a number isn't written as JSON wants it";
    case EMPTY: return "it is empty";
    case MEMALLOC: return "there is no memory for it";
    case CAPACITY: return "it is too long";
    case INCORRECT_TYPE: return "it is not an object";
    case INCOMPLETE_ARRAY_OR_OBJECT: return "an object or array isn't closed";
    case TRAILING_CONTENT: return "something follows the object";
    default: return "it isn't JSON";
    }
}

bool is_space(char character) {
    return character == ' ' || character == '\t' || character == '\r' || character == '\n';
}

std::string_view trimmed(const char *from, const char *to) {
    while (to > from && is_space(to[-1])) to--;
    return {from, size_t(to - from)};
}

bool is_digit(char character) { return character >= '0' && character <= '9'; }

/// Whether a token is a number by JSON's grammar, of whatever size.
bool is_number(std::string_view token) {
    size_t place = 0;
    auto at = [&](size_t index) { return index < token.size() ? token[index] : '\0'; };
    auto digits = [&] {
        if (!is_digit(at(place))) return false;
        while (is_digit(at(place))) place++;
        return true;
    };
    if (at(place) == '-') place++;
    if (at(place) == '0') place++;
    else if (!digits()) return false;
    if (at(place) == '.') {
        place++;
        if (!digits()) return false;
    }
    if (at(place) == 'e' || at(place) == 'E') {
        place++;
        if (at(place) == '+' || at(place) == '-') place++;
        if (!digits()) return false;
    }
    return place == token.size();
}

/// A scalar's or a bracket's text, without the white space behind it; empty where the text is over.
///
/// In a text whose brackets don't match, simdjson may come to its end in the middle of a value, and what it then takes
/// for a token lies anywhere.
std::string_view token_of(const millrace_json_reader &reader, ondemand::value &value) {
    std::string_view token = value.raw_json_token();
    if (token.data() >= reader.end) return {};
    size_t room = size_t(reader.end - token.data());
    return trimmed(token.data(), token.data() + (token.size() < room ? token.size() : room));
}

enum millrace_json_kind kind_of(std::string_view token) {
    switch (token.empty() ? '\0' : token.front()) {
    case '{': return millrace_json_object;
    case '[': return millrace_json_array;
    case '"': return millrace_json_string;
    case 't': case 'f': return millrace_json_boolean;
    case 'n': return millrace_json_null;
    default: return millrace_json_number;
    }
}

error_code check(const millrace_json_reader &reader, ondemand::value &value, std::string_view token, size_t depth);

error_code check_object(const millrace_json_reader &reader, ondemand::value &value, size_t depth) {
    ondemand::object object;
    if (auto error = value.get_object().get(object)) return error;
    for (auto entry : object) {
        ondemand::field field;
        if (auto error = std::move(entry).get(field)) return error;
        if (field.key().raw() >= reader.end) return INCOMPLETE_ARRAY_OR_OBJECT;
        std::string_view name;
        if (auto error = field.unescaped_key().get(name)) return error;
        if (auto error = check(reader, field.value(), token_of(reader, field.value()), depth + 1)) return error;
    }
    return SUCCESS;
}

error_code check_array(const millrace_json_reader &reader, ondemand::value &value, size_t depth) {
    ondemand::array array;
    if (auto error = value.get_array().get(array)) return error;
    for (auto entry : array) {
        ondemand::value element;
        if (auto error = std::move(entry).get(element)) return error;
        if (auto error = check(reader, element, token_of(reader, element), depth + 1)) return error;
    }
    return SUCCESS;
}

/// Looks at all of a value: simdjson leaves unchecked what isn't asked for.
error_code check(const millrace_json_reader &reader, ondemand::value &value, std::string_view token, size_t depth) {
    if (token.empty()) return INCOMPLETE_ARRAY_OR_OBJECT;
    if (depth > millrace_json_depth) return DEPTH_ERROR;
    switch (kind_of(token)) {
    case millrace_json_object: return check_object(reader, value, depth);
    case millrace_json_array: return check_array(reader, value, depth);
    case millrace_json_string: {
        if (token.size() < 2 || token.back() != '"') return TAPE_ERROR;
        if (token.find('\\') == std::string_view::npos) return SUCCESS;
        std::string_view text;
        return value.get_string().get(text);
    }
    case millrace_json_number:
        // Whatever else begins no value: a bracket too many, a word.
        if (!(token.front() == '-' || is_digit(token.front()))) return TAPE_ERROR;
        return is_number(token) ? SUCCESS : NUMBER_ERROR;
    case millrace_json_boolean: return token == "true" || token == "false" ? SUCCESS : T_ATOM_ERROR;
    case millrace_json_null: return token == "null" ? SUCCESS : N_ATOM_ERROR;
    }
    return TAPE_ERROR;
}

std::string_view kept(millrace_json_reader &reader, std::string_view text) {
    return reader.unescaped.emplace_back(text);
}

/// A field's name, where it stands if it has no escapes.
error_code name_of(millrace_json_reader &reader, ondemand::field &field, std::string_view &name) {
    const char *start = field.key().raw();
    const char *end = start;
    while (end < reader.end && *end != '"' && *end != '\\') end++;
    if (end >= reader.end) return INCOMPLETE_ARRAY_OR_OBJECT;
    if (*end == '"') {
        name = {start, size_t(end - start)};
        return SUCCESS;
    }
    if (auto error = field.unescaped_key().get(name)) return error;
    name = kept(reader, name);
    return SUCCESS;
}

error_code take(millrace_json_reader &reader, ondemand::document &document, ondemand::field &field) {
    std::string_view name;
    if (auto error = name_of(reader, field, name)) return error;
    ondemand::value &value = field.value();
    std::string_view raw = token_of(reader, value), text = raw;
    auto kind = kind_of(raw);
    if (kind == millrace_json_object || kind == millrace_json_array) {
        if (auto error = check(reader, value, raw, 1)) return error;
        const char *end;
        if (auto error = document.current_location().get(end)) return error;
        if (end > reader.end || end < raw.data()) return INCOMPLETE_ARRAY_OR_OBJECT;
        text = raw = trimmed(raw.data(), end);
    } else if (kind == millrace_json_string && raw.find('\\') != std::string_view::npos) {
        if (raw.size() < 2 || raw.back() != '"') return TAPE_ERROR;
        if (auto error = value.get_string().get(text)) return error;
        text = kept(reader, text);
    } else {
        if (auto error = check(reader, value, raw, 1)) return error;
        if (kind == millrace_json_string) text = raw.substr(1, raw.size() - 2);
    }
    reader.fields.push_back(
        {name.data(), raw.data(), text.data(), name.size(), raw.size(), text.size(), kind});
    return SUCCESS;
}

error_code read(millrace_json_reader &reader, ondemand::document &document, const char *text, size_t length) {
    reader.end = text + length;
    if (auto error = reader.parser.iterate(text, length, length + SIMDJSON_PADDING).get(document)) return error;
    std::string_view first;
    if (auto error = document.raw_json_token().get(first)) return error;
    if (kind_of(first) != millrace_json_object) return INCORRECT_TYPE;
    ondemand::object object;
    if (auto error = document.get_object().get(object)) return error;
    for (auto entry : object) {
        ondemand::field field;
        if (auto error = std::move(entry).get(field)) return error;
        if (auto error = take(reader, document, field)) return error;
    }
    // Behind the object there is no place to be at.
    return document.current_location().error() == OUT_OF_BOUNDS ? SUCCESS : TRAILING_CONTENT;
}

}  // namespace

extern "C" millrace_json_reader *millrace_json_reader_create(void) {
    return new (std::nothrow) millrace_json_reader;
}

extern "C" void millrace_json_reader_destroy(millrace_json_reader *reader) { delete reader; }

extern "C" int64_t millrace_json_read(
    millrace_json_reader *reader, const char *text, size_t length, const millrace_json_field **fields) {
    reader->fields.clear();
    reader->unescaped.clear();
    reader->error = "";
    reader->error_offset = SIZE_MAX;
    try {
        ondemand::document document;
        if (auto error = read(*reader, document, text, length)) {
            reader->error = phrase(error);
            const char *place;
            if (document.is_alive() && !document.current_location().get(place) && place >= text &&
                place <= text + length)
                reader->error_offset = size_t(place - text);
            return -1;
        }
    } catch (const std::bad_alloc &) {
        reader->error = phrase(MEMALLOC);
        return -1;
    }
    *fields = reader->fields.data();
    return int64_t(reader->fields.size());
}

extern "C" const char *millrace_json_error(const millrace_json_reader *reader) { return reader->error; }

extern "C" size_t millrace_json_error_offset(const millrace_json_reader *reader) { return reader->error_offset; }

#endif
