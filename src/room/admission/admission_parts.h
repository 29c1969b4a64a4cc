/* SPDX-License-Identifier: Apache-2.0 */
/* admission_parts.h: inside the room: the case, its checklist, and the pages' forms. */
#ifndef ADMISSION_PARTS_H
#define ADMISSION_PARTS_H
#include "room/admission/admission.h"
#include "room/deficiency/deficiency.h"

enum { WARN_DAYS = 30, APPEAL_WORKDAYS = 15 };

typedef struct admission {
    int64_t id, version, since_day, due_day, flow_id, org, applied_day, admitted_day; /* admitted_day 0: not yet */
    bool is_open, is_appealed;       /* is_appealed: against the decision in force */
    str node, org_name, org_name_en, org_state;
} admission;
extern const shape admission_shape;
/* Its agency, or an officer once it was submitted; else ERR_MISSING. */
MUST_CHECK err admission_get(ctx *c, int64_t id, admission *out);
str admission_path(ctx *c, int64_t id);

typedef struct admission_begin_in { int64_t id; } admission_begin_in; /* result */
typedef struct admission_move_in { int64_t id, version; str choice, note; } admission_move_in;
typedef struct admission_word_in { int64_t id; str word, note; } admission_word_in; /* word: appeal, leave */
extern const shape admission_begin_shape, admission_move_shape, admission_word_shape;
extern const action admission_begin, admission_move, admission_word;
extern const flow_kind admission_flow;

/* ---- the checklist ---- */

typedef struct { const char *code, *label, *hint; } admission_line;
extern const admission_line admission_lines[];          /* eight; ends with {0} */
extern const struct choice admission_items[];         /* the same, and "general" */
const admission_line *admission_line_of(str code);      /* NULL if none */

typedef struct evidence {
    int64_t id, admission, doc, given_day, expiry_day, judged_day, org; /* org, org_name: only in lists over agencies */
    str line, note, verdict, reason, org_name;
} evidence;
extern const shape evidence_shape;
typedef struct evidence_in { int64_t admission, document; str line, note; } evidence_in;
typedef struct evidence_verdict { int64_t admission, expiry_day; str line, verdict, reason; } evidence_verdict;
extern const shape evidence_in_shape, evidence_verdict_shape;
extern const action evidence_give, evidence_judge;
MUST_CHECK err evidence_may_give(ctx *c, const admission *a, bool *out);
MUST_CHECK err evidence_may_judge(ctx *c, const admission *a, bool *out);
/* Inside an act: before it is submitted; before it goes back; before it is admitted. */
MUST_CHECK err evidence_complete(ctx *c, const admission *a);
MUST_CHECK err evidence_raise_failed(ctx *c, const admission *a, str note);
MUST_CHECK err evidence_all_passed(ctx *c, int64_t admission);
MUST_CHECK err evidence_day_begins(ctx *c);

extern const route class_routes[];
extern const action class_set;
#endif
