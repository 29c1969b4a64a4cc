/* SPDX-License-Identifier: Apache-2.0 */
/* pair.c: the agreement's rules: who may pair with whom, signing order, filing with its reservation, ending. */
#include "room/pair/pair.h"

#include "base/days.h"
#include "gen/room/pair/change_sql.h"
#include "gen/room/pair/pair_sql.h"
#include "room/admission/admission.h"
#include "room/budget/budget.h"
#include "room/catalogue/catalogue.h"
#include "room/deficiency/deficiency.h"
#include "room/document/document.h"
#include "room/member/member.h"
#include "room/message/message.h"
#include "room/pair/agreement_rights.h"
#include "room/pair/contract.h"
#include "room/pair/pair_flow.h"
#include "room/policy/policy.h"

SHAPE(agreement, FIELD(agreement, id, F_ID), FIELD(agreement, version, F_INT), FIELD(agreement, draft, F_INT),
      FIELD(agreement, number, F_TEXT), FIELD(agreement, node, F_TEXT), FIELD(agreement, since_day, F_DAY),
      FIELD(agreement, due_day, F_DAY), FIELD(agreement, flow_id, F_ID), FIELD(agreement, enterprise, F_ID),
      FIELD(agreement, agency, F_ID), FIELD(agreement, item, F_ID), FIELD(agreement, item_version, F_ID),
      FIELD(agreement, policy, F_ID), FIELD(agreement, subject, F_TEXT), FIELD(agreement, mode, F_TEXT), FIELD(agreement, quantity, F_INT),
      FIELD(agreement, fee_fen, F_FEN), FIELD(agreement, from_day, F_DAY), FIELD(agreement, to_day, F_DAY),
      FIELD(agreement, pay_year, F_INT), FIELD(agreement, contract_doc, F_ID), FIELD(agreement, signed_enterprise_at, F_TIME),
      FIELD(agreement, signed_agency_at, F_TIME), FIELD(agreement, filed_day, F_DAY), FIELD(agreement, reserved_fen, F_FEN),
      FIELD(agreement, price_approved_at, F_TIME), FIELD(agreement, price_reason, F_TEXT),
      FIELD(agreement, enterprise_name, F_TEXT), FIELD(agreement, agency_name, F_TEXT), FIELD(agreement, item_name, F_TEXT));

/* ---- reading ------------------------------------------------------------------------------------------------- */

err agreement_fetch(ctx *c, int64_t id, agreement *out)
{
    err e = store_row(c, &pair_row, &agreement_shape, out, ARGS(id));
    return e.kind == ERR_MISSING ? err_of(ERR_MISSING, "", N_("There is no such agreement.")) : e;
}

err agreement_get(ctx *c, int64_t id, agreement *out)
{
    TRY(agreement_fetch(c, id, out));
    int64_t former = 0;
    if (c->who.role == ROLE_AGENCY) TRY(store_int(c, &change_was_agency, &former, ARGS(id, c->who.org)));
    if (former) return NO_ERR; /* it served before: what it did stays open to it, to read */
    return agreement_reads(c, out) ? NO_ERR : err_of(ERR_MISSING, "", N_("There is no such agreement."));
}

err agreement_in_service(ctx *c, int64_t id, agreement *out)
{
    TRY(agreement_fetch(c, id, out));
    if (!out->filed_day || !str_eqz(out->node, "in_service"))
        return err_of(ERR_CONFLICT, "agreement", N_("The agreement is not filed and in service, so it can earn no subsidy."));
    return NO_ERR;
}

SHAPE(agreement_share, FIELD(agreement_share, org, F_ID), FIELD(agreement_share, percent, F_INT), FIELD(agreement_share, until_day, F_DAY), FIELD(agreement_share, name, F_TEXT));
err agreement_formers(ctx *c, int64_t id, list *out) { return store_list(c, &change_formers_of, &agreement_share_shape, out, ARGS(id)); }

err agreement_options(ctx *c, view *into, str name)
{
    list all;
    TRY(store_list(c, &pair_in_service_of_agency, &agreement_shape, &all, ARGS(c->who.org)));
    view *out = view_put_list(into, name);
    for (int i = 0; i < all.n; i++) {
        const agreement *a = (const agreement *)all.items + i;
        if (!str_eqz(a->node, "in_service") || !a->policy) continue;
        view *row = view_add_map(out);
        view_int(row, S("code"), a->id);
        view_text(row, S("label"), str_fmt(c->a, SF " · " SF " · " SF, SA(a->number), SA(a->enterprise_name), SA(a->subject)));
    }
    return NO_ERR;
}

/* ---- drafting --------------------------------------------------------------------------------------------------- */

/* Of a first draft the id is the result; of a saved one it is input. */
#define DRAFT_FIELDS \
    FIELD(agreement_draft_in, enterprise, F_ID, .flags = F_REQUIRED, .label = N_("Enterprise"), .min = 1, .max = INT64_MAX), \
    FIELD(agreement_draft_in, item, F_ID, .flags = F_REQUIRED, .label = N_("Service"), .min = 1, .max = INT64_MAX), \
    FIELD(agreement_draft_in, subject, F_TEXT, .flags = F_REQUIRED, .label = N_("Subject"), .hint = N_("What the service is for: the product, the technology, the year"), .max = 120), \
    FIELD(agreement_draft_in, quantity, F_INT, .flags = F_REQUIRED, .label = N_("Outcomes planned"), .min = 1, .max = 999), \
    FIELD(agreement_draft_in, fee_fen, F_FEN, .label = N_("Fee after success, in yuan"), .hint = N_("In market mode only; in government mode the enterprise pays nothing"), .min = 0, .max = 10000000000), \
    FIELD(agreement_draft_in, from_day, F_DAY, .flags = F_REQUIRED, .label = N_("Service from")), \
    FIELD(agreement_draft_in, to_day, F_DAY, .flags = F_REQUIRED, .label = N_("Service until")), \
    FIELD(agreement_draft_in, pay_year, F_INT, .flags = F_REQUIRED, .label = N_("Expected year of payment"), .min = 2000, .max = 2100), \
    FIELD(agreement_draft_in, contract, F_FILE, .label = N_("Service contract"), .hint = N_("PDF or picture, at most 20 MB")),
static const field start_fields[] = {FIELD(agreement_draft_in, id, F_ID, .flags = F_RESULT), DRAFT_FIELDS};
const shape agreement_start_shape = {"agreement_start", start_fields, countof(start_fields), sizeof(agreement_draft_in)};
static const field draft_fields[] = {
    FIELD(agreement_draft_in, id, F_ID, .flags = F_HIDDEN),
    FIELD(agreement_draft_in, draft, F_INT, .flags = F_HIDDEN),
    DRAFT_FIELDS
};
const shape agreement_draft_shape = {"agreement_draft", draft_fields, countof(draft_fields), sizeof(agreement_draft_in)};

/* The same subject in other spaces and letters is the same subject. */
static str subject_key(arena *a, str subject)
{
    buf b = buf_new(a, subject.n + 1);
    for (size i = 0; i < subject.n; i++)
        if (subject.p[i] != ' ') buf_byte(&b, subject.p[i]);
    return str_replace(a, str_upper(a, buf_str(&b)), S("　"), S(""));
}

err agreement_agency_stands(ctx *c, const org *g)
{
    static const struct { const char *state, *text; } refused[] = {
        {"applied", N_("The agency is not admitted yet, so it takes no agreements.")},
        {"reviewing", N_("The agency is not admitted yet, so it takes no agreements.")},
        {"suspended", N_("A suspended agency takes no new agreements.")},
        {"left", N_("The agency has left the alliance, so it takes no new agreements.")},
    };
    for (int i = 0; i < countof(refused); i++)
        if (str_eqz(g->state, refused[i].state)) return err_of(ERR_CONFLICT, "", refused[i].text);
    return admission_evidence_check(c, g->id);
}

static err check_parties(ctx *c, const agreement_draft_in *d, item *i)
{
    org e, g;
    TRY(member_get(c, c->who.org, &g));
    if (!str_eqz(g.kind, "agency")) return err_of(ERR_DENIED, "", N_("Only an agency drafts agreements."));
    TRY(agreement_agency_stands(c, &g));
    err bad = member_get(c, d->enterprise, &e);
    if (bad.kind == ERR_MISSING || (!bad.kind && !str_eqz(e.kind, "enterprise")))
        return err_of(ERR_INPUT, "enterprise", N_("Choose an enterprise of the zone."));
    TRY(bad);
    bad = catalogue_get(c, d->item, i);
    if (bad.kind == ERR_MISSING) return err_of(ERR_INPUT, "item", N_("There is no such service."));
    TRY(bad);
    if (d->to_day < d->from_day) return err_of(ERR_INPUT, "to_day", N_("The service ends before it begins."));
    if (i->policy && d->fee_fen) return err_of(ERR_INPUT, "fee_fen", N_("In government mode the enterprise pays no fee."));
    if (i->zero_fee && d->fee_fen) return err_of(ERR_INPUT, "fee_fen", N_("This service is offered for no fee."));
    if (!i->zero_fee && !d->fee_fen) return err_of(ERR_INPUT, "fee_fen", N_("In market mode the fee after success is part of the agreement."));
    if (d->contract) {
        document doc;
        bad = document_own(c, d->contract, &doc);
        if (bad.kind) return err_of(ERR_INPUT, "contract", N_("There is no such file."));
    }
    return NO_ERR;
}

static err taken(ctx *c, const agreement_draft_in *d, str key)
{
    int64_t other;
    agreement a;
    TRY(store_int(c, &pair_active_pair, &other, ARGS(d->enterprise, d->item, key)));
    TRY(agreement_fetch(c, other, &a));
    return err_with(ERR_CONFLICT, "subject", N_("This enterprise already has an agreement for this service and subject: {0} with {1}."),
                    a.number.n ? a.number : str_fmt(c->a, "%lld", (long long)a.id), a.agency_name, (str){0});
}

static err link_contract(ctx *c, int64_t id, int64_t doc)
{
    TRY(document_unlink(c, S("agreement"), id, S("contract")));
    return doc ? document_link(c, doc, S("agreement"), id, S("contract")) : NO_ERR;
}

static err start(ctx *c, void *in)
{
    agreement_draft_in *d = in;
    item i;
    TRY(check_parties(c, d, &i));
    str key = subject_key(c->a, d->subject);
    TRY(flow_begin(c, S("agreement"), &d->id));
    err e = store_run(c, &pair_add_agreement, NULL,
                      ARGS(d->id, d->enterprise, c->who.org, d->item, i.policy, d->subject, key, i.mode, d->quantity, d->fee_fen, d->from_day,
                           d->to_day, d->pay_year, d->contract, i.version_id));
    if (e.kind == ERR_CONFLICT) return taken(c, d, key);
    TRY(e);
    return link_contract(c, d->id, d->contract);
}

static err save(ctx *c, void *in)
{
    agreement_draft_in *d = in;
    agreement a;
    item i;
    bool may;
    TRY(agreement_get(c, d->id, &a));
    TRY(agreement_writes(c, &a, AGREEMENT_TERMS, &may));
    if (!may) return err_of(ERR_CONFLICT, "", N_("Only a draft can be changed."));
    TRY(check_parties(c, d, &i));
    if (!d->contract) d->contract = a.contract_doc;
    if (d->draft <= 0) d->draft = a.draft; /* a program need not send it */
    str key = subject_key(c->a, d->subject);
    int64_t changed;
    err e = store_run(c, &pair_save_agreement, &changed,
                      ARGS(d->id, d->enterprise, d->item, i.policy, d->subject, key, i.mode, d->quantity, d->fee_fen, d->from_day, d->to_day,
                           d->pay_year, d->contract, d->draft, i.version_id));
    if (e.kind == ERR_CONFLICT) return taken(c, d, key);
    TRY(e);
    if (!changed) return err_of(ERR_CONFLICT, "", N_("Somebody else has saved this draft meanwhile. Below is what you typed; the stored version is beside it."));
    return link_contract(c, d->id, d->contract);
}

const action agreement_start = {"agreement_start", &agreement_start_shape, start, 0};
const action agreement_save = {"agreement_save", &agreement_draft_shape, save, 0};

/* ---- moving --------------------------------------------------------------------------------------------------------- */

static const field move_fields[] = {
    FIELD(agreement_move_in, id, F_ID, .flags = F_HIDDEN),
    FIELD(agreement_move_in, version, F_INT, .flags = F_HIDDEN),
    FIELD(agreement_move_in, choice, F_CODE, .flags = F_REQUIRED, .label = N_("Decision"), .max = 60),
    FIELD(agreement_move_in, note, F_LINES, .label = N_("Note"), .max = 2000),
    FIELD(agreement_move_in, sha256, F_TEXT, .flags = F_HIDDEN, .max = 64),
    FIELD(agreement_move_in, ip, F_TEXT, .flags = F_PRIVATE),
};
const shape agreement_move_shape = {"agreement_move", move_fields, countof(move_fields), sizeof(agreement_move_in)};

/* Nobody signs, files or ends for another organisation. */
static err check_party(ctx *c, const agreement *a, str node)
{
    bool mine = str_eqz(node, "enterprise_sign") ? c->who.org == a->enterprise
              : str_eqz(node, "filing")          ? true
                                                 : c->who.org == a->agency;
    return mine ? NO_ERR : err_of(ERR_DENIED, "", N_("This step belongs to the other party."));
}

/* What is sent to be signed rests on the version that is offered now; afterwards it keeps it. */
static err complete(ctx *c, const agreement *a)
{
    item now;
    if (!a->contract_doc) return err_of(ERR_INPUT, "contract", N_("The service contract is missing."));
    TRY(catalogue_get(c, a->item, &now));
    return now.version_id == a->item_version ? NO_ERR : err_of(ERR_CONFLICT, "item", N_("The service has a new version since the draft was saved; read it and save the draft again."));
}

/* ---- the price guide --------------------------------------------------------------------------------------------------- */

err agreement_price_check(ctx *c, const agreement *a)
{
    item i;
    TRY(catalogue_version(c, a->item_version, &i));
    return a->price_approved_at ? NO_ERR : catalogue_price_check(c, &i, a->quantity, a->fee_fen);
}

static const field price_fields[] = {
    FIELD(agreement_price_in, id, F_ID, .flags = F_HIDDEN),
    FIELD(agreement_price_in, reason, F_LINES, .flags = F_REQUIRED, .label = N_("Reason"), .hint = N_("Why this fee is neither dumping nor overcharging; both parties read it"), .max = 500),
};
const shape agreement_price_shape = {"agreement_price_approve", price_fields, countof(price_fields), sizeof(agreement_price_in)};

static err approve_price(ctx *c, void *in)
{
    agreement_price_in *p = in;
    agreement a;
    TRY(agreement_get(c, p->id, &a));
    if (a.filed_day) return err_of(ERR_CONFLICT, "", N_("The agreement is filed already."));
    err outside = agreement_price_check(c, &a);
    if (!outside.kind) return err_of(ERR_CONFLICT, "", N_("The fee needs no approval: it is within the price guide, or approved already."));
    if (outside.kind != ERR_CONFLICT) return outside;
    TRY(store_run(c, &pair_approve_price, NULL, ARGS(a.id, c->now, c->who.person, p->reason)));
    str href = str_fmt(c->a, "/agreements/%lld", (long long)a.id);
    TRY(message_org(c, a.agency, N_("The alliance approved the fee of the agreement on {0}: {1}"), a.subject, p->reason, (str){0}, href));
    return message_org(c, a.enterprise, N_("The alliance approved the fee of the agreement on {0}: {1}"), a.subject, p->reason, (str){0}, href);
}
const action agreement_price_approve = {"agreement_price_approve", &agreement_price_shape, approve_price, 0};

static err before_move(ctx *c, const agreement *a, str choice, str note)
{
    static const char *const makes_new[] = {"submit", "sign", "sign_agency", "file"};
    org agency;
    TRY(check_party(c, a, a->node));
    for (int i = 0; i < countof(makes_new); i++) {
        if (!str_eqz(choice, makes_new[i])) continue;
        TRY(member_get(c, a->agency, &agency));
        TRY(agreement_agency_stands(c, &agency));
    }
    if (str_eqz(choice, "submit")) {
        TRY(complete(c, a));
        TRY(deficiency_all_answered(c, a->id));
        return contract_freeze(c, a);
    }
    if (str_eqz(choice, "return")) return deficiency_send(c, a->id, a->agency, a->node, note);
    if (str_eqz(choice, "file")) return deficiency_settle(c, a->id);
    return NO_ERR;
}

static err after_move(ctx *c, const agreement *a, const agreement_move_in *m)
{
    str choice = m->choice;
    if (str_eqz(choice, "sign")) TRY(contract_sign(c, a->id, S("enterprise"), m->sha256, m->ip));
    if (str_eqz(choice, "sign_agency")) TRY(contract_sign(c, a->id, S("agency"), m->sha256, m->ip));
    if (str_eqz(choice, "sign")) return store_run(c, &pair_sign_enterprise, NULL, ARGS(a->id, c->now, c->who.person));
    if (str_eqz(choice, "discard")) return store_run(c, &pair_end_pair, NULL, ARGS(a->id));
    agreement now;
    TRY(agreement_fetch(c, a->id, &now));
    if (str_eqz(now.node, "draft")) return store_run(c, &pair_unsign, NULL, ARGS(a->id)); /* what changes is signed anew */
    return NO_ERR;
}

static err move(ctx *c, void *in)
{
    agreement_move_in *m = in;
    agreement a;
    TRY(agreement_get(c, m->id, &a));
    bool stale = m->version >= 0 && m->version != a.version;
    if (!stale) TRY(before_move(c, &a, m->choice, m->note)); /* else the flow says first what it is now */
    TRY(flow_decide(c, m->id, m->version, m->choice, m->note));
    return after_move(c, &a, m);
}
const action agreement_move = {"agreement_move", &agreement_move_shape, move, 0};

/* ---- what the flow does ------------------------------------------------------------------------------------------------ */

static err file_one(ctx *c, int64_t id)
{
    agreement a;
    policy_version p;
    int64_t most = 0, n;
    TRY(agreement_fetch(c, id, &a));
    TRY(agreement_price_check(c, &a));
    if (a.policy) {
        TRY(policy_in_force(c, a.policy, c->today, &p));
        TRY(policy_most(c, &p, a.quantity, &most));
        TRY(budget_reserve(c, a.policy, a.pay_year, a.item, id, most));
    }
    int y, mo, d;
    day_split(c->today, &y, &mo, &d);
    TRY(store_insert(c, &pair_next_number, &n, ARGS(y)));
    str number = str_fmt(c->a, "备%d-%04lld", y, (long long)n);
    TRY(store_run(c, &pair_file, NULL, ARGS(id, number, c->today, c->who.person, most)));
    str href = str_fmt(c->a, "/agreements/%lld", (long long)id);
    TRY(message_org(c, a.agency, N_("The agreement {0} with {1} is filed."), number, a.enterprise_name, (str){0}, href));
    return message_org(c, a.enterprise, N_("The agreement {0} with {1} is filed."), number, a.agency_name, (str){0}, href);
}

static err both_signed(ctx *c, const flow_move *m)
{
    for (int i = 0; i < m->n; i++) TRY(store_run(c, &pair_sign_agency, NULL, ARGS(m->cases[i].id, c->now, c->who.person)));
    return NO_ERR;
}

static err file_agreement(ctx *c, const flow_move *m)
{
    for (int i = 0; i < m->n; i++) TRY(file_one(c, m->cases[i].id));
    return NO_ERR;
}

static err release_agreement(ctx *c, const flow_move *m)
{
    for (int i = 0; i < m->n; i++) {
        TRY(budget_release(c, m->cases[i].id));
        TRY(store_run(c, &pair_end_pair, NULL, ARGS(m->cases[i].id)));
    }
    return NO_ERR;
}

/* A fee outside the guide is the alliance's to approve before the bureau can file. */
static err ask_price(ctx *c, const agreement *a, str href)
{
    err outside = agreement_price_check(c, a);
    if (outside.kind != ERR_CONFLICT) return outside;
    return message_role(c, ROLE_ALLIANCE, N_("The agreement of {0} with {1} has a fee outside the price guide; it waits for your approval."), a->agency_name, a->enterprise_name, (str){0}, href);
}

/* Tells whoever has to act next. */
static err rested(ctx *c, const flow_move *m)
{
    for (int i = 0; i < m->n; i++) {
        agreement a;
        err e = agreement_fetch(c, m->cases[i].id, &a);
        if (e.kind == ERR_MISSING) continue; /* just begun: its row comes next */
        TRY(e);
        str href = str_fmt(c->a, "/agreements/%lld", (long long)a.id);
        if (str_eqz(m->to->id, "enterprise_sign"))
            TRY(message_org(c, a.enterprise, N_("{0} sent you an agreement to sign: {1}."), a.agency_name, a.subject, (str){0}, href));
        else if (str_eqz(m->to->id, "agency_sign"))
            TRY(message_org(c, a.agency, N_("{0} has signed; it is your turn: {1}."), a.enterprise_name, a.subject, (str){0}, href));
        else if (str_eqz(m->to->id, "filing"))
            TRY(ask_price(c, &a, href));
        else if (str_eqz(m->to->id, "draft"))
            TRY(message_org(c, a.agency, N_("The agreement on {0} came back: {1}"), a.subject, m->note, (str){0}, href));
        else if (m->to->kind == NODE_END)
            TRY(message_org(c, a.enterprise, N_("The agreement on {0} has ended."), a.subject, (str){0}, (str){0}, href));
    }
    return NO_ERR;
}

static const flow_action flow_actions[] = {{"signed", both_signed}, {"file_agreement", file_agreement}, {"release_agreement", release_agreement}, {0}};
const flow_kind pair_flow = {"agreement", flow_actions, NULL, rested};
