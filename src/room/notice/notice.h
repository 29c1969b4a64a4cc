/* SPDX-License-Identifier: Apache-2.0 */
/* notice.h: public notices of seven working days and objections. Knows cases and lines, no subsidies.
 * table notice(zone_id, id, number, title, kind, batch_id, first_day, last_day, days, calendar, published_at, paper_id, state),
 * notice_line(zone_id, notice_id, case_id, place, …five facts…, state), objection(zone_id, id, notice_id, case_id, code_hash, …). R16, R17, R30. */
#ifndef NOTICE_H
#define NOTICE_H

#include "web/room.h"

extern const room notice_room;

/* The five published facts; if one of them changes the case is noticed again. */
typedef struct notice_line {
    int64_t case_id, place;
    str number, agency, enterprise, item, payee;
    int64_t amount_fen;
    str state;                       /* open, objected, passed, withdrawn, replaced */
} notice_line;
extern const shape notice_line_shape;

/* Inside an act: publishes today; first day is tomorrow's working day, last the days-th. Refuses where the calendar is
 * unknown. kind: subsidy, reward. */
typedef struct notice_new { str title, kind, basis; int64_t batch, days, last_day; const notice_line *lines; int n; int64_t id; } notice_new;
MUST_CHECK err notice_publish(ctx *c, notice_new *n);
/* What the public would see, were it published today, as its page does: "notice_title", "items", days and sums; and "treatments", field by field
 * {field, treatment (shown, shortened, hidden), why}. */
MUST_CHECK err notice_preview(ctx *c, const notice_new *n, view *v);
/* A name as it may be published: of a business that goes by its owner's name the family name alone. */
str notice_public_name(arena *a, str name);
/* The five facts as last published for this case; *found false if never. */
MUST_CHECK err notice_last(ctx *c, int64_t case_id, notice_line *out, bool *found);
/* Inside an act: what became of a case's open lines: objected (its end is open), passed, replaced, withdrawn; `last_day` > 0 moves its own end. */
MUST_CHECK err notice_mark(ctx *c, int64_t case_id, str state, int64_t last_day);
/* Objections to a case: list "objections" for its handler; and how many are unanswered. */
MUST_CHECK err notice_objections(ctx *c, int64_t case_id, view *into);
MUST_CHECK err notice_open_objections(ctx *c, int64_t case_id, int64_t *out);
#endif
