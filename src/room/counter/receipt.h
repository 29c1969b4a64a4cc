/* SPDX-License-Identifier: Apache-2.0 */
/* receipt.h: inside the room: 回执, what the counter did for a firm: number, time, act, files with their SHA-256, both names, and a code
 * that leads to its public page. */
#ifndef RECEIPT_H
#define RECEIPT_H

#include "room/counter/mandate.h"

typedef struct receipt {
    int64_t id, mandate, org, person, entry, at, on_day, object; /* entry: of the record */
    str number, code, act, choice, noun;
} receipt;
extern const shape receipt_shape;

/* An act that may be done at the counter; says NULL: it leaves no receipt. */
typedef struct deed {
    const char *act, *scopes, *says;
    const char *choice;                      /* of a move: only this one; NULL: any */
    bool hands_in;                           /* all files of the object are handed in by it */
} deed;
extern const deed deeds[];                   /* ends with {0}; a choice stands before the act itself */
const deed *deed_of(str act, str choice);    /* NULL: it is not done there */
str deed_choice(const action *act, const void *in); /* the act's choice, empty if it has none */

/* Inside the journal of an act: its receipt, and the message to the firm. */
MUST_CHECK err receipt_write(ctx *c, const mandate *m, const action *act, const void *in);
/* The newest that this clerk wrote under this mandate; none: found is false. */
MUST_CHECK err receipt_newest(ctx *c, int64_t mandate, receipt *out, bool *found);
/* Whoever sees its mandate sees it. */
MUST_CHECK err receipt_get(ctx *c, int64_t id, receipt *out);
MUST_CHECK err receipt_by_code(ctx *c, str code, receipt *out);
void receipt_name_act(ctx *c, view *row);    /* the row's act as its receipt calls it */
/* What stands on it, but for names of people: number, at, what, object, firm, office, files: [{name, bytes, sha256}]. */
MUST_CHECK err receipt_show(ctx *c, const receipt *of, view *v);
#endif
