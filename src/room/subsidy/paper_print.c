/* SPDX-License-Identifier: Apache-2.0 */
/* paper_print.c: a frozen snapshot as the words of an official paper: what the PDF is made from. */
#include "room/subsidy/paper.h"

#include "base/days.h"
#include "base/money.h"
#include "format/json.h"

/* A paper in words; all texts come from the snapshot. */
typedef struct { arena *a; const view *s; view *out, *body; str kind, month; } words;

/* ---- pieces ---------------------------------------------------------------------------------------------------------- */

static str text(const words *w, const char *name) { return view_get_text(w->s, str_of(name)); }
static int64_t number(const view *v, const char *name) { return view_get_int(v, str_of(name), 0); }

static str yuan(const words *w, int64_t fen)
{
    str sign = S("¥"), all = fen_words(w->a, fen);
    return str_starts(all, sign) ? str_from(all, sign.n) : all;
}

static void block(const words *w, const char *key, str s) { view_text(view_add_map(w->body), str_of(key), s); }
static void p(const words *w, str s) { block(w, "p", s); }
static void h1(const words *w, const char *s) { block(w, "h1", str_of(s)); }

static str day_zh(const words *w, const view *map, const char *name)
{
    int64_t day;
    return day_parse(view_get_text(map, str_of(name)), &day) ? day_words(w->a, day, LANG_ZH) : S("");
}

static str sums(const words *w)
{
    return str_fmt(w->a, "%lld件，补贴金额合计" SF "元（" SF "）", (long long)number(w->s, "count"), SA(yuan(w, number(w->s, "total_fen"))), SA(text(w, "capitals")));
}

static void add_text(view *out, str s)
{
    view *v = view_add(out, V_TEXT);
    v->s = s;
}

static void column(view *columns, const char *title, const char *align, int width)
{
    view *col = view_add_map(columns);
    view_text(col, S("title"), str_of(title));
    if (align) view_text(col, S("align"), str_of(align));
    if (width) view_int(col, S("width"), width);
}

static view *table(view *body, const char *unit)
{
    view *t = view_put_map(view_add_map(body), S("table"));
    if (unit) view_text(t, S("unit"), str_of(unit));
    return t;
}

static void row_of(view *rows, const str *cells, int n)
{
    view *row = view_add_list(rows);
    for (int i = 0; i < n; i++) add_text(row, cells[i]);
}

static str basis(const words *w)
{
    buf b = buf_new(w->a, 200);
    const view *all = view_get(w->s, S("basis"));
    for (const view *v = all ? all->first : NULL; v; v = v->next) {
        str of = view_get_text(v, S("document_number")), clause = view_get_text(v, S("clause"));
        buf_fmt(&b, "%s《" SF "》", b.n ? "、" : "", SA(view_get_text(v, S("title"))));
        if (of.n) buf_fmt(&b, "（" SF "）", SA(of));
        buf_put(&b, clause);
    }
    return buf_str(&b);
}

/* ---- lists -------------------------------------------------------------------------------------------------------------- */

static void list_table(const words *w, view *body)
{
    view *t = table(body, "单位：元"), *columns = view_put_list(t, S("columns"));
    column(columns, "序号", "center", 3);
    column(columns, "申报编号", "center", 0);
    column(columns, "服务机构", NULL, 0);
    column(columns, "服务企业", NULL, 0);
    column(columns, "支持事项", NULL, 0);
    column(columns, "收款单位", NULL, 0);
    column(columns, "金额", "right", 0);
    view *rows = view_put_list(t, S("rows"));
    for (const view *l = view_get(w->s, S("lines"))->first; l; l = l->next) {
        str cells[] = {str_fmt(w->a, "%lld", (long long)number(l, "place")), view_get_text(l, S("number")), view_get_text(l, S("agency")),
                       view_get_text(l, S("enterprise")), view_get_text(l, S("item")), view_get_text(l, S("payee")), yuan(w, number(l, "amount_fen"))};
        row_of(rows, cells, countof(cells));
    }
    view *total = view_put_list(t, S("total"));
    str cells[] = {S("合计"), str_fmt(w->a, "%lld 件", (long long)number(w->s, "count")), S(""), S(""), S(""), S(""), yuan(w, number(w->s, "total_fen"))};
    for (int i = 0; i < countof(cells); i++) add_text(total, cells[i]);
    view_text(t, S("capitals"), str_fmt(w->a, "合计（大写）：" SF, SA(text(w, "capitals"))));
}

static void changes_table(const words *w, view *body)
{
    view *t = table(body, "单位：元"), *columns = view_put_list(t, S("columns"));
    column(columns, "申报编号", "center", 0);
    column(columns, "增减", "center", 4);
    column(columns, "金额", "right", 0);
    column(columns, "环节", NULL, 0);
    column(columns, "理由", NULL, 0);
    view *rows = view_put_list(t, S("rows"));
    for (const view *l = view_get(w->s, S("changes"))->first; l; l = l->next) {
        str cells[] = {view_get_text(l, S("number")), str_eqz(view_get_text(l, S("kind")), "returned") ? S("调出") : S("转入"), yuan(w, number(l, "amount_fen")),
                       view_get_text(l, S("step")), view_get_text(l, S("note"))};
        row_of(rows, cells, countof(cells));
    }
}

static bool has_changes(const words *w) { return view_get(w->s, S("changes"))->n > 0; }

/* The lines of one payee together, in the order of their first line. */
static void payee_table(const words *w, view *body)
{
    view *t = table(body, "单位：元"), *columns = view_put_list(t, S("columns")), *rows = view_put_list(t, S("rows"));
    const view *lines = view_get(w->s, S("lines"));
    column(columns, "收款单位", NULL, 0);
    column(columns, "件数", "right", 4);
    column(columns, "金额", "right", 0);
    for (const view *l = lines->first; l; l = l->next) {
        int64_t fen = 0, n = 0;
        str payee = view_get_text(l, S("payee"));
        bool seen = false;
        for (const view *o = lines->first; o != l && !seen; o = o->next) seen = str_eq(view_get_text(o, S("payee")), payee);
        if (seen) continue;
        for (const view *o = l; o; o = o->next)
            if (str_eq(view_get_text(o, S("payee")), payee)) fen += number(o, "amount_fen"), n++;
        str cells[] = {payee, str_fmt(w->a, "%lld", (long long)n), yuan(w, fen)};
        row_of(rows, cells, countof(cells));
    }
    view *total = view_put_list(t, S("total"));
    str cells[] = {S("合计"), str_fmt(w->a, "%lld", (long long)number(w->s, "count")), yuan(w, number(w->s, "total_fen"))};
    for (int i = 0; i < countof(cells); i++) add_text(total, cells[i]);
    view_text(t, S("capitals"), str_fmt(w->a, "合计（大写）：" SF, SA(text(w, "capitals"))));
}

/* How this paper's total follows from the former one's. */
static void former_words(const words *w)
{
    const view *f = view_get(w->s, S("former"));
    if (!f) return;
    str kind = paper_kind_name(LANG_ZH, view_get_text(f, S("kind")));
    str told = str_fmt(w->a, SF "（" SF "）所列%lld件、" SF "元", SA(kind), SA(view_get_text(f, S("number"))), (long long)number(f, "count"), SA(yuan(w, number(f, "total_fen"))));
    if (!has_changes(w)) {
        p(w, str_fmt(w->a, "与" SF "一致，未有增减。", SA(told)));
        return;
    }
    p(w, str_fmt(w->a, "与" SF "相比，调出" SF "元，转入" SF "元，现为" SF "。逐件增减及理由见附件。", SA(told), SA(yuan(w, number(f, "returned_fen"))),
                 SA(yuan(w, number(f, "joined_fen"))), SA(sums(w))));
}

static void annexes(const words *w, const char *title)
{
    view *names = view_put_list(w->out, S("attachments")), *all = view_put_list(w->out, S("annexes"));
    str first = str_fmt(w->a, SF "批次%s", SA(w->month), title), second = str_fmt(w->a, SF "批次增减情况表", SA(w->month));
    add_text(names, first);
    view *one = view_add_map(all);
    view_text(one, S("title"), first);
    view_bool(one, S("wide"), true);
    list_table(w, view_put_list(one, S("body")));
    if (!has_changes(w)) return;
    add_text(names, second);
    one = view_add_map(all);
    view_text(one, S("title"), second);
    changes_table(w, view_put_list(one, S("body")));
}

static void heading(const words *w, const char *kind, const char *issuer, str title, const char *to)
{
    view_text(w->out, S("kind"), str_of(kind));
    view_text(w->out, S("issuer"), text(w, issuer));
    view_text(w->out, S("signer"), text(w, issuer));
    view_text(w->out, S("title"), title);
    if (to) view_text(w->out, S("to"), text(w, to));
}

/* ---- the five ---------------------------------------------------------------------------------------------------------------- */

static void report(const words *w)
{
    heading(w, "official", "office_alliance", str_fmt(w->a, "关于" SF "批次科技创新服务补贴申报材料的\n初审报告", SA(w->month)), "office_issuer");
    p(w, str_fmt(w->a, "根据" SF "规定，联盟对" SF "批次科技创新服务补贴申报材料进行了合规性审核。现将初审情况报告如下：", SA(basis(w)), SA(w->month)));
    h1(w, "一、审核程序");
    p(w, S("联盟逐件核对了协议备案、承诺书、成果证明和服务时间，核验了成果编号并查重。材料不齐全的，一次性告知全部补正事项；审核人与本报告编写人为不同人员。"));
    h1(w, "二、审核结果");
    p(w, str_fmt(w->a, "本批次初审通过" SF "，金额均由平台按政策条款计算。按收款单位汇总如下：", SA(sums(w))));
    payee_table(w, w->body);
    h1(w, "三、初审意见");
    p(w, S("联盟认为，初审通过的申报材料齐全、程序合规、金额计算符合条款规定，建议提请审核。"));
    p(w, S("特此报告。"));
    annexes(w, "初审通过明细表");
}

static void budget_words(const words *w)
{
    const view *all = view_get(w->s, S("budget"));
    for (const view *b = all ? all->first : NULL; b; b = b->next)
        p(w, str_fmt(w->a, "《" SF "》%lld年度预算" SF "元，截至本文印发时已支付" SF "元，已预留、承诺" SF "元，可用余额" SF "元。", SA(view_get_text(b, S("title"))),
                     (long long)number(b, "year"), SA(yuan(w, number(b, "total_fen"))), SA(yuan(w, number(b, "paid_fen"))),
                     SA(yuan(w, number(b, "bound_fen"))), SA(yuan(w, number(b, "available_fen")))));
}

static void request(const words *w)
{
    heading(w, "official", "office_issuer", str_fmt(w->a, "关于" SF "批次科技创新服务补贴资金的\n补贴申请报告", SA(w->month)), "office_committee");
    p(w, str_fmt(w->a, "根据" SF "规定，我局对创新联盟报送的" SF "批次初审报告进行了审核。现将有关情况报告如下：", SA(basis(w)), SA(w->month)));
    h1(w, "一、审核情况");
    p(w, S("我局按照协议备案、成果确认、条款对应、金额复核、重复查验五项要点进行了审核。存在问题的单独退回，其余照常办理。"));
    former_words(w);
    h1(w, "二、审核结果");
    p(w, str_fmt(w->a, "审核通过" SF "。按收款单位汇总如下：", SA(sums(w))));
    payee_table(w, w->body);
    h1(w, "三、资金来源");
    budget_words(w);
    h1(w, "四、申请事项");
    p(w, str_fmt(w->a, "请批准拨付上述补贴资金" SF "元（" SF "）。批准后，我局将公示七个工作日，期满无异议的，函请财政部门审核拨付。",
                 SA(yuan(w, number(w->s, "total_fen"))), SA(text(w, "capitals"))));
    p(w, S("妥否，请批示。"));
    annexes(w, "补贴申请明细表");
}

static void notice(const words *w)
{
    const view *n = view_get(w->s, S("notice"));
    heading(w, "plain", "office_issuer", str_fmt(w->a, "关于" SF "批次科技创新服务补贴\n拟支持名单的公示", SA(w->month)), NULL);
    p(w, str_fmt(w->a, "根据" SF "规定，经联盟初审、我局审核、管委会批准，现将" SF "批次科技创新服务补贴拟支持名单予以公示，共" SF "。", SA(basis(w)), SA(w->month), SA(sums(w))));
    former_words(w);
    h1(w, "一、公示期限");
    if (n) p(w, str_fmt(w->a, "自" SF "起，至" SF "24:00止。公告当日不计入，法定节假日顺延，调休上班日计入。", SA(day_zh(w, n, "first_day")), SA(day_zh(w, n, "last_day"))));
    else p(w, S("公示期自公告次日起计算，以公示网页载明的起止日期为准。"));
    h1(w, "二、异议的提出");
    p(w, S("任何单位和个人对名单所列事项有异议的，均可在公示期内通过公示网页或者书面提出，实名、匿名均可。异议应当说明所涉申报编号、具体事实和理由。异议人的身份信息仅由经办人知悉，依法保密。"));
    h1(w, "三、联系方式");
    p(w, str_fmt(w->a, "地址：" SF "；电话：" SF "。", SA(text(w, "office_address")), SA(text(w, "office_phone"))));
    annexes(w, "拟支持名单");
}

static void letter(const words *w)
{
    const view *approved = view_get(w->s, S("approval")), *n = view_get(w->s, S("notice"));
    heading(w, "letter", "office_issuer", str_fmt(w->a, "关于商请拨付" SF "批次科技创新服务补贴资金的函", SA(w->month)), "office_finance");
    buf b = buf_new(w->a, 300);
    buf_fmt(&b, SF "批次科技创新服务补贴", SA(w->month));
    if (approved) buf_fmt(&b, "已于" SF "经管委会批准", SA(day_zh(w, approved, "on_day")));
    if (approved && view_get_text(approved, S("note")).n) buf_fmt(&b, "（" SF "）", SA(view_get_text(approved, S("note"))));
    if (n) buf_fmt(&b, "%s于" SF "至" SF "公示", approved ? "，并" : "", SA(day_zh(w, n, "first_day")), SA(day_zh(w, n, "last_day")));
    buf_putz(&b, "，期满无异议或者异议已办理完毕。");
    p(w, buf_str(&b));
    p(w, str_fmt(w->a, "依据" SF "，本次商请拨付共" SF "。现将拨付明细随函送上，请予审核并拨付。", SA(basis(w)), SA(sums(w))));
    former_words(w);
    payee_table(w, w->body);
    p(w, S("如对明细所列事项有疑问，请退回我局并说明理由，我局将及时核实修改。"));
    p(w, S("此函。"));
    annexes(w, "补贴资金拨付明细表");
    view_text(w->out, S("remark"), str_fmt(w->a, "联系电话：" SF, SA(text(w, "office_phone"))));
}

/* ---- the claim: a form -------------------------------------------------------------------------------------------------------- */

static void fact(view *facts, const char *name, str value)
{
    view *f = view_add_map(facts);
    view_text(f, S("name"), str_of(name));
    view_text(f, S("value"), value.n ? value : S("—"));
}

static void claim_facts(const words *w)
{
    const view *c = view_get(w->s, S("claim")), *l = view_get(w->s, S("lines"))->first;
    view *one = view_add_map(w->body), *f = view_put_list(one, S("facts"));
    view_int(one, S("pairs"), 2);
    fact(f, "申报编号", view_get_text(l, S("number")));
    fact(f, "申报批次", w->month);
    fact(f, "服务机构", view_get_text(l, S("agency")));
    fact(f, "服务企业", view_get_text(l, S("enterprise")));
    fact(f, "支持事项", view_get_text(l, S("item")));
    fact(f, "收款单位", view_get_text(l, S("payee")));
    fact(f, "成果类别", view_get_text(c, S("outcome_kind")));
    fact(f, "成果编号", view_get_text(c, S("outcome_number")));
    fact(f, "成果日期", day_zh(w, c, "outcome_day"));
    fact(f, "服务时间", str_fmt(w->a, SF "至" SF, SA(day_zh(w, c, "service_from")), SA(day_zh(w, c, "service_to"))));
    fact(f, "申报金额", str_fmt(w->a, SF "元", SA(yuan(w, number(w->s, "total_fen")))));
    fact(f, "金额大写", text(w, "capitals"));
    fact(f, "企业奖励", str_fmt(w->a, SF "元", SA(yuan(w, number(c, "reward_fen")))));
    fact(f, "提交次数", str_fmt(w->a, "第%lld次", (long long)number(c, "round")));
}

static void claim_files(const words *w)
{
    const view *files = view_get(w->s, S("files"));
    if (!files || !files->n) return;
    view *t = table(w->body, NULL), *columns = view_put_list(t, S("columns")), *rows = view_put_list(t, S("rows"));
    column(columns, "序号", "center", 3);
    column(columns, "材料名称", NULL, 0);
    column(columns, "大小（字节）", "right", 0);
    column(columns, "SHA-256", NULL, 24);
    view_bool(columns->last, S("mono"), true);
    int n = 0;
    for (const view *f = files->first; f; f = f->next) {
        bool twice = false; /* one file may serve as two */
        for (const view *o = files->first; o != f && !twice; o = o->next) twice = str_eq(view_get_text(o, S("sha256")), view_get_text(f, S("sha256")));
        if (twice) continue;
        str cells[] = {str_fmt(w->a, "%d", ++n), view_get_text(f, S("name")), str_fmt(w->a, "%lld", (long long)number(f, "bytes")), view_get_text(f, S("sha256"))};
        row_of(rows, cells, countof(cells));
    }
}

static void claim(const words *w)
{
    str agency = view_get_text(view_get(w->s, S("lines"))->first, S("agency"));
    heading(w, "form", "office_alliance", S("科技创新服务补贴申报书"), NULL);
    view_text(w->out, S("issuer"), agency);
    view_text(w->out, S("signer"), agency);
    h1(w, "一、申报依据");
    p(w, basis(w));
    h1(w, "二、申报事项");
    claim_facts(w);
    h1(w, "三、申报材料");
    claim_files(w);
    h1(w, "四、承诺");
    p(w, S("申报单位承诺：所报材料真实、合法、有效；未就同一成果重复申报；未向服务企业收取或者变相收取本项服务费用。如有不实，愿意退回补贴资金并承担相应责任。"));
    view *sign = view_put_list(view_add_map(w->body), S("sign"));
    add_text(sign, S("经办人（签字）："));
    add_text(sign, S("申报单位（盖章）："));
    block(w, "note", S("注：本申报书由平台按提交时的内容生成，此后不变；材料以所列 SHA-256 值为准。"));
}

/* ---- all together ---------------------------------------------------------------------------------------------------------------- */

err paper_describe(ctx *c, const official_paper *paper_in, view **out)
{
    static const struct { const char *kind; void (*write)(const words *); } writers[] = {
        {"claim", claim}, {"report", report}, {"request", request}, {"notice", notice}, {"letter", letter},
    };
    view *snapshot;
    int64_t month = 0;
    TRY(json_read(c->a, paper_in->snapshot, &snapshot));
    words w = {.a = c->a, .s = snapshot, .out = view_map(c->a), .kind = paper_in->kind};
    w.body = view_put_list(w.out, S("body"));
    if (month_parse(text(&w, "month"), &month)) w.month = month_words(c->a, month, LANG_ZH);
    view_text(w.out, S("lang"), S("zh-CN"));
    view_text(w.out, S("number"), paper_in->number);
    view_text(w.out, S("date"), day_text(c->a, paper_in->issued_day));
    for (int i = 0; i < countof(writers); i++)
        if (str_eqz(w.kind, writers[i].kind)) writers[i].write(&w);
    view *qr = view_put_map(w.out, S("qr"));
    view_text(qr, S("text"), str_fmt(c->a, SF " " SF " SHA-256 " SF, SA(paper_in->number), SA(day_text(c->a, paper_in->issued_day)), SA(paper_in->sha256)));
    view_text(qr, S("caption"), str_fmt(c->a, "扫码核对文号、日期与快照。存证：" SF, SA(paper_in->head)));
    view_text(w.out, S("verify"), str_fmt(c->a, "SHA-256 " SF, SA(paper_in->sha256)));
    *out = w.out;
    return NO_ERR;
}
