/* SPDX-License-Identifier: Apache-2.0 */
/* url.h: percent-encoding, queries and urlencoded forms (WHATWG URL, RFC 3986).
 *
 * What is decoded is text: UTF-8 without NUL, or ERR_UNREADABLE. */
#ifndef URL_H
#define URL_H

#include "base/base.h"

enum {
    URL_FIELDS_MAX = 2000,      /* name=value pairs of one query or form */
    URL_NAME_MAX = 128,         /* bytes of a decoded name */
};

/* Everything but letters, digits and - . _ ~ as %XX: for one path segment, name or value. */
void url_encode(buf *b, str s);
/* The same, but '/' stays: for a whole path. */
void url_encode_path(buf *b, str path);
/* Appends name=value, after a '&' unless b is empty or ends with '?'. */
void url_query_put(buf *b, str name, str value);

/* %XX undone; '+' is a space if plus. A '%' without two hex digits, bad UTF-8 and NUL are refused.
 * The result borrows from s where nothing was encoded. */
MUST_CHECK err url_decode(arena *a, str s, bool plus, str *out);

/* "a=1&b=%20" (no leading '?') as a map of texts. A name in `lists` (ends with NULL; NULL: none)
 * becomes a list, even of one; any other name that comes twice is refused, since nobody could say
 * which one counts. A part without '=' is a name with an empty value; an empty part is nothing. */
MUST_CHECK err url_query_read(arena *a, str text, const char *const *lists, view **out);

#endif
