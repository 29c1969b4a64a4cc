/* SPDX-License-Identifier: Apache-2.0 */
/* amount.c: what a policy pays, from its rule. */
#include "base/amount.h"

#include "base/money.h"

static err bad(const char *says) { return err_of(ERR_INPUT, "", says); }

static err read_rows(arena *a, const view *json, amount_rule *out)
{
    const view *rows = view_get(json, S("rows"));
    if (!rows || rows->kind != V_LIST || !rows->n || rows->n > AMOUNT_ROWS_MAX) return bad(N_("A table rule has 1 to 24 rows."));
    for (const view *row = rows->first; row; row = row->next) {
        if (row->kind != V_MAP) return bad(N_("A row of a table rule has code, label and fen."));
        int i = out->row_n++;
        out->rows[i].code = str_dup(a, view_get_text(row, S("code")));
        out->rows[i].label = str_dup(a, view_get_text(row, S("label")));
        out->rows[i].en = str_dup(a, view_get_text(row, S("en")));
        out->rows[i].fen = view_get_int(row, S("fen"), -1);
        if (!out->rows[i].code.n || out->rows[i].fen < 0 || out->rows[i].fen > FEN_MAX) return bad(N_("A row of a table rule has code, label and fen."));
    }
    return NO_ERR;
}

err amount_rule_read(arena *a, const view *json, amount_rule *out)
{
    *out = (amount_rule){0};
    if (json->kind != V_MAP) return bad(N_("A rule is a JSON object with a kind."));
    str kind = view_get_text(json, S("kind"));
    if (str_eqz(kind, "fixed")) {
        out->fen = view_get_int(json, S("fen"), -1);
        return out->fen >= 0 && out->fen <= FEN_MAX ? NO_ERR : bad(N_("A fixed rule names its fen."));
    }
    if (str_eqz(kind, "per_item")) {
        out->kind = AMOUNT_PER_ITEM;
        out->fen = view_get_int(json, S("each_fen"), -1);
        out->most = view_get_int(json, S("most"), 0);
        return out->fen >= 0 && out->fen <= FEN_MAX && out->most >= 0 ? NO_ERR : bad(N_("A rule per item names each_fen."));
    }
    if (str_eqz(kind, "rate")) {
        out->kind = AMOUNT_RATE;
        out->rate_bp = view_get_int(json, S("rate_bp"), -1);
        out->fen = view_get_int(json, S("cap_fen"), -1);
        bool good = out->rate_bp > 0 && out->rate_bp <= 10000 && out->fen >= 0 && out->fen <= FEN_MAX;
        return good ? NO_ERR : bad(N_("A rate names rate_bp from 1 to 10000 and cap_fen."));
    }
    if (str_eqz(kind, "table")) {
        out->kind = AMOUNT_TABLE;
        return read_rows(a, json, out);
    }
    return bad(N_("The kind of a rule is fixed, per_item, rate or table."));
}

static str explain(arena *a, lang l, const char *text, str x, str y)
{
    return err_text(a, (err){.arg = {x, y}}, tr(l, text));
}

static str number(arena *a, int64_t n) { return str_fmt(a, "%lld", (long long)n); }

static err of_table(arena *a, const amount_rule *r, str grade, lang l, int64_t *out, str *explained)
{
    for (int i = 0; i < r->row_n; i++) {
        if (!str_eq(r->rows[i].code, grade)) continue;
        *out = r->rows[i].fen;
        str label = l == LANG_EN && r->rows[i].en.n ? r->rows[i].en : r->rows[i].label;
        *explained = explain(a, l, N_("{0}: {1}"), label, fen_words(a, *out));
        return NO_ERR;
    }
    return err_of(ERR_INPUT, "grade", N_("Choose the grade that the policy pays by."));
}

err amount_compute(arena *a, const amount_rule *r, int64_t quantity, int64_t base_fen, str grade, lang l, int64_t *out, str *explained)
{
    if (quantity < 1) return err_of(ERR_INPUT, "quantity", N_("The quantity is at least 1."));
    switch (r->kind) {
    case AMOUNT_FIXED:
        *out = r->fen;
        *explained = explain(a, l, N_("fixed: {0}"), fen_words(a, r->fen), (str){0});
        return NO_ERR;
    case AMOUNT_PER_ITEM: {
        int64_t n = r->most && quantity > r->most ? r->most : quantity;
        if (!fen_mul(r->fen, n, out)) return err_of(ERR_INPUT, "quantity", N_("The quantity is too large."));
        *explained = explain(a, l, N_("{0} for each of {1}"), fen_words(a, r->fen), number(a, n));
        return NO_ERR;
    }
    case AMOUNT_RATE:
        if (base_fen <= 0) return err_of(ERR_INPUT, "base_fen", N_("The policy pays a share: give the amount it is a share of."));
        if (base_fen > FEN_MAX / 10000) *out = r->fen;
        else *out = base_fen * r->rate_bp / 10000 < r->fen ? base_fen * r->rate_bp / 10000 : r->fen;
        *explained = explain(a, l, N_("{0} % of the amount, at most {1}"),
                             r->rate_bp % 100 ? str_fmt(a, "%lld.%02lld", (long long)(r->rate_bp / 100), (long long)(r->rate_bp % 100))
                                              : number(a, r->rate_bp / 100),
                             fen_words(a, r->fen));
        return NO_ERR;
    case AMOUNT_TABLE: return of_table(a, r, grade, l, out, explained);
    }
    return bad(N_("The kind of a rule is fixed, per_item, rate or table."));
}

err amount_most(const amount_rule *r, int64_t quantity, int64_t *out)
{
    *out = r->fen;
    if (r->kind == AMOUNT_PER_ITEM && !fen_mul(r->fen, r->most && quantity > r->most ? r->most : quantity, out))
        return err_of(ERR_INPUT, "quantity", N_("The quantity is too large."));
    for (int i = 0; i < r->row_n; i++)
        if (r->rows[i].fen > *out) *out = r->rows[i].fen;
    return NO_ERR;
}

bool amount_wants_base(const amount_rule *r) { return r->kind == AMOUNT_RATE; }

void amount_grades(const amount_rule *r, lang l, view *out)
{
    for (int i = 0; i < r->row_n; i++) {
        view *row = view_add_map(out);
        view_text(row, S("code"), r->rows[i].code);
        view_text(row, S("label"), l == LANG_EN && r->rows[i].en.n ? r->rows[i].en : r->rows[i].label);
    }
}

err amount_split_check(arena *a, int64_t standard_fen, int64_t agency_fen, int64_t enterprise_fen)
{
    int64_t both;
    if (fen_add(agency_fen, enterprise_fen, &both) && both <= standard_fen) return NO_ERR;
    return err_with(ERR_INPUT, "", N_("Subsidy {0} and reward {1} together exceed the policy's standard of {2}."), fen_words(a, agency_fen),
                    fen_words(a, enterprise_fen), fen_words(a, standard_fen));
}
