/* SPDX-License-Identifier: Apache-2.0 */
/* demo_story.c: nine months of the demonstration zone, told by the requests of its people: three months are paid, and at the end something
 * waits at every step. Days and amounts are invented. */
#include "main/demo_story.h"

#include "base/embed.h"
#include "base/money.h"
#include "base/patent.h"
#include "format/json.h"
#include "main/cast.h"
#include "main/demo_catalogue.h"
#include "main/demo_requests.h"
#include "room/account/account.h"
#include "room/document/document.h"
#include "room/registration/registration.h"

enum { YEAR = 2026, PER_MONTH = 6, CASES_MOST = 80, SERVICES = 4, NAMES_MOST = 40 };
int64_t demo_story_first(void) { return day_of(YEAR, 2, 2); }
int64_t demo_story_last(void) { return day_of(YEAR, 10, 19); }

/* ---- asking as one of its people ------------------------------------------------------------------------------------------ */

typedef struct { int64_t agreement, application; int month, agency, enterprise, service; } told; /* one case of the story */
typedef struct {
    house *h;
    errand at;                   /* of this scene; its arena goes with it */
    web_options web;
    int64_t now;                 /* office hours of the business day, three minutes later with each request */
    int64_t policy[SERVICES], service[SERVICES]; /* the first four items, of which the agreements are made */
    int64_t market;              /* an item that the enterprise pays for */
    told cases[CASES_MOST];
    int n, papers;
    struct { const char *name; int64_t id; } made[NAMES_MOST]; /* of demo_requests */
    int named, request;                        /* request: the next one to tell */
} story;

static err scene(story *s)
{
    errand_end(&s->at);
    return errand_begin(s->h, &s->at);
}

static err become(story *s, const char *login)
{
    ctx *c = &s->at.c;
    s->now += (int64_t)47 * 1000000;
    c->now = s->now;
    c->today = house_today();
    c->who = (actor){0};
    c->errors = NULL;
    c->once = (str){0};
    c->lang = LANG_ZH;
    return login ? account_as(c, str_of(login), (str){0}) : NO_ERR;
}

static err ask(story *s, const char *login, web_method m, str path, str json, view **out)
{
    ctx *c = &s->at.c;
    view *body = NULL, *answer = NULL;
    TRY(become(s, login));
    if (json.n) TRY(json_read(c->a, json, &body));
    int status = web_call(c, &s->web, m, path, body, &answer);
    if (out) *out = answer;
    if (status < 300) return NO_ERR;
    str why = answer ? view_get_text(answer, S("detail")) : (str){0};
    const view *errors = answer ? view_get(answer, S("errors")) : NULL;
    if (errors && errors->first) why = str_fmt(c->a, SF " " SF, SA(why), SA(view_get_text(errors->first, S("reason"))));
    return err_with(ERR_FAULT, "demo", "{0} {1}: {2}", str_fmt(&s->h->a, "%s %lld", login ? login : "", (long long)status), str_dup(&s->h->a, path), str_dup(&s->h->a, why));
}

static err made(story *s, const char *login, const char *path, str json, int64_t *id)
{
    view *v;
    TRY(ask(s, login, POST, str_of(path), json, &v));
    *id = view_get_int(v, S("id"), 0);
    return NO_ERR;
}

static err move(story *s, const char *login, const char *what, int64_t id, const char *choice, const char *note)
{
    arena *a = s->at.c.a;
    return ask(s, login, POST, str_fmt(a, "/%s/%lld/moves", what, (long long)id), str_fmt(a, "{\"choice\":\"%s\",\"note\":\"%s\"}", choice, note), NULL);
}

/* The number that a name of demo_requests stands for. */
static err number_of(story *s, str name, int64_t *id)
{
    int64_t n;
    for (int i = 0; i < s->named; i++)
        if (str_eqz(name, s->made[i].name)) return *id = s->made[i].id, NO_ERR;
    if (str_starts(name, S("service")) && str_int(str_from(name, 7), &n) && n >= 1 && n <= SERVICES) return *id = s->service[n - 1], NO_ERR;
    return cast_org_id(&s->at.c, str_z(s->at.c.a, name), id);
}

/* "{name}" becomes its number; a brace before anything but a letter is JSON's own. */
static err put_numbers(story *s, const char *text, str *out)
{
    str rest = str_of(text);
    buf b = buf_new(s->at.c.a, rest.n + 32);
    while (rest.n) {
        size close = str_find(rest, S("}"));
        bool name = rest.p[0] == '{' && rest.n > 1 && rest.p[1] >= 'a' && rest.p[1] <= 'z' && close > 0;
        if (name) {
            int64_t id;
            TRY(number_of(s, str_from(str_head(rest, close), 1), &id));
            buf_int(&b, id);
        } else
            buf_byte(&b, rest.p[0]);
        rest = str_from(rest, name ? close + 1 : 1);
    }
    *out = buf_str(&b);
    return NO_ERR;
}

static err tell_one(story *s, const demo_request *q)
{
    view *v;
    str path, json;
    TRY(put_numbers(s, q->path, &path));
    TRY(put_numbers(s, q->json, &json));
    TRY(ask(s, q->login, POST, path, json, &v));
    if (!q->makes) return NO_ERR;
    assert(s->named < NAMES_MOST);
    s->made[s->named].name = q->makes;
    s->made[s->named++].id = view_get_int(v, S("id"), 0);
    return NO_ERR;
}

/* Those of the days up to today that are not told yet. */
static err tell_requests(story *s)
{
    for (; demo_requests[s->request].month; s->request++) {
        const demo_request *q = &demo_requests[s->request];
        int64_t day = day_of(YEAR, q->month, q->day);
        if (day > house_today()) return NO_ERR;
        TRY(tell_one(s, q));
    }
    return NO_ERR;
}

/* Every day between begins too, so that calls open and notices end, and what single people ask on it. */
static err go_to(story *s, int64_t day)
{
    while (house_today() < day) {
        house_set_today(house_today() + 1);
        int64_t morning = day_start(house_today()) + (int64_t)9 * 3600 * 1000000;
        if (s->now < morning) s->now = morning;
        TRY(become(s, NULL));
        TRY(house_begin_days(&s->at.c));
        TRY(tell_requests(s));
    }
    return NO_ERR;
}

/* A page that says what it stands for, as a small PDF of its own. */
static err paper(story *s, const char *login, const char *name, const char *says, int64_t *id)
{
    arena *a = s->at.c.a;
    TRY(become(s, login));
    str text = str_fmt(a, "BT /F1 18 Tf 72 760 Td (Demonstration) Tj 0 -28 Td /F1 12 Tf (%s %d) Tj ET", says, ++s->papers);
    const str parts[] = {S("<</Type/Catalog/Pages 2 0 R>>"), S("<</Type/Pages/Kids[3 0 R]/Count 1>>"),
                         S("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"),
                         str_fmt(a, "<</Length %lld>>stream\n" SF "\nendstream", (long long)text.n, SA(text)),
                         S("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")};
    int64_t at[countof(parts)];
    buf b = buf_new(a, 1024);
    buf_put(&b, S("%PDF-1.4\n"));
    for (int i = 0; i < countof(parts); i++) {
        at[i] = b.n;
        buf_put(&b, str_fmt(a, "%d 0 obj" SF "endobj\n", i + 1, SA(parts[i])));
    }
    int64_t table = b.n;
    buf_put(&b, str_fmt(a, "xref\n0 %d\n0000000000 65535 f \n", (int)countof(parts) + 1));
    for (int i = 0; i < countof(parts); i++) buf_put(&b, str_fmt(a, "%010lld 00000 n \n", (long long)at[i]));
    buf_put(&b, str_fmt(a, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%lld\n%%%%EOF\n", (int)countof(parts) + 1, (long long)table));
    return document_make(&s->at.c, str_fmt(a, "%s%d.pdf", name, s->papers), S("application/pdf"), buf_str(&b), id);
}

/* ---- the rules: four policies, one for each way to compute an amount ------------------------------------------------------- */

static const struct {
    const char *code, *title, *title_en, *clause, *kinds, *agency_rule, *reward_rule;
    int64_t standard_fen, budget_fen;
} rules[SERVICES] = {
    {"SF-01", "专利授权服务补贴（示例）", "Patent grant service subsidy (example)", "第三条", "invention utility_model",
     "{\\\"kind\\\":\\\"per_item\\\",\\\"each_fen\\\":400000,\\\"most\\\":20}", "{\\\"kind\\\":\\\"per_item\\\",\\\"each_fen\\\":100000,\\\"most\\\":20}", 500000, 60000000},
    {"SF-02", "高新技术企业认定服务补贴（示例）", "High-tech certification service subsidy (example)", "第四条", "hte_certificate",
     "{\\\"kind\\\":\\\"fixed\\\",\\\"fen\\\":3000000}", "{\\\"kind\\\":\\\"fixed\\\",\\\"fen\\\":2000000}", 5000000, 120000000},
    {"SF-03", "标准制定服务补贴（示例）", "Standard setting service subsidy (example)", "第五条", "standard",
     "{\\\"kind\\\":\\\"table\\\",\\\"rows\\\":[{\\\"code\\\":\\\"national\\\",\\\"label\\\":\\\"国家标准\\\",\\\"en\\\":\\\"National\\\",\\\"fen\\\":5000000},"
     "{\\\"code\\\":\\\"local\\\",\\\"label\\\":\\\"地方标准\\\",\\\"en\\\":\\\"Local\\\",\\\"fen\\\":2000000}]}", "", 5000000, 95000000},
    {"SF-04", "科技项目申报服务补贴（示例）", "Project application service subsidy (example)", "第六条", "project_grant",
     "{\\\"kind\\\":\\\"rate\\\",\\\"rate_bp\\\":500,\\\"cap_fen\\\":6000000}", "{\\\"kind\\\":\\\"rate\\\",\\\"rate_bp\\\":200,\\\"cap_fen\\\":2000000}", 8000000, 200000000},
};

static err make_rules(story *s)
{
    for (int i = 0; i < SERVICES; i++) {
        arena *a = s->at.c.a;
        view *v;
        TRY(ask(s, "bureau1", POST, S("/policies"),
                str_fmt(a, "{\"code\":\"%s\",\"title\":\"%s\",\"title_en\":\"%s\",\"level\":\"区\",\"issuer\":\"示范高新技术产业园区管理委员会\",\"document_number\":\"示高管发〔2026〕%d号\","
                           "\"clause\":\"%s\",\"source\":\"示例政策，金额为虚构\",\"example\":true,\"outcome_kinds\":\"%s\",\"agency_rule\":\"%s\",\"reward_rule\":\"%s\","
                           "\"standard_fen\":%lld,\"payee\":\"agency\",\"window_days\":365,\"from_day\":\"2026-01-01\"}",
                        rules[i].code, rules[i].title, rules[i].title_en, i + 1, rules[i].clause, rules[i].kinds, rules[i].agency_rule, rules[i].reward_rule, (long long)rules[i].standard_fen), &v));
        s->policy[i] = view_get_int(v, S("policy"), view_get_int(v, S("id"), 0));
        TRY(ask(s, "finance1", POST, S("/budgets"), str_fmt(a, "{\"policy\":%lld,\"year\":%d,\"total_fen\":%lld}", (long long)s->policy[i], YEAR, (long long)rules[i].budget_fen), NULL));
    }
    return NO_ERR;
}

static err publish_item(story *s, int64_t id)
{
    arena *a = s->at.c.a;
    return ask(s, "alliance3", POST, str_fmt(a, "/services/%lld/publish", (long long)id), str_fmt(a, "{\"from_day\":\"" SF "\"}", SA(day_text(a, house_today()))), NULL);
}

static err make_catalogue(story *s)
{
    for (const demo_item *i = demo_items; i->code; i++) {
        int64_t id, policy = i->policy > 0 ? s->policy[i->policy - 1] : 0;
        TRY(made(s, "alliance3", "/services", demo_item_json(s->at.c.a, i, policy, 0, "首次发布"), &id));
        TRY(publish_item(s, id));
        if (i - demo_items < SERVICES) s->service[i - demo_items] = id;
        else if (!s->market) s->market = id;
        if (!strcmp(i->code, "FW-05")) s->made[s->named].name = "advice", s->made[s->named++].id = id;
    }
    return NO_ERR;
}

/* The paid service becomes dearer by a twentieth; the agreements before keep their version. */
static err raise_prices(story *s)
{
    TRY(ask(s, "alliance3", POST, str_fmt(s->at.c.a, "/services/%lld", (long long)s->market), demo_item_json(s->at.c.a, &demo_items[SERVICES], 0, 5, "人工成本上升，指导价上调5%"), NULL));
    return publish_item(s, s->market);
}

/* The name of the organisation that this person works for. */
static str house_of(const char *login)
{
    const cast_person *p = cast_people;
    const cast_org *o = cast_orgs;
    while (p->login && strcmp(p->login, login)) p++;
    while (o->key && strcmp(o->key, p->org)) o++;
    return str_of(o->name);
}

static err propose_account(story *s, const char *login, const char *bank, int n)
{
    arena *a = s->at.c.a;
    int64_t proof;
    TRY(paper(s, login, "开户许可证", "Account permit", &proof));
    return ask(s, login, POST, S("/organisation/bank-account"),
               str_fmt(a, "{\"bank\":\"%s\",\"holder\":\"" SF "\",\"number\":\"62000000%08d\",\"proof\":%lld}", bank, SA(house_of(login)), n, (long long)proof), NULL);
}

/* Each proposed by the one who earns, confirmed by a second person at the finance bureau. */
static err make_accounts(story *s)
{
    for (int i = 0, n = 0; cast_people[i].login; i++) {
        const char *kind = cast_people[i].role;
        if ((strcmp(kind, "agency") && strcmp(kind, "enterprise")) || !strcmp(cast_people[i].login, "agency1b")) continue;
        TRY(propose_account(s, cast_people[i].login, "示例银行示范区支行", 1001 + n++));
    }
    view *all;
    TRY(ask(s, "finance3", GET, S("/bank-accounts"), (str){0}, &all));
    for (const view *row = view_get(all, S("items"))->first; row; row = row->next)
        TRY(ask(s, "finance3", POST, str_fmt(s->at.c.a, "/bank-accounts/%lld", (long long)view_get_int(row, S("id"), 0)), S("{\"verdict\":\"accept\"}"), NULL));
    return NO_ERR;
}

/* ---- agreements -------------------------------------------------------------------------------------------------------------- */

static const char *const subjects[] = {"工业机器人关节控制", "海水淡化膜组件", "船舶能效管理软件", "高强度复合材料", "智能仓储调度", "水下探测装置", "储能电池热管理", "废水深度处理"};

static const char *agency_of(const told *t) { return (const char *[]){"agency1", "agency2", "agency3"}[t->agency]; }
static const char *enterprise_of(story *s, const told *t) { return str_z(s->at.c.a, str_fmt(s->at.c.a, "enterprise%d", t->enterprise)); }

enum { DRAFTED, SENT, SIGNED, TO_FILE, FILED };

static err agree(story *s, int month, int up_to, told **out)
{
    arena *a = s->at.c.a;
    assert(s->n < CASES_MOST);
    told *t = &s->cases[s->n];
    *t = (told){.month = month, .agency = s->n % 3, .enterprise = s->n % 8 + 1, .service = (s->n + s->n / 4) % SERVICES};
    int64_t of, contract;
    TRY(cast_org_id(&s->at.c, enterprise_of(s, t), &of));
    TRY(paper(s, agency_of(t), "服务合同", "Service contract", &contract));
    TRY(made(s, agency_of(t), "/agreements",
             str_fmt(a, "{\"enterprise\":%lld,\"item\":%lld,\"subject\":\"%s（%d期）\",\"quantity\":%d,\"fee_fen\":0,\"from_day\":\"" SF "\",\"to_day\":\"%d-12-31\",\"pay_year\":%d,\"contract\":%lld}",
                     (long long)of, (long long)s->service[t->service], subjects[s->n % 8], s->n / 8 + 1, t->service == 0 ? 3 : 1, SA(day_text(a, house_today())), YEAR, YEAR, (long long)contract),
             &t->agreement));
    s->n++;
    if (up_to >= SENT) TRY(move(s, agency_of(t), "agreements", t->agreement, "submit", ""));
    if (up_to >= SIGNED) TRY(move(s, enterprise_of(s, t), "agreements", t->agreement, "sign", ""));
    if (up_to >= TO_FILE) TRY(move(s, agency_of(t), "agreements", t->agreement, "sign_agency", ""));
    if (up_to >= FILED) TRY(move(s, "bureau3", "agreements", t->agreement, "file", ""));
    if (out) *out = t;
    return NO_ERR;
}

static err agreements_of(story *s, int month)
{
    int n = month == 10 ? 11 : PER_MONTH;
    for (int i = 0; i < n; i++) TRY(agree(s, month, FILED, NULL));
    return NO_ERR;
}

/* ---- applications -------------------------------------------------------------------------------------------------------------- */

/* Two patents, a certificate, a standard or a project, each with a number of its own. */
static str outcome_of(story *s, const told *t)
{
    arena *a = s->at.c.a;
    int k = (int)(t - s->cases) + 1;
    if (t->service == 1) return str_fmt(a, "\"outcome_kind\":\"hte_certificate\",\"outcome_number\":\"GR202621%06d\"", 200000 + k);
    if (t->service == 2) return str_fmt(a, "\"outcome_kind\":\"standard\",\"outcome_number\":\"DB 2102/T %d-2026\",\"grade\":\"%s\"", 900 + k, k % 3 ? "local" : "national");
    if (t->service == 3) return str_fmt(a, "\"outcome_kind\":\"project_grant\",\"outcome_number\":\"SF-XM-2026-%03d\",\"base_fen\":%d", k, 40000000 + k * 1000000);
    str first = str_fmt(a, "20251%07d", 990000 + 2 * k), second = str_fmt(a, "20251%07d", 990001 + 2 * k);
    return str_fmt(a, "\"outcome_kind\":\"invention\",\"outcome_number\":\"ZL" SF ".%c\\nZL" SF ".%c\"", SA(first), patent_check_digit(first), SA(second), patent_check_digit(second));
}

enum { STARTED, SAVED, CONFIRMED, SUBMITTED };

static err apply(story *s, told *t, int up_to)
{
    arena *a = s->at.c.a;
    int64_t contract, letter, proof;
    str filed = day_text(a, day_of(YEAR, t->month, t->month == 10 ? 9 : 4));
    TRY(made(s, agency_of(t), "/applications", str_fmt(a, "{\"agreement\":%lld}", (long long)t->agreement), &t->application));
    if (up_to == STARTED) return NO_ERR;
    str path = str_fmt(a, "/applications/%lld", (long long)t->application);
    TRY(paper(s, agency_of(t), "服务合同（盖章）", "Service contract, sealed", &contract));
    TRY(paper(s, agency_of(t), "承诺书", "Letter of commitment", &letter));
    TRY(paper(s, agency_of(t), "成果证明", "Proof of the outcome", &proof));
    TRY(ask(s, agency_of(t), POST, path,
            str_fmt(a, "{" SF ",\"outcome_day\":\"" SF "\",\"service_from\":\"" SF "\",\"service_to\":\"" SF "\",\"letter\":%lld,\"proof\":%lld,\"contract\":%lld}", SA(outcome_of(s, t)),
                    SA(day_text(a, house_today() - 1)), SA(filed), SA(day_text(a, house_today() - 2)), (long long)letter, (long long)proof, (long long)contract), NULL));
    if (up_to == SAVED) return NO_ERR;
    TRY(ask(s, enterprise_of(s, t), POST, str_join(a, path, S("/confirm")), S("{}"), NULL));
    if (up_to == CONFIRMED) return NO_ERR;
    return move(s, agency_of(t), "applications", t->application, "submit", "");
}

static told *case_of(story *s, int month, int at)
{
    for (int i = 0; i < s->n; i++)
        if (s->cases[i].month == month && at-- == 0) return &s->cases[i];
    assert(!"the story knows this case");
    return NULL;
}

/* What the agencies of a month lay out for their first three agreements. */
static err lay_out(story *s, int month)
{
    static const struct { const char *kind; int64_t fen; const char *note; } of[] = {
        {"official_fee", 95000, "专利申请官费"}, {"testing", 360000, "第三方检测"}, {"travel", 42050, "现场核查差旅"},
    };
    arena *a = s->at.c.a;
    for (int i = 0; i < countof(of); i++) {
        const told *t = case_of(s, month, i);
        int64_t voucher;
        TRY(paper(s, agency_of(t), "垫资凭证", "Voucher", &voucher));
        TRY(ask(s, agency_of(t), POST, str_fmt(a, "/agreements/%lld/advances", (long long)t->agreement),
                str_fmt(a, "{\"kind\":\"%s\",\"paid_day\":\"" SF "\",\"amount_fen\":%lld,\"note\":\"%s\",\"voucher\":%lld}", of[i].kind, SA(day_text(a, house_today())),
                        (long long)of[i].fen, of[i].note, (long long)voucher),
                NULL));
    }
    return NO_ERR;
}

static err apply_all(story *s, int month)
{
    static const int october[] = {SUBMITTED, SUBMITTED, SUBMITTED, SUBMITTED, SUBMITTED, SUBMITTED, SUBMITTED, SUBMITTED, SAVED, STARTED, CONFIRMED};
    int n = month == 10 ? (int)countof(october) : PER_MONTH;
    for (int i = 0; i < n; i++) {
        TRY(scene(s));
        TRY(apply(s, case_of(s, month, i), month == 10 ? october[i] : SUBMITTED));
    }
    return NO_ERR;
}

/* The alliance notes what is lacking and sends it back. */
static err send_back(story *s, told *t)
{
    arena *a = s->at.c.a;
    str path = str_fmt(a, "/applications/%lld/deficiencies", (long long)t->application);
    TRY(ask(s, "alliance1", POST, path, S("{\"item\":\"letter\",\"reason\":\"unclear\",\"clause\":\"第七条\",\"text\":\"承诺书未加盖公章，请补盖后重新上传。\"}"), NULL));
    TRY(ask(s, "alliance1", POST, path, S("{\"item\":\"outcome_day\",\"reason\":\"mismatch\",\"clause\":\"第三条\",\"text\":\"成果日期与证书所载日期不一致，请核对。\"}"), NULL));
    return move(s, "alliance1", "applications", t->application, "supplement", "请按补正事项修改后重新提交。");
}

static err answer_and_submit(story *s, told *t)
{
    view *v;
    arena *a = s->at.c.a;
    TRY(ask(s, agency_of(t), GET, str_fmt(a, "/applications/%lld", (long long)t->application), (str){0}, &v));
    for (const view *d = view_get(v, S("deficiencies"))->first; d; d = d->next)
        TRY(ask(s, agency_of(t), POST, str_fmt(a, "/deficiencies/%lld/answer", (long long)view_get_int(d, S("id"), 0)), S("{\"answer\":\"已按要求补正，请审核。\"}"), NULL));
    int64_t letter;
    TRY(paper(s, agency_of(t), "承诺书（盖章）", "Letter of commitment, sealed", &letter));
    TRY(ask(s, agency_of(t), POST, str_fmt(a, "/applications/%lld", (long long)t->application),
            str_fmt(a, "{" SF ",\"outcome_day\":\"" SF "\",\"service_from\":\"" SF "\",\"service_to\":\"" SF "\",\"letter\":%lld}", SA(outcome_of(s, t)), SA(day_text(a, house_today() - 1)),
                    SA(day_text(a, day_of(YEAR, t->month, t->month == 10 ? 9 : 4))), SA(day_text(a, house_today() - 3)), (long long)letter), NULL));
    TRY(ask(s, enterprise_of(s, t), POST, str_fmt(a, "/applications/%lld/confirm", (long long)t->application), S("{}"), NULL));
    return move(s, agency_of(t), "applications", t->application, "submit", "");
}

/* The alliance's check: the third goes back once, in March the fourth is refused; in October some still wait. */
static err check(story *s, int month)
{
    int n = month == 10 ? 5 : PER_MONTH;
    for (int i = 0; i < n; i++) {
        told *t = case_of(s, month, i);
        TRY(scene(s));
        if (month == 3 && i == 3) TRY(move(s, "alliance1", "applications", t->application, "refuse", "同一成果已由其他渠道财政资金支持，不予补贴。"));
        else if (i == 2) TRY(send_back(s, t));
        else TRY(move(s, "alliance1", "applications", t->application, "pass", ""));
    }
    return NO_ERR;
}

static err check_again(story *s, int month)
{
    told *t = case_of(s, month, 2);
    TRY(answer_and_submit(s, t));
    return move(s, "alliance1", "applications", t->application, "pass", "");
}

/* ---- batches, money ----------------------------------------------------------------------------------------------------------- */

static err batch_id(story *s, int month, int64_t *id)
{
    view *v;
    str wanted = str_fmt(s->at.c.a, "%d-%02d", YEAR, month);
    *id = 0;
    TRY(ask(s, "alliance2", GET, S("/batches"), (str){0}, &v));
    for (const view *row = view_get(v, S("items"))->first; row; row = row->next)
        if (str_eq(view_get_text(row, S("month")), wanted)) *id = view_get_int(row, S("id"), 0);
    return *id ? NO_ERR : err_with(ERR_FAULT, "demo", "no batch {0}", wanted, (str){0}, (str){0});
}

static const struct { const char *choice, *login, *note; } decisions[] = {
    {"report_submit", "alliance2", ""}, {"bureau_pass", "bureau1", ""}, {"request_submit", "bureau2", ""},
    {"approved", "committee1", "管委会专题会议同意"}, {"letter_send", "bureau3", ""}, {"finance_pass", "finance1", ""}, {"pay_done", "finance2", ""},
};

static err decide(story *s, int month, const char *choice)
{
    int64_t id;
    TRY(batch_id(s, month, &id));
    for (int i = 0; i < countof(decisions); i++)
        if (!strcmp(decisions[i].choice, choice)) return move(s, decisions[i].login, "batches", id, choice, decisions[i].note);
    return err_of(ERR_FAULT, "demo", "no such decision");
}

/* Finance lets the month pass but sends one back to the bureau, which has it reviewed again. */
static err finance_returns_one(story *s, int month)
{
    int64_t id;
    TRY(batch_id(s, month, &id));
    return ask(s, "finance1", POST, str_fmt(s->at.c.a, "/batches/%lld/moves", (long long)id),
               str_fmt(s->at.c.a, "{\"choice\":\"finance_pass\",\"return\":[{\"id\":%lld,\"note\":\"收款账户户名与备案名称不一致，请核实。\"}]}", (long long)case_of(s, month, 5)->application), NULL);
}

/* The newest order of payment, answered by the bank; `fails`: how many lines it could not pay. */
static err bank_answers(story *s, int fails)
{
    view *all, *p;
    arena *a = s->at.c.a;
    TRY(ask(s, "finance2", GET, S("/payments"), (str){0}, &all));
    str path = str_fmt(a, "/payments/%lld", (long long)view_get_int(view_get(all, S("items"))->first, S("id"), 0));
    TRY(ask(s, "finance2", GET, path, (str){0}, &p));
    buf b = buf_new(a, 1024);
    buf_put(&b, str_fmt(a, "{\"results\":\"sha256," SF "\\nline,amount,state,bank_ref,day,reason\\n", SA(view_get_text(p, S("hash")))));
    for (const view *line = view_get(p, S("items"))->first; line; line = line->next) {
        int64_t id = view_get_int(line, S("id"), 0);
        bool failed = fails-- > 0;
        buf_put(&b, str_fmt(a, "%lld," SF ",%s,%s," SF ",%s\\n", (long long)id, SA(fen_text(a, view_get(line, S("amount_fen"))->i)), failed ? "failed" : "paid",
                            failed ? "" : str_z(a, str_fmt(a, "SFB%08lld", (long long)id)), SA(day_text(a, house_today())), failed ? "账号与户名不符" : ""));
    }
    buf_put(&b, S("\"}"));
    return ask(s, "finance2", POST, str_join(a, path, S("/results")), buf_str(&b), NULL);
}

static err retry_failed(story *s)
{
    view *all;
    TRY(ask(s, "finance2", GET, S("/payments"), (str){0}, &all));
    return ask(s, "finance2", POST, str_fmt(s->at.c.a, "/payments/%lld/retries", (long long)view_get_int(view_get(all, S("items"))->first, S("id"), 0)), S("{}"), NULL);
}

static err rewards(story *s, const char *login, const char *step, const char *choice)
{
    return ask(s, login, POST, S("/rewards/moves"), str_fmt(s->at.c.a, "{\"step\":\"%s\",\"choice\":\"%s\"}", step, choice), NULL);
}

/* ---- the public --------------------------------------------------------------------------------------------------------------- */

static err object(story *s, int month, int at, const char *text)
{
    view *all, *n;
    arena *a = s->at.c.a;
    int64_t of = case_of(s, month, at)->application;
    TRY(ask(s, NULL, GET, S("/notices"), (str){0}, &all));
    n = view_get(all, S("items"))->first;
    return ask(s, NULL, POST, str_fmt(a, "/notices/%lld/objections", (long long)view_get_int(n, S("id"), 0)), str_fmt(a, "{\"case_id\":%lld,\"text\":\"%s\"}", (long long)of, text), NULL);
}

static err reject_objection(story *s, int month, int at)
{
    view *v;
    arena *a = s->at.c.a;
    int64_t of = case_of(s, month, at)->application;
    TRY(ask(s, "bureau2", GET, str_fmt(a, "/applications/%lld", (long long)of), (str){0}, &v));
    int64_t id = view_get_int(view_get(v, S("objections"))->first, S("id"), 0);
    if (!id) {
        TRY(ask(s, "bureau1", GET, str_fmt(a, "/applications/%lld", (long long)of), (str){0}, &v));
        id = view_get_int(view_get(v, S("objections"))->first, S("id"), 0);
    }
    TRY(ask(s, "bureau2", POST, str_fmt(a, "/objections/%lld/answer", (long long)id), S("{\"verdict\":\"rejected\",\"answer\":\"经核查，服务合同、成果证书与申报内容一致，异议不成立。\"}"), NULL));
    return move(s, "bureau2", "applications", of, "dismiss", "经核查异议不成立，维持公示内容。");
}

/* The bureau doubts an approval; the committee's office lets it stand. */
static err doubt(story *s, int month, int at, const char *reason)
{
    view *v;
    arena *a = s->at.c.a;
    TRY(ask(s, "bureau1", POST, str_fmt(a, "/applications/%lld/reversal", (long long)case_of(s, month, at)->application),
            str_fmt(a, "{\"reason\":\"%s\",\"warned\":true}", reason), &v));
    return ask(s, "committee1", POST, str_fmt(a, "/reversals/%lld", (long long)view_get_int(v, S("id"), 0)),
               S("{\"verdict\":\"declined\",\"note\":\"经核对原件，成果真实，批准予以维持。\"}"), NULL);
}

/* ---- what happened on which day ----------------------------------------------------------------------------------------------- */

typedef enum { AGREE, APPLY, CHECK, CHECK_AGAIN, DECIDE, BANK, RETRY, REWARDS_PUBLISH, REWARDS_PAY, OBJECT, DISMISS, DOUBT, LAY_OUT, RETURN_ONE, RESUBMIT, RAISE_PRICES, RATE, GIVE_UP, WARN, READ, REGISTER, LAST } what;
static const struct { int month, day; what what; int of; const char *choice; } events[] = {
    {2, 3, REGISTER, 0, ""}, {2, 4, AGREE, 2, ""}, {2, 9, LAY_OUT, 2, ""}, {2, 12, APPLY, 2, ""}, {2, 13, CHECK, 2, ""}, {2, 14, CHECK_AGAIN, 2, ""}, {2, 25, DECIDE, 2, "report_submit"}, {2, 27, DECIDE, 2, "bureau_pass"},
    {3, 2, DECIDE, 2, "request_submit"}, {3, 4, AGREE, 3, ""}, {3, 5, DECIDE, 2, "approved"}, {3, 16, APPLY, 3, ""}, {3, 17, CHECK, 3, ""}, {3, 18, DECIDE, 2, "letter_send"},
    {3, 19, CHECK_AGAIN, 3, ""}, {3, 20, DOUBT, 2, "收到线索称该成果系重复申报，提议撤销批准并重新核查。"}, {3, 23, DECIDE, 2, "finance_pass"}, {3, 24, DECIDE, 3, "report_submit"}, {3, 25, DECIDE, 2, "pay_done"}, {3, 26, DECIDE, 3, "bureau_pass"}, {3, 27, BANK, 0, ""},
    {3, 30, DECIDE, 3, "request_submit"}, {3, 31, REWARDS_PUBLISH, 0, ""},
    {4, 3, DECIDE, 3, "approved"}, {4, 4, AGREE, 4, ""}, {4, 8, RATE, 2, ""}, {4, 14, REWARDS_PAY, 0, ""}, {4, 15, BANK, 0, ""}, {4, 16, APPLY, 4, ""}, {4, 17, CHECK, 4, ""}, {4, 20, CHECK_AGAIN, 4, ""},
    {4, 21, DECIDE, 3, "letter_send"}, {4, 22, DECIDE, 4, "report_submit"}, {4, 23, DECIDE, 3, "finance_pass"}, {4, 24, DECIDE, 4, "bureau_pass"}, {4, 27, DECIDE, 3, "pay_done"},
    {4, 28, BANK, 1, ""}, {4, 29, RETRY, 0, ""}, {4, 30, BANK, 0, ""},
    {5, 4, AGREE, 5, ""}, {5, 6, DECIDE, 4, "request_submit"}, {5, 7, REWARDS_PUBLISH, 0, ""}, {5, 8, RATE, 3, ""}, {5, 11, DECIDE, 4, "approved"}, {5, 18, APPLY, 5, ""}, {5, 19, CHECK, 5, ""}, {5, 20, CHECK_AGAIN, 5, ""},
    {5, 21, REWARDS_PAY, 0, ""}, {5, 22, BANK, 0, ""}, {5, 25, DECIDE, 4, "letter_send"}, {5, 27, DECIDE, 4, "finance_pass"}, {5, 28, DECIDE, 4, "pay_done"}, {5, 29, BANK, 0, ""},
    {6, 1, DECIDE, 5, "report_submit"}, {6, 3, DECIDE, 5, "bureau_pass"}, {6, 4, AGREE, 6, ""}, {6, 5, DECIDE, 5, "request_submit"}, {6, 10, RATE, 4, ""}, {6, 12, DECIDE, 5, "approved"}, {6, 16, APPLY, 6, ""},
    {6, 17, CHECK, 6, ""}, {6, 18, CHECK_AGAIN, 6, ""}, {6, 24, DECIDE, 6, "report_submit"}, {6, 26, DECIDE, 6, "bureau_pass"}, {6, 30, DECIDE, 6, "request_submit"},
    {7, 3, DECIDE, 5, "letter_send"}, {7, 4, AGREE, 7, ""}, {7, 7, DECIDE, 6, "approved"}, {7, 14, OBJECT, 6, "该企业与服务机构存在关联关系，请核查。"}, {7, 16, APPLY, 7, ""}, {7, 17, CHECK, 7, ""}, {7, 20, CHECK_AGAIN, 7, ""},
    {7, 24, DECIDE, 7, "report_submit"}, {7, 28, DECIDE, 7, "bureau_pass"},
    {8, 3, RAISE_PRICES, 0, ""}, {8, 4, AGREE, 8, ""}, {8, 17, APPLY, 8, ""}, {8, 18, CHECK, 8, ""}, {8, 19, CHECK_AGAIN, 8, ""}, {8, 25, DECIDE, 8, "report_submit"},
    {9, 4, AGREE, 9, ""}, {9, 7, LAY_OUT, 9, ""}, {9, 7, GIVE_UP, 20, ""}, {9, 10, DECIDE, 7, "request_submit"}, {9, 16, APPLY, 9, ""}, {9, 17, CHECK, 9, ""}, {9, 18, CHECK_AGAIN, 9, ""}, {9, 23, DECIDE, 8, "bureau_pass"}, {9, 28, DECIDE, 9, "report_submit"},
    {10, 9, WARN, 0, ""}, {10, 9, AGREE, 10, ""}, {10, 9, DECIDE, 7, "approved"}, {10, 12, DECIDE, 6, "letter_send"}, {10, 13, RETURN_ONE, 5, ""}, {10, 13, DISMISS, 6, ""}, {10, 14, APPLY, 10, ""},
    {10, 14, OBJECT, 7, "公示的标准编号与发布公告不一致，请核查成果归属。"}, {10, 14, DECIDE, 8, "request_submit"}, {10, 15, DECIDE, 9, "bureau_pass"}, {10, 15, RESUBMIT, 5, ""}, {10, 15, READ, 0, ""}, {10, 16, CHECK, 10, ""}, {10, 19, LAST, 0, ""},
};

/* ---- the rating --------------------------------------------------------------------------------------------------------------- */

/* The enterprises of a month that was paid answer, but for the last; the third agency satisfies them less. */
static err rate(story *s, int month)
{
    static const struct { int level; const char *words; } said[3][2] = {
        {{5, "服务专业，材料一次通过。"}, {4, ""}}, {{4, "沟通及时，进度有保障。"}, {5, ""}}, {{2, "多次更换经办人员，材料反复修改。"}, {3, ""}},
    };
    for (int i = 0; i + 1 < PER_MONTH; i++) {
        arena *a = s->at.c.a;
        const told *t = case_of(s, month, i);
        if (month == 3 && i == 3) continue; /* refused: nothing to rate */
        int level = said[t->agency][month % 2].level;
        str path = str_fmt(a, "/feedback/%lld", (long long)t->application);
        TRY(ask(s, enterprise_of(s, t), POST, path, str_fmt(a, "{\"level\":%d,\"contacted\":%s,\"useful\":true,\"words\":\"%s\"}", level, level > 3 ? "true" : "false", said[t->agency][month % 2].words), NULL));
        if (level == 2) TRY(ask(s, agency_of(t), POST, str_join(a, path, S("/reply")), S("{\"reply\":\"已固定专人跟进，并完善材料复核流程。\"}"), NULL));
    }
    return NO_ERR;
}

/* An agreement in market mode, signed by both: the enterprise pays after success. */
static err market_agreement(story *s, const char *agency, const char *enterprise, str subject, int64_t fee_fen, int64_t *id)
{
    arena *a = s->at.c.a;
    int64_t of, contract;
    TRY(cast_org_id(&s->at.c, enterprise, &of));
    TRY(paper(s, agency, "服务合同", "Service contract", &contract));
    TRY(made(s, agency, "/agreements",
             str_fmt(a, "{\"enterprise\":%lld,\"item\":%lld,\"subject\":\"" SF "\",\"quantity\":1,\"fee_fen\":%lld,\"from_day\":\"" SF "\",\"to_day\":\"%d-12-31\",\"pay_year\":%d,\"contract\":%lld}",
                     (long long)of, (long long)s->market, SA(subject), (long long)fee_fen, SA(day_text(a, house_today())), YEAR, YEAR, (long long)contract),
             id));
    TRY(move(s, agency, "agreements", *id, "submit", ""));
    TRY(move(s, enterprise, "agreements", *id, "sign", ""));
    return move(s, agency, "agreements", *id, "sign_agency", "");
}

/* The third agency took on more than it could do, and ends what it had filed. */
static err give_up(story *s, int n)
{
    for (int i = 0; i < n; i++) {
        TRY(scene(s));
        arena *a = s->at.c.a;
        int64_t id;
        TRY(market_agreement(s, "agency3", str_z(a, str_fmt(a, "enterprise%d", i % 8 + 1)), str_fmt(a, "%s知识产权布局（%d期）", subjects[i % 8], i / 8 + 1), 3000000, &id));
        TRY(move(s, "bureau3", "agreements", id, "file", ""));
        TRY(move(s, "agency3", "agreements", id, "terminate", "人员不足，双方协商终止。"));
    }
    return NO_ERR;
}

/* What September's rating proposed is confirmed; the agency appeals, and that waits for a colleague. */
static err warn_and_appeal(story *s)
{
    view *all;
    TRY(ask(s, "alliance3", GET, S("/ratings/proposals"), (str){0}, &all));
    const view *first = view_get(all, S("items"))->first;
    str path = str_fmt(s->at.c.a, "/ratings/proposals/%lld", first ? (long long)view_get_int(first, S("id"), 0) : 0);
    TRY(ask(s, "alliance3", POST, str_join(s->at.c.a, path, S("/decide")), S("{\"verdict\":\"confirm\",\"note\":\"九月集中终止协议，企业满意度偏低，予以警告，限期整改。\"}"), NULL));
    return ask(s, "agency3", POST, str_join(s->at.c.a, path, S("/appeal")), S("{\"appeal\":\"终止协议系企业调整预算所致，已与企业重新约定服务时间，请予复核。\"}"), NULL);
}

/* One for less than the floor, which waits for the alliance's reasoned approval; one that is done, which its enterprise may rate. */
static err market_at_the_end(story *s)
{
    int64_t id;
    TRY(market_agreement(s, "agency2", "enterprise7", S("储能电池知识产权布局"), 1500000, &id));
    TRY(market_agreement(s, "agency1", "enterprise1", S("示范企业培育方案"), 3500000, &id));
    TRY(move(s, "bureau3", "agreements", id, "file", ""));
    return move(s, "agency1", "agreements", id, "finish", "");
}

/* Agreements at each of their steps, and a changed bank account that waits for the second person. */
static err last_morning(story *s)
{
    told *t;
    for (int up_to = DRAFTED; up_to <= TO_FILE; up_to++)
        for (int i = 0; i < 2; i++) TRY(agree(s, 0, up_to, NULL));
    TRY(agree(s, 0, TO_FILE, &t));
    TRY(move(s, "bureau3", "agreements", t->agreement, "return", "服务内容未写明成果形式，请补充。"));
    TRY(agree(s, 0, FILED, &t));
    TRY(move(s, agency_of(t), "agreements", t->agreement, "terminate", "企业调整研发方向，双方协商终止。"));
    TRY(move(s, agency_of(case_of(s, 2, 0)), "agreements", case_of(s, 2, 0)->agreement, "finish", ""));
    TRY(market_at_the_end(s));
    t = case_of(s, 8, 0);
    told *left = case_of(s, 10, 10);
    TRY(move(s, agency_of(left), "applications", left->application, "withdraw", ""));
    return propose_account(s, "agency3", "样例银行高新支行", 2001);
}

/* Everybody has read what came until now; what follows is new. */
static err read_messages(story *s)
{
    for (const cast_person *p = cast_people; p->login; p++) TRY(ask(s, p->login, POST, S("/messages/read"), S("{\"upto\":1000000000}"), NULL));
    return NO_ERR;
}

/* A month's new firms from the business registry: read by the same import, two invited, one mark put right. */
static err firms_register(story *s)
{
    ctx *c = &s->at.c;
    int64_t file;
    const embedded *csv = embed_find(S("data/demo_registrations.csv"));
    assert(csv);
    TRY(become(s, "alliance1"));
    TRY(document_make(c, S("新登记企业2026-01.csv"), S("text/csv"), csv->bytes, &file));
    TRY(ask(s, "alliance1", POST, S("/registrations/imports"), str_fmt(c->a, "{\"file\":%lld}", (long long)file), NULL));
    TRY(become(s, NULL));
    TRY(registration_room.jobs[0].run(c));
    TRY(ask(s, "alliance1", POST, S("/registrations/1/invitation"), S("{}"), NULL));
    TRY(ask(s, "alliance1", POST, S("/registrations/2/invitation"), S("{}"), NULL));
    return ask(s, "alliance1", POST, S("/registrations/13/correction"), S("{\"class\":\"manufacturing\",\"reason\":\"经实地走访核实，主营业务属于该领域。\"}"), NULL);
}

static err happen(story *s, what w, int of, const char *choice)
{
    switch (w) {
    case AGREE: return agreements_of(s, of);
    case APPLY: return apply_all(s, of);
    case CHECK: return check(s, of);
    case CHECK_AGAIN: return check_again(s, of);
    case DECIDE: return decide(s, of, choice);
    case BANK: return bank_answers(s, of);
    case RETRY: return retry_failed(s);
    case REWARDS_PUBLISH: return rewards(s, "bureau1", "list", "publish");
    case REWARDS_PAY: return rewards(s, "finance2", "pay", "pay_done");
    case OBJECT: return object(s, of, 1, choice);
    case LAY_OUT: return lay_out(s, of);
    case DOUBT: return doubt(s, of, 0, choice);
    case DISMISS: return reject_objection(s, of, 1);
    case RETURN_ONE: return finance_returns_one(s, of);
    case RESUBMIT: return move(s, "bureau2", "applications", case_of(s, of, 5)->application, "resubmit", "账户信息已核实，重新报审。");
    case RAISE_PRICES: return raise_prices(s);
    case RATE: return rate(s, of);
    case GIVE_UP: return give_up(s, of);
    case WARN: return warn_and_appeal(s);
    case READ: return read_messages(s);
    case REGISTER: return firms_register(s);
    case LAST: return last_morning(s);
    }
    return NO_ERR;
}

static err tell(story *s)
{
    TRY(errand_begin(s->h, &s->at));
    TRY(make_rules(s));
    TRY(make_catalogue(s));
    TRY(make_accounts(s));
    for (int i = 0; i < countof(events); i++) {
        TRY(scene(s));
        TRY(go_to(s, day_of(YEAR, events[i].month, events[i].day)));
        TRY(happen(s, events[i].what, events[i].of, events[i].choice));
    }
    return NO_ERR;
}

err demo_story(house *h)
{
    story s = {.h = h, .now = day_start(demo_story_first()) + (int64_t)9 * 3600 * 1000000};
    s.web = (web_options){.routes = h->tables, .tables = h->table_n, .file_limit = 20 << 20,
                          .hooks = {.identify = account_identify, .take_file = document_take, .file_name = document_name}};
    err e = tell(&s);
    for (int i = 0; i < countof(e.arg); i++) e.arg[i] = str_dup(&h->a, e.arg[i]);
    errand_end(&s.at);
    return e;
}
