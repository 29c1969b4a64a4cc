/* SPDX-License-Identifier: Apache-2.0 */
/* registrations.c ROWS: a registry's export of so many invented firms on standard output, always the same. */
#include <stdio.h>

#include "base/uscc.h"

static const char *const places[] = {"示例市东湾区", "示例市西岭区", "示例市北塘区", "示例市南屿区"};
static const char *const words[] = {"云帆", "海拓", "嘉禾", "恒岳", "启明", "众信", "瑞泽", "宏图", "新域", "安澜", "博远", "凌川"};
static const char *const trades[] = {"科技", "贸易", "餐饮管理", "软件", "建筑工程", "物流", "生物技术", "服装", "自动化设备", "商贸", "环保工程", "信息咨询"};
static const char *const scopes[] = {
    "计算机软硬件开发、技术咨询、技术服务、技术转让；计算机系统集成；国内一般贸易；货物进出口、技术进出口。（依法须经批准的项目，经相关部门批准后方可开展经营活动）",
    "服装、鞋帽、针纺织品、日用百货、办公用品、五金交电的销售；国内一般贸易",
    "餐饮服务；预包装食品销售；会议及展览展示服务",
    "机电设备技术开发、安装、调试、现场维修；工业自动控制系统研发；机械设备及配件销售；国内一般贸易",
    "普通货运；国内货运代理；仓储服务（不含危险化学品）；装卸搬运服务；物流信息咨询",
    "生物技术研发；诊断试剂研发、技术咨询；实验室耗材及仪器销售；货物及技术进出口",
    "室内外装饰装修工程设计与施工；建筑材料、金属材料销售；园林绿化工程",
    "污水处理技术开发；环保设备研发、制造、安装；环境监测；环保工程施工；合同能源管理",
    "企业管理咨询；市场营销策划；企业形象策划；会议服务；电脑图文设计；翻译服务",
    "水产品、蔬菜、水果、粮油销售；农副产品收购；水产养殖",
};

/* Whole numbers that seem to have no order: each once. */
static uint64_t shuffled(uint64_t i) { return (i * 2654435761u + 104729) % 100000000u; }

/* Six digits of the number, each check digit as it must be. */
static void uscc_of(uint64_t i, char out[19])
{
    static const char letters[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    snprintf(out, 19, "91210299M%c%06u", letters[1 + i / 1000000 % 30], (unsigned)(shuffled(i) % 1000000));
    out[16] = uscc_org_digit((str){out + 8, 8});
    out[17] = uscc_check_digit((str){out, 17});
    out[18] = 0;
}

int main(int argc, char **argv)
{
    int64_t rows = 0;
    if (argc != 2 || !str_int(str_of(argv[1]), &rows)) return fputs("registrations ROWS\n", stderr), 2;
    puts("企业名称,统一社会信用代码,成立日期,企业类型,注册资本,币种单位,所属区域,登记机关行政区划代码,是否分支机构,经营范围");
    for (int64_t i = 0; i < rows; i++) {
        char uscc[19];
        uscc_of((uint64_t)i, uscc);
        uint64_t r = shuffled((uint64_t)i + 7);
        printf("示例%s%s%lld号有限公司,%s,20%02d-%02d-%02d,有限责任公司,%d,万元人民币,%s,210299,%d,%s\n", words[r % countof(words)], trades[r / 12 % countof(trades)],
               (long long)i, uscc, (int)(r % 19), (int)(r / 7 % 12) + 1, (int)(r / 91 % 28) + 1, (int)(r % 5000) + 10, places[r % countof(places)], r % 17 == 0,
               scopes[r / 31 % countof(scopes)]);
    }
    return 0;
}
