/* SPDX-License-Identifier: Apache-2.0 */
/* sheet_columns.c: what the headers of a sheet call its columns, and which cells no column takes. */
#include "format/sheet.h"

/* "Unified social credit code (18)" and "统一社会信用代码（必填）" are the names without their remarks. */
static str plain_name(str s, char *to, size room)
{
    size n = 0;
    for (size i = 0; i < s.n && n < room; i++) {
        char ch = s.p[i];
        if (ch == '(' || str_starts(str_from(s, i), S("（"))) break;
        if (ch == ' ' || ch == '_' || ch == '*' || ch == '\t' || ch == '"') continue;
        to[n++] = ch >= 'A' && ch <= 'Z' ? (char)(ch + 32) : ch;
    }
    return (str){to, n};
}

static int column_of(const sheet_column *columns, int columns_n, str header)
{
    char plain[128];
    str name = plain_name(str_trim(header), plain, sizeof plain);
    for (int f = 0; f < columns_n; f++)
        for (int i = 0; i < countof(columns[f].names) && columns[f].names[i]; i++)
            if (str_eqz(name, columns[f].names[i])) return f;
    return -1;
}

err sheet_headers(const sheet_column *columns, int columns_n, const str *cells, int n, int *at)
{
    for (int f = 0; f < columns_n; f++) at[f] = -1;
    for (int i = 0; i < n; i++) {
        int f = column_of(columns, columns_n, cells[i]);
        if (f >= 0 && at[f] < 0) at[f] = i;
    }
    for (int f = 0; f < columns_n; f++)
        if (columns[f].needed && at[f] < 0)
            return err_with(ERR_INPUT, "file", N_("The first row names no column “{0}”."), str_of(columns[f].names[0]), (str){0}, (str){0});
    return NO_ERR;
}

/* What a spreadsheet would run: nothing that people enter as a fact begins so. */
static bool is_formula(str s)
{
    if (!s.n) return false;
    bool sign = s.p[0] == '+' || s.p[0] == '-';
    bool letter = s.n > 1 && ((s.p[1] | 32) >= 'a' && (s.p[1] | 32) <= 'z');
    return s.p[0] == '=' || s.p[0] == '@' || (sign && letter);
}

static err check_cell(const sheet_column *column, str cell)
{
    if (is_formula(cell)) return err_with(ERR_INPUT, "", N_("{0}: the cell begins like a formula."), str_of(column->names[0]), (str){0}, (str){0});
    if (cell.n > column->max) return err_with(ERR_INPUT, "", N_("{0}: the cell is too long."), str_of(column->names[0]), (str){0}, (str){0});
    return NO_ERR;
}

err sheet_cells(const sheet_column *columns, int columns_n, const int *at, const str *cells, int n, str *out)
{
    for (int i = 0; i < columns_n; i++) out[i] = at[i] >= 0 && at[i] < n ? str_trim(cells[at[i]]) : (str){0};
    for (int i = 0; i < columns_n; i++) TRY(check_cell(&columns[i], out[i]));
    return NO_ERR;
}
