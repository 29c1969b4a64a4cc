/* SPDX-License-Identifier: Apache-2.0 */
/* story_cases.c: the story's agreements and applications, up to the alliance's check. */
#include "main/story.h"

#include "base/patent.h"
#include "main/cast.h"
#include "room/document/document.h"
#include "room/pair/pair.h"

const char *const story_subjects[8] = {"工业机器人关节控制", "海水淡化膜组件", "船舶能效管理软件", "高强度复合材料", "智能仓储调度", "水下探测装置", "储能电池热管理", "废水深度处理"};

const char *story_agency(const told *t) { return (const char *[]){"agency1", "agency2", "agency3"}[t->agency]; }
const char *story_enterprise(story *s, const told *t) { return str_z(s->at.c.a, str_fmt(s->at.c.a, "enterprise%d", t->enterprise)); }

err story_agree(story *s, int month, int up_to, told **out)
{
    arena *a = s->at.c.a;
    assert(s->n < STORY_CASES);
    told *t = &s->cases[s->n];
    *t = (told){.month = month, .agency = s->n % 3, .enterprise = s->n % 8 + 1, .service = (s->n + s->n / 4) % STORY_SERVICES};
    int64_t of, contract;
    TRY(cast_org_id(&s->at.c, story_enterprise(s, t), &of));
    TRY(story_paper(s, story_agency(t), "服务合同", "Service contract", &contract));
    TRY(story_made(s, story_agency(t), "/agreements",
             str_fmt(a, "{\"enterprise\":%lld,\"item\":%lld,\"subject\":\"%s（%d期）\",\"quantity\":%d,\"fee_fen\":0,\"from_day\":\"" SF "\",\"to_day\":\"%d-12-31\",\"pay_year\":%d,\"contract\":%lld}",
                     (long long)of, (long long)s->service[t->service], story_subjects[s->n % 8], s->n / 8 + 1, t->service == 0 ? 3 : 1, SA(day_text(a, house_today())), STORY_YEAR, STORY_YEAR, (long long)contract),
             &t->agreement));
    s->n++;
    if (up_to >= STORY_SENT) TRY(story_move(s, story_agency(t), "agreements", t->agreement, "submit", ""));
    if (up_to >= STORY_SIGNED) TRY(story_move(s, story_enterprise(s, t), "agreements", t->agreement, "sign", ""));
    if (up_to >= STORY_TO_FILE) TRY(story_move(s, story_agency(t), "agreements", t->agreement, "sign_agency", ""));
    if (up_to >= STORY_FILED) TRY(story_move(s, "bureau3", "agreements", t->agreement, "file", ""));
    if (out) *out = t;
    return NO_ERR;
}

err story_agreements(story *s, int month)
{
    int n = month == 10 ? 11 : STORY_PER_MONTH;
    for (int i = 0; i < n; i++) TRY(story_agree(s, month, STORY_FILED, NULL));
    return NO_ERR;
}

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
    str filed = day_text(a, day_of(STORY_YEAR, t->month, t->month == 10 ? 9 : 4));
    TRY(story_made(s, story_agency(t), "/applications", str_fmt(a, "{\"agreement\":%lld}", (long long)t->agreement), &t->application));
    if (up_to == STARTED) return NO_ERR;
    str path = str_fmt(a, "/applications/%lld", (long long)t->application);
    TRY(story_paper(s, story_agency(t), "服务合同（盖章）", "Service contract, sealed", &contract));
    TRY(story_paper(s, story_agency(t), "承诺书", "Letter of commitment", &letter));
    TRY(story_paper(s, story_agency(t), "成果证明", "Proof of the outcome", &proof));
    TRY(story_ask(s, story_agency(t), POST, path,
            str_fmt(a, "{" SF ",\"outcome_day\":\"" SF "\",\"service_from\":\"" SF "\",\"service_to\":\"" SF "\",\"letter\":%lld,\"proof\":%lld,\"contract\":%lld}", SA(outcome_of(s, t)),
                    SA(day_text(a, house_today() - 1)), SA(filed), SA(day_text(a, house_today() - 2)), (long long)letter, (long long)proof, (long long)contract), NULL));
    if (up_to == SAVED) return NO_ERR;
    TRY(story_ask(s, story_enterprise(s, t), POST, str_join(a, path, S("/confirm")), S("{}"), NULL));
    if (up_to == CONFIRMED) return NO_ERR;
    return story_move(s, story_agency(t), "applications", t->application, "submit", "");
}

told *story_case(story *s, int month, int at)
{
    for (int i = 0; i < s->n; i++)
        if (s->cases[i].month == month && at-- == 0) return &s->cases[i];
    assert(!"the story knows this case");
    return NULL;
}

/* ---- outcomes entered before anybody applies --------------------------------------------------------------------------------- */

/* A number of the kind that the case's policy pays for. */
static str number_of_outcome(story *s, const told *t, int k)
{
    arena *a = s->at.c.a;
    str invention = str_fmt(a, "20251%07d", 995000 + k);
    const str all[STORY_SERVICES] = {str_fmt(a, "\"kind\":\"invention\",\"number\":\"ZL" SF ".%c\"", SA(invention), patent_check_digit(invention)),
                                     str_fmt(a, "\"kind\":\"hte_certificate\",\"number\":\"GR202621%06d\"", 209000 + k),
                                     str_fmt(a, "\"kind\":\"standard\",\"number\":\"DB 2102/T %d-2026\"", 1800 + k),
                                     str_fmt(a, "\"kind\":\"project_grant\",\"number\":\"SF-XM-2026-%d\"", 900 + k)};
    return all[t->service];
}

static err enter_outcome(story *s, const told *t, str number, int64_t *id)
{
    arena *a = s->at.c.a;
    int64_t proof;
    TRY(story_paper(s, story_agency(t), "成果证明", "Proof of the outcome", &proof));
    return story_made(s, story_agency(t), str_z(a, str_fmt(a, "/agreements/%lld/outcomes", (long long)t->agreement)),
                      str_fmt(a, "{" SF ",\"obtained_day\":\"" SF "\",\"proof\":%lld}", SA(number), SA(day_text(a, house_today() - 1)), (long long)proof), id);
}

static err decide_outcome(story *s, const told *t, int64_t id, const char *verdict, const char *note)
{
    arena *a = s->at.c.a;
    return story_ask(s, story_enterprise(s, t), POST, str_fmt(a, "/outcomes/%lld/decision", (long long)id), str_fmt(a, "{\"verdict\":\"%s\",\"note\":\"%s\"}", verdict, note), NULL);
}

/* A table of the same agency: one row is taken, one is no number. */
static err enter_table(story *s, const told *t)
{
    arena *a = s->at.c.a;
    agreement m;
    int64_t file, entry;
    TRY(story_become(s, story_agency(t)));
    TRY(agreement_get(&s->at.c, t->agreement, &m));
    str day = day_text(a, house_today() - 1);
    str csv = str_fmt(a, "协议备案号,成果类型,成果编号,成果日期\n" SF ",软件著作权,2026SR0990001," SF "\n" SF ",发明专利,ZL202510990001.1," SF "\n", SA(m.number), SA(day), SA(m.number), SA(day));
    TRY(document_make(&s->at.c, S("十月成果.csv"), S("text/csv"), csv, &file));
    return story_made(s, story_agency(t), "/outcomes/entries", str_fmt(a, "{\"file\":%lld}", (long long)file), &entry);
}

/* One is confirmed and fills its application, one declined, one waits; somebody else enters the number of the first; and a table comes. */
err story_outcomes(story *s, int month)
{
    int64_t id;
    const told *sure = story_case(s, month, 9), *wrong = story_case(s, month, 8), *waiting = story_case(s, month, 10), *twin = s->cases;
    while (twin->agency == sure->agency || twin->service != sure->service) twin++;
    str number = number_of_outcome(s, sure, 1);
    TRY(enter_outcome(s, sure, number, &id));
    TRY(decide_outcome(s, sure, id, "confirm", ""));
    TRY(enter_outcome(s, wrong, number_of_outcome(s, wrong, 2), &id));
    TRY(decide_outcome(s, wrong, id, "decline", "证书上的权利人不是本企业。"));
    TRY(enter_outcome(s, waiting, number_of_outcome(s, waiting, 3), &id));
    TRY(enter_outcome(s, twin, number, &id));
    return enter_table(s, sure);
}

/* A longer term waits for the enterprise; another agency is to go on, which the enterprise has signed already. */
err story_changes(story *s, int month)
{
    arena *a = s->at.c.a;
    int64_t id, successor;
    const told *longer = story_case(s, month, 6), *other = story_case(s, month, 7);
    str path = str_fmt(a, "/agreements/%lld/changes", (long long)longer->agreement);
    TRY(story_made(s, story_agency(longer), str_z(a, path), str_fmt(a, "{\"kind\":\"terms\",\"to_day\":\"%d-03-31\",\"reason\":\"审查周期延长，证书预计明年一季度下发。\"}", STORY_YEAR + 1), &id));
    TRY(cast_org_id(&s->at.c, other->agency ? "agency1" : "agency2", &successor));
    path = str_fmt(a, "/agreements/%lld/changes", (long long)other->agreement);
    TRY(story_made(s, "alliance1", str_z(a, path),
                   str_fmt(a, "{\"kind\":\"replacement\",\"successor\":%lld,\"former_percent\":40,\"reason\":\"原机构项目组调整，经三方协商由接替机构继续服务。\"}", (long long)successor), &id));
    return story_ask(s, story_enterprise(s, other), POST, str_fmt(a, "/changes/%lld/signature", (long long)id), S("{}"), NULL);
}

/* What the agencies of a month lay out for their first three agreements. */
err story_lay_out(story *s, int month)
{
    static const struct { const char *kind; int64_t fen; const char *note; } of[] = {
        {"official_fee", 95000, "专利申请官费"}, {"testing", 360000, "第三方检测"}, {"travel", 42050, "现场核查差旅"},
    };
    arena *a = s->at.c.a;
    for (int i = 0; i < countof(of); i++) {
        const told *t = story_case(s, month, i);
        int64_t voucher;
        TRY(story_paper(s, story_agency(t), "垫资凭证", "Voucher", &voucher));
        TRY(story_ask(s, story_agency(t), POST, str_fmt(a, "/agreements/%lld/advances", (long long)t->agreement),
                str_fmt(a, "{\"kind\":\"%s\",\"paid_day\":\"" SF "\",\"amount_fen\":%lld,\"note\":\"%s\",\"voucher\":%lld}", of[i].kind, SA(day_text(a, house_today())),
                        (long long)of[i].fen, of[i].note, (long long)voucher),
                NULL));
    }
    return NO_ERR;
}

err story_apply(story *s, int month)
{
    static const int october[] = {SUBMITTED, SUBMITTED, SUBMITTED, SUBMITTED, SUBMITTED, SUBMITTED, SUBMITTED, SUBMITTED, SAVED, STARTED, CONFIRMED};
    int n = month == 10 ? (int)countof(october) : STORY_PER_MONTH;
    for (int i = 0; i < n; i++) {
        TRY(story_scene(s));
        TRY(apply(s, story_case(s, month, i), month == 10 ? october[i] : SUBMITTED));
    }
    return NO_ERR;
}

/* The alliance notes what is lacking and sends it back. */
static err send_back(story *s, told *t)
{
    arena *a = s->at.c.a;
    str path = str_fmt(a, "/applications/%lld/deficiencies", (long long)t->application);
    TRY(story_ask(s, "alliance1", POST, path, S("{\"item\":\"letter\",\"reason\":\"unclear\",\"clause\":\"第七条\",\"text\":\"承诺书未加盖公章，请补盖后重新上传。\"}"), NULL));
    TRY(story_ask(s, "alliance1", POST, path, S("{\"item\":\"outcome_day\",\"reason\":\"mismatch\",\"clause\":\"第三条\",\"text\":\"成果日期与证书所载日期不一致，请核对。\"}"), NULL));
    return story_move(s, "alliance1", "applications", t->application, "supplement", "请按补正事项修改后重新提交。");
}

static err answer_and_submit(story *s, told *t)
{
    view *v;
    arena *a = s->at.c.a;
    TRY(story_ask(s, story_agency(t), GET, str_fmt(a, "/applications/%lld", (long long)t->application), (str){0}, &v));
    for (const view *d = view_get(v, S("deficiencies"))->first; d; d = d->next)
        TRY(story_ask(s, story_agency(t), POST, str_fmt(a, "/deficiencies/%lld/answer", (long long)view_get_int(d, S("id"), 0)), S("{\"answer\":\"已按要求补正，请审核。\"}"), NULL));
    int64_t letter;
    TRY(story_paper(s, story_agency(t), "承诺书（盖章）", "Letter of commitment, sealed", &letter));
    TRY(story_ask(s, story_agency(t), POST, str_fmt(a, "/applications/%lld", (long long)t->application),
            str_fmt(a, "{" SF ",\"outcome_day\":\"" SF "\",\"service_from\":\"" SF "\",\"service_to\":\"" SF "\",\"letter\":%lld}", SA(outcome_of(s, t)), SA(day_text(a, house_today() - 1)),
                    SA(day_text(a, day_of(STORY_YEAR, t->month, t->month == 10 ? 9 : 4))), SA(day_text(a, house_today() - 3)), (long long)letter), NULL));
    TRY(story_ask(s, story_enterprise(s, t), POST, str_fmt(a, "/applications/%lld/confirm", (long long)t->application), S("{}"), NULL));
    return story_move(s, story_agency(t), "applications", t->application, "submit", "");
}

/* The letter of commitment lies on the desk: it is the file itself. */
static err see_original(story *s, const told *t)
{
    view *v;
    str path = str_fmt(s->at.c.a, "/applications/%lld", (long long)t->application);
    TRY(story_ask(s, "alliance1", GET, path, (str){0}, &v));
    for (const view *f = view_get(v, S("files"))->first; f; f = f->next)
        if (str_eqz(view_get_text(f, S("used_as")), "letter"))
            return story_ask(s, "alliance1", POST, str_join(s->at.c.a, path, S("/originals")), str_fmt(s->at.c.a, "{\"document\":%lld}", (long long)view_get_int(f, S("id"), 0)), NULL);
    return NO_ERR;
}

static err pass(story *s, const told *t)
{
    TRY(see_original(s, t));
    return story_move(s, "alliance1", "applications", t->application, "pass", "");
}

/* The alliance's check: the third goes back once, in March the fourth is refused; in October some still wait. */
err story_check(story *s, int month)
{
    int n = month == 10 ? 5 : STORY_PER_MONTH;
    for (int i = 0; i < n; i++) {
        told *t = story_case(s, month, i);
        TRY(story_scene(s));
        if (month == 3 && i == 3) TRY(story_move(s, "alliance1", "applications", t->application, "refuse", "同一成果已由其他渠道财政资金支持，不予补贴。"));
        else if (i == 2) TRY(send_back(s, t));
        else TRY(pass(s, t));
    }
    return NO_ERR;
}

err story_check_again(story *s, int month)
{
    told *t = story_case(s, month, 2);
    TRY(answer_and_submit(s, t));
    return story_move(s, "alliance1", "applications", t->application, "pass", "");
}
