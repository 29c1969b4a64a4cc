/* SPDX-License-Identifier: Apache-2.0 */
/* mentoring.c: proposed by one side or the alliance, agreed by both, its meetings written down by both, ended with a word. */
#include "room/matching/mentoring.h"

#include "base/days.h"
#include "gen/room/matching/mentoring_sql.h"
#include "room/matching/need.h"
#include "room/member/member.h"
#include "room/message/message.h"

SHAPE(mentoring, FIELD(mentoring, id, F_ID), FIELD(mentoring, version, F_INT), FIELD(mentoring, mentor, F_ID), FIELD(mentoring, startup, F_ID),
      FIELD(mentoring, proposed_by, F_ID), FIELD(mentoring, topic, F_TEXT), FIELD(mentoring, goal, F_LINES), FIELD(mentoring, state, F_TEXT),
      FIELD(mentoring, end_note, F_LINES), FIELD(mentoring, until_day, F_DAY), FIELD(mentoring, made_day, F_DAY),
      FIELD(mentoring, mentor_agreed_day, F_DAY), FIELD(mentoring, startup_agreed_day, F_DAY), FIELD(mentoring, ended_day, F_DAY),
      FIELD(mentoring, mentor_name, F_TEXT), FIELD(mentoring, startup_name, F_TEXT));

const struct choice mentoring_states[] = {
    {"proposed", N_("proposed"), "blue"}, {"running", N_("running"), "green"}, {"declined", N_("declined"), "red"}, {"ended", N_("ended"), "secondary"}, {0},
};

static str path_of(ctx *c, int64_t id) { return str_fmt(c->a, "/mentorings/%lld", (long long)id); }
static bool is_party(const ctx *c, const mentoring *m) { return c->who.org && (c->who.org == m->mentor || c->who.org == m->startup); }

err mentoring_get(ctx *c, int64_t id, mentoring *out)
{
    err e = store_row(c, &mentoring_row, &mentoring_shape, out, ARGS(id));
    bool hidden = e.kind == ERR_MISSING || (!e.kind && !is_party(c, out) && !(WHO(c->who.role) & NEED_OFFICERS));
    return hidden ? err_of(ERR_MISSING, "", N_("There is no such mentoring.")) : e;
}

/* To both, but for the person who has just done it. */
static err tell_both(ctx *c, const mentoring *m, const char *says, str word)
{
    TRY(message_org(c, m->mentor, says, m->startup_name, word, (str){0}, path_of(c, m->id)));
    return message_org(c, m->startup, says, m->mentor_name, word, (str){0}, path_of(c, m->id));
}

/* ---- proposing -------------------------------------------------------------------------------------------------------------- */

static const field new_fields[] = {
    FIELD(mentoring_new, id, F_ID, .flags = F_RESULT),
    FIELD(mentoring_new, mentor, F_ID, .flags = F_REQUIRED, .label = N_("Mentor"), .hint = N_("An enterprise or an agency of the zone"), .min = 1, .max = INT64_MAX),
    FIELD(mentoring_new, startup, F_ID, .flags = F_REQUIRED, .label = N_("Start-up"), .min = 1, .max = INT64_MAX),
    FIELD(mentoring_new, topic, F_CODE, .flags = F_REQUIRED, .label = N_("What it is about"), .choices = need_topics),
    FIELD(mentoring_new, goal, F_LINES, .flags = F_REQUIRED, .label = N_("Goal"), .hint = N_("What shall be reached, and how often the two meet"), .max = 1000),
    FIELD(mentoring_new, until_day, F_DAY, .flags = F_REQUIRED, .label = N_("Planned until")),
};
const shape mentoring_new_shape = {"mentoring_new", new_fields, countof(new_fields), sizeof(mentoring_new)};

static err check_org(ctx *c, int64_t id, const char *at, bool agency_too)
{
    org o;
    err bad = member_get(c, id, &o);
    bool fits = !bad.kind && org_takes_part(&o) && (str_eqz(o.kind, "enterprise") || (agency_too && str_eqz(o.kind, "agency")));
    if (!bad.kind && fits) return NO_ERR;
    if (bad.kind && bad.kind != ERR_MISSING) return bad;
    return err_of(ERR_INPUT, at, agency_too ? N_("Choose an enterprise or an agency of the zone.") : N_("Choose an enterprise of the zone."));
}

static err propose(ctx *c, void *in)
{
    mentoring_new *p = in;
    TRY(check_org(c, p->mentor, "mentor", true));
    TRY(check_org(c, p->startup, "startup", false));
    if (p->mentor == p->startup) return err_of(ERR_INPUT, "startup", N_("One helps another: mentor and start-up are two."));
    bool mentor = c->who.org == p->mentor, startup = c->who.org == p->startup;
    if (!mentor && !startup && c->who.role != ROLE_ALLIANCE) return err_of(ERR_DENIED, "", N_("One of the two proposes it, or the alliance."));
    if (p->until_day <= c->today) return err_of(ERR_INPUT, "until_day", N_("The day planned must be in the future."));
    TRY(store_next_id(c, S("mentoring"), &p->id));
    err e = store_run(c, &mentoring_add, NULL,
                      ARGS(p->id, p->mentor, p->startup, p->topic, p->goal, p->until_day, mentor ? c->today : 0, startup ? c->today : 0, c->who.org, c->today));
    if (e.kind == ERR_CONFLICT) return err_of(ERR_CONFLICT, "startup", N_("A mentoring of these two is proposed or running already."));
    TRY(e);
    mentoring m;
    TRY(mentoring_get(c, p->id, &m));
    return tell_both(c, &m, N_("A mentoring, one helps one, with {0} is proposed: accept or decline."), (str){0});
}
const action mentoring_propose = {"mentoring_propose", &mentoring_new_shape, propose, 0};

/* ---- moving ---------------------------------------------------------------------------------------------------------------- */

static const field move_fields[] = {
    FIELD(mentoring_move_in, id, F_ID, .flags = F_HIDDEN),
    FIELD(mentoring_move_in, version, F_INT, .flags = F_HIDDEN),
    FIELD(mentoring_move_in, choice, F_CODE, .flags = F_REQUIRED, .label = N_("Decision"), .max = 30),
    FIELD(mentoring_move_in, note, F_LINES, .label = N_("Note"), .max = 1000),
};
const shape mentoring_move_shape = {"mentoring_move", move_fields, countof(move_fields), sizeof(mentoring_move_in)};

static bool has_to_answer(const ctx *c, const mentoring *m)
{
    return str_eqz(m->state, "proposed") && ((c->who.org == m->mentor && !m->mentor_agreed_day) || (c->who.org == m->startup && !m->startup_agreed_day));
}
static bool may_end(const ctx *c, const mentoring *m) { return str_eqz(m->state, "running") && is_party(c, m); }

static err accept(ctx *c, const mentoring *m, str note)
{
    (void)note;
    int64_t mentor = c->who.org == m->mentor ? c->today : m->mentor_agreed_day, startup = c->who.org == m->startup ? c->today : m->startup_agreed_day;
    bool both = mentor && startup;
    TRY(store_run(c, &mentoring_agree, NULL, ARGS(m->id, mentor, startup, both ? S("running") : S("proposed"))));
    return both ? tell_both(c, m, N_("The mentoring with {0} has begun; both write down its meetings."), (str){0}) : NO_ERR;
}

static err decline(ctx *c, const mentoring *m, str note)
{
    TRY(store_run(c, &mentoring_finish, NULL, ARGS(m->id, S("declined"), c->today, note)));
    return tell_both(c, m, N_("The mentoring with {0} was declined: {1}"), note);
}

static err end(ctx *c, const mentoring *m, str note)
{
    TRY(store_run(c, &mentoring_finish, NULL, ARGS(m->id, S("ended"), c->today, note)));
    return tell_both(c, m, N_("The mentoring with {0} has ended: {1}"), note);
}

static const struct { const char *id, *name; bool needs_note; bool (*may)(const ctx *, const mentoring *); err (*run)(ctx *, const mentoring *, str); } moves[] = {
    {"accept", N_("Accept"), false, has_to_answer, accept}, {"decline", N_("Decline"), true, has_to_answer, decline}, {"end", N_("End the mentoring"), true, may_end, end},
};

void mentoring_choices(const ctx *c, const mentoring *m, view *into, const char *name)
{
    view *all = view_put_list(into, str_of(name));
    for (int i = 0; i < countof(moves); i++) {
        if (!moves[i].may(c, m)) continue;
        view *one = view_add_map(all);
        view_text(one, S("id"), str_of(moves[i].id));
        view_text(one, S("name"), tr(c->lang, moves[i].name));
        view_bool(one, S("needs_note"), moves[i].needs_note);
        view_bool(one, S("primary"), str_eqz(S("accept"), moves[i].id));
    }
}

static err move(ctx *c, void *in)
{
    mentoring_move_in *v = in;
    mentoring m;
    TRY(mentoring_get(c, v->id, &m));
    if (v->version >= 0 && v->version != m.version) return err_of(ERR_CONFLICT, "", N_("The mentoring has moved on meanwhile; this is how it stands now."));
    int i = 0;
    while (i < countof(moves) && !str_eqz(v->choice, moves[i].id)) i++;
    if (i == countof(moves)) return err_of(ERR_INPUT, "choice", N_("There is no such choice here."));
    if (!is_party(c, &m)) return err_of(ERR_DENIED, "", N_("Only the two themselves decide on their mentoring."));
    if (!moves[i].may(c, &m)) return err_of(ERR_CONFLICT, "choice", N_("That cannot be done now: it is decided already, or it is the other's turn."));
    if (moves[i].needs_note && !v->note.n) return err_of(ERR_INPUT, "note", N_("This decision needs a written reason."));
    return moves[i].run(c, &m, v->note);
}
const action mentoring_move = {"mentoring_move", &mentoring_move_shape, move, 0};

/* ---- the log ------------------------------------------------------------------------------------------------------------------ */

const struct choice meeting_ways[] = {{"in_person", N_("In person")}, {"call", N_("By telephone or video")}, {"writing", N_("In writing")}, {0}};
SHAPE(meeting, FIELD(meeting, id, F_ID, .flags = F_HIDDEN), FIELD(meeting, met_day, F_DAY, .flags = F_REQUIRED, .label = N_("Met on")),
      FIELD(meeting, way, F_CODE, .flags = F_REQUIRED, .label = N_("How"), .choices = meeting_ways),
      FIELD(meeting, text, F_LINES, .flags = F_REQUIRED, .label = N_("What was talked about"), .hint = N_("Both see it; what is written stays. A correction is another entry."), .max = 4000),
      FIELD(meeting, next_step, F_TEXT, .label = N_("Next step"), .max = 200));

static err write_down(ctx *c, void *in)
{
    const meeting *t = in;
    mentoring m;
    int64_t last;
    TRY(mentoring_get(c, t->id, &m));
    if (!is_party(c, &m)) return err_of(ERR_DENIED, "", N_("Only the two themselves write in their log."));
    if (!str_eqz(m.state, "running")) return err_of(ERR_CONFLICT, "", N_("The log is open while the mentoring runs."));
    if (t->met_day > c->today) return err_of(ERR_INPUT, "met_day", N_("A meeting is written down after it has taken place."));
    if (t->met_day < m.made_day) return err_of(ERR_INPUT, "met_day", N_("The mentoring was not yet proposed on that day."));
    TRY(store_int(c, &mentoring_last_meeting, &last, ARGS(m.id)));
    TRY(store_run(c, &mentoring_add_meeting, NULL, ARGS(m.id, last + 1, t->met_day, t->way, t->text, t->next_step, c->who.org, c->who.person, c->now)));
    bool by_mentor = c->who.org == m.mentor;
    return message_org(c, by_mentor ? m.startup : m.mentor, N_("{0} wrote down a meeting of {1}."), c->who.org_name, day_text(c->a, t->met_day), (str){0}, path_of(c, m.id));
}
const action mentoring_log = {"mentoring_log", &meeting_shape, write_down, 0};

/* ---- what waits ------------------------------------------------------------------------------------------------------------------- */

err mentoring_todo(ctx *c, view *out)
{
    list all;
    if (!c->who.org) return NO_ERR;
    TRY(store_list(c, &mentoring_to_answer, &mentoring_shape, &all, ARGS(c->who.org)));
    for (int i = 0; i < all.n; i++) {
        const mentoring *m = (const mentoring *)all.items + i;
        todo_add(c, out, &(todo_row){
            .kind = "mentoring", .kind_name = N_("Mentoring"), .title = str_fmt(c->a, SF " – " SF, SA(m->mentor_name), SA(m->startup_name)), .href = path_of(c, m->id),
            .step = S("accept"), .step_name = tr(c->lang, N_("Accept or decline")), .since_day = m->made_day});
    }
    return NO_ERR;
}
