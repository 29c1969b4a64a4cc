/* SPDX-License-Identifier: Apache-2.0 */
/* rules_ask.c: new rules go over the firms that are known, some hundred at a time. */
#include "gen/room/registration/rules_sql.h"
#include "room/message/message.h"
#include "room/registration/rules.h"

enum { ALL = -1 };

SHAPE(rules_state, FIELD(rules_state, person_id, F_ID), FIELD(rules_state, put_day, F_DAY), FIELD(rules_state, asked_id, F_INT), FIELD(rules_state, asked, F_INT),
      FIELD(rules_state, changed, F_INT));

err rules_state_get(ctx *c, rules_state *out)
{
    bool found;
    TRY(store_find(c, &rules_who, &rules_state_shape, out, &found, NO_ARGS));
    if (!found) *out = (rules_state){.asked_id = ALL};
    return NO_ERR;
}

typedef struct known_firm { int64_t id; bool is_corrected; str name, scope, industry, class; } known_firm;
SHAPE(known_firm, FIELD(known_firm, id, F_ID), FIELD(known_firm, name, F_TEXT), FIELD(known_firm, scope, F_LINES), FIELD(known_firm, industry, F_TEXT),
      FIELD(known_firm, class, F_TEXT), FIELD(known_firm, is_corrected, F_BOOL));

/* What the record holds of some hundred firms; beside it, and not in a replay, their marks. */
typedef struct asked_part {
    int64_t from, to, asked, changed;
    const known_firm *firms; const mark *marks; /* beside the record; `asked` of each */
} asked_part;
SHAPE(asked_part, FIELD(asked_part, from, F_INT), FIELD(asked_part, to, F_INT), FIELD(asked_part, asked, F_INT), FIELD(asked_part, changed, F_INT));

static err tell_end(ctx *c)
{
    rules_state now;
    TRY(rules_state_get(c, &now));
    return message_person(c, now.person_id, N_("The new rules of screening went over {0} known firms; {1} are marked otherwise than before."),
                          str_fmt(c->a, "%lld", (long long)now.asked), str_fmt(c->a, "%lld", (long long)now.changed), (str){0}, S("/registrations"));
}

static err take_part(ctx *c, void *in)
{
    const asked_part *p = in;
    int64_t same_rules;
    for (int i = 0; p->firms && i < p->asked; i++)
        TRY(store_run(c, &rules_mark_firm, NULL, ARGS(p->firms[i].id, p->marks[i].class, p->marks[i].score, p->marks[i].words)));
    TRY(store_run(c, &rules_asked_to, &same_rules, ARGS(p->from, p->to, p->asked, p->changed)));
    if (!same_rules) return err_of(ERR_CONFLICT, "", N_("The rules were replaced meanwhile; the firms are asked from the first again."));
    return p->to == ALL ? tell_end(c) : NO_ERR;
}
const action rules_asked = {"registration_rules_asked", &asked_part_shape, take_part, 0};

/* Nothing is left to ask; but what a running import still reads is screened by the rules that it began with. */
static err end_unless_importing(ctx *c, int64_t from)
{
    int64_t importing;
    asked_part last = {.from = from, .to = ALL};
    TRY(store_int(c, &rules_import_running, &importing, NO_ARGS));
    return importing ? NO_ERR : store_act(c, &rules_asked, &last);
}

err rules_ask_on(ctx *c)
{
    list all;
    rules_state now;
    const screening *rules;
    TRY(rules_state_get(c, &now));
    if (now.asked_id == ALL) return NO_ERR;
    TRY(store_list(c, &rules_firms_after, &known_firm_shape, &all, ARGS(now.asked_id)));
    if (!all.n) return end_unless_importing(c, now.asked_id);
    TRY(rules_ready(c, &rules));
    const known_firm *firms = all.items;
    mark *marks = new_n(c->a, mark, all.n);
    asked_part p = {.from = now.asked_id, .to = firms[all.n - 1].id, .asked = all.n, .firms = firms, .marks = marks};
    for (int i = 0; i < all.n; i++) {
        screening_ask(c->a, rules, &(screened){firms[i].name, firms[i].scope, firms[i].industry}, &marks[i]);
        p.changed += !firms[i].is_corrected && !str_eq(firms[i].class, marks[i].class);
    }
    err e = store_act(c, &rules_asked, &p);
    return e.kind == ERR_CONFLICT ? NO_ERR : e; /* other rules by now: the next round takes those */
}
