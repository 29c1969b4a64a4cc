/* SPDX-License-Identifier: Apache-2.0 */
/* month.h: for tests of the month: a zone with a policy, money and accounts, and applications brought to a step of the
 * month by the same requests as real use. */
#ifndef MONTH_H
#define MONTH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "format/json.h"
#include "world.h"

#ifndef MONTH_MOST
#define MONTH_MOST 20
#endif
typedef struct month {
    world w;
    int64_t policy, service, batch;
    int64_t application[MONTH_MOST];
    int n;
} month;

static inline int64_t month_int(const view *v, const char *name) { return view_get_int(v, str_of(name), -1); }

static inline bool month_text_is(const view *v, const char *name, const char *text) { return str_eqz(view_get_text(v, str_of(name)), text); }

static inline const view *month_item(const view *v, const char *name, int at)
{
    const view *all = view_get(v, str_of(name)), *row = all ? all->first : NULL;
    while (row && at-- > 0) row = row->next;
    assert_non_null(row);
    return row;
}

/* The id of what was made: the answer to 201 is its page. */
static inline int64_t month_made(const view *v)
{
    int64_t id = month_int(v, "id");
    assert_true(id > 0);
    return id;
}

/* The last id of a list page, which a route answered that gives no page of its own. */
static inline void month_account(month *m, const char *login, const char *number)
{
    view *all;
    char path[64];
    world_do(&m->w, 200, login, POST, "/organisation/bank-account", "{\"bank\":\"示例银行\",\"holder\":\"%s\",\"number\":\"%s\",\"proof\":%lld}", login, number,
             (long long)world_file(&m->w, login, number));
    all = world_do(&m->w, 200, "finance3", GET, "/bank-accounts", NULL);
    snprintf(path, sizeof path, "/bank-accounts/%lld", (long long)month_int(month_item(all, "items", 0), "id"));
    world_do(&m->w, 200, "finance3", POST, path, "{\"verdict\":\"accept\"}");
}

/* A published item of the catalogue; `fields`: JSON members beside what every item needs. In government mode it rests on the month's policy. */
static inline int64_t month_item_of_catalogue(month *m, const char *fields)
{
    char path[64];
    long long policy = strstr(fields, "\"government\"") ? (long long)m->policy : 0;
    int64_t id = month_made(world_do(&m->w, 201, "alliance3", POST, "/services",
                                     "{%s,\"policy\":%lld,\"unit\":\"项\",\"deliverable\":\"成果\",\"evidence\":\"证书\",\"steps\":[{\"name\":\"受理\",\"working_days\":5}]}", fields, policy));
    snprintf(path, sizeof path, "/services/%lld/publish", (long long)id);
    world_do(&m->w, 200, "alliance3", POST, path, "{\"from_day\":\"%.*s\"}", SA(day_text(m->w.at.c.a, m->w.at.c.today)));
    return id;
}

static inline void month_begin(month *m)
{
    *m = (month){0};
    world_begin(&m->w, "2018-11-05");
    view *v = world_do(&m->w, 201, "bureau1", POST, "/policies",
                       "{\"code\":\"P1\",\"title\":\"示例实施意见\",\"level\":\"zone\",\"issuer\":\"示例\",\"document_number\":\"示发〔2018〕1号\",\"clause\":\"第三条\","
                       "\"outcome_kinds\":\"standard\",\"agency_rule\":\"{\\\"kind\\\":\\\"fixed\\\",\\\"fen\\\":3000000}\","
                       "\"reward_rule\":\"{\\\"kind\\\":\\\"fixed\\\",\\\"fen\\\":1000000}\",\"standard_fen\":4000000,\"payee\":\"agency\",\"window_days\":365,"
                       "\"from_day\":\"2018-01-01\"}");
    m->policy = month_made(v);
    world_do(&m->w, 201, "finance3", POST, "/budgets", "{\"policy\":%lld,\"year\":2018,\"total_fen\":100000000}", (long long)m->policy);
    m->service = month_item_of_catalogue(m, "\"code\":\"I1\",\"name\":\"标准制定\",\"category\":4,\"mode\":\"government\",\"subsidy_fen\":3000000,\"reward_fen\":1000000");
    month_account(m, "agency1", "6200000000000001");
    month_account(m, "agency2", "6200000000000002");
    month_account(m, "enterprise1", "6200000000000011");
    month_account(m, "enterprise2", "6200000000000012");
}

static inline void month_move(month *m, const char *login, const char *what, int64_t id, const char *choice, const char *note)
{
    char path[64];
    snprintf(path, sizeof path, "/%s/%lld/moves", what, (long long)id);
    world_do(&m->w, 200, login, POST, path, "{\"choice\":\"%s\",\"note\":\"%s\"}", choice, note);
}

/* The facts of a draft as JSON members: the n-th of its kind, of this day. */
#define MONTH_FACTS "\"outcome_kind\":\"standard\",\"outcome_number\":\"DB 4403/T %d-2018\",\"outcome_day\":\"%s\",\"service_from\":\"%s\",\"service_to\":\"%s\""

/* A draft of this agency for this enterprise, filled in and not confirmed yet. */
static inline int64_t month_draft(month *m, const char *agency, const char *enterprise)
{
    world *w = &m->w;
    char path[64], today[16];
    snprintf(today, sizeof today, SF, SA(day_text(w->at.c.a, house_today())));
    int64_t of = world_org(w, enterprise), file = world_file(w, agency, "contract");
    view *v = world_do(w, 201, agency, POST, "/agreements",
                       "{\"enterprise\":%lld,\"item\":%lld,\"subject\":\"subject %d\",\"quantity\":1,\"fee_fen\":0,\"from_day\":\"%s\",\"to_day\":\"2018-12-31\","
                       "\"pay_year\":2018,\"contract\":%lld}",
                       (long long)of, (long long)m->service, m->n, today, (long long)file);
    int64_t agreement = month_made(v);
    month_move(m, agency, "agreements", agreement, "submit", "");
    month_move(m, enterprise, "agreements", agreement, "sign", "");
    month_move(m, agency, "agreements", agreement, "sign_agency", "");
    month_move(m, "bureau3", "agreements", agreement, "file", "");
    int64_t id = month_made(world_do(w, 201, agency, POST, "/applications", "{\"agreement\":%lld}", (long long)agreement));
    snprintf(path, sizeof path, "/applications/%lld", (long long)id);
    char proof[32];
    snprintf(proof, sizeof proof, "proof %d", m->n);
    world_do(w, 200, agency, POST, path, "{\"draft\":1," MONTH_FACTS ",\"contract\":%lld,\"letter\":%lld,\"proof\":%lld}", m->n + 1, today, today, today, (long long)file,
             (long long)world_file(w, agency, "letter"), (long long)world_file(w, agency, proof));
    return m->application[m->n++] = id;
}

/* Confirmed and submitted. */
static inline void month_submit(month *m, const char *agency, const char *enterprise, int64_t id)
{
    char path[64];
    snprintf(path, sizeof path, "/applications/%lld/confirm", (long long)id);
    world_do(&m->w, 200, enterprise, POST, path, "{}");
    month_move(m, agency, "applications", id, "submit", "");
}

/* Passed by the alliance: it rests at the report, in a batch. */
static inline void month_pass(month *m, int64_t id)
{
    month_move(m, "alliance1", "applications", id, "pass", "");
    m->batch = month_int(month_item(world_do(&m->w, 200, "alliance2", GET, "/batches", NULL), "items", 0), "id");
}

/* One more application of this agency for this enterprise, passed by the alliance: it rests at the report. */
static inline void month_add(month *m, const char *agency, const char *enterprise)
{
    int64_t id = month_draft(m, agency, enterprise);
    month_submit(m, agency, enterprise, id);
    month_pass(m, id);
}

/* The member "clear" with a note on each alert that the batch has now. */
static inline const char *month_clear(month *m, const char *login)
{
    char path[64];
    snprintf(path, sizeof path, "/batches/%lld", (long long)m->batch);
    const view *alerts = view_get(world_do(&m->w, 200, login, GET, path, NULL), S("alerts"));
    buf b = buf_new(m->w.at.c.a, 256);
    buf_put(&b, S("\"clear\":["));
    for (const view *a = alerts->first; a; a = a->next)
        buf_put(&b, str_fmt(m->w.at.c.a, "%s{\"alert\":\"" SF "\",\"why\":\"已核实\"}", a == alerts->first ? "" : ",", SA(view_get_text(a, S("key")))));
    buf_put(&b, S("]"));
    return str_z(m->w.at.c.a, buf_str(&b));
}

static inline void month_batch(month *m, const char *login, const char *choice, const char *note)
{
    char path[64];
    const char *clear = month_clear(m, login);
    snprintf(path, sizeof path, "/batches/%lld/moves", (long long)m->batch);
    world_do(&m->w, 200, login, POST, path, "{\"choice\":\"%s\",\"note\":\"%s\",%s}", choice, note, clear);
}

/* From the report to the letter: approved and noticed without an objection. */
static inline void month_to_letter(month *m)
{
    month_batch(m, "alliance2", "report_submit", "");
    month_batch(m, "bureau1", "bureau_pass", "");
    month_batch(m, "bureau2", "request_submit", "");
    month_batch(m, "committee1", "approved", "会议纪要〔2018〕31号");
    world_day(&m->w, "2018-11-19");
}

static inline void month_to_paid(month *m)
{
    month_to_letter(m);
    month_batch(m, "bureau3", "letter_send", "");
    month_batch(m, "finance1", "finance_pass", "");
    month_batch(m, "finance2", "pay_done", "");
}

#endif
