#ifndef CLIBXML2_H
#define CLIBXML2_H

// With ICU, libxml2's headers bring in ICU's, which Foundation has of its own and in another version. Only a private
// part of encoding handlers depends on it, and nobody here looks at those.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

#endif
