/* SPDX-License-Identifier: Apache-2.0 */
/* cast.c: the invented organisations and people of the demonstration and of the tests. */
#include "main/cast.h"

#include "base/days.h"
#include "base/uscc.h"
#include "room/account/account.h"
#include "room/member/member.h"

const cast_org cast_orgs[] = {
    {"alliance", "alliance", "52990001", "示范高新区高新技术企业创新联盟", "Model Zone High-Tech Enterprise Alliance"},
    {"bureau", "government", "11990001", "示范高新区科技创新局", "Model Zone Science and Innovation Bureau"},
    {"committee", "government", "11990001", "示范高新区管理委员会", "Model Zone Administrative Committee"},
    {"finance", "government", "11990001", "示范高新区财政局", "Model Zone Finance Bureau"},
    {"audit", "government", "11990001", "示范高新区审计局", "Model Zone Audit Office"},
    {"agency1", "agency", "91990001", "示例甲知识产权服务有限公司", "Sample A IP Services Co., Ltd."},
    {"agency2", "agency", "91990001", "示例乙科技咨询有限公司", "Sample B Technology Consulting Co., Ltd."},
    {"agency3", "agency", "91990001", "示例丙专利代理有限公司", "Sample C Patent Agents Co., Ltd."},
    {"enterprise1", "enterprise", "91990001", "样例一号智能装备有限公司", "Example One Smart Equipment Co., Ltd."},
    {"enterprise2", "enterprise", "91990001", "样例二号生物医药有限公司", "Example Two Biomedicine Co., Ltd."},
    {"enterprise3", "enterprise", "91990001", "样例三号软件有限公司", "Example Three Software Co., Ltd."},
    {"enterprise4", "enterprise", "91990001", "样例四号新材料有限公司", "Example Four New Materials Co., Ltd."},
    {"enterprise5", "enterprise", "91990001", "样例五号海洋工程有限公司", "Example Five Marine Engineering Co., Ltd."},
    {"enterprise6", "enterprise", "91990001", "样例六号集成电路有限公司", "Example Six Integrated Circuits Co., Ltd."},
    {"enterprise7", "enterprise", "91990001", "样例七号新能源有限公司", "Example Seven New Energy Co., Ltd."},
    {"enterprise8", "enterprise", "91990001", "样例八号环保科技有限公司", "Example Eight Environmental Co., Ltd."},
    {"agency4", "agency", "91990001", "示例丁技术服务有限公司", "Sample D Technical Services Co., Ltd.", "applied"},
    {"institute1", "institute", "12990001", "示例高新区应用技术研究院", "Sample Institute of Applied Technology"},
    {"department1", "department", "11990001", "示范高新区市场监督管理局", "Model Zone Market Supervision Bureau"},
    {0},
};

const cast_person cast_people[] = {
    {"agency1", "经办甲", "agency", "agency1"},
    {"agency1b", "经办乙", "agency", "agency1"},
    {"agency2", "经办丙", "agency", "agency2"},
    {"agency3", "经办丁", "agency", "agency3"},
    {"enterprise1", "企业一联系人", "enterprise", "enterprise1"},
    {"enterprise2", "企业二联系人", "enterprise", "enterprise2"},
    {"enterprise3", "企业三联系人", "enterprise", "enterprise3"},
    {"enterprise4", "企业四联系人", "enterprise", "enterprise4"},
    {"enterprise5", "企业五联系人", "enterprise", "enterprise5"},
    {"enterprise6", "企业六联系人", "enterprise", "enterprise6"},
    {"enterprise7", "企业七联系人", "enterprise", "enterprise7"},
    {"enterprise8", "企业八联系人", "enterprise", "enterprise8"},
    {"alliance1", "联盟受理员", "alliance", "alliance"},
    {"alliance2", "联盟报告员", "alliance", "alliance"},
    {"alliance3", "联盟主管", "alliance", "alliance"},
    {"bureau1", "科技局审查员", "bureau", "bureau"},
    {"bureau2", "科技局报批员", "bureau", "bureau"},
    {"bureau3", "科技局发函员", "bureau", "bureau"},
    {"committee1", "管委会秘书", "committee", "committee"},
    {"finance1", "财政复核员", "finance", "finance"},
    {"finance2", "财政支付员", "finance", "finance"},
    {"finance3", "财政账户员", "finance", "finance"},
    {"auditor1", "审计员", "auditor", "audit"},
    {"counter1", "窗口经办员", "counter", "alliance"},
    {"admin1", "系统管理员", "admin", "bureau"},
    {"agency4", "经办戊", "agency", "agency4"},
    {0},
};

/* The ninth to seventeenth place: an invented organisation code with its own check digit. */
str cast_uscc(arena *a, const cast_org *o)
{
    int64_t n = o - cast_orgs + 1;
    char code[19];
    str organisation = str_fmt(a, "MA0LF%03lld", (long long)n);
    memcpy(code, o->prefix, 8);
    memcpy(code + 8, organisation.p, 8);
    code[16] = uscc_org_digit((str){code + 8, 8});
    code[17] = uscc_check_digit((str){code, 17});
    return str_dup(a, (str){code, 18});
}

err cast_org_id(ctx *c, const char *key, int64_t *id)
{
    for (const cast_org *o = cast_orgs; o->key; o++) {
        if (strcmp(o->key, key)) continue;
        org found;
        TRY(member_by_uscc(c, cast_uscc(c->a, o), &found));
        *id = found.id;
        return NO_ERR;
    }
    return err_of(ERR_MISSING, "", N_("There is no such organisation."));
}

err cast_make(ctx *c, str verifier)
{
    for (const cast_org *o = cast_orgs; o->key; o++) {
        org_new made = {.uscc = cast_uscc(c->a, o), .name = str_of(o->name), .name_en = str_of(o->name_en),
                        .kind = str_of(o->kind), .state = o->state ? str_of(o->state) : S(""), .address = S("示范高新区创新路1号"),
                        .registered_day = day_of(2015, 3, 2)};
        TRY(store_act(c, &member_add, &made));
    }
    for (const cast_person *p = cast_people; p->login; p++) {
        account_new made = {.login = str_of(p->login), .name = str_of(p->name), .verifier = verifier,
                            .role = str_of(p->role)};
        TRY(cast_org_id(c, p->org, &made.org));
        TRY(store_act(c, &account_add, &made));
    }
    return NO_ERR;
}
