/* SPDX-License-Identifier: Apache-2.0 */
/* objection.h: inside the room: objections, for the pages. */
#ifndef OBJECTION_H
#define OBJECTION_H
#include "room/notice/notice.h"
typedef struct objection_new { int64_t notice, case_id, evidence; str text, name, contact, code_hash; int64_t id; } objection_new;
typedef struct objection_answer_in { int64_t id; str verdict, answer; } objection_answer_in;
/* Inside the act that amends the calendar: running notices end anew. */
MUST_CHECK err notice_calendar_changes(ctx *c, const calendar_change *by);
extern const shape objection_new_shape, objection_answer_shape;
/* The notice as the public reads it: its row, "items", sums, "days", whether it is "open" and "left_days". */
MUST_CHECK err notice_load(req *r, view *v, int64_t id);
/* Of a view with items, published_day and last_day: names as they may be published, states, sums, the days one by one. */
void notice_face(ctx *c, view *v);
/* list "amendments": what became of lines that did not stay as published. Before notice_face: it compares the facts themselves. */
MUST_CHECK err notice_amendments(ctx *c, view *v);
void objection_name_verdict(ctx *c, view *v);
extern const route notice_public_routes[];
extern const action objection_lodge, objection_answer;
#endif
