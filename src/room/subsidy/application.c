/* SPDX-License-Identifier: Apache-2.0 */
/* application.c: drafting, confirming and submitting an application. */
#include "room/subsidy/application.h"
#include "room/subsidy/application_rights.h"

#include "base/days.h"
#include "base/patent.h"
#include "format/hash.h"
#include "format/json.h"
#include "gen/room/subsidy/application_sql.h"
#include "room/document/document.h"
#include "room/member/member.h"
#include "room/message/message.h"
#include "room/outcome/outcome.h"
#include "room/pair/pair.h"
#include "room/policy/policy.h"
#include "room/subsidy/paper.h"
#include "room/subsidy/reduction.h"
#include "room/zone/zone.h"

SHAPE(application, FIELD(application, id, F_ID), FIELD(application, version, F_INT), FIELD(application, draft, F_INT),
      FIELD(application, number, F_TEXT), FIELD(application, node, F_TEXT), FIELD(application, agreement, F_ID),
      FIELD(application, agency, F_ID), FIELD(application, enterprise, F_ID), FIELD(application, policy_version, F_ID),
      FIELD(application, month, F_INT), FIELD(application, batch, F_ID), FIELD(application, outcome_kind, F_TEXT),
      FIELD(application, outcome_number, F_LINES), FIELD(application, outcome_normal, F_TEXT), FIELD(application, outcome_day, F_DAY),
      FIELD(application, service_from, F_DAY), FIELD(application, service_to, F_DAY), FIELD(application, quantity, F_INT),
      FIELD(application, base_fen, F_FEN), FIELD(application, grade, F_TEXT), FIELD(application, amount_fen, F_FEN),
      FIELD(application, reward_fen, F_FEN), FIELD(application, standard_fen, F_FEN), FIELD(application, explained, F_TEXT),
      FIELD(application, payee, F_ID), FIELD(application, contract_doc, F_ID), FIELD(application, letter_doc, F_ID),
      FIELD(application, proof_doc, F_ID), FIELD(application, confirmed_at, F_TIME), FIELD(application, confirmed_by, F_ID),
      FIELD(application, confirmed_facts, F_TEXT), FIELD(application, submitted_day, F_DAY), FIELD(application, submitted_by, F_ID),
      FIELD(application, round, F_INT), FIELD(application, flow_id, F_ID), FIELD(application, since_day, F_DAY),
      FIELD(application, due_day, F_DAY), FIELD(application, agency_name, F_TEXT), FIELD(application, enterprise_name, F_TEXT),
      FIELD(application, item_name, F_TEXT), FIELD(application, payee_name, F_TEXT), FIELD(application, policy_title, F_TEXT));

const struct choice application_items[] = {
    {"outcome_kind", N_("Kind of outcome")}, {"outcome_number", N_("Number of the outcome")}, {"outcome_day", N_("Day of the outcome")},
    {"service_from", N_("Service from")}, {"service_to", N_("Service until")}, {"base_fen", N_("Amount the subsidy is a share of")},
    {"grade", N_("Grade")}, {"contract", N_("Service contract")}, {"letter", N_("Letter of commitment")}, {"proof", N_("Proof of the outcome")},
    {"general", N_("In general")}, {0},
};

/* ---- reading --------------------------------------------------------------------------------------------------- */

static err missing(void) { return err_of(ERR_MISSING, "", N_("There is no such application.")); }

err application_fetch(ctx *c, int64_t id, application *out)
{
    err e = store_row(c, &application_row, &application_shape, out, ARGS(id));
    return e.kind == ERR_MISSING ? missing() : e;
}

err application_get(ctx *c, int64_t id, application *out)
{
    TRY(application_fetch(c, id, out));
    return application_reads(c, out) ? NO_ERR : missing();
}

/* ---- the facts --------------------------------------------------------------------------------------------------- */

str application_facts(ctx *c, const application *a)
{
    view *v = view_map(c->a);
    view_text(v, S("outcome_kind"), a->outcome_kind);
    view_text(v, S("outcome_number"), a->outcome_normal.n ? a->outcome_normal : a->outcome_number);
    view_day(v, S("outcome_day"), a->outcome_day);
    view_day(v, S("service_from"), a->service_from);
    view_day(v, S("service_to"), a->service_to);
    view_fen(v, S("base_fen"), a->base_fen);
    view_text(v, S("grade"), a->grade);
    view_fen(v, S("amount_fen"), a->amount_fen);
    view_fen(v, S("reward_fen"), a->reward_fen);
    static const struct { const char *name; size_t at; } files[] = {
        {"contract", offsetof(application, contract_doc)}, {"letter", offsetof(application, letter_doc)}, {"proof", offsetof(application, proof_doc)},
    };
    for (int i = 0; i < countof(files); i++) {
        document d;
        int64_t id = *(const int64_t *)((const char *)a + files[i].at);
        bool there = id && !document_get(c, id, &d).kind;
        view_text(v, str_of(files[i].name), there ? str_fmt(c->a, SF " (" SF ")", SA(d.name), SA(str_head(d.sha256, 12))) : S(""));
    }
    buf b = buf_new(c->a, 512);
    json_canonical(&b, v);
    return buf_str(&b);
}

/* Each number on its line, checked and in its one normal form; the same number twice counts once. */
static err read_numbers(ctx *c, application *a)
{
    buf normal = buf_new(c->a, 128);
    str line;
    a->quantity = 0;
    for (str rest = a->outcome_number; str_split(&rest, '\n', &line);) {
        str one;
        line = str_trim(line);
        if (!line.n) continue;
        TRY(outcome_number(c->a, a->outcome_kind, line, &one));
        str padded = str_fmt(c->a, " " SF " ", SA(one));
        if (str_find(str_fmt(c->a, " " SF " ", SA(buf_str(&normal))), padded) >= 0)
            return err_with(ERR_INPUT, "outcome_number", N_("The number {0} stands there twice."), line, (str){0}, (str){0});
        if (normal.n) buf_byte(&normal, ' ');
        buf_put(&normal, one);
        if (++a->quantity > 999) return err_of(ERR_INPUT, "outcome_number", N_("At most 999 numbers in one application."));
    }
    a->outcome_normal = buf_str(&normal);
    return a->quantity ? NO_ERR : err_of(ERR_INPUT, "outcome_number", N_("Give the number of the outcome."));
}

/* Numbers and amounts as far as what is typed allows; a draft may be unfinished. */
static void compute(ctx *c, application *a, const policy_version *p)
{
    policy_amount money = {0};
    a->outcome_normal = (str){0};
    a->amount_fen = a->reward_fen = a->standard_fen = a->quantity = 0;
    a->explained = (str){0};
    if (!a->outcome_kind.n || read_numbers(c, a).kind) return;
    ctx zh = *c; /* what is kept must not hang on the reader's language, or the record could not be replayed */
    zh.lang = LANG_ZH;
    if (policy_compute(&zh, p, a->quantity, a->base_fen, a->grade, &money).kind) return;
    a->amount_fen = money.agency_fen, a->reward_fen = money.reward_fen, a->standard_fen = money.standard_fen;
    a->explained = money.explained;
}

/* ---- saving ------------------------------------------------------------------------------------------------------------- */

err application_payee(ctx *c, const policy_version *p, int64_t agency, int64_t *out)
{
    org alliance;
    *out = agency;
    if (!str_eqz(p->payee, "alliance")) return NO_ERR;
    TRY(member_of_kind(c, S("alliance"), &alliance));
    *out = alliance.id;
    return NO_ERR;
}

static const field draft_fields[] = {
    FIELD(application_draft_in, id, F_ID, .flags = F_HIDDEN),
    FIELD(application_draft_in, draft, F_INT, .flags = F_HIDDEN),
    FIELD(application_draft_in, outcome_kind, F_CODE, .label = N_("Kind of outcome"), .choices = outcome_kinds),
    FIELD(application_draft_in, outcome_number, F_LINES, .label = N_("Number of the outcome"), .hint = N_("As on the certificate; several of one kind on a line each"), .max = 30000),
    FIELD(application_draft_in, outcome_day, F_DAY, .label = N_("Day of the outcome"), .hint = N_("Grant, registration or issue, as on the certificate")),
    FIELD(application_draft_in, service_from, F_DAY, .label = N_("Service from")),
    FIELD(application_draft_in, service_to, F_DAY, .label = N_("Service until")),
    FIELD(application_draft_in, base_fen, F_FEN, .label = N_("Amount the subsidy is a share of, in yuan"), .hint = N_("Only where the policy pays a share"), .max = 100000000000000),
    FIELD(application_draft_in, grade, F_CODE, .label = N_("Grade"), .hint = N_("Only where the policy pays by grade"), .max = 40),
    FIELD(application_draft_in, contract, F_FILE, .label = N_("Service contract"), .hint = N_("PDF or picture, at most 20 MB")),
    FIELD(application_draft_in, letter, F_FILE, .label = N_("Letter of commitment"), .hint = N_("Signed and sealed; PDF or picture, at most 20 MB")),
    FIELD(application_draft_in, proof, F_FILE, .label = N_("Proof of the outcome"), .hint = N_("The certificate; PDF or picture, at most 20 MB")),
};
const shape application_draft_shape = {"application_draft", draft_fields, countof(draft_fields), sizeof(application_draft_in)};

static err use_file(ctx *c, int64_t id, const char *as, int64_t typed, int64_t *kept)
{
    document d;
    if (!typed || typed == *kept) return NO_ERR;
    if (document_own(c, typed, &d).kind) return err_of(ERR_INPUT, as, N_("There is no such file."));
    *kept = typed;
    TRY(document_unlink(c, S("application"), id, str_of(as)));
    return document_link(c, typed, S("application"), id, str_of(as));
}

static err put(ctx *c, application_draft_in *d, application *a)
{
    policy_version p;
    agreement m;
    int64_t changed, payee;
    a->outcome_kind = d->outcome_kind, a->outcome_number = d->outcome_number, a->grade = d->grade;
    a->outcome_day = d->outcome_day, a->service_from = d->service_from, a->service_to = d->service_to, a->base_fen = d->base_fen;
    TRY(use_file(c, a->id, "contract", d->contract, &a->contract_doc));
    TRY(use_file(c, a->id, "letter", d->letter, &a->letter_doc));
    TRY(use_file(c, a->id, "proof", d->proof, &a->proof_doc));
    TRY(agreement_in_service(c, a->agreement, &m));
    TRY(policy_in_force(c, m.policy, c->today, &p));
    TRY(application_payee(c, &p, a->agency, &payee));
    compute(c, a, &p);
    TRY(reduction_apply(c, a));
    if (d->draft <= 0) d->draft = a->draft; /* a program need not send it */
    TRY(store_run(c, &application_save_draft, &changed,
                  ARGS(a->id, a->outcome_kind, a->outcome_number, a->outcome_normal, a->outcome_day, a->service_from, a->service_to, a->quantity,
                       a->base_fen, a->grade, a->amount_fen, a->reward_fen, a->standard_fen, a->explained, a->contract_doc, a->letter_doc,
                       a->proof_doc, p.id, payee, d->draft)));
    if (!changed)
        return err_of(ERR_CONFLICT, "", N_("Somebody else, or you in another window, has saved this meanwhile. Below is what you typed; beside it stands what is stored."));
    return NO_ERR;
}

static err save(ctx *c, void *in)
{
    application_draft_in *d = in;
    application a;
    bool may;
    TRY(application_get(c, d->id, &a));
    TRY(application_writes(c, &a, APP_FACTS | APP_FILES, &may));
    if (!may)
        return err_of(ERR_CONFLICT, "", N_("The application is not with the agency now, so its facts cannot be changed."));
    return put(c, d, &a);
}
const action application_save = {"application_save", &application_draft_shape, save, 0};

/* After an objection or a return by finance the bureau amends the facts (flow.md: amend). */
static err amend(ctx *c, void *in)
{
    application_draft_in *d = in;
    application a;
    bool may;
    TRY(application_get(c, d->id, &a));
    TRY(application_writes(c, &a, APP_FACTS, &may));
    if (!may) return err_of(ERR_CONFLICT, "", N_("Only while a case is being amended may the bureau change its facts."));
    TRY(application_writes(c, &a, APP_FILES, &may));
    if (!may) d->contract = d->letter = d->proof = 0;
    return put(c, d, &a);
}
const action application_amend = {"application_amend", &application_draft_shape, amend, 0};

/* ---- the enterprise confirms what is claimed in its name ------------------------------------------------------------- */

SHAPE(application_ref, FIELD(application_ref, id, F_ID, .flags = F_HIDDEN));

static err confirm(ctx *c, void *in)
{
    application a;
    bool may;
    TRY(application_get(c, ((application_ref *)in)->id, &a));
    if (c->who.role != ROLE_ENTERPRISE) return err_of(ERR_DENIED, "", N_("Only the enterprise can confirm."));
    TRY(application_writes(c, &a, APP_CONFIRMATION, &may));
    if (!may) return err_of(ERR_CONFLICT, "", N_("It is confirmed before it is submitted."));
    if (!a.quantity) return err_of(ERR_CONFLICT, "", N_("The agency has not entered the outcome yet."));
    str hash = sha256_hex(c->a, application_facts(c, &a));
    TRY(store_run(c, &application_put_confirmation, NULL, ARGS(a.id, c->now, c->who.person, hash)));
    return message_org(c, a.agency, N_("{0} has confirmed the application on {1}; it can be submitted."), a.enterprise_name, a.item_name, (str){0},
                       str_fmt(c->a, "/applications/%lld", (long long)a.id));
}
const action application_confirm = {"application_confirm", &application_ref_shape, confirm, 0};

/* ---- submitting ------------------------------------------------------------------------------------------------------- */

static void in_order(ctx *c, int64_t first, int64_t second, const char *field_name, const char *says)
{
    if (first && second && first > second)
        ctx_wrong(c, field_name, err_with(ERR_INPUT, field_name, says, day_text(c->a, first), day_text(c->a, second), (str){0}));
}

static err check_dates(ctx *c, const application *a, const policy_version *p)
{
    agreement m;
    TRY(agreement_in_service(c, a->agreement, &m));
    in_order(c, m.filed_day, a->service_from, "service_from", N_("The agreement was filed on {0}, after the service began on {1}."));
    in_order(c, a->service_from, a->service_to, "service_to", N_("The service begins on {0} and ends before that, on {1}."));
    in_order(c, a->service_to, a->outcome_day, "outcome_day", N_("The service ended on {0}, after the outcome of {1}."));
    in_order(c, a->outcome_day, c->today, "outcome_day", N_("The outcome is of {0}; today is {1}."));
    if (a->outcome_day && c->today > a->outcome_day + p->window_days)
        ctx_wrong(c, "outcome_day", err_with(ERR_INPUT, "outcome_day", N_("The outcome is of {0}; it could be claimed until {1}."), day_text(c->a, a->outcome_day),
                                             day_text(c->a, a->outcome_day + p->window_days), (str){0}));
    return NO_ERR;
}

static err check_confirmed(ctx *c, const application *a)
{
    int64_t wanted;
    TRY(zone_number(c, "enterprise_confirms", &wanted));
    if (!wanted) return NO_ERR;
    bool same = a->confirmed_facts.n && str_eq(a->confirmed_facts, sha256_hex(c->a, application_facts(c, a)));
    if (same) return NO_ERR;
    ctx_wrong(c, "", err_of(ERR_INPUT, "", a->confirmed_facts.n ? N_("The facts have changed since the enterprise confirmed them: it has to confirm again.")
                                                                : N_("The enterprise has to confirm the application before it is submitted.")));
    return NO_ERR;
}

err application_complete(ctx *c, const application *a)
{
    policy_version p;
    application copy = *a;
    TRY(policy_get(c, a->policy_version, &p));
    application_missing(c, a);
    if (a->outcome_kind.n && a->outcome_number.n) {
        if (!policy_pays_for(&p, a->outcome_kind)) ctx_wrong(c, "outcome_kind", err_of(ERR_INPUT, "outcome_kind", N_("The policy does not pay for this kind of outcome.")));
        err e = read_numbers(c, &copy);
        policy_amount money;
        if (!e.kind) e = policy_compute(c, &p, copy.quantity, a->base_fen, a->grade, &money);
        if (e.kind) ctx_wrong(c, e.field, e);
    }
    TRY(check_dates(c, a, &p));
    TRY(check_confirmed(c, a));
    return ctx_errors(c);
}

err application_claim(ctx *c, const application *a)
{
    str one;
    const outcome_claiming k = {.application = a->id, .agreement = a->agreement, .agency = a->agency, .enterprise = a->enterprise, .day = a->outcome_day,
                                .proof = a->proof_doc, .kind = a->outcome_kind, .normals = a->outcome_normal};
    TRY(store_run(c, &application_claims_end, NULL, ARGS(a->id)));
    for (str rest = a->outcome_normal; str_split(&rest, ' ', &one);) {
        err e = store_run(c, &application_claim_add, NULL, ARGS(a->outcome_kind, one, a->id));
        if (e.kind != ERR_CONFLICT) {
            TRY(e);
            continue;
        }
        str other;
        TRY(store_text(c, &application_claimed_by, &other, ARGS(a->outcome_kind, one, a->id)));
        return err_with(ERR_CONFLICT, "outcome_number", N_("The outcome {0} is claimed already, by {1}: an outcome pays once."), one,
                        other.n ? other : tr(c->lang, N_("another zone")), (str){0});
    }
    return outcome_claim(c, &k);
}

typedef struct month_call { int64_t month, opens_day, closes_day; } month_call;
SHAPE(month_call, FIELD(month_call, month, F_INT), FIELD(month_call, opens_day, F_DAY), FIELD(month_call, closes_day, F_DAY));

err call_for(ctx *c, int64_t *month, bool *rolled)
{
    month_call now;
    bool open;
    TRY(store_find(c, &application_call_on, &month_call_shape, &now, &open, ARGS(c->today)));
    *month = open ? now.month : month_of(c->today) + 1;
    *rolled = !open;
    return NO_ERR;
}

err application_submit(ctx *c, const application *a)
{
    int64_t month, n, paper;
    bool rolled;
    TRY(application_complete(c, a));
    TRY(application_claim(c, a));
    TRY(call_for(c, &month, &rolled));
    str number = a->number;
    if (!number.n) {
        TRY(store_insert(c, &application_next_number, &n, ARGS(month)));
        number = str_fmt(c->a, "S" SF "-%04lld", SA(month_text(c->a, month)), (long long)n);
    }
    TRY(store_run(c, &application_mark_submitted, NULL, ARGS(a->id, number, month, c->today, c->who.person)));
    TRY(store_run(c, &application_version_add, NULL, ARGS(a->id, a->round + 1, application_facts(c, a), c->today)));
    TRY(paper_issue_claim(c, a->id, &paper));
    str href = str_fmt(c->a, "/applications/%lld", (long long)a->id);
    if (rolled)
        TRY(message_org(c, a->agency, N_("The call of this month is closed: {0} goes with the batch of {1}."), number, month_text(c->a, month), (str){0}, href));
    return message_org(c, a->enterprise, N_("{0} submitted application {1} in your name."), a->agency_name, number, (str){0}, href);
}

/* ---- what changed since, and where else the same stands ------------------------------------------------------------------ */

typedef struct version_row { int64_t round, submitted_day; str facts; } version_row;
SHAPE(version_row, FIELD(version_row, round, F_INT), FIELD(version_row, submitted_day, F_DAY), FIELD(version_row, facts, F_LINES));

/* One fact as people read it: a day as a day, money as money, a kind by its word. */
static void put_value(ctx *c, view *row, str as, const view *fact)
{
    int64_t day;
    bool none = !fact || fact->kind == V_NULL || (fact->kind == V_TEXT && !fact->s.n) || (fact->kind == V_INT && !fact->i);
    if (none) view_text(row, as, S("—"));
    else if (fact->kind == V_INT && str_ends(fact->name, S("_fen"))) view_fen(row, as, fact->i);
    else if (fact->kind == V_TEXT && day_parse(fact->s, &day)) view_day(row, as, day);
    else if (fact->kind == V_TEXT) view_text(row, as, str_eqz(fact->name, "outcome_kind") ? choice_word(c->lang, outcome_kinds, fact->s) : fact->s);
    else view_int(row, as, fact->i);
}

static str fact_label(const ctx *c, str name)
{
    static const struct choice computed[] = {{"amount_fen", N_("Subsidy to the agency")}, {"reward_fen", N_("Reward to the enterprise")}, {0}};
    static const struct choice *const tables[] = {application_items, computed};
    for (int t = 0; t < countof(tables); t++)
        for (const struct choice *i = tables[t]; i->code; i++)
            if (str_eqz(name, i->code)) return tr(c->lang, i->label);
    return name;
}

err application_show_facts(ctx *c, const application *a, view *into, str name)
{
    view *facts, *out = view_put_list(into, name);
    TRY(json_read(c->a, application_facts(c, a), &facts));
    for (const view *fact = facts->first; fact; fact = fact->next) {
        view *row = view_add_map(out);
        view_code(row, S("field"), fact->name, fact_label(c, fact->name));
        put_value(c, row, S("value"), fact);
    }
    return NO_ERR;
}

/* Equal as they were written down: canonical JSON has one form for each value. */
static bool same(ctx *c, const view *x, const view *y)
{
    buf a = buf_new(c->a, 64), b = buf_new(c->a, 64);
    if (x) json_write(&a, x);
    if (y) json_write(&b, y);
    return str_eq(buf_str(&a), buf_str(&b));
}

err application_differences(ctx *c, const application *a, view *into)
{
    list rows;
    view *before, *after;
    TRY(store_list(c, &application_versions_last, &version_row_shape, &rows, ARGS(a->id)));
    view *out = view_put_list(into, S("differences"));
    if (rows.n < 2) return NO_ERR;
    const version_row *v = rows.items;
    TRY(json_read(c->a, v[1].facts, &before));
    TRY(json_read(c->a, v[0].facts, &after));
    view_int(into, S("differences_round"), v[1].round);
    for (const view *now = after->first; now; now = now->next) {
        const view *old = view_get(before, now->name);
        if (same(c, old, now)) continue;
        view *row = view_add_map(out);
        view_code(row, S("field"), now->name, fact_label(c, now->name));
        put_value(c, row, S("before"), old);
        put_value(c, row, S("after"), now);
    }
    return NO_ERR;
}

/* Another file of this application is the agreement's contract itself: that is no twin. */
static err name_twin_files(ctx *c, const application *a, view *into)
{
    view *found = view_map(c->a), *out = view_put_list(into, S("twin_files"));
    TRY(document_twins(c, S("application"), a->id, found, S("rows")));
    for (const view *row = view_get(found, S("rows"))->first; row; row = row->next) {
        str object = view_get_text(row, S("object"));
        int64_t id = view_get_int(row, S("object_id"), 0);
        bool other = str_eqz(object, "application"), known = str_eqz(object, "outcome");
        application b;
        outcome o;
        if (str_eqz(object, "agreement") && id == a->agreement) continue;
        if (known) TRY(outcome_get(c, id, &o));
        if (known && o.agreement == a->agreement) continue;
        view *one = view_add_map(out);
        view_text(one, S("used_as"), fact_label(c, view_get_text(row, S("used_as"))));
        view_text(one, S("href"), str_fmt(c->a, "/" SF "s/%lld", SA(object), (long long)id));
        str number = other && !application_fetch(c, id, &b).kind ? b.number : (str){0};
        view_text(one, S("where"), number.n ? number : str_fmt(c->a, SF " %lld", SA(choice_word(c->lang, document_objects, object)), (long long)id));
    }
    return NO_ERR;
}

err application_twins(ctx *c, const application *a, view *into)
{
    str one;
    TRY(name_twin_files(c, a, into));
    view *out = view_put_list(into, S("twin_numbers"));
    for (str rest = a->outcome_normal; str_split(&rest, ' ', &one);) {
        str other;
        TRY(store_text(c, &application_claimed_by, &other, ARGS(a->outcome_kind, one, a->id)));
        if (!other.n) continue;
        view *row = view_add_map(out);
        view_text(row, S("number"), one);
        view_text(row, S("application"), other);
    }
    view_bool(into, S("twins"), out->n || view_get(into, S("twin_files"))->n);
    return NO_ERR;
}

/* The colour of a step, always beside its word: it waits, it came back, it is paid, it is refused. */
static str tone_of(const flow_node *n, str node, bool numbered)
{
    static const struct { const char *node, *tone; } other[] = {
        {"paid", "green"}, {"granted", "green"}, {"refused", "red"}, {"withdrawn", "secondary"}, {"amend", "yellow"},
    };
    for (int i = 0; i < countof(other); i++)
        if (str_eqz(node, other[i].node)) return str_of(other[i].tone);
    if (str_eqz(node, "prepare")) return numbered ? S("yellow") : S("secondary");
    return n && n->kind == NODE_END ? S("green") : S("blue");
}

void application_show_step(const ctx *c, view *row, const flow *f, str node)
{
    const flow_node *n = flow_node_of(f, node);
    view_code(row, S("step"), node, flow_step_name(f, node, c->lang));
    view_text(row, S("tone"), tone_of(n, node, view_get_text(row, S("number")).n));
    if (n && n->kind == NODE_TASK) view_code(row, S("role"), str_of(role_code[n->role]), tr(c->lang, role_label[n->role]));
}

err subsidy_name_step(ctx *c, view *row, int64_t flow_id, str node)
{
    const flow *f;
    TRY(flow_version(c, flow_id, &f));
    application_show_step(c, row, f, node);
    return NO_ERR;
}
