#ifndef CLIBXML2_H
#define CLIBXML2_H

// With ICU, libxml2's headers bring in ICU's, which Foundation has of its own and in another version. Only a private
// part of encoding handlers depends on it, and nobody here looks at those.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

// Functions with a variable number of arguments can't be written in Swift.
static void millrace_xml_ignore(void *context, const char *message, ...) {
    (void)context;
    (void)message;
}

/// What goes wrong is found out from the parser: nothing is printed on this thread.
static inline void millrace_xml_print_nothing(void) { xmlSetGenericErrorFunc(NULL, millrace_xml_ignore); }

#endif
