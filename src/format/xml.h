/* SPDX-License-Identifier: Apache-2.0 */
/* xml.h: XML 1.0 with namespaces into a tree; no DTD, so no entities but the five. */
#ifndef XML_H
#define XML_H

#include "base/base.h"

enum {
    XML_BYTES_MAX = 8 << 20,
    XML_DEPTH_MAX = 64,
    XML_NODES_MAX = 200000,
};

typedef struct xml_attr {
    str ns, name, value;           /* ns: the URI, empty without a prefix */
} xml_attr;

typedef struct xml_node xml_node;
struct xml_node {
    str ns, name;                  /* namespace URI and local name */
    str text;                      /* all text directly inside, pieces between elements joined */
    const xml_attr *attrs; int attr_n;
    xml_node *first, *next, *up;   /* first child, next sibling, parent */
    int line;                      /* where its tag begins */
};

/* The whole document; *out is its root element. The file is UTF-8. Errors are one sentence that
 * begins FILE:LINE: (ERR_INPUT; ERR_LARGE over a limit). */
MUST_CHECK err xml_read(arena *a, str file, str bytes, xml_node **out);

/* ns empty: any namespace (children), none (attributes). */
bool xml_is(const xml_node *n, str ns, str name);
const xml_node *xml_child(const xml_node *n, str ns, str name);     /* the first such; NULL if none */
const xml_node *xml_sibling(const xml_node *n, str ns, str name);   /* the next such after n */
const xml_attr *xml_attr_find(const xml_node *n, str ns, str name); /* NULL if absent */
str xml_attr_text(const xml_node *n, str ns, str name);             /* empty if absent */

/* For writers: escaped for text and quoted attributes; characters that XML 1.0 cannot hold become
 * U+FFFD. */
void xml_text(buf *b, str s);

#endif
