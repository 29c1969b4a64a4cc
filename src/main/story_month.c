/* SPDX-License-Identifier: Apache-2.0 */
/* story_month.c: what the offices do with a month of the story: batches, payments, objections. */
#include "main/story.h"

#include "base/money.h"

static err batch_id(story *s, int month, int64_t *id)
{
    view *v;
    str wanted = str_fmt(s->at.c.a, "%d-%02d", STORY_YEAR, month);
    *id = 0;
    TRY(story_ask(s, "alliance2", GET, S("/batches"), (str){0}, &v));
    for (const view *row = view_get(v, S("items"))->first; row; row = row->next)
        if (str_eq(view_get_text(row, S("month")), wanted)) *id = view_get_int(row, S("id"), 0);
    return *id ? NO_ERR : err_with(ERR_FAULT, "demo", "no batch {0}", wanted, (str){0}, (str){0});
}

static const struct { const char *choice, *login, *note; } decisions[] = {
    {"report_submit", "alliance2", ""}, {"bureau_pass", "bureau1", ""}, {"request_submit", "bureau2", ""},
    {"approved", "committee1", "管委会专题会议同意"}, {"letter_send", "bureau3", ""}, {"finance_pass", "finance1", ""}, {"pay_done", "finance2", ""},
};

/* Whoever signs a batch off says of each thing that is unlike last month why it is in order. */
static err clear_alerts(story *s, const char *login, int64_t id, str *out)
{
    static const struct choice says[] = {
        {"new_payee", "首次拨付，开户许可证与账户信息已核对一致。"}, {"standing", "已查阅该单位整改材料，本批申报不受影响。"}, {"amount", "本月成果集中取得证书，已逐件核对，金额无误。"}, {0},
    };
    view *v;
    arena *a = s->at.c.a;
    buf b = buf_new(a, 256);
    TRY(story_ask(s, login, GET, str_fmt(a, "/batches/%lld", (long long)id), (str){0}, &v));
    buf_put(&b, S("\"clear\":["));
    for (const view *row = view_get(v, S("alerts"))->first; row; row = row->next) {
        if (view_get(row, S("cleared"))->i) continue;
        if (buf_str(&b).p[b.n - 1] != '[') buf_byte(&b, ',');
        buf_put(&b, str_fmt(a, "{\"alert\":\"" SF "\",\"why\":\"" SF "\"}", SA(view_get_text(row, S("key"))), SA(choice_word(LANG_ZH, says, view_get_text(row, S("kind"))))));
    }
    buf_byte(&b, ']');
    *out = buf_str(&b);
    return NO_ERR;
}

static err decide_batch(story *s, const char *login, int64_t id, const char *choice, const char *more)
{
    str clear;
    TRY(clear_alerts(s, login, id, &clear));
    return story_ask(s, login, POST, str_fmt(s->at.c.a, "/batches/%lld/moves", (long long)id), str_fmt(s->at.c.a, "{\"choice\":\"%s\",%s," SF "}", choice, more, SA(clear)), NULL);
}

/* The paper that was just issued comes back from the printer with its seal. */
static err seal_newest(story *s, const char *login)
{
    view *all;
    int64_t scan;
    TRY(story_ask(s, login, GET, S("/papers"), (str){0}, &all));
    TRY(story_paper(s, login, "盖章件.pdf", "sealed copy", &scan));
    int64_t paper = view_get_int(view_get(all, S("items"))->first, S("id"), 0);
    return story_ask(s, login, POST, str_fmt(s->at.c.a, "/papers/%lld/seal", (long long)paper), str_fmt(s->at.c.a, "{\"scan\":%lld}", (long long)scan), NULL);
}

static bool is_sealed(const char *choice) { return !strcmp(choice, "report_submit") || !strcmp(choice, "letter_send"); }

err story_decide(story *s, int month, const char *choice)
{
    int64_t id;
    TRY(batch_id(s, month, &id));
    for (int i = 0; i < countof(decisions); i++)
        if (!strcmp(decisions[i].choice, choice)) {
            TRY(decide_batch(s, decisions[i].login, id, choice, str_z(s->at.c.a, str_fmt(s->at.c.a, "\"note\":\"%s\"", decisions[i].note))));
            return is_sealed(choice) ? seal_newest(s, decisions[i].login) : NO_ERR;
        }
    return err_of(ERR_FAULT, "demo", "no such decision");
}

/* Finance lets the month pass but sends one back to the bureau, which has it reviewed again. */
err story_finance_returns(story *s, int month)
{
    int64_t id;
    TRY(batch_id(s, month, &id));
    return decide_batch(s, "finance1", id, "finance_pass",
                        str_z(s->at.c.a, str_fmt(s->at.c.a, "\"return\":[{\"id\":%lld,\"note\":\"收款账户户名与备案名称不一致，请核实。\"}]", (long long)story_case(s, month, 5)->application)));
}

/* The newest order of payment, answered by the bank; `fails`: how many lines it could not pay. */
err story_bank_answers(story *s, int fails)
{
    view *all, *p;
    arena *a = s->at.c.a;
    TRY(story_ask(s, "finance2", GET, S("/payments"), (str){0}, &all));
    str path = str_fmt(a, "/payments/%lld", (long long)view_get_int(view_get(all, S("items"))->first, S("id"), 0));
    TRY(story_ask(s, "finance2", GET, path, (str){0}, &p));
    buf b = buf_new(a, 1024);
    buf_put(&b, str_fmt(a, "{\"results\":\"sha256," SF "\\nline,amount,state,bank_ref,day,reason\\n", SA(view_get_text(p, S("hash")))));
    for (const view *line = view_get(p, S("items"))->first; line; line = line->next) {
        int64_t id = view_get_int(line, S("id"), 0);
        bool failed = fails-- > 0;
        buf_put(&b, str_fmt(a, "%lld," SF ",%s,%s," SF ",%s\\n", (long long)id, SA(fen_text(a, view_get(line, S("amount_fen"))->i)), failed ? "failed" : "paid",
                            failed ? "" : str_z(a, str_fmt(a, "SFB%08lld", (long long)id)), SA(day_text(a, house_today())), failed ? "账号与户名不符" : ""));
    }
    buf_put(&b, S("\"}"));
    return story_ask(s, "finance2", POST, str_join(a, path, S("/results")), buf_str(&b), NULL);
}

err story_retry(story *s)
{
    view *all;
    TRY(story_ask(s, "finance2", GET, S("/payments"), (str){0}, &all));
    return story_ask(s, "finance2", POST, str_fmt(s->at.c.a, "/payments/%lld/retries", (long long)view_get_int(view_get(all, S("items"))->first, S("id"), 0)), S("{}"), NULL);
}

err story_rewards(story *s, const char *login, const char *step, const char *choice)
{
    return story_ask(s, login, POST, S("/rewards/moves"), str_fmt(s->at.c.a, "{\"step\":\"%s\",\"choice\":\"%s\"}", step, choice), NULL);
}

err story_object(story *s, int month, int at, const char *text)
{
    view *all, *n;
    arena *a = s->at.c.a;
    int64_t of = story_case(s, month, at)->application;
    TRY(story_ask(s, NULL, GET, S("/notices"), (str){0}, &all));
    n = view_get(all, S("items"))->first;
    return story_ask(s, NULL, POST, str_fmt(a, "/notices/%lld/objections", (long long)view_get_int(n, S("id"), 0)), str_fmt(a, "{\"case_id\":%lld,\"text\":\"%s\"}", (long long)of, text), NULL);
}

err story_reject_objection(story *s, int month, int at)
{
    view *v;
    arena *a = s->at.c.a;
    int64_t of = story_case(s, month, at)->application;
    TRY(story_ask(s, "bureau2", GET, str_fmt(a, "/applications/%lld", (long long)of), (str){0}, &v));
    int64_t id = view_get_int(view_get(v, S("objections"))->first, S("id"), 0);
    if (!id) {
        TRY(story_ask(s, "bureau1", GET, str_fmt(a, "/applications/%lld", (long long)of), (str){0}, &v));
        id = view_get_int(view_get(v, S("objections"))->first, S("id"), 0);
    }
    TRY(story_ask(s, "bureau2", POST, str_fmt(a, "/objections/%lld/answer", (long long)id), S("{\"verdict\":\"rejected\",\"answer\":\"经核查，服务合同、成果证书与申报内容一致，异议不成立。\"}"), NULL));
    return story_move(s, "bureau2", "applications", of, "dismiss", "经核查异议不成立，维持公示内容。");
}

/* The bureau doubts an approval; the committee's office lets it stand. */
err story_doubt(story *s, int month, int at, const char *reason)
{
    view *v;
    arena *a = s->at.c.a;
    TRY(story_ask(s, "bureau1", POST, str_fmt(a, "/applications/%lld/reversal", (long long)story_case(s, month, at)->application),
            str_fmt(a, "{\"reason\":\"%s\",\"warned\":true}", reason), &v));
    return story_ask(s, "committee1", POST, str_fmt(a, "/reversals/%lld", (long long)view_get_int(v, S("id"), 0)),
               S("{\"verdict\":\"declined\",\"note\":\"经核对原件，成果真实，批准予以维持。\"}"), NULL);
}
