/* SPDX-License-Identifier: Apache-2.0 */
/* demo_requests.c: what agencies offer, what enterprises need, who helps whom. Names and stories are invented. */
#include "main/demo_requests.h"

#include <stddef.h>

#define OFFER(service, price, days, note) "{\"item\":" service ",\"price_fen\":" price ",\"work_days\":" days ",\"note\":\"" note "\",\"is_open\":true}"
#define NEED(item, topic, subject, day, note) "{\"item\":" item ",\"topic\":\"" topic "\",\"subject\":\"" subject "\",\"wished_day\":\"" day "\",\"details\":\"" note "\"}"
#define CHOICE(word, note) "{\"choice\":\"" word "\",\"note\":\"" note "\"}"
#define CHOOSE(word, agencies) "{\"choice\":\"" word "\",\"agencies\":[" agencies "]}"
#define MEETING(day, way, text, next) "{\"met_day\":\"" day "\",\"way\":\"" way "\",\"text\":\"" text "\",\"next_step\":\"" next "\"}"

/* An agency's application: its eight lines, and what the reviewer finds. */
#define LINE(m, d, who, of, line, note) {m, d, who, "/admissions/{" of "}/lines/" line "/evidence", "{\"note\":\"" note "\"}", NULL}
#define APPLIES(m, d, who, of) \
    {m, d, who, "/admissions", "{}", of}, LINE(m, d, who, of, "licence", "营业执照副本已在窗口核对，原件退回。"), LINE(m, d, who, of, "zone", "注册地址：示范高新区创新路1号。"), \
    LINE(m, d, who, of, "qualification", "执业许可证编号见窗口登记。"), LINE(m, d, who, of, "staff", "专业人员 8 人，社会保险缴纳证明齐全。"), \
    LINE(m, d, who, of, "cases", "近三年服务企业 60 家，清单附后。"), LINE(m, d, who, of, "conviction", "机构及法定代表人无违法犯罪记录，已签署声明。"), \
    LINE(m, d, who, of, "solvency", "上年度审计报告，净资产 320 万元。"), LINE(m, d, who, of, "repayment", "已签署退款承诺书并盖章。"), \
    {m, d, who, "/admissions/{" of "}/moves", CHOICE("submit", ""), NULL}
#define FOUND(m, d, of, line, verdict, more) {m, d, "alliance3", "/admissions/{" of "}/lines/" line "/verdict", "{\"verdict\":\"" verdict "\"" more "}", NULL}
#define UNTIL(day) ",\"expiry_day\":\"" day "\""
#define SIX_PASSED(m, d, of) \
    FOUND(m, d, of, "licence", "passed", ""), FOUND(m, d, of, "zone", "passed", ""), FOUND(m, d, of, "staff", "passed", UNTIL("2027-01-31")), FOUND(m, d, of, "cases", "passed", ""), \
    FOUND(m, d, of, "conviction", "passed", UNTIL("2027-01-31")), FOUND(m, d, of, "repayment", "passed", "")
#define ADMITTED(m, d, of, qualified_until) \
    SIX_PASSED(m, d, of), FOUND(m, d, of, "qualification", "passed", UNTIL(qualified_until)), FOUND(m, d, of, "solvency", "passed", UNTIL("2027-04-30")), \
    {m, d, "alliance3", "/admissions/{" of "}/moves", CHOICE("admit", "八项清单全部通过。"), NULL}
#define TAKEN_IN(m, d, of) {m, d, "alliance1", "/admissions/{" of "}/moves", CHOICE("accept", ""), NULL}
#define CLASS(m, d, who, of, name, from, more) {m, d, who, "/organisations/{" of "}/classes", "{\"class\":\"" name "\",\"from_day\":\"" from "\"" more ",\"note\":\"依据主管部门公布的名单登记。\"}", NULL}

const demo_request demo_requests[] = {
    /* what the desks write again and again */
    {2, 3, "alliance1", "/phrases", "{\"text\":\"承诺书未加盖公章，请补盖后重新上传。\"}", NULL},
    {2, 3, "alliance1", "/phrases", "{\"text\":\"成果日期与证书所载日期不一致，请核对。\"}", NULL},
    {2, 3, "bureau1", "/phrases", "{\"text\":\"证书扫描件不清晰，请重新扫描。\"}", NULL},
    {2, 3, "bureau1", "/phrases", "{\"text\":\"已逐件核对，金额无误。\"}", NULL},
    {2, 3, "committee1", "/phrases", "{\"text\":\"管委会专题会议同意。\"}", NULL},
    {2, 3, "finance1", "/phrases", "{\"text\":\"收款账户户名与备案名称不一致，请核实。\"}", NULL},
    /* a service that no policy pays, and what the three agencies offer */
    {2, 3, "agency1", "/offering", OFFER("{service1}", "0", "60", "专利代理师 6 名，近三年授权发明专利 120 件。"), NULL},
    {2, 3, "agency1", "/offering", OFFER("{service2}", "0", "90", "已辅导 35 家企业通过高新技术企业认定。"), NULL},
    {2, 3, "agency1", "/offering/capacity", "{\"capacity\":60}", NULL},
    {2, 3, "agency2", "/offering", OFFER("{service2}", "0", "75", "申报团队 8 人，熟悉研发费用归集。"), NULL},
    {2, 3, "agency2", "/offering", OFFER("{service3}", "0", "120", "参与制定地方标准 9 项。"), NULL},
    {2, 3, "agency2", "/offering", OFFER("{advice}", "8000000", "180", "改制方案、尽职调查与融资材料。"), NULL},
    {2, 3, "agency2", "/offering/capacity", "{\"capacity\":60}", NULL},
    {2, 3, "agency3", "/offering", OFFER("{service1}", "0", "45", "专利检索与布局，实用新型优先。"), NULL},
    {2, 3, "agency3", "/offering", OFFER("{service2}", "0", "100", "认定材料整理与专项审计对接。"), NULL},
    {2, 3, "agency3", "/offering", OFFER("{advice}", "6500000", "150", "股权结构梳理与投资机构对接。"), NULL},
    {2, 3, "agency3", "/offering/capacity", "{\"capacity\":60}", NULL},
    {2, 5, "agency3", "/interests", "{\"names\":\"示例股东丁\\n样例投资合伙企业\"}", NULL},
    {2, 5, "enterprise6", "/interests", "{\"names\":\"样例投资合伙企业\\n示例股东己\"}", NULL},

    /* the agencies that were there before hand in their checklist; one of them has a licence that ends soon after the story */
    APPLIES(2, 5, "agency1", "admission1"), APPLIES(2, 5, "agency2", "admission2"), APPLIES(2, 5, "agency3", "admission3"),
    TAKEN_IN(2, 6, "admission1"), TAKEN_IN(2, 6, "admission2"), TAKEN_IN(2, 6, "admission3"),
    ADMITTED(2, 9, "admission1", "2028-06-30"), ADMITTED(2, 9, "admission2", "2026-11-12"), ADMITTED(2, 10, "admission3", "2029-03-31"),

    /* enterprises' classes by date */
    CLASS(2, 11, "alliance1", "enterprise1", "recognised", "2024-11-28", ",\"certificate\":\"GR202421000101\""), CLASS(2, 11, "alliance1", "enterprise2", "candidate", "2025-06-03", ""),
    CLASS(2, 11, "alliance1", "enterprise3", "startup", "2023-04-17", ""), CLASS(2, 11, "alliance1", "enterprise4", "other", "2022-01-04", ""),
    CLASS(2, 11, "alliance1", "enterprise5", "recognised", "2023-12-12", ",\"certificate\":\"GR202321000205\""), CLASS(2, 11, "bureau1", "enterprise2", "recognised", "2025-12-08", ",\"certificate\":\"GR202521000302\""),
    CLASS(4, 8, "alliance1", "enterprise3", "candidate", "2026-04-01", ""),

    /* a need that became an agreement */
    {5, 6, "enterprise3", "/needs", NEED("{service2}", "service", "工业视觉检测软件企业高企认定", "2026-12-20", "拥有软件著作权 12 项，研发人员占比约 35%。"), "need1"},
    {5, 6, "enterprise3", "/needs/{need1}/moves", CHOICE("match", ""), NULL},
    {5, 7, "agency1", "/needs/{need1}/moves", CHOICE("accept", "可安排两名顾问，本周即可进场。"), NULL},
    {5, 8, "agency2", "/needs/{need1}/moves", CHOICE("decline", "上半年认定项目已满。"), NULL},
    {5, 11, "enterprise3", "/needs/{need1}/moves", CHOOSE("choose", "{agency1}"), NULL},
    {5, 12, "agency1", "/needs/{need1}/moves", CHOICE("draft", ""), NULL},

    /* one helps one */
    {6, 2, "alliance1", "/mentorings", "{\"mentor\":{agency2},\"startup\":{enterprise8},\"topic\":\"financing\",\"goal\":\"年底前完成首轮融资材料，每月会面一次。\",\"until_day\":\"2026-12-31\"}", "help1"},
    {6, 3, "agency2", "/mentorings/{help1}/moves", CHOICE("accept", ""), NULL},
    {6, 4, "enterprise8", "/mentorings/{help1}/moves", CHOICE("accept", ""), NULL},
    {6, 18, "agency2", "/mentorings/{help1}/meetings", MEETING("2026-06-18", "in_person", "了解企业股权结构与近两年财务数据，建议先规范研发费用辅助账。", "企业整理辅助账"), NULL},
    {7, 20, "enterprise8", "/mentorings/{help1}/meetings", MEETING("2026-07-17", "call", "辅助账已按建议整理完毕，讨论商业计划书提纲。", "帮扶方提供计划书范本"), NULL},
    {9, 22, "agency2", "/mentorings/{help1}/meetings", MEETING("2026-09-21", "in_person", "商业计划书初稿评议，补充市场数据与现金流预测。", "十月邀请投资机构交流"), NULL},

    /* needs that wait at each step at the end */
    {9, 24, "enterprise7", "/needs", NEED("{service3}", "service", "储能电池热管理团体标准", "2027-03-31", ""), "need2"},
    {9, 25, "enterprise7", "/needs/{need2}/moves", CHOICE("withdraw", "公司决定由内部团队承担。"), NULL},
    {9, 30, "enterprise6", "/needs", NEED("{service1}", "service", "射频前端芯片专利布局", "2027-01-31", "需要懂集成电路布图设计的代理师。"), "need3"},
    {9, 30, "enterprise6", "/needs/{need3}/moves", CHOICE("match", ""), NULL},
    /* an agency that is new; its review waits for one line */
    APPLIES(10, 9, "agency4", "admission4"),
    TAKEN_IN(10, 10, "admission4"), SIX_PASSED(10, 12, "admission4"), FOUND(10, 12, "admission4", "qualification", "passed", ""),
    FOUND(10, 12, "admission4", "solvency", "failed", ",\"reason\":\"审计报告为两年前的年度，请补充上年度报告。\""),

    {10, 12, "enterprise4", "/needs", NEED("{advice}", "restructuring", "股份制改造方案", "2027-04-30", "拟于两年内申请挂牌。"), "need4"},
    {10, 12, "enterprise4", "/needs/{need4}/moves", CHOOSE("pick", "{agency2},{agency3}"), NULL},
    {10, 12, "enterprise5", "/needs", NEED("{service2}", "service", "海工装备企业高企重新认定", "2027-06-30", "证书明年到期。"), "need5"},
    {10, 13, "agency2", "/needs/{need4}/moves", CHOICE("accept", "可先做一次免费诊断。"), NULL},
    {10, 13, "enterprise5", "/needs/{need5}/moves", CHOOSE("pick", "{agency3}"), NULL},
    {10, 13, "agency3", "/needs/{need5}/moves", CHOICE("accept", ""), NULL},
    {10, 14, "enterprise5", "/needs/{need5}/moves", CHOOSE("choose", "{agency3}"), NULL},
    {10, 14, "enterprise2", "/mentorings", "{\"mentor\":{enterprise2},\"startup\":{enterprise4},\"topic\":\"listing\",\"goal\":\"分享改制与辅导备案经验，每季度会面一次。\",\"until_day\":\"2027-06-30\"}", NULL},
    {10, 15, "enterprise8", "/needs", NEED("{advice}", "financing", "首轮股权融资对接", "2027-02-28", "已完成商业计划书。"), NULL},
    {10, 15, "enterprise3", "/needs", NEED("{service1}", "service", "图像压缩算法专利申请", "2027-02-28", ""), "need6"},
    {10, 16, "enterprise3", "/needs/{need6}/moves", CHOICE("match", ""), NULL},
    {0},
};
