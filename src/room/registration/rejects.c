/* SPDX-License-Identifier: Apache-2.0 */
/* rejects.c: the rows that could not be taken, as a file that can be mended and imported again: line, reason, the row as it was. */
#include "format/csv.h"
#include "format/sheet.h"
#include "gen/room/registration/import_sql.h"
#include "room/registration/registration.h"

typedef struct rejected { int64_t line; str raw, reason; } rejected;
SHAPE(rejected, FIELD(rejected, line, F_INT), FIELD(rejected, raw, F_BLOB), FIELD(rejected, reason, F_LINES));

/* What is no UTF-8 would make the whole file unreadable. */
static str readable(arena *a, str s)
{
    if (str_is_text(s)) return s;
    buf b = buf_new(a, s.n * 3);
    while (s.n) {
        str before = s;
        uint32_t ch = str_next_char(&s);
        if (ch == 0xFFFD || !ch) buf_putz(&b, "\xEF\xBF\xBD");
        else buf_put(&b, str_head(before, before.n - s.n));
    }
    return buf_str(&b);
}

/* Cell by cell, so that formulas are harmless; a row that could not even be split stands in one cell. */
static void put_row(ctx *c, buf *out, str raw)
{
    str cells[SHEET_CELLS];
    int n;
    csv_reader r;
    csv_open(&r, c->a, raw);
    if (csv_read_row(&r, cells, countof(cells), &n).kind || r.rest.n) cells[0] = readable(c->a, raw), n = 1;
    for (int i = 0; i < n; i++) {
        csv_comma(out);
        csv_text(out, cells[i]);
    }
    csv_end_row(out);
}

static err put_header(ctx *c, int64_t import, buf *out)
{
    str header;
    TRY(store_text(c, &import_header, &header, ARGS(import)));
    csv_begin(out);
    csv_text(out, tr(c->lang, N_("Line")));
    csv_comma(out);
    csv_text(out, tr(c->lang, N_("Why it was not taken")));
    put_row(c, out, header);
    return NO_ERR;
}

err registration_rejects(ctx *c, int64_t import, int64_t *after, buf *out, bool *more)
{
    list rows;
    if (!*after) TRY(put_header(c, import, out));
    TRY(store_list(c, &import_rejects_after, &rejected_shape, &rows, ARGS(import, *after)));
    for (int i = 0; i < rows.n; i++) {
        const rejected *r = (const rejected *)rows.items + i;
        buf_int(out, r->line);
        csv_comma(out);
        csv_text(out, r->reason);
        put_row(c, out, r->raw);
        *after = r->line;
    }
    *more = rows.n > 0;
    return NO_ERR;
}
