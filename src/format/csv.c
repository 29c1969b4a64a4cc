/* SPDX-License-Identifier: Apache-2.0 */
/* csv.c: CSV row by row out of a window of bytes. */
#include "format/csv.h"

void csv_open(csv_reader *r, arena *a, str bytes)
{
    *r = (csv_reader){.a = a, .rest = bytes, .last = true, .comma = ',', .next_line = 1};
}

void csv_feed(csv_reader *r, str window, bool last)
{
    r->rest = window;
    r->last = last;
}

/* One row being read: `at` is the next byte of r->rest. */
typedef struct {
    csv_reader *r;
    size at;
    int64_t line;       /* where `at` stands */
    bool more;          /* the window ended first */
    bool row_ends;      /* after the cell just read */
    const char *wrong;  /* a message id with {0} the line; {1} a limit */
    int64_t wrong_line, limit;
} scan;

static const char too_long[] =
    N_("Line {0}: the row is longer than {1} bytes; perhaps a quote is never closed.");

static void refuse(scan *s, const char *text, int64_t line, int64_t limit)
{
    s->wrong = text;
    s->wrong_line = line;
    s->limit = limit;
}

/* The length of the line end at i: 0 none, 1 LF or CR, 2 CR LF; -1 if the window hides it. */
static int line_end(const csv_reader *r, size i)
{
    if (r->rest.p[i] == '\n') return 1;
    if (r->rest.p[i] != '\r') return 0;
    if (i + 1 == r->rest.n) return r->last ? 1 : -1;
    return r->rest.p[i + 1] == '\n' ? 2 : 1;
}

/* After a cell: a comma, a line end or the end of the file. */
static void end_cell(scan *s)
{
    csv_reader *r = s->r;
    if (s->at == r->rest.n) {
        s->row_ends = r->last;
        s->more = !r->last;
        return;
    }
    if (r->rest.p[s->at] == r->comma) { s->at++; return; }
    int n = line_end(r, s->at);
    s->more = n < 0;
    s->row_ends = n > 0;
    if (n) return;
    refuse(s, N_("Line {0}: after the closing quote of a cell stands more text."), s->line, 0);
}

static str undouble(arena *a, str s, size quotes)
{
    char *p = new_n(a, char, s.n - quotes);
    size n = 0;
    for (size i = 0; i < s.n; i++) {
        p[n++] = s.p[i];
        if (s.p[i] == '"') i++;
    }
    return (str){p, n};
}

static str quoted_cell(scan *s)
{
    csv_reader *r = s->r;
    str w = r->rest;
    size from = ++s->at, doubled = 0;
    int64_t opened = s->line;
    for (; s->at < w.n && s->at < CSV_ROW_MAX; s->at++) {
        if (w.p[s->at] == '\n' || (w.p[s->at] == '\r' && line_end(r, s->at) == 1)) s->line++;
        if (w.p[s->at] != '"') continue;
        if (s->at + 1 == w.n && !r->last) { s->more = true; return (str){0}; }
        if (s->at + 1 == w.n || w.p[s->at + 1] != '"') break;
        s->at++;
        doubled++;
    }
    if (s->at >= CSV_ROW_MAX) {
        refuse(s, too_long, opened, CSV_ROW_MAX);
        return (str){0};
    }
    if (s->at == w.n) {
        s->more = !r->last;
        if (r->last) refuse(s, N_("Line {0}: a quote is opened here and never closed."), opened, 0);
        return (str){0};
    }
    str cell = {w.p + from, s->at - from};
    s->at++;
    end_cell(s);
    return doubled && !s->more && !s->wrong ? undouble(r->a, cell, doubled) : cell;
}

static str plain_cell(scan *s)
{
    str w = s->r->rest;
    size from = s->at;
    for (; s->at < w.n; s->at++)
        if (w.p[s->at] == s->r->comma || w.p[s->at] == '\n' || w.p[s->at] == '\r') break;
    str cell = {w.p + from, s->at - from};
    end_cell(s);
    return cell;
}

/* Forgets the bytes up to `n` and the line end there; `line` is the one after it. A line end that
 * the window hides is left, to be passed (and counted) as a blank line. */
static void go_on(csv_reader *r, size n, int64_t line)
{
    int end = n < r->rest.n ? line_end(r, n) : -1;
    r->rest = str_from(r->rest, end > 0 ? n + end : n);
    r->next_line = end > 0 ? line : line - 1;
}

/* The first line of a refused row is given up; what follows may be sound. */
static err give_up(csv_reader *r, const scan *s)
{
    size n = 0;
    while (n < r->rest.n && r->rest.p[n] != '\n' && r->rest.p[n] != '\r') n++;
    r->row = str_head(r->rest, n);
    r->skip = n == r->rest.n && !r->last;
    go_on(r, n, r->line + 1);
    return err_with(ERR_INPUT, "", s->wrong, str_fmt(r->a, "%lld", (long long)s->wrong_line),
                    str_fmt(r->a, "%lld", (long long)s->limit), (str){0});
}

/* Blank lines, the BOM and the rest of an overlong line. False: the window ends in them. */
static bool skip_nothings(csv_reader *r)
{
    if (!r->begun) {
        if (r->rest.n < 3 && !r->last) return false;
        if (str_starts(r->rest, S("\xEF\xBB\xBF"))) r->rest = str_from(r->rest, 3);
        r->begun = true;
    }
    while (r->skip && r->rest.n) {
        r->skip = r->rest.p[0] != '\n' && r->rest.p[0] != '\r';
        if (r->skip) r->rest = str_from(r->rest, 1);
    }
    while (r->rest.n) {
        int n = line_end(r, 0);
        if (n < 0) return false;
        if (n == 0) return true;
        r->rest = str_from(r->rest, n);
        r->next_line++;
    }
    return r->last;
}

static void read_cells(scan *s, str *cells, int max, int *n)
{
    *n = 0;
    while (!s->row_ends) {
        csv_reader *r = s->r;
        if (*n == max) {
            refuse(s, N_("Line {0}: the row has more than {1} cells."), r->next_line, max);
            return;
        }
        int64_t line = s->line;
        bool quoted = s->at < r->rest.n && r->rest.p[s->at] == '"';
        str cell = quoted ? quoted_cell(s) : plain_cell(s);
        if (s->more && s->at >= CSV_ROW_MAX) refuse(s, too_long, r->next_line, CSV_ROW_MAX);
        if (s->more || s->wrong) return;
        if (cell.n > CSV_CELL_MAX) {
            refuse(s, N_("Line {0}: a cell is longer than {1} bytes."), line, CSV_CELL_MAX);
            return;
        }
        cells[(*n)++] = cell;
    }
}

err csv_read_row(csv_reader *r, str *cells, int max, int *n)
{
    *n = CSV_MORE;
    if (!skip_nothings(r)) return NO_ERR;
    *n = 0;
    if (!r->rest.n) return NO_ERR;
    scan s = {.r = r, .line = r->next_line};
    r->line = r->next_line;
    read_cells(&s, cells, max, n);
    if (s.more && !s.wrong) {
        *n = CSV_MORE;
        return NO_ERR;
    }
    if (!s.wrong && !str_is_text(str_head(r->rest, s.at)))
        refuse(&s, N_("Line {0} is not UTF-8 text: save the file as “CSV UTF-8”."), s.line, 0);
    if (s.wrong) return give_up(r, &s);
    r->row = str_head(r->rest, s.at);
    go_on(r, s.at, s.line + 1);
    return NO_ERR;
}
