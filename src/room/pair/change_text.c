/* SPDX-License-Identifier: Apache-2.0 */
/* change_text.c: what is signed when an agreement is changed: Chinese, from the template. */
#include "base/days.h"
#include "base/money.h"
#include "format/json.h"
#include "room/member/member.h"
#include "room/pair/change.h"
#include "room/pair/clause.h"
#include "room/zone/zone.h"

static err put_parties(ctx *c, view *body, const change_new *n, const agreement *of)
{
    const struct { const char *name; int64_t org; } parties[] = {
        {"甲方（企业）", of->enterprise}, {n->successor ? "乙方（原服务机构）" : "乙方（服务机构）", of->agency}, {"丙方（接替服务机构）", n->successor},
    };
    view *facts = view_put_list(view_add_map(body), S("facts"));
    for (int i = 0; i < countof(parties); i++) {
        org o;
        if (!parties[i].org) continue;
        TRY(member_get(c, parties[i].org, &o));
        clause_fact(facts, parties[i].name, o.name);
        clause_fact(facts, "统一社会信用代码", o.uscc);
    }
    return NO_ERR;
}

static void put_terms(ctx *c, view *body, const change_new *n, const agreement *of)
{
    if (n->to_day != of->to_day)
        clause(body, str_fmt(c->a, "服务期限的最后一日由" SF "变更为" SF "。", SA(day_words(c->a, of->to_day, LANG_ZH)), SA(day_words(c->a, n->to_day, LANG_ZH))));
    if (n->fee_fen != of->fee_fen)
        clause(body, str_fmt(c->a, "取得约定成果后的服务费由" SF "变更为" SF "；乙方仍不得预收任何费用。", SA(fen_words(c->a, of->fee_fen)), SA(fen_words(c->a, n->fee_fen))));
}

static void put_replacement(ctx *c, view *body, const change_new *n)
{
    clause(body, S("1. 自本协议备案之日起，由丙方接替乙方履行原协议约定的服务，原协议的服务标准、零费用或成功后付费条款对丙方同样适用。"));
    clause(body, S("2. 乙方应将已形成的资料和阶段成果完整移交丙方，并继续保守甲方的商业秘密。"));
    clause(body, str_fmt(c->a, "3. 原协议项下此后拨付的每笔补贴，乙方分得%lld%%，其余归丙方；不足一分的部分归丙方。", (long long)n->former_percent));
    clause(body, S("4. 备案前已发生的垫付费用，由垫付方自行登记并自行冲抵，不向甲方追偿。"));
}

err change_write(ctx *c, const change_new *n, const agreement *of, str *text)
{
    str issuer;
    bool replacing = n->successor != 0;
    TRY(zone_text(c, "office_alliance", &issuer));
    view *v = view_map(c->a);
    view_text(v, S("kind"), S("form"));
    view_text(v, S("lang"), S("zh-CN"));
    view_text(v, S("issuer"), issuer);
    view_text(v, S("number"), of->number);
    view_text(v, S("title"), replacing ? S("服务机构变更协议") : S("服务协议变更协议"));
    view *body = view_put_list(v, S("body"));
    TRY(put_parties(c, body, n, of));
    clause_head(body, "一、原协议");
    clause(body, str_fmt(c->a, "备案号" SF "，服务事项“" SF "”，服务标的：" SF "。", SA(of->number), SA(of->item_name), SA(of->subject)));
    clause_head(body, "二、变更内容");
    if (replacing) put_replacement(c, body, n);
    else put_terms(c, body, n, of);
    clause_head(body, "三、变更原因");
    clause(body, n->reason);
    clause_head(body, "四、生效");
    clause(body, S("本协议经各方依次签署并报科技创新局备案后生效；原协议其他条款不变。"));
    buf b = buf_new(c->a, 4 << 10);
    json_canonical(&b, v);
    *text = buf_str(&b);
    return NO_ERR;
}
