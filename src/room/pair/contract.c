/* SPDX-License-Identifier: Apache-2.0 */
/* contract.c: the text of an agreement from the standard template, and its signatures. */
#include "room/pair/contract.h"

#include "base/capitals.h"
#include "base/days.h"
#include "base/money.h"
#include "format/hash.h"
#include "format/json.h"
#include "gen/room/pair/contract_sql.h"
#include "room/catalogue/catalogue.h"
#include "room/document/document.h"
#include "room/member/member.h"
#include "room/pair/clause.h"
#include "room/zone/zone.h"

SHAPE(contract_text, FIELD(contract_text, agreement, F_ID), FIELD(contract_text, round, F_INT), FIELD(contract_text, text, F_LINES),
      FIELD(contract_text, sha256, F_TEXT), FIELD(contract_text, frozen_at, F_TIME), FIELD(contract_text, pdf_doc, F_ID), FIELD(contract_text, pdf_sha256, F_TEXT));

err contract_last(ctx *c, int64_t id, contract_text *out, bool *found)
{
    return store_find(c, &contract_text_last, &contract_text_shape, out, found, ARGS(id));
}

/* ---- the template: Chinese, since that is what is signed -------------------------------------------------------------------- */

static void put_parties(view *body, const org *enterprise, const org *agency)
{
    view *facts = view_put_list(view_add_map(body), S("facts"));
    clause_fact(facts, "甲方（企业）", enterprise->name);
    clause_fact(facts, "统一社会信用代码", enterprise->uscc);
    clause_fact(facts, "乙方（服务机构）", agency->name);
    clause_fact(facts, "统一社会信用代码", agency->uscc);
}

static void add_cell(view *row, str s) { view_add(row, V_TEXT)->s = s; }

static void put_steps(ctx *c, view *body, const item *i)
{
    static const char *const titles[] = {"序号", "环节", "工作日", "交付物", "证明材料"};
    if (!i->steps.n) return;
    view *t = view_put_map(view_add_map(body), S("table")), *columns = view_put_list(t, S("columns")), *rows = view_put_list(t, S("rows"));
    for (int k = 0; k < countof(titles); k++) view_text(view_add_map(columns), S("title"), str_of(titles[k]));
    for (int k = 0; k < i->steps.n; k++) {
        const item_step *s = (const item_step *)i->steps.items + k;
        view *row = view_add_list(rows);
        add_cell(row, str_fmt(c->a, "%d", k + 1));
        add_cell(row, s->name);
        add_cell(row, str_fmt(c->a, "%lld", (long long)s->working_days));
        add_cell(row, s->deliverable);
        add_cell(row, s->evidence);
    }
}

/* No party can change it: it stands in no form. */
static void put_fee(ctx *c, view *body, const agreement *a)
{
    clause_head(body, "三、费用（本条为固定条款，不得修改）");
    if (!a->fee_fen) {
        clause(body, S("1. 本服务对甲方实行零费用。乙方不得在任何阶段以任何名义向甲方收取或变相收取服务费、保证金、押金或预付款。"));
        clause(body, S("2. 乙方为服务垫付的官费、检测费等，由乙方自行承担或在取得政策补贴后自行冲抵，不向甲方追偿。"));
        clause(body, S("3. 未取得约定成果的，甲方不承担任何费用。"));
        return;
    }
    str capitals = fen_capitals(c->a, a->fee_fen);
    clause(body, str_fmt(c->a, "1. 取得约定成果后，甲方向乙方支付服务费" SF "（" SF "）；未取得约定成果的，甲方不支付服务费。", SA(fen_words(c->a, a->fee_fen)), SA(capitals)));
    clause(body, S("2. 乙方不得预收服务费、保证金或押金。"));
}

static void put_rest(ctx *c, view *body, const agreement *a)
{
    str from = day_words(c->a, a->from_day, LANG_ZH), to = day_words(c->a, a->to_day, LANG_ZH);
    clause_head(body, "四、期限");
    clause(body, str_fmt(c->a, "服务期限自" SF "起至" SF "止。", SA(from), SA(to)));
    clause_head(body, "五、双方责任");
    clause(body, S("1. 甲方如实提供资料，及时确认交付物和成果；对提供资料的真实性负责。"));
    clause(body, S("2. 乙方按本协议的环节和时限提供服务，保守甲方的商业秘密；成果应真实、合法，不得弄虚作假、重复申报。"));
    clause_head(body, "六、备案、成果与补贴");
    clause(body, S("1. 本协议经双方先后签署并报科技创新局备案确认后生效。备案前取得的成果不享受政策补贴。"));
    clause(body, S("2. 取得约定成果后，由乙方按月申报政策补贴，甲方确认申报内容；补贴金额按政策计算，以审批和公示结果为准。"));
    clause_head(body, "七、变更与终止");
    clause(body, S("1. 变更本协议须双方重新签署并备案。"));
    clause(body, S("2. 双方协商一致或一方严重违约的，可以终止本协议；终止应写明理由，并在平台登记。"));
}

static err write_text(ctx *c, const agreement *a, view **out)
{
    item i;
    org e, g;
    str issuer;
    TRY(catalogue_version(c, a->item_version, &i));
    TRY(catalogue_steps(c, &i));
    TRY(member_get(c, a->enterprise, &e));
    TRY(member_get(c, a->agency, &g));
    TRY(zone_text(c, "office_alliance", &issuer));
    view *v = view_map(c->a);
    view_text(v, S("kind"), S("form"));
    view_text(v, S("lang"), S("zh-CN"));
    view_text(v, S("issuer"), issuer);
    view_text(v, S("number"), str_fmt(c->a, "XY-%06lld", (long long)a->id));
    view_text(v, S("title"), a->fee_fen ? S("科技服务协议") : S("科技服务协议（零费用）"));
    view *body = view_put_list(v, S("body"));
    put_parties(body, &e, &g);
    clause_head(body, "一、服务内容");
    clause(body, str_fmt(c->a, "乙方为甲方提供“" SF "”服务（服务事项" SF "，第%lld版）。服务标的：" SF "。计划成果：%lld" SF "。", SA(i.name), SA(i.code), (long long)i.version,
                    SA(a->subject), (long long)a->quantity, SA(i.unit.n ? i.unit : S("项"))));
    if (i.deliverable.n) clause(body, str_fmt(c->a, "服务成果物：" SF "。成功的证明材料：" SF "。", SA(i.deliverable), SA(i.evidence.n ? i.evidence : S("以政策规定为准"))));
    clause_head(body, "二、服务标准");
    if (i.steps.n) clause(body, S("按下列环节、时限（工作日）和交付物执行："));
    else clause(body, S("按联盟公布的服务事项标准执行。"));
    put_steps(c, body, &i);
    put_fee(c, body, a);
    put_rest(c, body, a);
    *out = v;
    return NO_ERR;
}

err contract_freeze(ctx *c, const agreement *a)
{
    view *v = NULL;
    contract_text last;
    bool found;
    TRY(contract_last(c, a->id, &last, &found));
    TRY(write_text(c, a, &v));
    buf b = buf_new(c->a, 8 << 10);
    json_canonical(&b, v);
    return store_run(c, &contract_add_text, NULL, ARGS(a->id, found ? last.round + 1 : (int64_t)1, buf_str(&b), sha256_hex(c->a, buf_str(&b)), c->now, c->who.person));
}

err contract_sign(ctx *c, int64_t id, str party, str seen, str ip)
{
    contract_text t;
    bool found;
    TRY(contract_last(c, id, &t, &found));
    if (!found) return NO_ERR; /* drafted before there were texts: its file is what is signed */
    if (seen.n && !str_eq(seen, t.sha256)) return err_of(ERR_CONFLICT, "", N_("The text has changed since you read it. Read it again before you sign."));
    return store_run(c, &contract_add_signature, NULL, ARGS(id, t.round, party, c->who.person, c->who.org, c->now, ip, t.sha256));
}

/* ---- showing ------------------------------------------------------------------------------------------------------------------ */

static void name_parties(ctx *c, view *signatures)
{
    for (view *s = signatures->first; s; s = s->next) {
        bool enterprise = str_eqz(view_get_text(s, S("party")), "enterprise");
        view_code(s, S("party"), enterprise ? S("enterprise") : S("agency"), tr(c->lang, enterprise ? N_("Enterprise") : N_("Agency")));
    }
}

err contract_show(ctx *c, const agreement *a, view *into)
{
    contract_text t;
    bool found;
    view *words;
    TRY(contract_last(c, a->id, &t, &found));
    if (!found || str_eqz(a->node, "draft")) return NO_ERR;
    TRY(json_read(c->a, t.text, &words));
    view *v = view_put_map(into, S("contract"));
    web_paper(c, words, v);
    view_text(v, S("sha256"), t.sha256);
    view_int(v, S("round"), t.round);
    TRY(store_rows(c, &contract_signatures_of, v, S("signatures"), ARGS(a->id, t.round)));
    name_parties(c, view_get(v, S("signatures")));
    bool signing = (str_eqz(a->node, "enterprise_sign") && c->who.org == a->enterprise) || (str_eqz(a->node, "agency_sign") && c->who.org == a->agency);
    view_bool(v, S("signing"), signing);
    if (!signing) return NO_ERR;
    view *hidden = view_add_map(view_put_list(into, S("move_hidden")));
    view_text(hidden, S("name"), S("sha256"));
    view_text(hidden, S("value"), t.sha256);
    return NO_ERR;
}

/* ---- the PDF is kept as it was first made ---------------------------------------------------------------------------------------- */

SHAPE(contract_copy, FIELD(contract_copy, id, F_ID), FIELD(contract_copy, round, F_INT), FIELD(contract_copy, document, F_ID), FIELD(contract_copy, sha256, F_TEXT));
static err print(ctx *c, void *in)
{
    const contract_copy *n = in;
    int64_t changed;
    TRY(store_run(c, &contract_keep_pdf, &changed, ARGS(n->id, n->round, n->document, n->sha256)));
    return changed ? document_link(c, n->document, S("agreement"), n->id, S("signed")) : NO_ERR; /* another was quicker */
}
const action contract_print = {"contract_print", &contract_copy_shape, print, 0};
