/* SPDX-License-Identifier: Apache-2.0 */
/* feed.c: what a registry's export calls its columns, and what its cells say. */
#include "room/registration/feed.h"

#include "base/days.h"
#include "base/uscc.h"

enum { USCC, NAME, ESTABLISHED, KIND, CAPITAL, CURRENCY, DISTRICT, AUTHORITY, INDUSTRY, SCOPE, BRANCH };

static const sheet_column columns[FEED_FIELDS] = {
    [USCC] = {{"统一社会信用代码", "社会信用代码", "信用代码", "统一代码", "uscc", "creditcode", "unifiedsocialcreditcode"}, true, 40},
    [NAME] = {{"企业名称", "名称", "单位名称", "公司名称", "市场主体名称", "name", "companyname", "enterprisename"}, true, 300},
    [ESTABLISHED] = {{"成立日期", "注册日期", "成立时间", "设立日期", "established", "registrationdate", "dateofestablishment", "registeredon"}, true, 40},
    [KIND] = {{"企业类型", "类型", "市场主体类型", "type", "companytype", "kind"}, false, 200},
    [CAPITAL] = {{"注册资本", "注册资金", "capital", "registeredcapital"}, false, 80},
    [CURRENCY] = {{"币种单位", "币种", "注册资本币种", "currency"}, false, 80},
    [DISTRICT] = {{"所属区域", "所属区县", "行政区划", "区域", "district", "area"}, false, 200},
    [AUTHORITY] = {{"登记机关行政区划代码", "登记机关", "登记机关代码", "authority", "registrationauthority"}, false, 200},
    [INDUSTRY] = {{"行业代码", "国民经济行业代码", "所属行业代码", "行业", "industry", "industrycode"}, false, 80},
    [SCOPE] = {{"经营范围", "业务范围", "scope", "businessscope"}, false, 60000},
    [BRANCH] = {{"是否分支机构", "分支机构", "branch", "isbranch"}, false, 20},
};

err feed_headers(const str *cells, int n, feed *out) { return sheet_headers(columns, FEED_FIELDS, cells, n, out->column); }

/* ---- rows ---------------------------------------------------------------------------------------------------------------- */

static bool yes(str s) { return str_eqz(s, "1") || str_eqz(s, "是") || str_eqz(s, "true") || str_eqz(s, "Y") || str_eqz(s, "yes"); }

err feed_row(arena *a, const sheet_reader *r, const feed *f, const str *cells, int n, firm *out)
{
    str got[FEED_FIELDS];
    TRY(sheet_cells(columns, FEED_FIELDS, f->column, cells, n, got));
    *out = (firm){.name = got[NAME], .kind = got[KIND], .capital = got[CAPITAL].n ? str_join(a, got[CAPITAL], got[CURRENCY]) : (str){0}, .district = got[DISTRICT],
                  .authority = got[AUTHORITY], .industry = got[INDUSTRY], .scope = got[SCOPE], .is_branch = yes(got[BRANCH])};
    if (!got[USCC].n) return err_of(ERR_INPUT, "uscc", N_("The unified social credit code is missing."));
    TRY(uscc_read(a, got[USCC], &out->uscc));
    if (!out->name.n) return err_of(ERR_INPUT, "name", N_("The name is missing."));
    if (!got[ESTABLISHED].n) return err_of(ERR_INPUT, "established", N_("The day of establishment is missing."));
    if (!sheet_day(r, got[ESTABLISHED], &out->established_day))
        return err_with(ERR_INPUT, "established", N_("{0} is no day that exists."), got[ESTABLISHED], (str){0}, (str){0});
    return NO_ERR;
}

/* As str_hash, but by words of eight bytes: a million rows go through it. */
static uint64_t mix(uint64_t h, str s)
{
    for (; s.n > 0; s = str_from(s, s.n < 8 ? s.n : 8)) {
        uint64_t word = (uint64_t)s.n;
        memcpy(&word, s.p, s.n < 8 ? (size_t)s.n : 8);
        h = (h ^ word) * 1099511628211u;
        h ^= h >> 29;
    }
    return (h ^ 0xff) * 1099511628211u;
}

int64_t feed_fingerprint(const firm *f)
{
    const str all[] = {f->name, f->kind, f->capital, f->district, f->authority, f->industry, f->scope};
    uint64_t h = STR_HASH ^ (uint64_t)f->established_day ^ ((uint64_t)f->is_branch << 60);
    for (int i = 0; i < countof(all); i++) h = mix(h, all[i]);
    return (int64_t)(h >> 1);
}
