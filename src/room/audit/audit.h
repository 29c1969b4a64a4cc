/* SPDX-License-Identifier: Apache-2.0 */
/* audit.h: who did what. One entry an act, written in the act's own transaction.
 *
 * Each entry holds the act's input as canonical JSON, enough to do it again; the hash of the entry before it (a chain); and
 * its own hash is a leaf of an RFC 6962 tree whose head is printed on notices and receipts. doc/AUDIT.md fixes the bytes. */
#ifndef AUDIT_H
#define AUDIT_H

#include "web/room.h"

extern const room audit_room;

/* The journal that main hands to the store. F_PRIVATE fields stand aside in audit_private with a salt; the entry holds their
 * salted hash. F_SECRET fields never come here. */
err audit_write(ctx *c, const action *act, const void *in);

/* What an act was done to: its noun ("application") and that one's number; 0: none. */
int64_t audit_object(const action *act, const void *in, str *noun);

/* "1234:BASE64URL": number of entries and RFC 6962 root; kept outside, it proves that nothing was cut off or recomputed. */
MUST_CHECK err audit_head(ctx *c, str *out);

/* When the newest entry was written; 0: there is none. */
MUST_CHECK err audit_newest_at(ctx *c, int64_t *out);

/* Proves entries, chain, tree, personal values and, if given, an outside head.
 * report: {entries, head, ok, broken: [{seq, what}]} with at most 100 of them. */
MUST_CHECK err audit_verify(ctx *c, str outside_head, view *report);

/* Runs every act of the record again, in order, as the same persons at the same times, into the empty store of `to`.
 * Stops at the first act that fails or gives another result: ERR_CONFLICT names it. */
MUST_CHECK err audit_replay(ctx *from, ctx *to, const room *const *all);

/* list "record" of one object ("application", 7): [{seq, done_at, person, for_person, role, act}], oldest first. */
MUST_CHECK err audit_show(ctx *c, str noun, int64_t object, view *into);
#endif
