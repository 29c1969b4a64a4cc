/* SPDX-License-Identifier: Apache-2.0 */
/* mustache_tree.h: what a compiled template is made of; shared by mustache's compiler and renderer
 * only. */
#ifndef MUSTACHE_TREE_H
#define MUSTACHE_TREE_H

#include "format/mustache.h"
#include "format/value.h"

typedef enum {
    OP_TEXT, OP_VALUE, OP_RAW, OP_SECTION, OP_INVERTED, OP_PARTIAL, OP_MESSAGE,
} op_kind;

typedef enum { NAME_PATH, NAME_SELF, NAME_INDEX, NAME_FIRST, NAME_LAST } name_kind;

/* Operations stand in one array in the order of the text; a section's inside follows it up to
 * `end`, so does a message's arguments. */
typedef struct {
    op_kind kind;
    name_kind named;
    bool begins_line;            /* text: a partial's indentation goes before it */
    bool html;                   /* message: holds a '<' */
    writing as;                  /* what the last part of the name asks for, if the value is no map */
    int parts;
    const str *path;             /* the name cut at its dots */
    str text;                    /* text; name as written; message id */
    const str *said;             /* message: translated, by language */
    str indent;                  /* partial: the white space before it, when it stands alone */
    str inside;                  /* names of the sections around it */
    int line, end;
} op;

struct template { str name; const op *ops; int n; };

#endif
