/* SPDX-License-Identifier: Apache-2.0 */
/* story_market.c: how agencies are rated in the story, and agreements that the enterprise pays for. */
#include "main/story.h"

#include "main/cast.h"

/* The enterprises of a month that was paid answer, but for the last; the third agency satisfies them less. */
err story_rate(story *s, int month)
{
    static const struct { int level; const char *words; } said[3][2] = {
        {{5, "服务专业，材料一次通过。"}, {4, ""}}, {{4, "沟通及时，进度有保障。"}, {5, ""}}, {{2, "多次更换经办人员，材料反复修改。"}, {3, ""}},
    };
    for (int i = 0; i + 1 < STORY_PER_MONTH; i++) {
        arena *a = s->at.c.a;
        const told *t = story_case(s, month, i);
        if (month == 3 && i == 3) continue; /* refused: nothing to rate */
        int level = said[t->agency][month % 2].level;
        str path = str_fmt(a, "/feedback/%lld", (long long)t->application);
        TRY(story_ask(s, story_enterprise(s, t), POST, path, str_fmt(a, "{\"level\":%d,\"contacted\":%s,\"useful\":true,\"words\":\"%s\"}", level, level > 3 ? "true" : "false", said[t->agency][month % 2].words), NULL));
        if (level == 2) TRY(story_ask(s, story_agency(t), POST, str_join(a, path, S("/reply")), S("{\"reply\":\"已固定专人跟进，并完善材料复核流程。\"}"), NULL));
    }
    return NO_ERR;
}

/* An agreement in market mode, signed by both: the enterprise pays after success. */
static err market_agreement(story *s, const char *agency, const char *enterprise, str subject, int64_t fee_fen, int64_t *id)
{
    arena *a = s->at.c.a;
    int64_t of, contract;
    TRY(cast_org_id(&s->at.c, enterprise, &of));
    TRY(story_paper(s, agency, "服务合同", "Service contract", &contract));
    TRY(story_made(s, agency, "/agreements",
             str_fmt(a, "{\"enterprise\":%lld,\"item\":%lld,\"subject\":\"" SF "\",\"quantity\":1,\"fee_fen\":%lld,\"from_day\":\"" SF "\",\"to_day\":\"%d-12-31\",\"pay_year\":%d,\"contract\":%lld}",
                     (long long)of, (long long)s->market, SA(subject), (long long)fee_fen, SA(day_text(a, house_today())), STORY_YEAR, STORY_YEAR, (long long)contract),
             id));
    TRY(story_move(s, agency, "agreements", *id, "submit", ""));
    TRY(story_move(s, enterprise, "agreements", *id, "sign", ""));
    return story_move(s, agency, "agreements", *id, "sign_agency", "");
}

/* The third agency took on more than it could do, and ends what it had filed. */
err story_give_up(story *s, int n)
{
    for (int i = 0; i < n; i++) {
        TRY(story_scene(s));
        arena *a = s->at.c.a;
        int64_t id;
        TRY(market_agreement(s, "agency3", str_z(a, str_fmt(a, "enterprise%d", i % 8 + 1)), str_fmt(a, "%s知识产权布局（%d期）", story_subjects[i % 8], i / 8 + 1), 3000000, &id));
        TRY(story_move(s, "bureau3", "agreements", id, "file", ""));
        TRY(story_move(s, "agency3", "agreements", id, "terminate", "人员不足，双方协商终止。"));
    }
    return NO_ERR;
}

/* What September's rating proposed is confirmed; the agency appeals, and that waits for a colleague. */
err story_warn_and_appeal(story *s)
{
    view *all;
    TRY(story_ask(s, "alliance3", GET, S("/ratings/proposals"), (str){0}, &all));
    const view *first = view_get(all, S("items"))->first;
    str path = str_fmt(s->at.c.a, "/ratings/proposals/%lld", first ? (long long)view_get_int(first, S("id"), 0) : 0);
    TRY(story_ask(s, "alliance3", POST, str_join(s->at.c.a, path, S("/decide")), S("{\"verdict\":\"confirm\",\"note\":\"九月集中终止协议，企业满意度偏低，予以警告，限期整改。\"}"), NULL));
    return story_ask(s, "agency3", POST, str_join(s->at.c.a, path, S("/appeal")), S("{\"appeal\":\"终止协议系企业调整预算所致，已与企业重新约定服务时间，请予复核。\"}"), NULL);
}

/* The agency declares success; the enterprise finds that something is lacking, and the alliance is to mediate. */
static err fee_is_due(story *s, const char *agency, const char *enterprise, int64_t id)
{
    arena *a = s->at.c.a;
    int64_t proof;
    str path = str_fmt(a, "/agreements/%lld/fee", (long long)id);
    TRY(story_paper(s, agency, "成果证明", "Proof of success", &proof));
    TRY(story_ask(s, agency, POST, path, str_fmt(a, "{\"choice\":\"declare\",\"file\":%lld}", (long long)proof), NULL));
    return story_ask(s, enterprise, POST, path, S("{\"choice\":\"dispute\",\"note\":\"培育方案缺少第二年的实施计划，请补充后再付。\"}"), NULL);
}

/* One for less than the floor, which waits for the alliance's reasoned approval; one that is done, which its enterprise may rate. */
err story_market_at_the_end(story *s)
{
    int64_t id;
    TRY(market_agreement(s, "agency2", "enterprise7", S("储能电池知识产权布局"), 1500000, &id));
    TRY(market_agreement(s, "agency1", "enterprise1", S("示范企业培育方案"), 3500000, &id));
    TRY(story_move(s, "bureau3", "agreements", id, "file", ""));
    TRY(story_move(s, "agency1", "agreements", id, "finish", ""));
    return fee_is_due(s, "agency1", "enterprise1", id);
}
