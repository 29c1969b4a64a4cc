/* SPDX-License-Identifier: Apache-2.0 */
/* amount.c: what a policy pays, from its rule. */
#include "base/amount.h"

#include "base/money.h"

static err bad(const char *says) { return err_of(ERR_INPUT, "", says); }

/* ---- reading a rule ---------------------------------------------------------------------- */

/* The whole number of that name, from `least` to `most`; absent: `otherwise`. A text or a true in
 * its place must not pass for absent: it would lift a limit. */
static bool number_at(const view *map, str name, int64_t otherwise, int64_t least, int64_t most,
                      int64_t *out)
{
    const view *v = view_get(map, name);
    if (v && v->kind != V_INT && v->kind != V_FEN) return false;
    *out = v ? v->i : otherwise;
    return *out >= least && *out <= most;
}

static bool fen_at(const view *map, str name, int64_t *out)
{
    return number_at(map, name, -1, 0, FEN_MAX, out);
}

static err read_row(arena *a, const view *row, amount_rule *out)
{
    int i = out->row_n;
    if (row->kind != V_MAP || !fen_at(row, S("fen"), &out->rows[i].fen))
        return bad(N_("A row of a table rule has its fen."));
    out->rows[i].code = str_dup(a, view_get_text(row, S("code")));
    out->rows[i].label = str_dup(a, view_get_text(row, S("label")));
    out->rows[i].en = str_dup(a, view_get_text(row, S("en")));
    if (out->by_base) {
        int64_t least = i ? out->rows[i - 1].at_least_fen + 1 : 0;
        if (!number_at(row, S("at_least_fen"), -1, least, FEN_MAX, &out->rows[i].at_least_fen))
            return bad(N_("The rows of a table by amount rise in at_least_fen."));
    } else {
        bool once = out->rows[i].code.n > 0;
        for (int k = 0; k < i; k++) once = once && !str_eq(out->rows[k].code, out->rows[i].code);
        if (!once) return bad(N_("Each row of a table by grade has a code of its own."));
    }
    out->row_n++;
    return NO_ERR;
}

static err read_rows(arena *a, const view *json, amount_rule *out)
{
    const view *rows = view_get(json, S("rows"));
    str by = view_get_text(json, S("by"));
    if (!rows || rows->kind != V_LIST || !rows->n || rows->n > AMOUNT_ROWS_MAX)
        return bad(N_("A table rule has 1 to 24 rows."));
    if (view_get(json, S("by")) && !str_eqz(by, "grade") && !str_eqz(by, "base"))
        return bad(N_("A table goes by grade or by base."));
    out->by_base = str_eqz(by, "base");
    for (const view *row = rows->first; row; row = row->next) TRY(read_row(a, row, out));
    return NO_ERR;
}

static err read_fixed(arena *a, const view *json, amount_rule *out)
{
    (void)a;
    return fen_at(json, S("fen"), &out->fen) ? NO_ERR : bad(N_("A fixed rule names its fen."));
}

static err read_per_item(arena *a, const view *json, amount_rule *out)
{
    (void)a;
    if (!fen_at(json, S("each_fen"), &out->fen)) return bad(N_("A rule per item names each_fen."));
    if (!number_at(json, S("most"), 0, 0, INT32_MAX, &out->most))
        return bad(N_("The most of a rule per item is a number, 0 or above."));
    return NO_ERR;
}

static err read_rate(arena *a, const view *json, amount_rule *out)
{
    (void)a;
    if (number_at(json, S("rate_bp"), -1, 1, 10000, &out->rate_bp) &&
        fen_at(json, S("cap_fen"), &out->fen))
        return NO_ERR;
    return bad(N_("A rate names rate_bp from 1 to 10000 and cap_fen."));
}

err amount_rule_read(arena *a, const view *json, amount_rule *out)
{
    static const struct { const char *name; err (*read)(arena *, const view *, amount_rule *); }
    kinds[] = {
        [AMOUNT_FIXED] = {"fixed", read_fixed},
        [AMOUNT_PER_ITEM] = {"per_item", read_per_item},
        [AMOUNT_RATE] = {"rate", read_rate},
        [AMOUNT_TABLE] = {"table", read_rows},
    };
    *out = (amount_rule){0};
    if (!json || json->kind != V_MAP) return bad(N_("A rule is a JSON object with a kind."));
    str kind = view_get_text(json, S("kind"));
    for (int i = 0; i < countof(kinds); i++) {
        if (!str_eqz(kind, kinds[i].name)) continue;
        out->kind = i;
        return kinds[i].read(a, json, out);
    }
    return bad(N_("The kind of a rule is fixed, per_item, rate or table."));
}

/* ---- what it pays ------------------------------------------------------------------------ */

static str explain(arena *a, lang l, const char *text, str x, str y, str z)
{
    return err_text(a, (err){.arg = {x, y, z}}, tr(l, text));
}

static str number(arena *a, int64_t n) { return str_fmt(a, "%lld", (long long)n); }

/* 5000 → 50, 3350 → 33.5, 3333 → 33.33 */
static str percent(arena *a, int64_t bp)
{
    str text = bp % 100 ? str_fmt(a, "%lld.%02lld", (long long)(bp / 100), (long long)(bp % 100))
                        : number(a, bp / 100);
    return bp % 100 && bp % 10 == 0 ? str_head(text, text.n - 1) : text;
}

static str label_of(const amount_rule *r, int i, lang l)
{
    str other = r->rows[i].label.n ? r->rows[i].label : r->rows[i].code;
    return l == LANG_EN && r->rows[i].en.n ? r->rows[i].en : other;
}

static err by_grade(arena *a, const amount_rule *r, str grade, lang l, int64_t *out, str *explained)
{
    for (int i = 0; i < r->row_n; i++) {
        if (!str_eq(r->rows[i].code, grade)) continue;
        *out = r->rows[i].fen;
        *explained = explain(a, l, N_("{0}: {1}"), label_of(r, i, l), fen_words(a, *out), (str){0});
        return NO_ERR;
    }
    return err_of(ERR_INPUT, "grade", N_("Choose the grade that the policy pays by."));
}

static err wants_base(void)
{
    return err_of(ERR_INPUT, "base_fen",
                  N_("The policy pays by an amount: give the amount it is reckoned from."));
}

static err by_base(arena *a, const amount_rule *r, int64_t base, lang l, int64_t *out,
                   str *explained)
{
    int i = r->row_n - 1;
    if (base <= 0) return wants_base();
    while (i >= 0 && base < r->rows[i].at_least_fen) i--;
    if (i < 0)
        return err_with(ERR_INPUT, "base_fen", N_("The policy pays for amounts from {0} on."),
                        fen_words(a, r->rows[0].at_least_fen), (str){0}, (str){0});
    *out = r->rows[i].fen;
    *explained = explain(a, l, N_("an amount of {0}, from {1} on: {2}"), fen_words(a, base),
                         fen_words(a, r->rows[i].at_least_fen), fen_words(a, *out));
    return NO_ERR;
}

/* floor(base × rate / 10000) without a product that could overflow. */
static err by_rate(arena *a, const amount_rule *r, int64_t base, lang l, int64_t *out,
                   str *explained)
{
    if (base <= 0) return wants_base();
    int64_t share = base / 10000 * r->rate_bp + base % 10000 * r->rate_bp / 10000;
    *out = share < r->fen ? share : r->fen;
    *explained = explain(a, l, N_("{0} % of {1}, at most {2}"), percent(a, r->rate_bp),
                         fen_words(a, base), fen_words(a, r->fen));
    return NO_ERR;
}

static int64_t paid_for(const amount_rule *r, int64_t quantity)
{
    return r->most && quantity > r->most ? r->most : quantity;
}

static err each(const amount_rule *r, int64_t quantity, int64_t *out)
{
    if (fen_mul(r->fen, paid_for(r, quantity), out)) return NO_ERR;
    return err_of(ERR_INPUT, "quantity", N_("The quantity is too large."));
}

err amount_compute(arena *a, const amount_rule *r, int64_t quantity, int64_t base_fen, str grade,
                   lang l, int64_t *out, str *explained)
{
    if (quantity < 1) return err_of(ERR_INPUT, "quantity", N_("The quantity is at least 1."));
    switch (r->kind) {
    case AMOUNT_FIXED:
        *out = r->fen;
        *explained = explain(a, l, N_("fixed: {0}"), fen_words(a, r->fen), (str){0}, (str){0});
        return NO_ERR;
    case AMOUNT_PER_ITEM:
        TRY(each(r, quantity, out));
        *explained = explain(a, l, N_("{0} for each of {1}"), fen_words(a, r->fen),
                             number(a, paid_for(r, quantity)), (str){0});
        return NO_ERR;
    case AMOUNT_RATE: return by_rate(a, r, base_fen, l, out, explained);
    case AMOUNT_TABLE:
        return r->by_base ? by_base(a, r, base_fen, l, out, explained)
                          : by_grade(a, r, grade, l, out, explained);
    }
    return bad(N_("The kind of a rule is fixed, per_item, rate or table."));
}

err amount_most(const amount_rule *r, int64_t quantity, int64_t *out)
{
    *out = r->fen;
    if (r->kind == AMOUNT_PER_ITEM) return each(r, quantity, out);
    for (int i = 0; i < r->row_n; i++)
        if (r->rows[i].fen > *out) *out = r->rows[i].fen;
    return NO_ERR;
}

bool amount_wants_base(const amount_rule *r)
{
    return r->kind == AMOUNT_RATE || (r->kind == AMOUNT_TABLE && r->by_base);
}

void amount_grades(const amount_rule *r, lang l, view *out)
{
    for (int i = 0; i < r->row_n && !r->by_base; i++) {
        view *row = view_add_map(out);
        view_text(row, S("code"), r->rows[i].code);
        view_text(row, S("label"), label_of(r, i, l));
    }
}

str amount_words(arena *a, const amount_rule *r, lang l)
{
    str fen = fen_words(a, r->fen);
    if (r->kind == AMOUNT_FIXED) return explain(a, l, N_("{0} for each application"), fen, (str){0}, (str){0});
    if (r->kind == AMOUNT_RATE) return explain(a, l, N_("{0} % of the amount, at most {1}"), percent(a, r->rate_bp), fen, (str){0});
    if (r->kind == AMOUNT_PER_ITEM)
        return r->most ? explain(a, l, N_("{0} for each outcome, at most {1} outcomes"), fen, str_fmt(a, "%lld", (long long)r->most), (str){0})
                       : explain(a, l, N_("{0} for each outcome"), fen, (str){0}, (str){0});
    buf b = buf_new(a, 256);
    for (int i = 0; i < r->row_n; i++) {
        if (i) buf_put(&b, l == LANG_ZH ? S("；") : S("; "));
        str of = r->by_base ? explain(a, l, N_("from {0} on"), fen_words(a, r->rows[i].at_least_fen), (str){0}, (str){0}) : label_of(r, i, l);
        buf_put(&b, explain(a, l, N_("{0}: {1}"), of, fen_words(a, r->rows[i].fen), (str){0}));
    }
    return buf_str(&b);
}

err amount_split_check(arena *a, int64_t standard_fen, int64_t agency_fen, int64_t enterprise_fen)
{
    int64_t both;
    if (agency_fen < 0 || enterprise_fen < 0)
        return bad(N_("Neither the subsidy nor the reward can be below 0."));
    if (fen_add(agency_fen, enterprise_fen, &both) && both <= standard_fen) return NO_ERR;
    return err_with(ERR_INPUT, "",
                    N_("Subsidy {0} and reward {1} together exceed the policy's standard of {2}."),
                    fen_words(a, agency_fen), fen_words(a, enterprise_fen),
                    fen_words(a, standard_fen));
}
