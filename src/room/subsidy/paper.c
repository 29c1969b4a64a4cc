/* SPDX-License-Identifier: Apache-2.0 */
/* paper.c: issuing: numbers, frozen lines, what changed since the former paper, the snapshot. */
#include "room/subsidy/paper.h"

#include "base/capitals.h"
#include "base/days.h"
#include "base/patent.h"
#include "format/hash.h"
#include "format/json.h"
#include "gen/room/subsidy/paper_sql.h"
#include "room/audit/audit.h"
#include "room/budget/budget.h"
#include "room/document/document.h"
#include "room/notice/notice.h"
#include "room/subsidy/subsidy.h"
#include "room/zone/zone.h"

SHAPE(official_paper, FIELD(official_paper, id, F_ID), FIELD(official_paper, kind, F_TEXT), FIELD(official_paper, number, F_TEXT), FIELD(official_paper, month, F_INT),
      FIELD(official_paper, batch, F_ID), FIELD(official_paper, application, F_ID), FIELD(official_paper, former, F_ID), FIELD(official_paper, count, F_INT),
      FIELD(official_paper, total_fen, F_FEN), FIELD(official_paper, snapshot, F_LINES), FIELD(official_paper, sha256, F_TEXT), FIELD(official_paper, head, F_TEXT),
      FIELD(official_paper, issued_day, F_DAY), FIELD(official_paper, issued_by, F_ID), FIELD(official_paper, issued_at, F_TIME));

typedef struct source {
    int64_t application, amount_fen, month, policy_version, policy;
    str number, agency, enterprise, item, payee, title, document_number, clause;
} source;
SHAPE(source, FIELD(source, application, F_ID), FIELD(source, amount_fen, F_FEN), FIELD(source, month, F_INT), FIELD(source, policy_version, F_ID),
      FIELD(source, policy, F_ID), FIELD(source, number, F_TEXT), FIELD(source, agency, F_TEXT), FIELD(source, enterprise, F_TEXT),
      FIELD(source, item, F_TEXT), FIELD(source, payee, F_TEXT), FIELD(source, title, F_TEXT), FIELD(source, document_number, F_TEXT),
      FIELD(source, clause, F_TEXT));

/* A paper in the making. */
typedef struct {
    official_paper p, former;
    bool follows;
    const source *lines;
    int n;
    view *snapshot;
} making;

/* ---- kinds and numbers ---------------------------------------------------------------------------------------------- */

static const struct { const char *kind, *former, *number, *name; } kinds[] = {
    {"claim", NULL, "申报", N_("Claim")},
    {"report", NULL, "初审", N_("Preliminary review report")},
    {"request", "report", "", N_("Subsidy request report")},
    {"notice", "request", "公示", N_("Public notice")},
    {"letter", "notice", "函", N_("Letter to finance")},
    {"payment", NULL, "拨付", N_("Payment order")},
};

static int kind_of(str kind)
{
    for (int i = 0; i < countof(kinds); i++)
        if (str_eqz(kind, kinds[i].kind)) return i;
    return -1;
}

str paper_kind_name(lang l, str kind)
{
    int i = kind_of(kind);
    return i < 0 ? kind : tr(l, kinds[i].name);
}

err paper_take_number(ctx *c, str kind, int64_t *year, int64_t *out)
{
    int y, m, d;
    day_split(c->today, &y, &m, &d);
    *year = y;
    return store_insert(c, &paper_next_number, out, ARGS(kind, y));
}

/* The bureau's own papers carry its code; the alliance's report and the agency's claim do not. */
static err give_number(ctx *c, making *m)
{
    int64_t year, n;
    str code = S("");
    int k = kind_of(m->p.kind);
    if (k >= 2) TRY(zone_text(c, "paper_code", &code));
    TRY(paper_take_number(c, m->p.kind, &year, &n));
    m->p.number = str_fmt(c->a, SF "%s〔%lld〕%lld号", SA(code), kinds[k].number, (long long)year, (long long)n);
    return NO_ERR;
}

/* ---- lines ------------------------------------------------------------------------------------------------------------ */

/* The one paper that the public reads. */
static void shorten_names(ctx *c, source *s)
{
    str *const names[] = {&s->agency, &s->enterprise, &s->payee};
    for (int i = 0; i < countof(names); i++) *names[i] = notice_public_name(c->a, *names[i]);
}

static err read_lines(ctx *c, making *m, const int64_t *ids, int n)
{
    source *lines = new_n(c->a, source, n);
    m->p.count = m->n = n;
    for (int i = 0; i < n; i++) {
        TRY(store_row(c, &paper_line_source, &source_shape, &lines[i], ARGS(ids[i])));
        if (str_eqz(m->p.kind, "notice")) shorten_names(c, &lines[i]);
        m->p.total_fen += lines[i].amount_fen;
    }
    m->lines = lines;
    return NO_ERR;
}

static err keep_lines(ctx *c, const making *m)
{
    view *out = view_put_list(m->snapshot, S("lines"));
    for (int i = 0; i < m->n; i++) {
        const source *s = &m->lines[i];
        TRY(store_run(c, &paper_line_add, NULL, ARGS(m->p.id, i + 1, s->application, s->number, s->agency, s->enterprise, s->item, s->payee, s->amount_fen)));
        view *row = view_add_map(out);
        view_int(row, S("place"), i + 1);
        view_int(row, S("application"), s->application);
        view_text(row, S("number"), s->number);
        view_text(row, S("agency"), s->agency);
        view_text(row, S("enterprise"), s->enterprise);
        view_text(row, S("item"), s->item);
        view_text(row, S("payee"), s->payee);
        view_fen(row, S("amount_fen"), s->amount_fen);
    }
    return NO_ERR;
}

/* Each version of a policy that a line rests on, once, and what its budget line has this year. */
static err keep_basis(ctx *c, const making *m)
{
    view *basis = view_put_list(m->snapshot, S("basis")), *budget = view_put_list(m->snapshot, S("budget"));
    int y, month, d;
    day_split(c->today, &y, &month, &d);
    for (int i = 0; i < m->n; i++) {
        const source *s = &m->lines[i];
        bool same_version = false, same_policy = false;
        for (int j = 0; j < i; j++) {
            same_version |= m->lines[j].policy_version == s->policy_version;
            same_policy |= m->lines[j].policy == s->policy;
        }
        if (!same_version) {
            view *row = view_add_map(basis);
            view_text(row, S("title"), s->title);
            view_text(row, S("document_number"), s->document_number);
            view_text(row, S("clause"), s->clause);
        }
        budget_line l;
        if (same_policy || budget_of(c, s->policy, y, &l).kind) continue;
        view *row = view_add_map(budget);
        view_text(row, S("title"), s->title);
        view_int(row, S("year"), y);
        view_fen(row, S("total_fen"), l.total_fen);
        view_fen(row, S("bound_fen"), l.reserved_fen + l.committed_fen);
        view_fen(row, S("paid_fen"), l.paid_fen);
        view_fen(row, S("available_fen"), l.available_fen);
    }
    return NO_ERR;
}

/* ---- what changed since the former paper ------------------------------------------------------------------------------- */

typedef struct difference { int64_t application, amount_fen; str number; bool changed; } difference;
SHAPE(difference, FIELD(difference, application, F_ID), FIELD(difference, amount_fen, F_FEN), FIELD(difference, number, F_TEXT),
      FIELD(difference, changed, F_BOOL));
typedef struct last_word { str step, message, note; } last_word;
SHAPE(last_word, FIELD(last_word, step, F_TEXT), FIELD(last_word, message, F_TEXT), FIELD(last_word, note, F_LINES));

static err step_name(ctx *c, int64_t id, str node, str *out)
{
    flow_case k;
    const flow *f;
    *out = S("");
    if (!node.n) return NO_ERR;
    TRY(flow_case_get(c, id, &k));
    TRY(flow_version(c, k.flow_id, &f));
    const flow_node *n = flow_node_of(f, node);
    *out = n ? flow_node_name(n, LANG_ZH) : node;
    return NO_ERR;
}

/* An objection's words stay with its handler, so the paper only says that there was one. */
static err reason_of(ctx *c, const difference *d, bool returned, int64_t since, str *step, str *note)
{
    last_word w = {0};
    bool found;
    TRY(store_find(c, &paper_last_word, &last_word_shape, &w, &found, ARGS(d->application, since)));
    TRY(step_name(c, d->application, w.step, step));
    *note = w.note;
    if (w.message.n) *note = returned ? S("公示期间收到异议，另行办理") : S("异议办理完毕，并入本批次");
    else if (!w.note.n) *note = returned ? S("退回补正") : S("补正完毕，并入本批次");
    if (d->changed) *note = str_fmt(c->a, "金额调整：" SF, SA(*note));
    return NO_ERR;
}

static err keep_differences(ctx *c, const making *m, int64_t of, int64_t not_in, bool returned, int64_t *sum)
{
    list all;
    view *out = view_get(m->snapshot, S("changes"));
    str kind = returned ? S("returned") : S("joined");
    TRY(store_list(c, &paper_not_in, &difference_shape, &all, ARGS(of, not_in)));
    for (int i = 0; i < all.n; i++) {
        const difference *d = (const difference *)all.items + i;
        str step, note;
        TRY(reason_of(c, d, returned, m->former.issued_at, &step, &note));
        TRY(store_run(c, &paper_change_add, NULL, ARGS(m->p.id, d->application, kind, d->number, d->amount_fen, step, note)));
        view *row = view_add_map(out);
        view_text(row, S("kind"), kind);
        view_int(row, S("application"), d->application);
        view_text(row, S("number"), d->number);
        view_fen(row, S("amount_fen"), d->amount_fen);
        view_text(row, S("step"), step);
        view_text(row, S("note"), note);
        *sum += d->amount_fen;
    }
    return NO_ERR;
}

static err keep_changes(ctx *c, making *m)
{
    int64_t returned = 0, joined = 0;
    view_put_list(m->snapshot, S("changes"));
    if (!m->follows) return NO_ERR;
    view *former = view_put_map(m->snapshot, S("former"));
    view_text(former, S("kind"), m->former.kind);
    view_text(former, S("number"), m->former.number);
    view_int(former, S("count"), m->former.count);
    view_fen(former, S("total_fen"), m->former.total_fen);
    TRY(keep_differences(c, m, m->former.id, m->p.id, true, &returned));
    TRY(keep_differences(c, m, m->p.id, m->former.id, false, &joined));
    view_fen(former, S("returned_fen"), returned);
    view_fen(former, S("joined_fen"), joined);
    if (m->former.total_fen + joined - returned == m->p.total_fen) return NO_ERR;
    return err_with(ERR_FAULT, "", N_("The total of {0} does not follow from {1} and what came back since."), m->p.number, m->former.number, (str){0});
}

/* ---- what else the paper tells ------------------------------------------------------------------------------------------ */

static err keep_offices(ctx *c, view *snapshot)
{
    static const char *const names[] = {"office_issuer", "office_alliance", "office_committee", "office_finance", "office_address", "office_phone"};
    zone z;
    TRY(zone_get(c, &z));
    view_text(snapshot, S("zone"), z.name);
    for (int i = 0; i < countof(names); i++) {
        str value;
        TRY(zone_text(c, names[i], &value));
        view_text(snapshot, str_of(names[i]), value);
    }
    return NO_ERR;
}

static err map_if_any(ctx *c, const making *m, const stmt *s, const char *name)
{
    view *v = view_map(c->a);
    err e = store_map(c, s, v, ARGS(m->lines[0].application));
    if (e.kind == ERR_MISSING) return NO_ERR;
    TRY(e);
    view_adopt(m->snapshot, str_of(name), v);
    return NO_ERR;
}

static err keep_story(ctx *c, const making *m)
{
    if (kind_of(m->p.kind) < 3) return NO_ERR;
    TRY(map_if_any(c, m, &paper_approval, "approval"));
    return map_if_any(c, m, &paper_notice_days, "notice");
}

static err finish(ctx *c, making *m)
{
    view *v = m->snapshot;
    view_text(v, S("kind"), m->p.kind);
    view_text(v, S("number"), m->p.number);
    view_text(v, S("month"), month_text(c->a, m->p.month));
    view_day(v, S("issued_day"), c->today);
    view_int(v, S("count"), m->p.count);
    view_fen(v, S("total_fen"), m->p.total_fen);
    view_text(v, S("capitals"), str_fmt(c->a, "人民币" SF, SA(fen_capitals(c->a, m->p.total_fen))));
    buf b = buf_new(c->a, 4096);
    json_canonical(&b, v);
    str snapshot = buf_str(&b), head;
    TRY(store_run(c, &paper_add, NULL,
                  ARGS(m->p.id, m->p.kind, m->p.number, m->p.month, m->p.batch, m->p.application, m->follows ? m->former.id : 0, m->p.count, m->p.total_fen,
                       snapshot, sha256_hex(c->a, snapshot), c->today, c->who.person, c->now)));
    TRY(audit_head(c, &head));
    return store_run(c, &paper_head_add, NULL, ARGS(m->p.id, head));
}

/* ---- the doors ------------------------------------------------------------------------------------------------------------ */

static err begin(ctx *c, making *m, const int64_t *ids, int n)
{
    assert(store_acting(c) && n > 0);
    m->snapshot = view_map(c->a);
    TRY(read_lines(c, m, ids, n));
    TRY(store_next_id(c, S("paper"), &m->p.id));
    TRY(give_number(c, m));
    TRY(keep_offices(c, m->snapshot));
    TRY(keep_basis(c, m));
    return keep_lines(c, m);
}

err paper_issue(ctx *c, str kind, int64_t batch_id, const int64_t *applications, int n, int64_t *out)
{
    making m = {.p = {.kind = kind, .batch = batch_id}};
    const char *former = kinds[kind_of(kind)].former;
    if (former && batch_id) TRY(store_find(c, &paper_last_of_batch, &official_paper_shape, &m.former, &m.follows, ARGS(batch_id, str_of(former))));
    TRY(begin(c, &m, applications, n));
    if (batch_id) TRY(store_int(c, &paper_batch_month, &m.p.month, ARGS(batch_id)));
    if (!m.p.month) m.p.month = m.lines[0].month;
    TRY(keep_changes(c, &m));
    TRY(keep_story(c, &m));
    *out = m.p.id;
    return finish(c, &m);
}

/* What the agency claims, with the files by their hashes. */
static err keep_claim(ctx *c, const making *m)
{
    application a;
    TRY(application_fetch(c, m->p.application, &a));
    view *v = view_put_map(m->snapshot, S("claim"));
    view_text(v, S("outcome_kind"), choice_word(LANG_ZH, outcome_kinds, a.outcome_kind));
    view_text(v, S("outcome_number"), a.outcome_number);
    view_day(v, S("outcome_day"), a.outcome_day);
    view_day(v, S("service_from"), a.service_from);
    view_day(v, S("service_to"), a.service_to);
    view_int(v, S("quantity"), a.quantity);
    view_fen(v, S("reward_fen"), a.reward_fen);
    view_text(v, S("explained"), a.explained);
    view_int(v, S("round"), a.round);
    return document_list(c, S("application"), a.id, m->snapshot, S("files"));
}

err paper_issue_claim(ctx *c, int64_t id, int64_t *out)
{
    making m = {.p = {.kind = S("claim"), .application = id}};
    TRY(begin(c, &m, &id, 1));
    m.p.month = m.lines[0].month;
    view_put_list(m.snapshot, S("changes"));
    TRY(keep_claim(c, &m));
    *out = m.p.id;
    return finish(c, &m);
}

/* ---- reading ----------------------------------------------------------------------------------------------------------------- */

err paper_get(ctx *c, int64_t id, official_paper *out)
{
    application a;
    err e = store_row(c, &paper_row, &official_paper_shape, out, ARGS(id));
    bool missing = e.kind == ERR_MISSING;
    if (e.kind && !missing) return e;
    if (!missing && !(WHO(c->who.role) & OFFICERS)) missing = !out->application || application_get(c, out->application, &a).kind;
    return missing ? err_of(ERR_MISSING, "", N_("There is no such paper.")) : NO_ERR;
}

static void name_kinds(ctx *c, const view *items)
{
    for (view *row = items->first; row; row = row->next) {
        str kind = str_dup(c->a, view_get_text(row, S("kind")));
        view_code(row, S("kind"), kind, paper_kind_name(c->lang, kind));
    }
}

err paper_of_batch(ctx *c, int64_t batch_id, view *into, str name)
{
    TRY(store_rows(c, &paper_all_of_batch, into, name, ARGS(batch_id)));
    name_kinds(c, view_get(into, name));
    return NO_ERR;
}

/* A party sees its own claims only: the other papers list everybody's. */
err paper_of_application(ctx *c, int64_t id, view *into, str name)
{
    bool officer = WHO(c->who.role) & OFFICERS;
    TRY(store_rows(c, officer ? &paper_all_of_application : &paper_claims_of_application, into, name, ARGS(id)));
    name_kinds(c, view_get(into, name));
    return NO_ERR;
}
