/* SPDX-License-Identifier: Apache-2.0 */
/* import.c: a file's rows into the register, part by part; each part is one act, so that a killed import goes on behind the last.
 *
 * The record holds of a part how many rows were taken and their hash; the rows themselves stand beside it, as the bytes of
 * documents do. When the act is done again from the record it comes without rows, and what it counted then is what it says. */
#include "room/registration/import.h"

#include <pthread.h>
#include <stdlib.h>

#include "format/hash.h"
#include "gen/room/registration/import_sql.h"
#include "room/registration/rules.h"

enum {
    PART = 40000,                 /* rows of one act: the fewer parts, the less often each page of the index is written */
    PART_BYTES = 14 << 20,
    BEGINNING = 64 << 10,
    HEADER_ROWS = 5,
    PART_MEMORY = 256 << 20,
};

SHAPE(registration_import, FIELD(registration_import, id, F_ID), FIELD(registration_import, file_name, F_TEXT), FIELD(registration_import, sha256, F_TEXT),
      FIELD(registration_import, state, F_TEXT), FIELD(registration_import, reason, F_TEXT), FIELD(registration_import, done_bytes, F_INT),
      FIELD(registration_import, all_bytes, F_INT), FIELD(registration_import, read, F_INT), FIELD(registration_import, imported, F_INT),
      FIELD(registration_import, updated, F_INT), FIELD(registration_import, unchanged, F_INT), FIELD(registration_import, rejected, F_INT),
      FIELD(registration_import, technology, F_INT), FIELD(registration_import, document, F_FILE), FIELD(registration_import, begun_at, F_TIME),
      FIELD(registration_import, begun_by, F_ID), FIELD(registration_import, ended_at, F_TIME));

/* ---- which firms this file has named already: a bit for each of the register, which has no gaps ------------------------------ */

typedef struct bits { arena *a; uint8_t *p; int64_t n; } bits; /* n: bytes */

static bool set_bit(bits *b, int64_t at)
{
    if (at / 8 >= b->n) {
        int64_t n = at / 8 * 2 + (1 << 16);
        uint8_t *p = new_n(b->a, uint8_t, n);
        if (b->n) memcpy(p, b->p, (size_t)b->n);
        b->p = p, b->n = n;
    }
    uint8_t mask = (uint8_t)(1u << (at % 8)), *byte = &b->p[at / 8];
    bool was = *byte & mask;
    *byte |= mask;
    return was;
}

/* ---- acts ----------------------------------------------------------------------------------------------------------------- */

static const field new_fields[] = {
    FIELD(import_new, file_name, F_TEXT), FIELD(import_new, beginning, F_TEXT), FIELD(import_new, header, F_LINES),
    FIELD(import_new, all_bytes, F_INT), FIELD(import_new, document, F_FILE), FIELD(import_new, id, F_ID, .flags = F_RESULT),
};
static const shape import_new_shape = {"import_new", new_fields, countof(new_fields), sizeof(import_new)};

static err begin(ctx *c, void *in)
{
    import_new *n = in;
    TRY(store_next_id(c, S("registration_import"), &n->id));
    return store_run(c, &import_begin_it, NULL, ARGS(n->id, n->file_name, n->beginning, n->header, n->all_bytes, n->document, c->now, c->who.person));
}
const action import_begin = {"registration_import_begin", &import_new_shape, begin, 0};

/* A row as it was read; `reason` why it cannot be taken. */
typedef struct feed_line { firm f; mark m; int64_t line, fingerprint; str raw, reason; } feed_line;

/* What the record holds of a part; beside it, and not in a replay, its rows. */
typedef struct import_rows {
    int64_t import, done_bytes, read, imported, updated, unchanged, rejected, technology;
    str sha256;
    const feed_line *lines; int n; /* beside the record */
    bits *seen;
    bool expects_known;            /* the row before was known */
} import_rows;
SHAPE(import_rows, FIELD(import_rows, import, F_ID), FIELD(import_rows, done_bytes, F_INT), FIELD(import_rows, read, F_INT), FIELD(import_rows, imported, F_INT),
      FIELD(import_rows, updated, F_INT), FIELD(import_rows, unchanged, F_INT), FIELD(import_rows, rejected, F_INT), FIELD(import_rows, technology, F_INT),
      FIELD(import_rows, sha256, F_TEXT));

typedef struct known { int64_t id, fingerprint; bool is_technology; } known;
SHAPE(known, FIELD(known, id, F_ID), FIELD(known, fingerprint, F_INT), FIELD(known, is_technology, F_BOOL));

static err reject(ctx *c, import_rows *p, const feed_line *l, str reason)
{
    p->rejected++;
    return store_run(c, &import_add_reject, NULL, ARGS(p->import, l->line, arg_blob(l->raw), reason));
}

/* `added` 0: its code is there already. */
static err add(ctx *c, import_rows *p, const feed_line *l, int64_t id, int64_t *added)
{
    const firm *f = &l->f;
    return store_run(c, &import_add_firm, added,
                     ARGS(id, f->uscc, f->name, f->established_day, f->kind, f->capital, f->district, f->authority, f->industry, f->scope,
                          (int64_t)f->is_branch, l->fingerprint, l->m.class, l->m.score, l->m.words, p->import, c->today));
}

static err change(ctx *c, import_rows *p, const feed_line *l, int64_t id)
{
    const firm *f = &l->f;
    p->updated++;
    p->technology += l->m.class.n > 0;
    return store_run(c, &import_change_firm, NULL,
                     ARGS(id, f->name, f->established_day, f->kind, f->capital, f->district, f->authority, f->industry, f->scope,
                          (int64_t)f->is_branch, l->fingerprint, l->m.class, l->m.score, l->m.words, p->import, c->today));
}

static err take_known(ctx *c, import_rows *p, const feed_line *l, const known *k)
{
    if (set_bit(p->seen, k->id))
        return reject(c, p, l, err_text(c->a, err_with(ERR_INPUT, "uscc", "", l->f.uscc, (str){0}, (str){0}),
                                        tr(c->lang, N_("The code {0} stands in an earlier row of this file already."))));
    if (k->fingerprint != l->fingerprint) return change(c, p, l, k->id);
    p->unchanged++;
    p->technology += k->is_technology;
    return NO_ERR;
}

/* A row is tried as the one before it was: new ones are added without asking, known ones asked for first. */
static err take(ctx *c, import_rows *p, const feed_line *l, int64_t *last_id)
{
    known k;
    bool found = false;
    int64_t added = 0;
    if (l->reason.n) return reject(c, p, l, l->reason);
    if (p->expects_known) TRY(store_find(c, &import_known, &known_shape, &k, &found, ARGS(l->f.uscc)));
    if (!found) TRY(add(c, p, l, *last_id + 1, &added));
    if (!found && !added) TRY(store_row(c, &import_known, &known_shape, &k, ARGS(l->f.uscc)));
    p->expects_known = !added;
    if (!added) return take_known(c, p, l, &k);
    p->imported++;
    p->technology += l->m.class.n > 0;
    set_bit(p->seen, ++*last_id);
    return NO_ERR;
}

static int by_code(const void *x, const void *y)
{
    const feed_line *a = *(const feed_line *const *)x, *b = *(const feed_line *const *)y;
    int order = str_compare(a->f.uscc, b->f.uscc);
    return order ? order : (a->line > b->line) - (a->line < b->line);
}

/* In the order of the codes, so that each page of their index is gone to once; of two rows of one firm the earlier comes first. */
static err take_all(ctx *c, import_rows *p)
{
    int64_t last_id;
    const feed_line **all = new_n(c->a, const feed_line *, p->n);
    for (int i = 0; i < p->n; i++) all[i] = &p->lines[i];
    qsort(all, (size_t)p->n, sizeof *all, by_code);
    TRY(store_int(c, &import_last_id, &last_id, NO_ARGS));
    for (int i = 0; i < p->n; i++) TRY(take(c, p, all[i], &last_id));
    return NO_ERR;
}

static err part(ctx *c, void *in)
{
    import_rows *p = in;
    int64_t running;
    if (p->lines) TRY(take_all(c, p));
    TRY(store_run(c, &import_go_on, &running, ARGS(p->import, p->sha256, p->done_bytes, p->read, p->imported, p->updated, p->unchanged, p->rejected, p->technology)));
    return running ? NO_ERR : err_of(ERR_CONFLICT, "", N_("This import was cancelled; what was read before stays."));
}
const action import_part = {"registration_import_part", &import_rows_shape, part, 0};

static const field end_fields[] = {FIELD(import_end, id, F_ID), FIELD(import_end, state, F_TEXT), FIELD(import_end, reason, F_LINES)};
const shape import_end_shape = {"import_end", end_fields, countof(end_fields), sizeof(import_end)};

static err finish(ctx *c, void *in)
{
    import_end *e = in;
    int64_t running;
    TRY(store_run(c, &import_end_it, &running, ARGS(e->id, e->state, e->reason, c->now)));
    return running ? NO_ERR : err_of(ERR_CONFLICT, "", N_("This import has ended already."));
}
const action import_finish = {"registration_import_end", &import_end_shape, finish, 0};

/* ---- reading ---------------------------------------------------------------------------------------------------------------- */

typedef struct reading {
    ctx *c;                       /* of the whole import */
    const import_source *from;
    sheet_reader *sheet;
    feed columns;
    const screening *rules;
    registration_import *it;
    bits seen;
    int64_t rows;                 /* read in this run */
} reading;

/* A part: its rows, in an arena of its own. */
typedef struct slot {
    reading *r;
    arena a;
    feed_line *lines;             /* PART of them */
    import_rows rows;
    str before;                   /* the hash of all parts before */
    bool end;                     /* nothing comes after it */
    err bad;                      /* why nothing more can be read */
} slot;

/* Why a row is refused, in the words of whoever imports; its line stands beside it. */
static str reason_of(ctx *c, err e) { return err_text(c->a, e, tr(c->lang, e.text)); }

/* A cell is borrowed until the next row; where it is a piece of the row as it stood, it is one of the row's copy too. */
static str keep(arena *a, str cell, str raw, str copy)
{
    uintptr_t p = (uintptr_t)cell.p, from = (uintptr_t)raw.p;
    if (p >= from && p + (size_t)cell.n <= from + (size_t)raw.n) return (str){copy.p + (p - from), cell.n};
    return str_dup(a, cell);
}

static void keep_firm(arena *a, firm *f, str raw, str copy)
{
    str *all[] = {&f->uscc, &f->name, &f->kind, &f->capital, &f->district, &f->authority, &f->industry, &f->scope};
    for (int i = 0; i < countof(all); i++) *all[i] = keep(a, *all[i], raw, copy);
}

/* The next row into *l; *end after the last. A row that cannot be taken is a row too; any other error ends the import. */
static err read_line(reading *r, ctx *c, feed_line *l, sha256_run *h, bool *end)
{
    str cells[SHEET_CELLS];
    int n;
    *l = (feed_line){0};
    err e = sheet_row(r->sheet, c->a, cells, &n);
    *end = !e.kind && !n;
    if (*end || (e.kind && e.kind != ERR_INPUT)) return e;
    str raw = sheet_raw(r->sheet);
    l->line = sheet_line(r->sheet);
    sha256_add(h, raw);
    sha256_add(h, S("\n"));
    l->raw = str_dup(c->a, raw);
    if (!e.kind) e = feed_row(c->a, r->sheet, &r->columns, cells, n, &l->f);
    if (e.kind) return l->reason = reason_of(c, e), NO_ERR;
    keep_firm(c->a, &l->f, raw, l->raw);
    l->fingerprint = feed_fingerprint(&l->f);
    screening_ask(c->a, r->rules, &(screened){l->f.name, l->f.scope, l->f.industry}, &l->m);
    return NO_ERR;
}

/* The next rows, and the hash of all before with them. What a part may take is bounded in rows and in bytes. */
static err read_part(reading *r, slot *t, str before)
{
    uint8_t hash[SHA256_BYTES];
    ctx c = *r->c;
    c.a = &t->a;
    sha256_run *h = sha256_begin(c.a);
    import_rows *p = &t->rows;
    size bytes = 0;
    err e = NO_ERR;
    *p = (import_rows){.import = r->it->id, .lines = t->lines, .seen = &r->seen};
    sha256_add(h, before);
    while (p->n < PART && bytes < PART_BYTES) {
        e = read_line(r, &c, &t->lines[p->n], h, &t->end);
        if (e.kind || t->end) break;
        bytes += t->lines[p->n++].raw.n;
    }
    sha256_end(h, hash);
    p->read = p->n;
    p->done_bytes = sheet_bytes(r->sheet);
    p->sha256 = hex_text(c.a, hash, sizeof hash);
    return e;
}

/* A part that was taken before the process was killed: only which firms it named is of interest. */
static err see_again(reading *r, ctx *c, const import_rows *p)
{
    for (int i = 0; i < p->n; i++) {
        known k;
        bool found;
        if (p->lines[i].reason.n) continue;
        TRY(store_find(c, &import_known, &known_shape, &k, &found, ARGS(p->lines[i].f.uscc)));
        if (found) set_bit(&r->seen, k.id);
    }
    return NO_ERR;
}

static void count_part(registration_import *it, const import_rows *p)
{
    it->read += p->read, it->imported += p->imported, it->updated += p->updated, it->unchanged += p->unchanged;
    it->rejected += p->rejected, it->technology += p->technology;
    it->done_bytes = p->done_bytes;
}

static err changed_meanwhile(void)
{
    return err_of(ERR_CONFLICT, "", N_("This file is not the one whose import was broken off: it was changed meanwhile. What was read before stays; import it again."));
}

/* Into the register, unless it was there before the process was killed. */
static err take_part(reading *r, slot *t)
{
    ctx c = *r->c;
    c.a = &t->a;
    r->rows += t->rows.n;
    bool again = r->rows <= r->it->read;
    if (!t->rows.n) return NO_ERR;
    if (!again) {
        TRY(store_act(&c, &import_part, &t->rows));
        count_part(r->it, &t->rows);
        return NO_ERR;
    }
    TRY(see_again(r, &c, &t->rows));
    return r->rows < r->it->read || str_eq(r->it->sha256, t->rows.sha256) ? NO_ERR : changed_meanwhile();
}

/* ---- two parts at once: one is read while the other is written ------------------------------------------------------------------ */

static void slot_begin(reading *r, slot *t)
{
    t->r = r;
    t->lines = new_n(r->c->a, feed_line, PART);
    arena_init(&t->a, PART_MEMORY, NULL, NULL);
}

/* Its arena begins anew, so that a long file takes no more memory than a short one. */
static void read_into(slot *t, str before)
{
    char hash[65] = "";
    if (before.n) memcpy(hash, before.p, (size_t)before.n); /* it may lie in this very arena */
    arena_done(&t->a);
    arena_init(&t->a, PART_MEMORY, NULL, NULL);
    t->bad = read_part(t->r, t, str_of(hash));
}

static void *read_beside(void *of)
{
    slot *t = of;
    read_into(t, t->before);
    return NULL;
}

/* The part in `now` is taken while `next` is read. */
static err take_and_read(reading *r, slot *now, slot *next)
{
    pthread_t thread;
    next->before = now->rows.sha256;
    bool beside = !now->end && !now->bad.kind && !pthread_create(&thread, NULL, read_beside, next);
    err e = take_part(r, now);
    if (beside) pthread_join(thread, NULL);
    else if (!e.kind && !now->end && !now->bad.kind) read_into(next, next->before);
    return e.kind ? e : now->bad;
}

static err do_parts(reading *r, slot two[2], bool *whole)
{
    *whole = false;
    read_into(&two[0], (str){0});
    for (int i = 0;; i ^= 1) {
        TRY(take_and_read(r, &two[i], &two[i ^ 1]));
        *whole = two[i].end;
        if (*whole || (r->from->told && !r->from->told(r->from->what, r->it))) return NO_ERR;
    }
}

/* ---- beginning and end ------------------------------------------------------------------------------------------------------------ */

/* Some exports have a title above their headers; what is wrong is said of the first row. */
static err read_header(reading *r, str *raw)
{
    str cells[SHEET_CELLS];
    int n;
    err first = NO_ERR;
    for (int i = 0; i < HEADER_ROWS; i++) {
        TRY(sheet_row(r->sheet, r->c->a, cells, &n));
        if (!n) break;
        *raw = str_dup(r->c->a, sheet_raw(r->sheet));
        err e = feed_headers(cells, n, &r->columns);
        if (!e.kind) return NO_ERR;
        if (!first.kind) first = e;
    }
    return first.kind ? first : err_of(ERR_INPUT, "file", N_("The file is empty."));
}

static err find_or_begin(reading *r, str header)
{
    str beginning;
    bool found;
    TRY(sheet_beginning(r->c->a, r->from->path, BEGINNING, &beginning));
    import_new n = {.file_name = r->from->file_name, .beginning = sha256_hex(r->c->a, beginning), .header = header,
                    .all_bytes = sheet_size(r->sheet), .document = r->from->document};
    TRY(store_find(r->c, &import_unfinished, &registration_import_shape, r->it, &found, ARGS(n.beginning, n.all_bytes, n.document)));
    if (found) return NO_ERR;
    TRY(store_act(r->c, &import_begin, &n));
    return store_row(r->c, &import_row, &registration_import_shape, r->it, ARGS(n.id));
}

static err keep_words(arena *a, err e)
{
    for (int i = 0; i < countof(e.arg); i++) e.arg[i] = str_dup(a, e.arg[i]);
    return e;
}

static err end_as(reading *r, const char *state, str reason)
{
    import_end done = {r->it->id, str_of(state), reason};
    TRY(store_act(r->c, &import_finish, &done));
    return store_row(r->c, &import_row, &registration_import_shape, r->it, ARGS(done.id));
}

static err open_reading(ctx *c, const import_source *from, registration_import *out, reading *r)
{
    str header;
    *r = (reading){.c = c, .from = from, .it = out, .seen = {.a = c->a}};
    TRY(sheet_open(c->a, from->path, &r->sheet));
    TRY(read_header(r, &header));
    return find_or_begin(r, header);
}

err registration_begin(ctx *c, const import_source *from, registration_import *out)
{
    reading r;
    return open_reading(c, from, out, &r);
}

err registration_read(ctx *c, const import_source *from, registration_import *out)
{
    bool whole;
    slot two[2] = {0};
    reading r;
    TRY(open_reading(c, from, out, &r));
    TRY(rules_ready(c, &r.rules));
    for (int i = 0; i < 2; i++) slot_begin(&r, &two[i]);
    err e = keep_words(c->a, do_parts(&r, two, &whole));
    for (int i = 0; i < 2; i++) arena_done(&two[i].a);
    bool final = e.kind == ERR_INPUT || e.kind == ERR_LARGE || e.kind == ERR_CONFLICT;
    if (e.kind) {
        if (final && str_eqz(out->state, "running")) (void)!end_as(&r, "failed", reason_of(c, e)).kind;
        return e;
    }
    return whole ? end_as(&r, "done", (str){0}) : NO_ERR;
}
