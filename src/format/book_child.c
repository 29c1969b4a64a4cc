/* SPDX-License-Identifier: Apache-2.0 */
/* book_child.c: in the child: marks from standard input, a row at a time, into a workbook on standard output. */
#include <stdio.h>
#include <sys/mman.h>
#include <stdlib.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/days.h"
#include "format/book_parts.h"

enum { CHILD_ARENA = 64 << 20, COLUMNS = 256, NARROW = 8, WIDE = 60 };

typedef struct book {
    arena *a;
    FILE *in;
    char *bytes;                   /* of the mark just read, NUL behind them */
    size n;
    lxw_workbook *to;
    lxw_worksheet *sheet;
    lxw_format *head, *text, *whole, *yuan, *day, *time;
    uint32_t row;
    uint16_t column, columns;
    int width[COLUMNS];
    bool bad;
} book;

/* "t12:" and the bytes; false at the end. */
static bool next_mark(book *k, char *what)
{
    int c = getc(k->in);
    int64_t n = 0;
    if (c == EOF) return false;
    *what = (char)c;
    while ((c = getc(k->in)) >= '0' && c <= '9' && n <= BOOK_MARK_MAX) n = n * 10 + c - '0';
    k->bad = c != ':' || n > BOOK_MARK_MAX || fread(k->bytes, 1, (size_t)n, k->in) != (size_t)n;
    k->n = k->bad ? 0 : n;
    k->bytes[k->n] = 0;
    return !k->bad;
}

static int64_t number_of(book *k)
{
    int64_t i = 0;
    k->bad |= !str_int((str){k->bytes, k->n}, &i);
    return i;
}

static lxw_format *format_of(book *k, const char *numbers)
{
    lxw_format *f = workbook_add_format(k->to);
    format_set_num_format(f, numbers);
    return f;
}

static void make_formats(book *k)
{
    k->text = format_of(k, "@");            /* stays text when it is edited: codes with leading zeros */
    k->whole = format_of(k, "0");
    k->yuan = format_of(k, "#,##0.00");
    k->day = format_of(k, "yyyy-mm-dd");
    k->time = format_of(k, "yyyy-mm-dd hh:mm:ss");
    k->head = format_of(k, "@");
    format_set_bold(k->head);
    format_set_bottom(k->head, LXW_BORDER_THIN);
    format_set_bg_color(k->head, 0xE8EDF3);
}

/* ---- a sheet --------------------------------------------------------------------------------------- */

/* The sheet is whole: its head stays in sight, its rows can be filtered, its columns are as wide as what stands in them. */
static void end_sheet(book *k)
{
    if (!k->sheet || !k->columns) return;
    worksheet_freeze_panes(k->sheet, 1, 0);
    worksheet_set_landscape(k->sheet); /* printed: as wide as a page, the head on each */
    worksheet_fit_to_pages(k->sheet, 1, 0);
    worksheet_repeat_rows(k->sheet, 0, 0);
    worksheet_autofilter(k->sheet, 0, 0, k->row ? k->row - 1 : 0, (uint16_t)(k->columns - 1));
    for (uint16_t i = 0; i < k->columns; i++) {
        int w = k->width[i] + 2;
        worksheet_set_column(k->sheet, i, i, w < NARROW ? NARROW : w > WIDE ? WIDE : w, NULL);
    }
}

static void begin_sheet(book *k)
{
    end_sheet(k);
    k->sheet = workbook_add_worksheet(k->to, k->bytes);
    k->bad |= !k->sheet;
    k->row = 0, k->column = 0, k->columns = 0;
    memset(k->width, 0, sizeof k->width);
}

static void end_row(book *k)
{
    if (k->column > k->columns) k->columns = k->column;
    k->column = 0;
    k->row++;
}

/* ---- a cell ---------------------------------------------------------------------------------------- */

/* In half-width places: a Chinese character takes two; of several lines the longest counts. */
static int places(str s)
{
    int most = 0, n = 0;
    while (s.n) {
        uint32_t c = str_next_char(&s);
        n = c == '\n' ? 0 : n + (c >= 0x1100 ? 2 : 1);
        if (n > most) most = n;
    }
    return most;
}

static void put_number(book *k, double value, lxw_format *f, int width)
{
    k->bad |= worksheet_write_number(k->sheet, k->row, k->column, value, f) != LXW_NO_ERROR;
    if (width > k->width[k->column]) k->width[k->column] = width;
}

/* The head's little arrow of the filter takes room as well. */
static void put_text(book *k)
{
    bool head = k->row == 0;
    k->bad |= worksheet_write_string(k->sheet, k->row, k->column, k->bytes, head ? k->head : k->text) != LXW_NO_ERROR;
    int width = places((str){k->bytes, k->n}) + (head ? 3 : 0);
    if (width > k->width[k->column]) k->width[k->column] = width;
}

static double serial_of(int64_t day) { return (double)(day - day_of(1899, 12, 30)); }

/* Whole seconds, as the CSV has them. */
static double moment_of(int64_t us)
{
    int64_t day = day_of_time(us), second = us / 1000000 + 8 * 3600 - day * 86400;
    return serial_of(day) + (double)second / 86400;
}

static void put_cell(book *k, char what)
{
    if (!k->sheet || k->column >= COLUMNS) {
        k->bad = true;
        return;
    }
    switch (what) {
    case BOOK_TEXT: put_text(k); break;
    case BOOK_NUMBER: put_number(k, (double)number_of(k), k->whole, (int)k->n); break;
    case BOOK_YUAN: put_number(k, (double)number_of(k) / 100, k->yuan, (int)(k->n + k->n / 3 + 1)); break;
    case BOOK_DAY: put_number(k, serial_of(number_of(k)), k->day, 10); break;
    case BOOK_TIME: put_number(k, moment_of(number_of(k)), k->time, 19); break;
    case BOOK_BOOL: k->bad |= worksheet_write_boolean(k->sheet, k->row, k->column, (int)number_of(k), NULL) != LXW_NO_ERROR; break;
    case BOOK_EMPTY: break;
    default: k->bad = true;
    }
    k->column++;
}

/* ---- the workbook ------------------------------------------------------------------------------------ */

static void take(book *k, char what)
{
    if (what == BOOK_MADE) {
        lxw_doc_properties p = {.created = (time_t)(number_of(k) / 1000000)};
        workbook_set_properties(k->to, &p);
    } else if (what == BOOK_SHEET) {
        begin_sheet(k);
    } else if (what == BOOK_ROW) {
        end_row(k);
    } else {
        put_cell(k, what);
    }
}

static bool send_file(FILE *f)
{
    static char piece[64 << 10];
    size_t n;
    rewind(f);
    while ((n = fread(piece, 1, sizeof piece, f)) > 0)
        if (!child_write((str){piece, (size)n})) return false;
    return !ferror(f);
}

/* In place of the library's own, which makes files in a folder: the child's cage has none that may be written. */
FILE *lxw_tmpfile(char *folder)
{
    (void)folder;
    int fd = memfd_create("book", MFD_CLOEXEC);
    return fd < 0 ? NULL : fdopen(fd, "w+b");
}

static int make(book *k)
{
    FILE *file = lxw_tmpfile(NULL); /* the library wants a name: its descriptor has one */
    if (!file) return CHILD_FAULT;
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    k->to = workbook_new_opt(str_z(k->a, str_fmt(k->a, "/proc/self/fd/%d", fileno(file))), &options);
    if (!k->to) return CHILD_NO_MEMORY;
    make_formats(k);
    for (char what; !k->bad && next_mark(k, &what);) take(k, what);
    end_sheet(k);
    if (k->bad || !k->sheet) return CHILD_BAD_INPUT;
    if (workbook_close(k->to) != LXW_NO_ERROR) return CHILD_FAULT;
    return send_file(file) ? CHILD_DONE : CHILD_FAULT;
}

int book_worker_main(void)
{
    child_limit_self();
    arena a;
    arena_init(&a, CHILD_ARENA, child_no_memory, NULL);
    book k = {.a = &a, .in = stdin, .bytes = new_n(&a, char, BOOK_MARK_MAX + 1)};
    int code = make(&k);
    arena_done(&a);
    _exit(code);
}
