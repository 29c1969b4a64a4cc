/* SPDX-License-Identifier: Apache-2.0 */
/* audit_tree.h: inside the room: an entry's bytes and the RFC 6962 tree over them. */
#ifndef AUDIT_TREE_H
#define AUDIT_TREE_H

#include "base/base.h"

typedef struct audit_entry {
    int64_t seq, at, today, person, for_person, post, org, object, mandate;
    str role, act, noun, input, result, prev, hash;
} audit_entry;
extern const shape audit_entry_shape;
typedef struct audit_tree { int64_t entries; str frontier, last; } audit_tree;
extern const shape audit_tree_shape;

enum { TREE_LEVELS = 64 };
/* RFC 6962 section 2.1, grown leaf by leaf: node[0..n) are the roots of the full subtrees, largest first. */
typedef struct tree { int64_t entries; int n; uint8_t node[TREE_LEVELS][32]; } tree;
void tree_append(tree *t, const uint8_t leaf[32]);
void tree_root(const tree *t, uint8_t out[32]);
str tree_head(arena *a, const tree *t);                     /* "1234:BASE64URL" */
bool tree_load(tree *t, int64_t entries, str frontier);     /* false: damaged */

str audit_entry_hash(ctx *c, const audit_entry *e);         /* hex */
str audit_seal(arena *a, str salt, str value);              /* what stands in the entry for a personal value */

#endif
