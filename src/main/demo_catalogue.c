/* SPDX-License-Identifier: Apache-2.0 */
/* demo_catalogue.c: the demonstration's services, their standards and prices. All invented. */
#include "main/demo_catalogue.h"

const demo_item demo_items[] = {
    {"FW-01", "专利申请与授权代理", "Patent prosecution", 3, 1, "件", 300000, 800000, 400000, 100000, "专利申请文件及授权证书", "专利证书",
     "技术交底与检索/5/检索报告/检索报告|撰写申请文件/15/申请文件/企业确认单|递交与受理/3/受理通知书/受理通知书|答复审查意见/20/意见陈述书/答复回执|办理授权登记/5/专利证书/专利证书"},
    {"FW-02", "高新技术企业认定辅导", "High-tech enterprise certification", 1, 2, "家", 2000000, 5000000, 3000000, 2000000, "认定申报材料及高新技术企业证书", "高新技术企业证书",
     "条件诊断/5/诊断报告/诊断报告|知识产权与研发费用梳理/20/梳理清单/企业确认单|编制申报材料/20/申报材料/申报材料|网上提交与答辩/10/提交回执/提交回执|领取证书/3/证书/证书"},
    {"FW-03", "标准制定与贯标", "Standard setting", 4, 3, "项", 1500000, 6000000, 5000000, 0, "标准文本及发布公告", "标准发布公告",
     "立项/10/立项申请书/立项通知|起草与征求意见/40/征求意见稿/意见汇总表|审定报批/20/报批稿/审定纪要|发布/10/标准文本/发布公告"},
    {"FW-04", "科技项目申报咨询", "Project application", 6, 4, "项", 1000000, 5000000, 6000000, 2000000, "项目申报书及立项文件", "立项文件",
     "选题与指南匹配/5/匹配意见/匹配意见|编写申报书/15/申报书/企业确认单|提交与答辩辅导/10/答辩材料/提交回执|立项跟踪/10/立项文件/立项文件"},
    {"FW-06", "知识产权优势示范企业培育", "IP advantage and demonstration enterprise", 2, 0, "家", 2000000, 6000000, 0, 0, "培育方案及认定文件", "认定文件",
     "现状评估/10/评估报告/评估报告|制度与布局建设/30/管理制度/企业确认单|申报/10/申报材料/提交回执"},
    {"FW-05", "改制上市与投融资咨询", "Restructuring, listing and financing advice", 8, 0, "项", 5000000, 20000000, 0, 0, "咨询方案及签收单", "签收单",
     "尽职调查/20/调查报告/调查报告|方案设计/30/方案/企业确认单|实施辅导/60/辅导记录/签收单"},
    {"FW-07", "软件著作权登记", "Software copyright registration", 3, 0, "件", 50000, 200000, 0, 0, "登记材料及登记证书", "软件著作权登记证书",
     "整理源程序与说明书/5/登记材料/企业确认单|提交登记/2/受理回执/受理回执|领取证书/3/登记证书/登记证书"},
    {"FW-08", "知识产权评估", "IP valuation", 4, 0, "项", 300000, 3000000, 0, 0, "评估报告", "评估报告及签收单",
     "确定评估对象/3/委托书/委托书|尽职调查/10/调查记录/调查记录|出具报告/7/评估报告/签收单"},
    {"FW-09", "科技查新", "Novelty search", 5, 0, "项", 80000, 300000, 0, 0, "查新报告", "盖章的查新报告",
     "受理委托/1/委托单/委托单|检索与比对/5/检索记录/检索记录|出具报告/2/查新报告/查新报告"},
    {"FW-10", "高校院所技术对接与合同登记", "University matching and technology contract registration", 7, 0, "项", 200000, 1500000, 0, 0, "对接记录及技术合同登记证明", "技术合同登记证明",
     "需求挖掘/5/需求书/企业确认单|对接洽谈/20/对接记录/对接记录|签约与登记/10/技术合同/登记证明"},
    {"FW-11", "路演与融资辅导", "Roadshow and financing coaching", 8, 0, "场", 300000, 1000000, 0, 0, "路演材料及活动记录", "签到表与反馈表",
     "材料打磨/10/路演材料/企业确认单|模拟路演/2/改进意见/记录表|正式路演/1/活动记录/签到表"},
    {"FW-12", "政策解读与培训", "Policy reading and training", 8, -1, "场", 0, 0, 0, 0, "培训课件", "签到表",
     "发布通知/5/通知/通知|授课答疑/1/课件/签到表"},
    {0},
};

static void put_steps(buf *b, const char *steps)
{
    str step, rest = str_of(steps);
    static const char *const members[] = {"name", "working_days", "deliverable", "evidence"};
    for (bool first = true; str_split(&rest, '|', &step); first = false) {
        str part;
        buf_putz(b, first ? "{" : ",{");
        for (int i = 0; i < countof(members) && str_split(&step, '/', &part); i++)
            buf_fmt(b, i == 1 ? "%s\"%s\":" SF : "%s\"%s\":\"" SF "\"", i ? "," : "", members[i], SA(part));
        buf_byte(b, '}');
    }
}

/* policy -1 of the item: market mode, offered for nothing. `more_percent` raises the guide. */
str demo_item_json(arena *a, const demo_item *i, int64_t policy, int64_t more_percent, const char *note)
{
    buf b = buf_new(a, 2048);
    buf_fmt(&b, "{\"code\":\"%s\",\"name\":\"%s\",\"name_en\":\"%s\",\"category\":%d,\"unit\":\"%s\",\"mode\":\"%s\",\"zero_fee\":%s,", i->code, i->name, i->name_en, i->category, i->unit,
            policy ? "government" : "market", policy || i->policy < 0 ? "true" : "false");
    if (policy) buf_fmt(&b, "\"policy\":%lld,", (long long)policy);
    buf_fmt(&b, "\"floor_fen\":%lld,\"ceiling_fen\":%lld,\"subsidy_fen\":%lld,\"reward_fen\":%lld,", (long long)(i->floor_fen * (100 + more_percent) / 100),
            (long long)(i->ceiling_fen * (100 + more_percent) / 100), (long long)i->subsidy_fen, (long long)i->reward_fen);
    buf_fmt(&b, "\"deliverable\":\"%s\",\"evidence\":\"%s\",\"note\":\"%s\",\"steps\":[", i->deliverable, i->evidence, note);
    put_steps(&b, i->steps);
    buf_putz(&b, "]}");
    return buf_str(&b);
}
