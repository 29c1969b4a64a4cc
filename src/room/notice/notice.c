/* SPDX-License-Identifier: Apache-2.0 */
/* notice.c: publishing for the working days that the flow names, and objections with their query codes. */
#include "room/notice/notice.h"

#include "base/days.h"
#include "format/hash.h"
#include "gen/room/notice/notice_sql.h"
#include "room/document/document.h"
#include "room/message/message.h"
#include "room/notice/objection.h"
#include "room/zone/zone.h"

SHAPE(notice_line, FIELD(notice_line, case_id, F_ID), FIELD(notice_line, place, F_INT), FIELD(notice_line, number, F_TEXT),
      FIELD(notice_line, agency, F_TEXT), FIELD(notice_line, enterprise, F_TEXT), FIELD(notice_line, item, F_TEXT),
      FIELD(notice_line, payee, F_TEXT), FIELD(notice_line, amount_fen, F_FEN), FIELD(notice_line, state, F_TEXT));

err notice_publish(ctx *c, notice_new *n)
{
    int64_t first, last, number;
    int y, m, d;
    TRY(workday_add(c->days, c->today, 1, &first));
    TRY(workday_add(c->days, c->today, n->days, &last)); /* an unknown year refuses with its own sentence */
    day_split(c->today, &y, &m, &d);
    TRY(store_insert(c, &notice_next_number, &number, ARGS(y)));
    TRY(store_next_id(c, S("notice"), &n->id));
    n->last_day = last;
    TRY(store_run(c, &notice_add_notice, NULL,
                  ARGS(n->id, str_fmt(c->a, "公示%d-%04lld", y, (long long)number), n->title, n->kind, n->basis, n->batch, first, last, c->today, c->now,
                       str_dup(c->a, calendar_version(c->days)))));
    for (int i = 0; i < n->n; i++) {
        const notice_line *l = &n->lines[i];
        TRY(store_run(c, &notice_mark_line, NULL, ARGS(l->case_id, S("replaced"))));
        TRY(store_run(c, &notice_add_line, NULL, ARGS(n->id, i + 1, l->case_id, l->number, l->agency, l->enterprise, l->item, l->payee, l->amount_fen, last)));
    }
    return NO_ERR;
}

err notice_last(ctx *c, int64_t case_id, notice_line *out, bool *found)
{
    return store_find(c, &notice_last_line, &notice_line_shape, out, found, ARGS(case_id));
}

err notice_mark(ctx *c, int64_t case_id, str state, int64_t last_day)
{
    return last_day ? store_run(c, &notice_mark_line_until, NULL, ARGS(case_id, state, last_day))
                    : store_run(c, &notice_mark_line, NULL, ARGS(case_id, state));
}

err notice_objections(ctx *c, int64_t case_id, view *into)
{
    if (c->who.role == ROLE_BUREAU || c->who.role == ROLE_AUDITOR) return store_rows(c, &notice_objections_of_case, into, S("objections"), ARGS(case_id));
    view_put_list(into, S("objections"));
    return NO_ERR;
}

err notice_open_objections(ctx *c, int64_t case_id, int64_t *out) { return store_int(c, &notice_open_of_case, out, ARGS(case_id)); }

/* ---- a late change of the working days ------------------------------------------------------------------------------ */

typedef struct running { int64_t id, published_day, last_day; } running;
SHAPE(running, FIELD(running, id, F_ID), FIELD(running, published_day, F_DAY), FIELD(running, last_day, F_DAY));

static err move_end(ctx *c, const calendar *before, const running *n)
{
    int64_t days, first, last;
    TRY(workday_between(before, n->published_day, n->last_day, &days));
    TRY(workday_add(c->days, n->published_day, 1, &first));
    TRY(workday_add(c->days, n->published_day, days, &last));
    if (last < c->today) last = c->today; /* nobody's time to object is taken away behind his back */
    TRY(store_run(c, &notice_put_end, NULL, ARGS(n->id, first, last, str_dup(c->a, calendar_version(c->days)))));
    if (last == n->last_day) return NO_ERR;
    TRY(store_run(c, &notice_put_line_ends, NULL, ARGS(n->id, n->last_day, last)));
    TRY(store_run(c, &notice_add_move, NULL, ARGS(n->id, c->now, c->today, n->last_day, last)));
    return message_role(c, ROLE_BUREAU, N_("The working days were changed: the public notice that ended on {0} ends on {1} now."), day_text(c->a, n->last_day), day_text(c->a, last),
                        (str){0}, str_fmt(c->a, "/notices/%lld", (long long)n->id));
}

err notice_calendar_changes(ctx *c, const calendar_change *by)
{
    list all;
    TRY(store_list(c, &notice_running, &running_shape, &all, ARGS(c->today)));
    for (const running *n = all.items; n < (const running *)all.items + all.n; n++) TRY(move_end(c, by->before, n));
    for (int i = 0; i < by->n; i++) /* a line that was objected to runs on to an end of its own */
        TRY(notice_mark(c, by->moved[i].case_id, S("open"), by->moved[i].new_day));
    return NO_ERR;
}

/* ---- objecting: anybody, named or not, until 24:00 of the line's last day --------------------------------------- */

static const field new_fields[] = {
    FIELD(objection_new, notice, F_ID, .flags = F_HIDDEN),
    FIELD(objection_new, case_id, F_ID, .flags = F_REQUIRED, .label = N_("Which entry of the notice"), .min = 1, .max = INT64_MAX),
    FIELD(objection_new, text, F_LINES, .flags = F_REQUIRED, .label = N_("Your objection"), .hint = N_("Facts and reasons, 10 to 5,000 characters"), .min = 10, .max = 5000),
    FIELD(objection_new, name, F_TEXT, .flags = F_PRIVATE, .label = N_("Your name"), .hint = N_("May stay empty; seen only by the officer who answers"), .max = 60),
    FIELD(objection_new, contact, F_TEXT, .flags = F_PRIVATE, .label = N_("How to reach you"), .max = 120),
    FIELD(objection_new, evidence, F_FILE, .label = N_("Evidence"), .hint = N_("PDF or picture, at most 20 MB; may stay empty")),
    FIELD(objection_new, code_hash, F_TEXT, .flags = F_PRIVATE),
    FIELD(objection_new, id, F_ID, .flags = F_RESULT),
};
const shape objection_new_shape = {"objection_new", new_fields, countof(new_fields), sizeof(objection_new)};

static err interrupt(ctx *c, const objection_new *o)
{
    flow_case k;
    TRY(flow_case_get(c, o->case_id, &k));
    if (!k.timer_day) return NO_ERR; /* it is being amended already: one more reason for the same desk */
    TRY(flow_message(c, o->case_id, S("objection"), (str){0}));
    return notice_mark(c, o->case_id, S("objected"), 0);
}

static err lodge(ctx *c, void *in)
{
    objection_new *o = in;
    int64_t last, reply, due = 0;
    document d;
    if (o->evidence && document_own(c, o->evidence, &d).kind) return err_of(ERR_INPUT, "evidence", N_("There is no such file."));
    TRY(store_int(c, &notice_line_of, &last, ARGS(o->notice, o->case_id)));
    if (!last) return err_of(ERR_MISSING, "case_id", N_("The notice has no such entry."));
    if (c->today > last)
        return err_with(ERR_CONFLICT, "", N_("Objections were possible until 24:00 of {0}."), day_text(c->a, last), (str){0}, (str){0});
    TRY(zone_number(c, "objection_reply_days", &reply));
    if (workday_add(c->days, c->today, reply, &due).kind) due = 0;
    TRY(store_next_id(c, S("objection"), &o->id));
    TRY(store_run(c, &notice_add_objection, NULL, ARGS(o->id, o->notice, o->case_id, o->code_hash, o->name, store_sealed(c, o->contact), o->text, c->today, due, o->evidence)));
    if (o->evidence) TRY(document_link(c, o->evidence, S("objection"), o->id, S("evidence")));
    TRY(interrupt(c, o));
    return message_role(c, ROLE_BUREAU, N_("An objection was lodged; answer it by {0}."), due ? day_text(c->a, due) : S("—"), (str){0}, (str){0},
                        str_fmt(c->a, "/objections/%lld", (long long)o->id));
}
const action objection_lodge = {"objection_lodge", &objection_new_shape, lodge, 0};

static const struct choice verdicts[] = {{"upheld", N_("It is right: the case is amended")}, {"rejected", N_("It is not right")}, {0}};
void objection_name_verdict(ctx *c, view *v)
{
    view_choice(c->lang, v, S("verdict"), verdicts);
}

static const field answer_fields[] = {
    FIELD(objection_answer_in, id, F_ID, .flags = F_HIDDEN),
    FIELD(objection_answer_in, verdict, F_CODE, .flags = F_REQUIRED, .label = N_("Finding"), .choices = verdicts),
    FIELD(objection_answer_in, answer, F_LINES, .flags = F_REQUIRED, .label = N_("Answer"), .hint = N_("Shown to whoever has the query code"), .max = 5000),
};
const shape objection_answer_shape = {"objection_answer", answer_fields, countof(answer_fields), sizeof(objection_answer_in)};

static err reply_to(ctx *c, void *in)
{
    objection_answer_in *a = in;
    int64_t changed;
    TRY(store_run(c, &notice_put_answer, &changed, ARGS(a->id, a->answer, a->verdict, c->who.person, c->today)));
    return changed ? NO_ERR : err_of(ERR_CONFLICT, "", N_("This objection has been answered already."));
}
const action objection_answer = {"objection_answer", &objection_answer_shape, reply_to, 0};
