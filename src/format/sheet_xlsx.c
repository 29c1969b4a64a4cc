/* SPDX-License-Identifier: Apache-2.0 */
/* sheet_xlsx.c: the first sheet of a workbook, row by row: libzip unpacks it piece by piece, expat reads the pieces. Limits before
 * everything: what a file of a few kilobytes may unpack to is not its own affair. */
#include <expat.h>
#include <stdio.h>
#include <stdlib.h>
#include <zip.h>

#include "format/csv.h"
#include "format/sheet_parts.h"
#include "format/xml.h"

enum {
    PIECE = 16 << 10,
    PARTS_MAX = 8 << 20,          /* of workbook.xml and its like */
    STRINGS_MAX = 64 << 20,       /* of sharedStrings.xml */
    RATIO_MAX = 200, RATIO_FROM = 16 << 20,
    SEGMENT = 4096,               /* more strings than one piece can end */
    HEAP = 1 << 20,
};
_Static_assert(SEGMENT > PIECE / 5, "<si/> has five bytes");
#define SHEET_MAX ((int64_t)2 << 30)

typedef struct segment { struct segment *next; str at[SEGMENT]; } segment;

struct xlsx_source {
    zip_t *zip;
    zip_file_t *part;
    XML_Parser parser;
    arena *a;
    /* shared strings */
    segment *first, *last, *spare;
    char *heap; size heap_room;   /* for the texts of strings */
    int strings;
    segment **by;                 /* segments by number, once all are there */
    /* the row being read */
    char *text; size text_n;      /* all its cells behind each other */
    struct { size from, n; } cell[SHEET_CELLS];
    int cell_n, at;               /* at: the column of the open cell; -1: none */
    bool in_value, in_row, row_done, over, formula, ended, stopped;
    char type;                    /* of the open cell: s shared, i inline or text, e error, n number */
    const char *wrong;
    int64_t row_number, unpacked;
};

static void close_xlsx(void *of)
{
    struct xlsx_source *s = of;
    if (s->parser) XML_ParserFree(s->parser);
    if (s->part) zip_fclose(s->part);
    if (s->zip) zip_discard(s->zip);
}

static err no_workbook(void) { return err_of(ERR_INPUT, "", N_("This file is no workbook (XLSX) that can be read.")); }
static err bomb(void) { return err_of(ERR_LARGE, "", N_("This workbook unpacks to far more than a table needs; it is not read.")); }

/* ---- parts of the package ----------------------------------------------------------------------------------------------- */

static err open_part(struct xlsx_source *s, const char *name, int64_t most, zip_file_t **out, int64_t *bytes)
{
    zip_stat_t st;
    *out = NULL;
    if (zip_stat(s->zip, name, 0, &st) || !(st.valid & ZIP_STAT_SIZE)) return NO_ERR;
    int64_t packed = st.valid & ZIP_STAT_COMP_SIZE ? (int64_t)st.comp_size : 0;
    if ((int64_t)st.size > most || ((int64_t)st.size > RATIO_FROM && (int64_t)st.size > packed * RATIO_MAX)) return bomb();
    *out = zip_fopen(s->zip, name, 0);
    if (bytes) *bytes = (int64_t)st.size;
    return *out ? NO_ERR : no_workbook();
}

static err read_part(struct xlsx_source *s, const char *name, str *out)
{
    zip_file_t *f;
    int64_t bytes = 0;
    *out = (str){0};
    TRY(open_part(s, name, PARTS_MAX, &f, &bytes));
    if (!f) return NO_ERR;
    char *p = new_n(s->a, char, bytes + 1);
    zip_int64_t n = zip_fread(f, p, (zip_uint64_t)bytes);
    zip_fclose(f);
    if (n < 0) return no_workbook();
    *out = (str){p, (size)n};
    return NO_ERR;
}

/* workbook.xml names the first sheet's relation, workbook.xml.rels where that is. */
static err find_sheet(struct xlsx_source *s, const char **path)
{
    str book, rels;
    xml_node *b, *r;
    *path = "xl/worksheets/sheet1.xml";
    TRY(read_part(s, "xl/workbook.xml", &book));
    TRY(read_part(s, "xl/_rels/workbook.xml.rels", &rels));
    if (!book.n || !rels.n) return no_workbook();
    if (xml_read(s->a, S("workbook.xml"), book, &b).kind || xml_read(s->a, S("workbook.xml.rels"), rels, &r).kind) return no_workbook();
    const xml_node *sheets = xml_child(b, (str){0}, S("sheets")), *sheet = sheets ? xml_child(sheets, (str){0}, S("sheet")) : NULL;
    if (!sheet) return no_workbook();
    str id = {0};
    for (int i = 0; i < sheet->attr_n; i++)
        if (str_eqz(sheet->attrs[i].name, "id") && sheet->attrs[i].ns.n) id = sheet->attrs[i].value;
    for (const xml_node *n = xml_child(r, (str){0}, S("Relationship")); n; n = xml_sibling(n, (str){0}, S("Relationship"))) {
        if (!str_eq(xml_attr_text(n, (str){0}, S("Id")), id)) continue;
        str target = xml_attr_text(n, (str){0}, S("Target"));
        *path = str_z(s->a, str_starts(target, S("/")) ? str_from(target, 1) : str_join(s->a, S("xl/"), target));
    }
    return NO_ERR;
}

/* ---- expat's side: nothing here may take memory that was not reserved ------------------------------------------------------ */

static const char *local(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

static const char *attribute(const char **all, const char *name)
{
    for (; all && *all; all += 2)
        if (!strcmp(*all, name)) return all[1];
    return NULL;
}

static void put(struct xlsx_source *s, const char *p, int n)
{
    if (s->text_n + n > CSV_ROW_MAX) {
        s->over = true;
        return;
    }
    memcpy(s->text + s->text_n, p, (size_t)n);
    s->text_n += n;
}

/* No entity is ever declared in these parts: a document type is an attack. */
static void doctype(void *of, const char *name, const char *system, const char *public, int internal)
{
    struct xlsx_source *s = of;
    (void)name, (void)system, (void)public, (void)internal;
    s->wrong = N_("This workbook holds a document type, which no workbook has; it is not read.");
    XML_StopParser(s->parser, XML_FALSE);
}

static void string_begins(void *of, const char *name, const char **attributes)
{
    struct xlsx_source *s = of;
    (void)attributes;
    if (!strcmp(local(name), "si")) s->text_n = 0;
    s->in_value = !strcmp(local(name), "t");
    if (!strcmp(local(name), "rPh")) s->at = 1; /* how it is pronounced: not its text */
}

static void string_ends(void *of, const char *name)
{
    struct xlsx_source *s = of;
    s->in_value = false;
    if (!strcmp(local(name), "rPh")) s->at = -1;
    if (strcmp(local(name), "si")) return;
    if (s->strings % SEGMENT == 0) {
        segment *g = s->spare;
        s->spare = NULL;
        if (s->last) s->last->next = g;
        else s->first = g;
        s->last = g;
    }
    assert(s->text_n <= s->heap_room);
    memcpy(s->heap, s->text, (size_t)s->text_n);
    s->last->at[s->strings++ % SEGMENT] = (str){s->heap, s->text_n};
    s->heap += s->text_n, s->heap_room -= s->text_n;
}

static void string_text(void *of, const char *p, int n)
{
    struct xlsx_source *s = of;
    if (s->in_value && s->at < 0) put(s, p, n);
}

/* "BC12": the column, from 0; -1 where none is named. */
static int column_of(const char *reference)
{
    int n = 0;
    const char *p = reference;
    for (; p && *p >= 'A' && *p <= 'Z' && n < 100000; p++) n = n * 26 + *p - 'A' + 1;
    return n - 1;
}

static void open_cell(struct xlsx_source *s, const char **attributes)
{
    const char *type = attribute(attributes, "t"), *where = attribute(attributes, "r");
    int at = where ? column_of(where) : s->cell_n;
    s->at = at >= 0 && at < SHEET_CELLS ? at : -1;
    s->type = !type ? 'n' : !strcmp(type, "s") ? 's' : !strcmp(type, "e") ? 'e' : 'i';
    if (s->at < 0) return;
    for (; s->cell_n <= s->at; s->cell_n++) s->cell[s->cell_n].from = s->text_n, s->cell[s->cell_n].n = 0;
    s->cell[s->at].from = s->text_n;
}

static void cell_begins(void *of, const char *name, const char **attributes)
{
    struct xlsx_source *s = of;
    const char *what = local(name), *number = attribute(attributes, "r");
    if (!strcmp(what, "row")) {
        s->in_row = true, s->over = s->formula = false, s->cell_n = 0, s->text_n = 0, s->at = -1;
        s->row_number = number ? strtoll(number, NULL, 10) : s->row_number + 1;
    } else if (s->in_row && !strcmp(what, "c")) {
        open_cell(s, attributes);
    } else if (s->in_row && s->at >= 0) {
        s->in_value = !strcmp(what, "v") || !strcmp(what, "t");
        if (!strcmp(what, "f")) s->formula = true;
    }
}

static void cell_text(void *of, const char *p, int n)
{
    struct xlsx_source *s = of;
    if (s->in_value && s->at >= 0) put(s, p, n);
}

/* A shared string's number becomes its text. */
static void share(struct xlsx_source *s)
{
    int64_t i;
    size from = s->cell[s->at].from;
    if (!str_int((str){s->text + from, s->text_n - from}, &i) || i < 0 || i >= s->strings) {
        s->over = true;
        return;
    }
    s->text_n = from;
    str text = s->by[i / SEGMENT]->at[i % SEGMENT];
    put(s, text.p, (int)text.n);
}

/* Files hold numbers as binary fractions in 16 or 17 digits; people typed and see at most 15: 9.949999999999999 is 9.95. */
static void round_number(struct xlsx_source *s)
{
    enum { DIGITS = 15, MOST = 32 };
    size from = s->cell[s->at].from, n = s->text_n - from;
    char text[MOST], *end;
    if (n <= DIGITS || n >= MOST || !memchr(s->text + from, '.', (size_t)n)) return;
    memcpy(text, s->text + from, (size_t)n);
    text[n] = 0;
    double value = strtod(text, &end);
    if (*end) return;
    s->text_n = from;
    put(s, text, snprintf(text, sizeof text, "%.*g", DIGITS, value));
}

static void cell_ends(void *of, const char *name)
{
    struct xlsx_source *s = of;
    const char *what = local(name);
    if (!strcmp(what, "v") || !strcmp(what, "t")) {
        s->in_value = false;
    } else if (!strcmp(what, "c") && s->at >= 0) {
        if (s->type == 's' && s->text_n > s->cell[s->at].from) share(s);
        if (s->type == 'n') round_number(s);
        s->cell[s->at].n = s->text_n - s->cell[s->at].from;
        if (s->cell[s->at].n > CSV_CELL_MAX) s->over = true;
        s->at = -1;
    } else if (!strcmp(what, "row")) {
        s->in_row = false;
        s->row_done = true;
        XML_StopParser(s->parser, XML_TRUE);
    }
}

static void begin_parsing(struct xlsx_source *s, XML_StartElementHandler begins, XML_EndElementHandler ends, XML_CharacterDataHandler text)
{
    if (s->parser) XML_ParserReset(s->parser, NULL);
    else s->parser = XML_ParserCreate(NULL);
    XML_SetUserData(s->parser, s);
    XML_SetElementHandler(s->parser, begins, ends);
    XML_SetCharacterDataHandler(s->parser, text);
    XML_SetStartDoctypeDeclHandler(s->parser, doctype);
    s->at = -1;
    s->in_value = false;
    s->text_n = 0;
}

/* ---- reading ----------------------------------------------------------------------------------------------------------------- */

/* What the strings that end in one more piece may take: the text of the open one and the piece, which UTF-16 makes longer by half. */
static void make_room(struct xlsx_source *s)
{
    size need = s->text_n + 2 * PIECE;
    if (!s->spare) s->spare = new(s->a, segment);
    if (s->heap_room >= need) return;
    s->heap_room = need > HEAP ? need : HEAP;
    s->heap = new_n(s->a, char, s->heap_room);
}

/* One piece of the open part to expat; *more false at its end. */
static err feed(struct xlsx_source *s, int64_t most, bool *more)
{
    char *piece = XML_GetBuffer(s->parser, PIECE);
    if (!piece) return err_of(ERR_BUSY, "", N_("There is no memory for this now. Try again in a moment."));
    zip_int64_t n = zip_fread(s->part, piece, PIECE);
    if (n < 0) return err_of(ERR_INPUT, "", N_("The workbook is cut off or damaged here; what came before was read."));
    s->unpacked += n;
    if (s->unpacked > most) return bomb();
    enum XML_Status status = XML_ParseBuffer(s->parser, (int)n, n == 0);
    s->stopped = status == XML_STATUS_SUSPENDED;
    *more = n > 0;
    if (s->wrong) return err_of(ERR_INPUT, "", s->wrong);
    return status == XML_STATUS_ERROR ? err_of(ERR_INPUT, "", N_("The workbook is cut off or damaged here; what came before was read.")) : NO_ERR;
}

static err read_strings(struct xlsx_source *s)
{
    bool more = true;
    TRY(open_part(s, "xl/sharedStrings.xml", STRINGS_MAX, &s->part, NULL));
    if (!s->part) return NO_ERR; /* a sheet of numbers and inline texts needs none */
    begin_parsing(s, string_begins, string_ends, string_text);
    while (more) {
        make_room(s);
        TRY(feed(s, STRINGS_MAX, &more));
    }
    zip_fclose(s->part);
    s->part = NULL;
    s->unpacked = 0;
    s->by = new_n(s->a, segment *, s->strings / SEGMENT + 1);
    int i = 0;
    for (segment *g = s->first; g; g = g->next) s->by[i++] = g;
    return NO_ERR;
}

err sheet_open_xlsx(arena *a, const char *path, sheet_reader *r)
{
    struct xlsx_source *s = new(a, struct xlsx_source);
    const char *sheet;
    int code;
    *s = (struct xlsx_source){.a = a, .text = new_n(a, char, CSV_ROW_MAX), .at = -1};
    arena_cleanup(a, close_xlsx, s);
    s->zip = zip_open(path, ZIP_RDONLY, &code);
    if (!s->zip) return no_workbook();
    TRY(find_sheet(s, &sheet));
    TRY(read_strings(s));
    TRY(open_part(s, sheet, SHEET_MAX, &s->part, &r->size));
    if (!s->part) return no_workbook();
    begin_parsing(s, cell_begins, cell_ends, cell_text);
    r->xlsx = s;
    return NO_ERR;
}

/* Until a row is whole or the sheet ends. */
static err read_on(struct xlsx_source *s)
{
    bool more = true;
    s->row_done = false;
    if (s->stopped) {
        enum XML_Status status = XML_ResumeParser(s->parser);
        s->stopped = status == XML_STATUS_SUSPENDED;
        if (s->row_done) return NO_ERR;
        if (status == XML_STATUS_ERROR) return err_of(ERR_INPUT, "", N_("The workbook is cut off or damaged here; what came before was read."));
    }
    while (!s->row_done && !s->ended) {
        TRY(feed(s, SHEET_MAX, &more));
        s->ended = !more;
    }
    return NO_ERR;
}

static bool is_blank(const struct xlsx_source *s)
{
    for (int i = 0; i < s->cell_n; i++)
        if (s->cell[i].n) return false;
    return true;
}

err sheet_row_xlsx(sheet_reader *r, arena *a, str *cells, int *n)
{
    struct xlsx_source *s = r->xlsx;
    *n = 0;
    do {
        if (s->ended && !s->stopped) return NO_ERR;
        err e = read_on(s);
        if (e.kind) {
            s->ended = true, s->stopped = false;
            r->line = s->row_number + 1, r->raw = (str){0};
            return e;
        }
        if (!s->row_done) return NO_ERR;
    } while (is_blank(s) && !s->over);
    r->line = s->row_number;
    r->bytes = s->unpacked;
    buf raw = buf_new(a, s->text_n + s->cell_n + 16);
    for (int i = 0; i < s->cell_n; i++) {
        cells[i] = (str){s->text + s->cell[i].from, s->cell[i].n};
        if (i) buf_byte(&raw, ',');
        csv_text(&raw, cells[i]);
    }
    r->raw = buf_str(&raw);
    *n = s->cell_n;
    str line = str_fmt(a, "%lld", (long long)r->line);
    if (s->over) return err_with(ERR_INPUT, "", N_("Line {0}: the row or one of its cells is too long, or names a text that is not there."), line, (str){0}, (str){0});
    if (s->formula) return err_with(ERR_INPUT, "", N_("Line {0}: a cell is a formula; only plain values are read."), line, (str){0}, (str){0});
    return NO_ERR;
}
