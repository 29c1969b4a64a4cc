/* SPDX-License-Identifier: Apache-2.0 */
/* need.c: an enterprise's need: who sees it, and the one table of its moves. */
#include "room/matching/need.h"

#include "base/days.h"
#include "gen/room/matching/need_sql.h"
#include "room/catalogue/catalogue.h"
#include "room/document/document.h"
#include "room/matching/need_ask.h"
#include "room/matching/offer.h"
#include "room/member/member.h"
#include "room/message/message.h"
#include "room/pair/pair.h"
#include "room/zone/zone.h"

SHAPE(need, FIELD(need, id, F_ID), FIELD(need, version, F_INT), FIELD(need, enterprise, F_ID), FIELD(need, item, F_ID), FIELD(need, topic, F_TEXT),
      FIELD(need, subject, F_TEXT), FIELD(need, details, F_LINES), FIELD(need, state, F_TEXT), FIELD(need, wished_day, F_DAY),
      FIELD(need, by_platform, F_BOOL), FIELD(need, agency, F_ID), FIELD(need, agreement, F_ID), FIELD(need, made_day, F_DAY),
      FIELD(need, since_day, F_DAY), FIELD(need, due_day, F_DAY), FIELD(need, enterprise_name, F_TEXT), FIELD(need, item_name, F_TEXT),
      FIELD(need, item_name_en, F_TEXT), FIELD(need, agency_name, F_TEXT), FIELD(need, offer, F_TEXT), FIELD(need, offer_note, F_TEXT),
      FIELD(need, answer_by_day, F_DAY), FIELD(need, pass_on_day, F_DAY));

/* The subjects of counselling that the policy names (五.1(三)), and the service of the catalogue by itself. */
const struct choice need_topics[] = {
    {"service", N_("A service of the catalogue")}, {"restructuring", N_("Restructuring into a joint-stock company")}, {"listing", N_("Listing")},
    {"financing", N_("Financing")}, {"merger", N_("Mergers and acquisitions")}, {"reorganisation", N_("Reorganisation of assets")}, {0},
};

const struct choice need_states[] = {
    {"open", N_("no agency is asked"), "blue"}, {"offered", N_("with agencies"), "blue"}, {"accepted", N_("agency found"), "green"},
    {"matched", N_("agreement drafted"), "green"}, {"withdrawn", N_("withdrawn"), "secondary"}, {"expired", N_("past its day"), "secondary"},
    {"closed", N_("closed"), "secondary"}, {0},
};

/* ---- reading ---------------------------------------------------------------------------------------------------------- */

static err missing(err e) { return e.kind == ERR_MISSING ? err_of(ERR_MISSING, "", N_("There is no such need.")) : e; }

err need_fetch(ctx *c, int64_t id, need *out) { return missing(store_row(c, &need_row, &need_shape, out, ARGS(id, c->who.org))); }

err need_get(ctx *c, int64_t id, need *out)
{
    TRY(need_fetch(c, id, out));
    bool mine = c->who.org && c->who.org == out->enterprise, was_asked = out->offer.n > 0;
    return mine || was_asked || (WHO(c->who.role) & NEED_OFFICERS) ? NO_ERR : err_of(ERR_MISSING, "", N_("There is no such need."));
}

str need_path(ctx *c, int64_t id) { return str_fmt(c->a, "/needs/%lld", (long long)id); }

err need_due(ctx *c, int64_t *out)
{
    int64_t days;
    TRY(zone_number(c, "need_answer_days", &days));
    return workday_add(c->days, c->today, days, out);
}

err need_note(ctx *c, int64_t id, const char *what, int64_t agency, str note)
{
    int64_t last;
    TRY(store_int(c, &need_last_event, &last, ARGS(id)));
    return store_run(c, &need_add_event, NULL, ARGS(id, last + 1, c->now, c->today, c->who.person, c->who.org, str_of(what), agency, note));
}

err need_rest(ctx *c, int64_t id, const char *state, int64_t due_day)
{
    return store_run(c, &need_set_rest, NULL, ARGS(id, str_of(state), c->today, due_day));
}

/* ---- posting ------------------------------------------------------------------------------------------------------------ */

static const field new_fields[] = {
    FIELD(need_new, id, F_ID, .flags = F_RESULT),
    FIELD(need_new, item, F_ID, .flags = F_REQUIRED, .label = N_("Service"), .min = 1, .max = INT64_MAX),
    FIELD(need_new, topic, F_CODE, .flags = F_REQUIRED, .label = N_("What it is about"), .choices = need_topics),
    FIELD(need_new, subject, F_TEXT, .flags = F_REQUIRED, .label = N_("Subject"), .hint = N_("What the service is for: the product, the technology, the year"), .max = 120),
    FIELD(need_new, wished_day, F_DAY, .flags = F_REQUIRED, .label = N_("Wished by"), .hint = N_("By when the service should be done; without an agency by then the need ends")),
    FIELD(need_new, details, F_LINES, .label = N_("What agencies should know"), .max = 2000),
    FIELD(need_new, file, F_FILE, .label = N_("File"), .hint = N_("PDF or picture, at most 20 MB; more can be added afterwards")),
};
const shape need_new_shape = {"need_new", new_fields, countof(new_fields), sizeof(need_new)};

static err link_file(ctx *c, int64_t id, int64_t file)
{
    document doc;
    if (document_own(c, file, &doc).kind) return err_of(ERR_INPUT, "file", N_("There is no such file."));
    return document_link(c, file, S("need"), id, S("file"));
}

static err post(ctx *c, void *in)
{
    need_new *n = in;
    item i;
    org me;
    TRY(member_get(c, c->who.org, &me));
    if (!str_eqz(me.kind, "enterprise")) return err_of(ERR_DENIED, "", N_("Only an enterprise posts a need."));
    err bad = catalogue_get(c, n->item, &i);
    if (bad.kind == ERR_MISSING) return err_of(ERR_INPUT, "item", N_("There is no such service."));
    TRY(bad);
    if (n->wished_day <= c->today) return err_of(ERR_INPUT, "wished_day", N_("The day wished must be in the future."));
    TRY(store_next_id(c, S("need"), &n->id));
    TRY(store_run(c, &need_add, NULL, ARGS(n->id, c->who.org, n->item, n->topic, n->subject, n->wished_day, n->details, c->today)));
    if (n->file) TRY(link_file(c, n->id, n->file));
    return need_note(c, n->id, "posted", 0, (str){0});
}
const action need_post = {"need_post", &need_new_shape, post, 0};

static const field file_fields[] = {
    FIELD(need_file, need, F_ID, .flags = F_HIDDEN),
    FIELD(need_file, file, F_FILE, .flags = F_REQUIRED, .label = N_("File"), .hint = N_("PDF or picture, at most 20 MB")),
};
const shape need_file_shape = {"need_file", file_fields, countof(file_fields), sizeof(need_file)};

static bool over(str state)
{
    static const char *const ends[] = {"matched", "withdrawn", "expired", "closed"};
    for (int i = 0; i < countof(ends); i++)
        if (str_eqz(state, ends[i])) return true;
    return false;
}

static err add_file(ctx *c, void *in)
{
    need_file *f = in;
    need n;
    TRY(need_get(c, f->need, &n));
    if (c->who.org != n.enterprise) return err_of(ERR_DENIED, "", N_("Only the enterprise itself adds files to its need."));
    if (over(n.state)) return err_of(ERR_CONFLICT, "", N_("The need is over; nothing is added to it any more."));
    TRY(link_file(c, n.id, f->file));
    return need_note(c, n.id, "file", 0, (str){0});
}
const action need_add_file = {"need_add_file", &need_file_shape, add_file, 0};

/* ---- moving -------------------------------------------------------------------------------------------------------------- */

static const field agency_fields[] = {FIELD(need_agency, id, F_ID, .min = 1, .max = INT64_MAX)};
static const shape agency_shape = {"need_agency", agency_fields, countof(agency_fields), sizeof(need_agency)};
static const field move_fields[] = {
    FIELD(need_move_in, id, F_ID, .flags = F_HIDDEN),
    FIELD(need_move_in, version, F_INT, .flags = F_HIDDEN),
    FIELD(need_move_in, choice, F_CODE, .flags = F_REQUIRED, .label = N_("Decision"), .max = 60),
    FIELD(need_move_in, note, F_LINES, .label = N_("Note"), .max = 1000),
    FIELD(need_move_in, agencies, F_LIST, .of = &agency_shape),
    FIELD(need_move_in, agreement, F_ID, .flags = F_RESULT),
};
const shape need_move_shape = {"need_move", move_fields, countof(move_fields), sizeof(need_move_in)};

static const asked *asked_at(const list *all, int i) { return (const asked *)all->items + i; }

static err tell_asked(ctx *c, const need *n, const char *says)
{
    list all;
    TRY(store_list(c, &need_asked_of, &asked_shape, &all, ARGS(n->id)));
    for (int i = 0; i < all.n; i++) {
        const asked *o = asked_at(&all, i);
        bool concerned = str_eqz(o->state, "offered") || str_eqz(o->state, "accepted") || str_eqz(o->state, "chosen");
        if (concerned) TRY(message_org(c, o->agency, says, n->enterprise_name, n->subject, (str){0}, need_path(c, n->id)));
    }
    return NO_ERR;
}

static err match(ctx *c, const need *n, need_move_in *m)
{
    int count;
    (void)m;
    TRY(store_run(c, &need_set_way, NULL, ARGS(n->id, 1)));
    TRY(need_ask_best(c, n, NEED_AGENCIES_MOST, &count));
    if (count) return need_rest(c, n->id, "offered", 0);
    TRY(need_note(c, n->id, "nobody_fits", 0, (str){0}));
    return message_role(c, ROLE_ALLIANCE, N_("No agency can be asked about the need of {0}: {1}."), n->enterprise_name, n->subject, (str){0}, need_path(c, n->id));
}

static err pick(ctx *c, const need *n, need_move_in *m)
{
    TRY(store_run(c, &need_set_way, NULL, ARGS(n->id, 0)));
    TRY(need_ask_picked(c, n, &m->agencies));
    return need_rest(c, n->id, "offered", 0);
}

static err accept(ctx *c, const need *n, need_move_in *m)
{
    int64_t due;
    TRY(need_due(c, &due));
    TRY(store_run(c, &need_set_offer, NULL, ARGS(n->id, c->who.org, S("accepted"), c->today, c->who.person, m->note)));
    TRY(need_note(c, n->id, "accept", c->who.org, m->note));
    TRY(message_org(c, n->enterprise, N_("{0} would serve your need {1}; take it or wait for the others."), c->who.org_name, n->subject, (str){0}, need_path(c, n->id)));
    return store_run(c, &need_set_due, NULL, ARGS(n->id, n->due_day ? n->due_day : due)); /* no new version: the others answer meanwhile */
}

static err decline(ctx *c, const need *n, need_move_in *m)
{
    TRY(store_run(c, &need_set_offer, NULL, ARGS(n->id, c->who.org, S("declined"), c->today, c->who.person, m->note)));
    TRY(need_note(c, n->id, "decline", c->who.org, m->note));
    TRY(message_org(c, n->enterprise, N_("{0} declined your need {1}: {2}"), c->who.org_name, n->subject, m->note, need_path(c, n->id)));
    return need_go_on(c, n->id);
}

static bool accepted_by(const list *all, int64_t agency)
{
    for (int i = 0; i < all->n; i++)
        if (asked_at(all, i)->agency == agency) return str_eqz(asked_at(all, i)->state, "accepted");
    return false;
}

/* The others learn that they need not hold themselves ready. */
static err thank_others(ctx *c, const need *n, const list *all, int64_t agency)
{
    for (int i = 0; i < all->n; i++) {
        const asked *o = asked_at(all, i);
        bool ready = str_eqz(o->state, "offered") || str_eqz(o->state, "accepted");
        if (!ready || o->agency == agency) continue;
        TRY(message_org(c, o->agency, N_("{0} chose another agency for its need {1}. Thank you."), n->enterprise_name, n->subject, (str){0}, need_path(c, n->id)));
    }
    return store_run(c, &need_close_offers, NULL, ARGS(n->id));
}

static err choose(ctx *c, const need *n, need_move_in *m)
{
    int64_t due, agency = m->agencies.n == 1 ? ((const need_agency *)m->agencies.items)->id : 0;
    list all;
    TRY(store_list(c, &need_asked_of, &asked_shape, &all, ARGS(n->id)));
    if (!accepted_by(&all, agency)) return err_of(ERR_INPUT, "agencies", N_("Choose one agency of those that accepted."));
    TRY(thank_others(c, n, &all, agency));
    TRY(store_run(c, &need_take, NULL, ARGS(n->id, agency)));
    TRY(store_run(c, &need_set_agency, NULL, ARGS(n->id, agency)));
    TRY(need_note(c, n->id, "choose", agency, m->note));
    TRY(message_org(c, agency, N_("{0} chose you for its need {1}. Draft the agreement now."), n->enterprise_name, n->subject, (str){0}, need_path(c, n->id)));
    TRY(need_due(c, &due));
    return need_rest(c, n->id, "accepted", due);
}

/* One of the two parts from the other before an agreement: the need looks for an agency again. */
static err part(ctx *c, const need *n, need_move_in *m, const char *what, const char *left_as)
{
    int64_t other = c->who.org == n->enterprise ? n->agency : n->enterprise;
    TRY(store_run(c, &need_reopen_chosen, NULL, ARGS(n->id, n->agency, str_of(left_as))));
    TRY(need_note(c, n->id, what, n->agency, m->note));
    TRY(message_org(c, other, N_("{0} does not go on with the need {1}: {2}"), c->who.org_name, n->subject, m->note, need_path(c, n->id)));
    TRY(need_rest(c, n->id, "open", 0));
    return store_run(c, &need_set_agency, NULL, ARGS(n->id, 0));
}
static err step_back(ctx *c, const need *n, need_move_in *m) { return part(c, n, m, "step_back", "declined"); }
static err reopen(ctx *c, const need *n, need_move_in *m) { return part(c, n, m, "reopen", "closed"); }

static err end(ctx *c, const need *n, need_move_in *m, const char *what, const char *state)
{
    TRY(tell_asked(c, n, N_("The need of {0} has ended: {1}.")));
    if (c->who.org != n->enterprise)
        TRY(message_org(c, n->enterprise, N_("Your need {0} was closed by the alliance: {1}"), n->subject, m->note, (str){0}, need_path(c, n->id)));
    TRY(store_run(c, &need_close_offers, NULL, ARGS(n->id)));
    TRY(need_note(c, n->id, what, 0, m->note));
    TRY(need_rest(c, n->id, state, 0));
    return store_run(c, &need_set_agency, NULL, ARGS(n->id, 0));
}
static err withdraw(ctx *c, const need *n, need_move_in *m) { return end(c, n, m, "withdraw", "withdrawn"); }
static err close(ctx *c, const need *n, need_move_in *m) { return end(c, n, m, "close", "closed"); }

/* The agreement's own room makes the draft, with what the need and the offer say filled in. */
static err draft(ctx *c, const need *n, need_move_in *m)
{
    item i;
    offer f;
    int y, mo, d;
    TRY(catalogue_get(c, n->item, &i));
    TRY(offer_of(c, n->item, c->who.org, &f));
    int64_t until = n->wished_day > c->today ? n->wished_day : c->today + 90;
    day_split(until, &y, &mo, &d);
    if (!i.zero_fee && !f.price_fen) return err_of(ERR_CONFLICT, "", N_("State your price for this service first: in market mode the fee after success is part of the agreement."));
    agreement_draft_in in = {.enterprise = n->enterprise, .item = n->item, .subject = n->subject, .quantity = 1, .fee_fen = i.zero_fee ? 0 : f.price_fen,
                             .from_day = c->today, .to_day = until, .pay_year = y};
    TRY(store_also(c, &agreement_start, &in));
    m->agreement = in.id;
    TRY(store_run(c, &need_set_matched, NULL, ARGS(n->id, in.id, c->today)));
    TRY(need_note(c, n->id, "draft", c->who.org, (str){0}));
    return message_org(c, n->enterprise, N_("{0} drafts the agreement for your need {1}."), c->who.org_name, n->subject, (str){0}, need_path(c, n->id));
}

/* Who may do what, where: `offer` is the state in which the acting agency was asked, "" where the acting one is not an agency. */
typedef struct need_choice {
    const char *id, *name;
    role who;
    const char *states, *offer;      /* states: words with spaces */
    bool needs_note, wants_agencies;
    err (*run)(ctx *c, const need *n, need_move_in *m);
} need_choice;
static const need_choice choices[] = {
    {"match", N_("Let the platform choose"), ROLE_ENTERPRISE, "open", "", false, false, match},
    {"pick", N_("Ask the agencies picked"), ROLE_ENTERPRISE, "open", "", false, true, pick},
    {"choose", N_("Take this agency"), ROLE_ENTERPRISE, "offered", "", false, true, choose},
    {"reopen", N_("Look for another agency"), ROLE_ENTERPRISE, "accepted", "", true, false, reopen},
    {"withdraw", N_("Withdraw the need"), ROLE_ENTERPRISE, "open offered accepted", "", true, false, withdraw},
    {"accept", N_("Accept"), ROLE_AGENCY, "offered", "offered", false, false, accept},
    {"decline", N_("Decline"), ROLE_AGENCY, "offered", "offered", true, false, decline},
    {"draft", N_("Draft the agreement"), ROLE_AGENCY, "accepted", "chosen", false, false, draft},
    {"step_back", N_("Step back"), ROLE_AGENCY, "accepted", "chosen", true, false, step_back},
    {"match", N_("Let the platform choose"), ROLE_ALLIANCE, "open", "", false, false, match},
    {"pick", N_("Ask the agencies picked"), ROLE_ALLIANCE, "open", "", false, true, pick},
    {"close", N_("Close the need"), ROLE_ALLIANCE, "open offered", "", true, false, close},
};

static bool has_word(const char *words, str word)
{
    str rest = str_of(words), one;
    while (str_split(&rest, ' ', &one))
        if (str_eq(one, word)) return true;
    return false;
}

static bool stands(const need_choice *h, const need *n) { return has_word(h->states, n->state) && (!*h->offer || str_eqz(n->offer, h->offer)); }

void need_choices(const ctx *c, const need *n, view *into, const char *name)
{
    view *all = view_put_list(into, str_of(name));
    for (const need_choice *h = choices; h < choices + countof(choices); h++) {
        if (h->who != c->who.role || h->wants_agencies || !stands(h, n)) continue;
        view *one = view_add_map(all);
        view_text(one, S("id"), str_of(h->id));
        view_text(one, S("name"), tr(c->lang, h->name));
        view_bool(one, S("needs_note"), h->needs_note);
        view_bool(one, S("primary"), all->n == 1 && !h->needs_note);
    }
}

static err refuse(const ctx *c, const need *n, str choice)
{
    bool known = false, mine = false;
    for (const need_choice *h = choices; h < choices + countof(choices); h++) {
        if (!str_eqz(choice, h->id)) continue;
        known = true;
        mine |= h->who == c->who.role;
    }
    if (!known) return err_of(ERR_INPUT, "choice", N_("There is no such choice here."));
    if (!mine) return err_of(ERR_DENIED, "", N_("This step belongs to the other party."));
    return err_with(ERR_CONFLICT, "choice", N_("That cannot be done now; the need stands here: {0}."), choice_word(c->lang, need_states, n->state), (str){0}, (str){0});
}

static err move(ctx *c, void *in)
{
    need_move_in *m = in;
    need n;
    TRY(need_get(c, m->id, &n));
    if (m->version >= 0 && m->version != n.version) return err_of(ERR_CONFLICT, "", N_("The need has moved on meanwhile; this is how it stands now."));
    const need_choice *h = choices, *last = choices + countof(choices);
    while (h < last && !(str_eqz(m->choice, h->id) && h->who == c->who.role && stands(h, &n))) h++;
    if (h == last) return refuse(c, &n, m->choice);
    if (h->needs_note && !m->note.n) return err_of(ERR_INPUT, "note", N_("This decision needs a written reason."));
    return h->run(c, &n, m);
}
const action need_move = {"need_move", &need_move_shape, move, 0};
