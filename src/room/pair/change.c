/* SPDX-License-Identifier: Apache-2.0 */
/* change.c: a change is proposed, signed by all it concerns in their order, and filed by the bureau. */
#include "room/pair/change.h"

#include "base/days.h"
#include "format/hash.h"
#include "gen/room/pair/change_sql.h"
#include "room/catalogue/catalogue.h"
#include "room/member/member.h"
#include "room/message/message.h"
#include "room/zone/zone.h"

SHAPE(change, FIELD(change, id, F_ID), FIELD(change, agreement, F_ID), FIELD(change, kind, F_TEXT), FIELD(change, to_day, F_DAY), FIELD(change, fee_fen, F_FEN),
      FIELD(change, successor, F_ID), FIELD(change, former_percent, F_INT), FIELD(change, reason, F_LINES), FIELD(change, text, F_LINES), FIELD(change, sha256, F_TEXT),
      FIELD(change, state, F_TEXT), FIELD(change, signatures, F_INT), FIELD(change, proposed_org, F_ID), FIELD(change, proposed_day, F_DAY), FIELD(change, since_day, F_DAY),
      FIELD(change, ended_day, F_DAY), FIELD(change, note, F_LINES), FIELD(change, successor_name, F_TEXT));

const struct choice change_kinds[] = {{"terms", N_("Change of term or fee")}, {"replacement", N_("Another agency goes on")}, {0}};
const struct choice change_states[] = {
    {"signing", N_("to be signed"), "blue"}, {"signed", N_("to be filed"), "blue"}, {"filed", N_("filed"), "green"}, {"declined", N_("declined"), "red"},
    {"withdrawn", N_("withdrawn"), "secondary"}, {"refused", N_("refused"), "red"}, {0},
};
const struct choice change_parties[] = {{"enterprise", N_("Enterprise")}, {"agency", N_("Agency")}, {"successor", N_("Agency that goes on")}, {0}};

str change_href(ctx *c, int64_t id) { return str_fmt(c->a, "/changes/%lld", (long long)id); }

int change_signers(const change *g, const agreement *of, int64_t orgs[CHANGE_PARTIES])
{
    orgs[0] = of->enterprise, orgs[1] = of->agency, orgs[2] = g->successor;
    return g->successor ? 3 : 2;
}

int64_t change_turn(const change *g, const agreement *of)
{
    int64_t orgs[CHANGE_PARTIES];
    int n = change_signers(g, of, orgs);
    return str_eqz(g->state, "signing") && g->signatures < n ? orgs[g->signatures] : 0;
}

/* A successor reads what it is to sign before it is a party of the agreement. */
err change_get(ctx *c, int64_t id, change *out, agreement *of)
{
    bool found;
    TRY(store_find(c, &change_row, &change_shape, out, &found, ARGS(id)));
    if (!found) return err_of(ERR_MISSING, "", N_("There is no such change."));
    if (c->who.org && c->who.org == out->successor) return agreement_fetch(c, out->agreement, of);
    err e = agreement_get(c, out->agreement, of);
    return e.kind == ERR_MISSING ? err_of(ERR_MISSING, "", N_("There is no such change.")) : e;
}

/* ---- proposing ----------------------------------------------------------------------------------------------------------- */

static const field new_fields[] = {
    FIELD(change_new, agreement, F_ID, .flags = F_HIDDEN),
    FIELD(change_new, kind, F_CODE, .flags = F_REQUIRED, .label = N_("What changes"), .choices = change_kinds),
    FIELD(change_new, to_day, F_DAY, .label = N_("Service until"), .hint = N_("Of a change of term; empty: as it is")),
    FIELD(change_new, fee_fen, F_FEN, .label = N_("Fee after success, in yuan"), .hint = N_("In market mode only; empty: as it is"), .max = 10000000000),
    FIELD(change_new, successor, F_ID, .label = N_("Agency that goes on"), .hint = N_("Only if another agency takes the place of the former"), .max = INT64_MAX),
    FIELD(change_new, former_percent, F_INT, .label = N_("Share of the former agency, in per cent"), .hint = N_("Of every subsidy that is still to be paid; the rest is the successor's"), .max = 100),
    FIELD(change_new, reason, F_LINES, .flags = F_REQUIRED, .label = N_("Reason"), .max = 1000),
    FIELD(change_new, id, F_ID, .flags = F_RESULT),
};
const shape change_new_shape = {"change_new", new_fields, countof(new_fields), sizeof(change_new)};

static err check_terms(ctx *c, change_new *n, const agreement *of)
{
    item i;
    if (n->successor || n->former_percent) return err_of(ERR_INPUT, "successor", N_("A change of term or fee names no other agency."));
    if (!n->to_day) n->to_day = of->to_day;
    if (!n->fee_fen) n->fee_fen = of->fee_fen;
    if (n->to_day == of->to_day && n->fee_fen == of->fee_fen) return err_of(ERR_INPUT, "to_day", N_("Nothing would change."));
    if (n->to_day < c->today || n->to_day < of->from_day) return err_of(ERR_INPUT, "to_day", N_("The new last day lies before today or before the service began."));
    if (n->fee_fen != of->fee_fen && of->policy) return err_of(ERR_INPUT, "fee_fen", N_("In government mode the enterprise pays no fee."));
    if (n->fee_fen == of->fee_fen) return NO_ERR;
    TRY(catalogue_version(c, of->item_version, &i));
    err outside = catalogue_price_check(c, &i, of->quantity, n->fee_fen);
    return outside.kind == ERR_CONFLICT ? err_with(ERR_INPUT, "fee_fen", outside.text, outside.arg[0], outside.arg[1], outside.arg[2]) : outside;
}

static err formers_sum(ctx *c, int64_t id, int64_t *percent)
{
    list formers;
    *percent = 0;
    TRY(agreement_formers(c, id, &formers));
    for (int i = 0; i < formers.n; i++) *percent += ((const agreement_share *)formers.items)[i].percent;
    return NO_ERR;
}

static err check_successor(ctx *c, change_new *n, const agreement *of)
{
    org s;
    int64_t kept;
    if (!n->successor) return err_of(ERR_INPUT, "successor", N_("Choose the agency that goes on."));
    err e = member_get(c, n->successor, &s);
    if (e.kind == ERR_MISSING || (!e.kind && !str_eqz(s.kind, "agency"))) return err_of(ERR_INPUT, "successor", N_("Choose the agency that goes on."));
    TRY(e);
    if (n->successor == of->agency) return err_of(ERR_INPUT, "successor", N_("This agency serves already."));
    TRY(formers_sum(c, of->id, &kept));
    if (kept + n->former_percent > 100)
        return err_with(ERR_INPUT, "former_percent", N_("Former agencies keep {0} % already; all shares together are at most 100 %."), str_fmt(c->a, "%lld", (long long)kept), (str){0},
                        (str){0});
    n->to_day = of->to_day, n->fee_fen = of->fee_fen;
    return agreement_agency_stands(c, &s);
}

static err tell_turn(ctx *c, const change *g, const agreement *of)
{
    int64_t turn = change_turn(g, of);
    str href = change_href(c, g->id);
    if (turn) return message_org(c, turn, N_("A change of the agreement on {0} waits for your signature."), of->subject, (str){0}, (str){0}, href);
    return message_role(c, ROLE_BUREAU, N_("A change of agreement {0} is signed by all and waits to be filed."), of->number, (str){0}, (str){0}, href);
}

static err propose(ctx *c, void *in)
{
    change_new *n = in;
    agreement of;
    str text;
    change made;
    TRY(agreement_get(c, n->agreement, &of));
    TRY(agreement_in_service(c, n->agreement, &of));
    bool party = c->who.org == of.agency || c->who.org == of.enterprise;
    if (!party && c->who.role != ROLE_ALLIANCE) return err_of(ERR_DENIED, "", N_("A party of the agreement proposes its change, or the alliance."));
    TRY(str_eqz(n->kind, "replacement") ? check_successor(c, n, &of) : check_terms(c, n, &of));
    TRY(change_write(c, n, &of, &text));
    TRY(store_next_id(c, S("agreement_change"), &n->id));
    err e = store_run(c, &change_add, NULL, ARGS(n->id, of.id, n->kind, n->to_day, n->fee_fen, n->successor, n->former_percent, n->reason, text, sha256_hex(c->a, text), c->who.org,
                                                 c->who.person, c->today));
    if (e.kind == ERR_CONFLICT) return err_of(ERR_CONFLICT, "", N_("Another change of this agreement is under way; it comes to its end first."));
    TRY(e);
    TRY(change_get(c, n->id, &made, &of));
    return tell_turn(c, &made, &of);
}
const action change_propose = {"agreement_change_propose", &change_new_shape, propose, 0};

/* ---- signing -------------------------------------------------------------------------------------------------------------- */

static const field sign_fields[] = {
    FIELD(change_sign_in, id, F_ID, .flags = F_HIDDEN), FIELD(change_sign_in, sha256, F_TEXT, .flags = F_HIDDEN, .max = 64), FIELD(change_sign_in, ip, F_TEXT, .flags = F_PRIVATE),
};
const shape change_sign_shape = {"change_sign", sign_fields, countof(sign_fields), sizeof(change_sign_in)};

static err sign(ctx *c, void *in)
{
    const change_sign_in *s = in;
    change g;
    agreement of;
    int64_t orgs[CHANGE_PARTIES], changed;
    TRY(change_get(c, s->id, &g, &of));
    if (!str_eqz(g.state, "signing")) return err_of(ERR_CONFLICT, "", N_("This change is not to be signed any more."));
    if (change_turn(&g, &of) != c->who.org) return err_of(ERR_DENIED, "", N_("It is another party's turn to sign."));
    if (s->sha256.n && !str_eq(s->sha256, g.sha256)) return err_of(ERR_CONFLICT, "", N_("The text has changed since you read it. Read it again before you sign."));
    int n = change_signers(&g, &of, orgs), place = (int)g.signatures;
    bool last = place + 1 == n;
    TRY(store_run(c, &change_add_signature, NULL, ARGS(g.id, (int64_t)place + 1, str_of(change_parties[place].code), c->who.person, c->who.org, c->now, s->ip, g.sha256)));
    TRY(store_run(c, &change_signed_by_one, &changed, ARGS(g.id, g.signatures, last ? S("signed") : S("signing"), c->today)));
    if (!changed) return err_of(ERR_CONFLICT, "", N_("This change is not to be signed any more."));
    g.signatures++, g.state = last ? S("signed") : S("signing");
    return tell_turn(c, &g, &of);
}
const action change_sign = {"agreement_change_sign", &change_sign_shape, sign, 0};

/* ---- its end ---------------------------------------------------------------------------------------------------------------- */

static const struct choice verdicts[] = {{"decline", N_("Decline")}, {"withdraw", N_("Withdraw it")}, {"file", N_("File it")}, {"refuse", N_("Refuse it")}, {0}};
static const field end_fields[] = {
    FIELD(change_end_in, id, F_ID, .flags = F_HIDDEN),
    FIELD(change_end_in, verdict, F_CODE, .flags = F_REQUIRED, .label = N_("Decision"), .choices = verdicts),
    FIELD(change_end_in, note, F_LINES, .label = N_("Reason"), .hint = N_("Needed unless it is filed"), .max = 1000),
};
const shape change_end_shape = {"change_end", end_fields, countof(end_fields), sizeof(change_end_in)};

static err take_effect(ctx *c, const change *g, const agreement *of)
{
    org s;
    if (!g->successor) return store_run(c, &change_put_terms, NULL, ARGS(of->id, g->to_day, g->fee_fen));
    TRY(member_get(c, g->successor, &s));
    TRY(agreement_agency_stands(c, &s));
    TRY(store_run(c, &change_add_former, NULL, ARGS(of->id, of->agency, g->former_percent, c->today)));
    return store_run(c, &change_put_agency, NULL, ARGS(of->id, g->successor));
}

static err tell_all(ctx *c, const change *g, const agreement *of, const char *says, str note)
{
    int64_t orgs[CHANGE_PARTIES];
    int n = change_signers(g, of, orgs);
    for (int i = 0; i < n; i++) TRY(message_org(c, orgs[i], says, of->subject, note, (str){0}, change_href(c, g->id)));
    return NO_ERR;
}

static err end(ctx *c, void *in)
{
    static const struct { const char *verdict, *from, *to, *says; } ends[] = {
        {"decline", "signing", "declined", N_("The change of the agreement on {0} was declined: {1}")},
        {"withdraw", "signing", "withdrawn", N_("The change of the agreement on {0} was withdrawn: {1}")},
        {"file", "signed", "filed", N_("The change of the agreement on {0} is filed and holds from today. {1}")},
        {"refuse", "signed", "refused", N_("The change of the agreement on {0} is not filed: {1}")},
    };
    const change_end_in *e = in;
    change g;
    agreement of;
    int64_t changed;
    TRY(change_get(c, e->id, &g, &of));
    int k = 0;
    while (!str_eqz(e->verdict, ends[k].verdict)) k++; /* one of the choices */
    const bool may[] = {change_turn(&g, &of) == c->who.org && c->who.org, c->who.org == g.proposed_org && c->who.org, c->who.role == ROLE_BUREAU, c->who.role == ROLE_BUREAU};
    if (!str_eqz(g.state, ends[k].from)) return err_of(ERR_CONFLICT, "", N_("That cannot be done now: the change stands elsewhere."));
    if (!may[k]) return err_of(ERR_DENIED, "", N_("That is another party's to decide."));
    if (!e->note.n && !str_eqz(e->verdict, "file")) return err_of(ERR_INPUT, "note", N_("Give the reason."));
    TRY(store_run(c, &change_end_it, &changed, ARGS(g.id, str_of(ends[k].from), str_of(ends[k].to), e->note, c->who.person, c->today)));
    if (!changed) return err_of(ERR_CONFLICT, "", N_("That cannot be done now: the change stands elsewhere."));
    if (str_eqz(e->verdict, "file")) TRY(take_effect(c, &g, &of));
    return tell_all(c, &g, &of, ends[k].says, e->note);
}
const action change_end = {"agreement_change_end", &change_end_shape, end, 0};

/* ---- reminding -------------------------------------------------------------------------------------------------------------- */

/* Every so many working days, on working days only; where the calendar is not known nobody is reminded. */
static bool is_time(ctx *c, int64_t since, int64_t every)
{
    int64_t waited;
    bool work;
    if (calendar_is_workday(c->days, c->today, &work).kind || !work) return false;
    return !workday_between(c->days, since, c->today, &waited).kind && waited > 0 && waited % every == 0;
}

typedef struct to_sign { int64_t id, since_day, enterprise, agency; str subject, node; } to_sign;
SHAPE(to_sign, FIELD(to_sign, id, F_ID), FIELD(to_sign, since_day, F_DAY), FIELD(to_sign, enterprise, F_ID), FIELD(to_sign, agency, F_ID), FIELD(to_sign, subject, F_TEXT),
      FIELD(to_sign, node, F_TEXT));

static err remind_of_agreements(ctx *c, const char *node, int64_t every)
{
    list all;
    TRY(store_list(c, &change_to_be_signed, &to_sign_shape, &all, ARGS(str_of(node))));
    for (const to_sign *t = all.items; t < (const to_sign *)all.items + all.n; t++) {
        int64_t turn = str_eqz(t->node, "enterprise_sign") ? t->enterprise : t->agency;
        if (is_time(c, t->since_day, every))
            TRY(message_org(c, turn, N_("The agreement on {0} still waits for your signature; if you do not agree, decline it with a reason."), t->subject, (str){0}, (str){0},
                            str_fmt(c->a, "/agreements/%lld", (long long)t->id)));
    }
    return NO_ERR;
}

err change_remind(ctx *c)
{
    list all;
    int64_t every;
    TRY(zone_number(c, "sign_remind_days", &every));
    TRY(remind_of_agreements(c, "enterprise_sign", every));
    TRY(remind_of_agreements(c, "agency_sign", every));
    TRY(store_list(c, &change_waiting, &change_shape, &all, NO_ARGS));
    for (const change *g = all.items; g < (const change *)all.items + all.n; g++) {
        agreement of;
        if (!str_eqz(g->state, "signing") || !is_time(c, g->since_day, every)) continue;
        TRY(agreement_fetch(c, g->agreement, &of));
        TRY(tell_turn(c, g, &of));
    }
    return NO_ERR;
}
