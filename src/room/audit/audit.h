/* SPDX-License-Identifier: Apache-2.0 */
/* audit.h: who did what. One entry an act, in the act's own transaction; hash-chained and in an RFC 6962
 * tree; doc/AUDIT.md fixes the bytes. The state can be rebuilt from it (audit_replay). */
#ifndef AUDIT_H
#define AUDIT_H

#include "web/room.h"

extern const room audit_room;

/* The journal that main hands to the store: writes the entry of an act. F_PRIVATE fields stand aside in
 * audit_private with a salt; the entry holds their salted hash. F_SECRET fields never come here. */
err audit_write(ctx *c, const action *act, const void *in);

typedef struct { int64_t size; uint8_t root[32]; } audit_head;  /* RFC 6962 tree head */
MUST_CHECK err audit_head_now(ctx *c, audit_head *out);
str audit_head_text(arena *a, const audit_head *h);             /* "1234:BASE64URL": printed on notices and receipts */

/* Proves entries, chain, tree and, if given, an outside head. report: {entries, head, ok, broken: [{seq, what}]} */
MUST_CHECK err audit_verify(ctx *c, str outside_head, view *report);

/* Runs every entry's act again, in order, into the empty store of `to`; then the tables can be compared. */
MUST_CHECK err audit_replay(ctx *from, ctx *to, const room *const *rooms);

/* list "record": [{seq, at, who, for, role, act, says}] of one object, oldest first: acts whose input or
 * result names it by `key` ("application") — for the page's timeline. */
MUST_CHECK err audit_show(ctx *c, str key, int64_t id, view *into);
#endif
