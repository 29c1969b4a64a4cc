/* SPDX-License-Identifier: Apache-2.0 */
/* import.c: a file's rows into the register: chunk by chunk, each chunk one act with its rows, its refusals and how far it came, so that
 * a killed import goes on where it stands. The record has each chunk's hash; the rows themselves are the registry's, not ours to keep twice. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "format/csv.h"
#include "format/hash.h"
#include "gen/room/registration/registration_sql.h"
#include "room/registration/registration_parts.h"

SHAPE(registration_import, FIELD(registration_import, id, F_ID), FIELD(registration_import, file_name, F_TEXT), FIELD(registration_import, sha256, F_TEXT),
      FIELD(registration_import, state, F_TEXT), FIELD(registration_import, reason, F_TEXT), FIELD(registration_import, done_line, F_INT),
      FIELD(registration_import, done_bytes, F_INT), FIELD(registration_import, all_bytes, F_INT), FIELD(registration_import, read, F_INT),
      FIELD(registration_import, imported, F_INT), FIELD(registration_import, updated, F_INT), FIELD(registration_import, unchanged, F_INT),
      FIELD(registration_import, rejected, F_INT), FIELD(registration_import, technology, F_INT), FIELD(registration_import, document, F_ID),
      FIELD(registration_import, begun_at, F_TIME), FIELD(registration_import, begun_by, F_ID), FIELD(registration_import, ended_at, F_TIME));

enum { CHUNK_ROWS = 30000, CHUNK_BYTES = 20 << 20, HEADER_ROWS = 5 };

/* ---- beginning and ending: small acts ------------------------------------------------------------------------------------- */

static const field begin_fields[] = {
    FIELD(registration_import, file_name, F_TEXT), FIELD(registration_import, sha256, F_TEXT), FIELD(registration_import, all_bytes, F_INT),
    FIELD(registration_import, document, F_ID), FIELD(registration_import, id, F_ID, .flags = F_RESULT),
};
static const shape begin_shape = {"registration_import", begin_fields, countof(begin_fields), sizeof(registration_import)};

static err begin(ctx *c, void *in)
{
    registration_import *n = in;
    TRY(store_next_id(c, S("registration_import"), &n->id));
    return store_run(c, &registration_import_add, NULL, ARGS(n->id, n->file_name, n->sha256, n->all_bytes, n->document, c->now, c->who.person));
}
const action registration_import_begin = {"registration_import_begin", &begin_shape, begin, 0};

SHAPE(import_end, FIELD(import_end, id, F_ID), FIELD(import_end, state, F_TEXT), FIELD(import_end, reason, F_TEXT));
static err end(ctx *c, void *in)
{
    const import_end *n = in;
    int64_t changed;
    TRY(store_run(c, &registration_import_end_of, &changed, ARGS(n->id, n->state, n->reason, c->now)));
    return changed ? NO_ERR : err_of(ERR_CONFLICT, "", N_("This import has ended already."));
}
const action registration_import_end = {"registration_import_end", &import_end_shape, end, 0};

/* ---- a chunk ---------------------------------------------------------------------------------------------------------------- */

typedef struct chunk_row {
    int64_t line;
    str raw, reason;              /* reason: why it is refused; empty: it is taken */
    firm f;
    mark m;
} chunk_row;

typedef struct chunk {
    int64_t import, from_line, to_line, bytes;
    str sha256;                   /* of the rows as they stand in the file */
    int64_t read, imported, updated, unchanged, rejected, technology;
    const chunk_row *rows; int n; /* not of the record */
} chunk;
static const field chunk_fields[] = {
    FIELD(chunk, import, F_ID), FIELD(chunk, from_line, F_INT), FIELD(chunk, to_line, F_INT), FIELD(chunk, bytes, F_INT), FIELD(chunk, sha256, F_TEXT),
    FIELD(chunk, read, F_INT, .flags = F_RESULT), FIELD(chunk, imported, F_INT, .flags = F_RESULT), FIELD(chunk, updated, F_INT, .flags = F_RESULT),
    FIELD(chunk, unchanged, F_INT, .flags = F_RESULT), FIELD(chunk, rejected, F_INT, .flags = F_RESULT), FIELD(chunk, technology, F_INT, .flags = F_RESULT),
};
static const shape chunk_shape = {"registration_chunk", chunk_fields, countof(chunk_fields), sizeof(chunk)};

typedef struct known_firm { int64_t id, fingerprint, marked_by; str class; } known_firm;
SHAPE(known_firm, FIELD(known_firm, id, F_ID), FIELD(known_firm, fingerprint, F_INT), FIELD(known_firm, marked_by, F_ID), FIELD(known_firm, class, F_TEXT));

static str capital_of(arena *a, const firm *f) { return f->currency.n ? str_fmt(a, SF " " SF, SA(f->capital), SA(f->currency)) : f->capital; }

/* One statement for what most rows of a first import are: a firm that was not there. */
static err add_firm(ctx *c, chunk *k, const chunk_row *r, int64_t fingerprint, int64_t *next, bool *added)
{
    const firm *f = &r->f;
    int64_t changed;
    TRY(store_run(c, &registration_add_firm, &changed,
                     ARGS(*next, f->uscc, f->name, f->established_day, f->kind, capital_of(c->a, f), f->district, f->authority, f->industry, f->scope, f->is_branch,
                          fingerprint, r->m.class, r->m.score, r->m.words, k->import, c->today)));
    *added = changed > 0;
    *next += *added;
    k->imported += *added;
    k->technology += *added && r->m.class.n;
    return NO_ERR;
}

static err change_firm(ctx *c, chunk *k, const chunk_row *r, const known_firm *had, int64_t fingerprint)
{
    const firm *f = &r->f;
    bool is_marked = had->marked_by != 0;
    k->technology += (is_marked ? had->class : r->m.class).n > 0;
    if (had->fingerprint == fingerprint) return k->unchanged++, NO_ERR;
    k->updated++;
    return store_run(c, &registration_change_firm, NULL,
                     ARGS(had->id, f->name, f->established_day, f->kind, capital_of(c->a, f), f->district, f->authority, f->industry, f->scope, f->is_branch, fingerprint,
                          r->m.class, r->m.score, r->m.words, k->import, c->today));
}

static err take_row(ctx *c, chunk *k, const chunk_row *r, int64_t *next)
{
    known_firm had;
    bool added;
    if (r->reason.n) {
        k->rejected++;
        return store_run(c, &registration_reject_add, NULL, ARGS(k->import, r->line, r->raw, r->reason));
    }
    int64_t fingerprint = feed_fingerprint(&r->f);
    TRY(add_firm(c, k, r, fingerprint, next, &added));
    if (added) return NO_ERR;
    TRY(store_row(c, &registration_known, &known_firm_shape, &had, ARGS(r->f.uscc)));
    return change_firm(c, k, r, &had, fingerprint);
}

static int by_code(const void *x, const void *y)
{
    const chunk_row *const *a = x, *const *b = y;
    int c = str_compare((*a)->f.uscc, (*b)->f.uscc);
    return c ? c : ((*a)->line > (*b)->line) - ((*a)->line < (*b)->line);
}

/* In the order of their codes each page of the index is taken up once a chunk, not once a row. */
static const chunk_row **in_order(arena *a, const chunk *k)
{
    const chunk_row **all = new_n(a, const chunk_row *, k->n);
    for (int i = 0; i < k->n; i++) all[i] = &k->rows[i];
    qsort(all, (size_t)k->n, sizeof *all, by_code);
    return all;
}

static err take(ctx *c, void *in)
{
    chunk *k = in;
    int64_t next = 0, changed;
    int good = 0;
    if (!k->rows) return NO_ERR; /* a replay: the rows were never ours to keep */
    k->read = k->imported = k->updated = k->unchanged = k->rejected = k->technology = 0;
    for (int i = 0; i < k->n; i++) good += !k->rows[i].reason.n;
    if (good) TRY(store_next_ids(c, S("registration"), good, &next));
    const chunk_row **all = in_order(c->a, k);
    for (int i = 0; i < k->n; i++) TRY(take_row(c, k, all[i], &next));
    k->read = k->n;
    TRY(store_run(c, &registration_import_went_on, &changed,
                  ARGS(k->import, k->to_line, k->bytes, k->read, k->imported, k->updated, k->unchanged, k->rejected, k->technology)));
    return changed ? NO_ERR : err_of(ERR_CONFLICT, "", N_("This import was cancelled."));
}
const action registration_take = {"registration_take", &chunk_shape, take, 0};

/* ---- codes seen in this file: a second row for a firm is refused, whatever it says ------------------------------------------ */

enum { SEEN_MOST = 16 << 20 };
typedef struct { uint64_t *at; size n, room; } seen_set;

static uint64_t hash_of(str s)
{
    uint64_t h = 14695981039346656037u;
    for (size i = 0; i < s.n; i++) h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
    return h ? h : 1;
}

static bool put_hash(seen_set *s, uint64_t h)
{
    size at = (size)(h % (uint64_t)s->room);
    for (; s->at[at]; at = (at + 1) % s->room)
        if (s->at[at] == h) return false;
    s->at[at] = h;
    s->n++;
    return true;
}

/* Of a code: its first row? The table is made anew, twice as large, in an arena of its own. */
static bool first_of(seen_set *s, arena *own, str code)
{
    if (s->n * 2 >= s->room) {
        arena bigger;
        arena_init(&bigger, (size)SEEN_MOST * 8 + (1 << 20), own->oom, own->owner);
        seen_set more = {.room = s->room * 2};
        more.at = new_n(&bigger, uint64_t, more.room);
        for (size i = 0; i < s->room; i++)
            if (s->at[i]) put_hash(&more, s->at[i]);
        arena_done(own);
        *own = bigger, *s = more;
    }
    return put_hash(s, hash_of(code));
}

/* ---- reading a file ------------------------------------------------------------------------------------------------------------ */

/* Some rows on their way: one batch is read while the one before it is kept, on a thread of its own. */
typedef struct batch {
    arena a;
    ctx at;                       /* the importer's, with this arena */
    chunk_row *row;
    size bytes;                   /* of its texts */
    sha256_run *hash;
    chunk k;
    pthread_t keeper;
    bool keeping;
    err result;
} batch;

typedef struct {
    ctx *c;
    sheet_reader *r;
    feed columns;
    const screening *rules;
    registration_import now;
    arena file, codes;            /* the reader; the codes seen */
    seen_set seen;
    batch two[2], *b;             /* b: the one being read into */
    int64_t passed;               /* lines up to this were taken by an earlier run */
} reading;

static void copy_firm(arena *a, firm *f)
{
    str *const texts[] = {&f->uscc, &f->name, &f->kind, &f->capital, &f->currency, &f->district, &f->authority, &f->industry, &f->scope};
    for (int i = 0; i < countof(texts); i++) *texts[i] = str_dup(a, *texts[i]);
}

/* As much of a refused row as a person needs to find it; what is no text shows as question marks. */
static str readable(arena *a, str raw)
{
    enum { SHOWN = 4000 };
    size n = raw.n < SHOWN ? raw.n : SHOWN;
    while (n < raw.n && n > 0 && ((unsigned char)raw.p[n] & 0xC0) == 0x80) n--;
    str s = str_dup(a, str_head(raw, n));
    if (str_is_text(s)) return s;
    for (size i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80 || (unsigned char)s.p[i] < 0x20) ((char *)(uintptr_t)s.p)[i] = '?';
    return s;
}

/* Refused rows keep their text and reason; the others are screened here, outside the act. */
static void note_row(reading *g, err bad, const str *cells, int n)
{
    chunk_row r = {.line = sheet_line(g->r)};
    arena *a = &g->b->a;
    if (!bad.kind) bad = feed_row(a, g->r, &g->columns, cells, n, &r.f);
    if (!bad.kind && !first_of(&g->seen, &g->codes, r.f.uscc)) bad = err_of(ERR_INPUT, "uscc", N_("This code stands in an earlier row of the file already."));
    if (r.line <= g->passed) return;
    str raw = sheet_raw(g->r);
    sha256_add(g->b->hash, raw);
    g->b->bytes += raw.n + 200;
    if (bad.kind) {
        r.raw = readable(a, raw), r.reason = str_dup(a, err_text(a, bad, tr(g->c->lang, bad.text)));
    } else {
        copy_firm(a, &r.f);
        r.m = screening_ask(a, g->rules, r.f.name, r.f.scope, r.f.industry);
    }
    g->b->row[g->b->k.n++] = r;
}

static void begin_batch(reading *g)
{
    batch *b = g->b;
    arena_done(&b->a);
    arena_init(&b->a, (size)96 << 20, g->c->a->oom, g->c->a->owner);
    b->at = *g->c;
    b->at.a = &b->a;
    b->row = new_n(&b->a, chunk_row, CHUNK_ROWS);
    b->k = (chunk){.import = g->now.id, .rows = b->row};
    b->bytes = 0;
    b->hash = sha256_begin(&b->a);
}

static void *keep(void *of)
{
    batch *b = of;
    b->result = store_act(&b->at, &registration_take, &b->k);
    return NULL;
}

/* Waits for a batch that is being kept, and counts it. */
static err wait_for(reading *g, batch *b)
{
    if (!b->keeping) return NO_ERR;
    pthread_join(b->keeper, NULL);
    b->keeping = false;
    TRY(b->result);
    g->now.read += b->k.read, g->now.imported += b->k.imported, g->now.updated += b->k.updated, g->now.unchanged += b->k.unchanged;
    g->now.rejected += b->k.rejected, g->now.technology += b->k.technology, g->now.done_line = b->k.to_line, g->now.done_bytes = b->k.bytes;
    return NO_ERR;
}

/* The batch that was read goes to its keeper when the one before it is kept: they stand in the store in the file's order. */
static err hand_over(reading *g)
{
    batch *b = g->b, *other = b == &g->two[0] ? &g->two[1] : &g->two[0];
    uint8_t hash[SHA256_BYTES];
    TRY(wait_for(g, other));
    g->b = other;
    if (!b->k.n) return NO_ERR;
    b->k.from_line = b->row[0].line, b->k.to_line = b->row[b->k.n - 1].line, b->k.bytes = sheet_bytes(g->r);
    sha256_end(b->hash, hash);
    b->k.sha256 = hex_text(&b->a, hash, sizeof hash);
    b->keeping = !pthread_create(&b->keeper, NULL, keep, b);
    return b->keeping ? NO_ERR : err_of(ERR_BUSY, "", N_("There is no memory for this now. Try again in a moment."));
}

/* Some exports have a title above their headers. */
static err find_headers(reading *g)
{
    str cells[SHEET_CELLS];
    int n;
    err bad = err_of(ERR_INPUT, "file", N_("The file is empty."));
    for (int i = 0; i < HEADER_ROWS; i++) {
        err e = sheet_row(g->r, &g->file, cells, &n);
        if (e.kind) return e;
        if (!n) return bad;
        err why = feed_headers(cells, n, &g->columns);
        if (!why.kind) return NO_ERR;
        if (i == 0) bad = why;
    }
    return bad;
}

static err read_batch(reading *g, bool *more)
{
    str cells[SHEET_CELLS];
    begin_batch(g);
    while (*more && g->b->k.n < CHUNK_ROWS && g->b->bytes < CHUNK_BYTES) {
        int n = 0;
        err e = sheet_row(g->r, &g->b->a, cells, &n);
        if (e.kind && e.kind != ERR_INPUT) return e;
        *more = e.kind || n;
        if (*more) note_row(g, e, cells, n);
    }
    return NO_ERR;
}

static err read_all(reading *g, import_told told, void *what)
{
    err e = NO_ERR;
    for (bool more = true; more && !e.kind;) {
        e = read_batch(g, &more);
        if (!e.kind) e = hand_over(g);
        if (!e.kind && told && !told(what, &g->now)) e = err_of(ERR_CONFLICT, "", N_("This import was cancelled."));
    }
    for (int i = 0; i < 2; i++) {
        err last = wait_for(g, &g->two[i]);
        if (!e.kind) e = last;
    }
    if (told) told(what, &g->now);
    return e;
}

/* The same file again, cut off half-way, is known by its length, its beginning and its end. */
static err identity_of(arena *a, const char *path, int64_t size_of_file, str *out)
{
    enum { ENDS = 1 << 20 };
    FILE *f = fopen(path, "rb");
    if (!f) return err_of(ERR_MISSING, "", N_("There is no such file."));
    char *p = new_n(a, char, 2 * ENDS);
    size_t n = fread(p, 1, ENDS, f);
    if (size_of_file > 2 * ENDS && !fseek(f, -ENDS, SEEK_END)) n += fread(p + n, 1, ENDS, f);
    fclose(f);
    *out = sha256_hex(a, str_join(a, str_fmt(a, "%lld:", (long long)size_of_file), (str){p, (size)n}));
    return NO_ERR;
}

static err find_or_begin(reading *g, const char *path, str file_name, int64_t document)
{
    str identity;
    bool found;
    TRY(identity_of(&g->file, path, sheet_size(g->r), &identity));
    TRY(store_find(g->c, &registration_import_unfinished, &registration_import_shape, &g->now, &found, ARGS(identity)));
    g->passed = found ? g->now.done_line : 0;
    if (found) return NO_ERR;
    g->now = (registration_import){.file_name = file_name, .sha256 = identity, .all_bytes = sheet_size(g->r), .document = document};
    return store_act(g->c, &registration_import_begin, &g->now);
}

static err finish(reading *g, err how)
{
    bool cancelled = how.kind == ERR_CONFLICT;
    import_end n = {g->now.id, how.kind ? cancelled ? S("cancelled") : S("failed") : S("done"),
                    how.kind ? err_text(g->c->a, how, tr(g->c->lang, how.text)) : S("")};
    g->now.state = n.state, g->now.reason = n.reason;
    err e = store_act(g->c, &registration_import_end, &n);
    if (how.kind) return how;
    return e;
}

static err begin_reading(reading *g, const char *path)
{
    arena_init(&g->file, (size)256 << 20, g->c->a->oom, g->c->a->owner);
    arena_init(&g->codes, (size)SEEN_MOST * 8 + (1 << 20), g->c->a->oom, g->c->a->owner);
    g->seen = (seen_set){.room = 1 << 14};
    g->seen.at = new_n(&g->codes, uint64_t, g->seen.room);
    TRY(screening_rules(&g->file, &g->rules));
    TRY(sheet_open(&g->file, path, &g->r));
    return find_headers(g);
}

err registration_read(ctx *c, const char *path, str file_name, int64_t document, import_told told, void *what, registration_import *out)
{
    reading g = {.c = c, .b = &g.two[0]};
    err e = begin_reading(&g, path);
    if (!e.kind) e = find_or_begin(&g, path, file_name, document);
    if (!e.kind) e = finish(&g, read_all(&g, told, what));
    for (int i = 0; i < countof(e.arg); i++) e.arg[i] = str_dup(c->a, e.arg[i]);
    *out = g.now;
    out->file_name = str_dup(c->a, g.now.file_name), out->state = str_dup(c->a, g.now.state), out->reason = str_dup(c->a, g.now.reason);
    arena_done(&g.two[0].a);
    arena_done(&g.two[1].a);
    arena_done(&g.codes);
    arena_done(&g.file);
    return e;
}

/* ---- what was refused ------------------------------------------------------------------------------------------------------------ */

typedef struct refused { int64_t line; str raw, reason; } refused;
SHAPE(refused, FIELD(refused, line, F_INT), FIELD(refused, raw, F_LINES), FIELD(refused, reason, F_LINES));

static err write_all(int fd, str s)
{
    while (s.n) {
        ssize_t n = write(fd, s.p, (size_t)s.n);
        if (n <= 0) return err_of(ERR_FAULT, "", N_("The file of rejected rows cannot be written."));
        s = str_from(s, n);
    }
    return NO_ERR;
}

err registration_rejects(ctx *c, int64_t import, int fd)
{
    list some = {0};
    int64_t after = -1;
    buf head = buf_new(c->a, 128);
    csv_begin(&head);
    buf_put(&head, tr(c->lang, N_("Line,Row,Reason")));
    csv_end_row(&head);
    TRY(write_all(fd, buf_str(&head)));
    do {
        arena page;
        arena_init(&page, 64 << 20, c->a->oom, c->a->owner);
        ctx at = *c;
        at.a = &page;
        err e = store_list(&at, &registration_rejects_after, &refused_shape, &some, ARGS(import, after));
        buf b = buf_new(&page, 64 << 10);
        for (int i = 0; !e.kind && i < some.n; i++) {
            const refused *r = (const refused *)some.items + i;
            buf_fmt(&b, "%lld,", (long long)r->line);
            csv_text(&b, r->raw);
            csv_comma(&b);
            csv_text(&b, r->reason);
            csv_end_row(&b);
            after = r->line;
        }
        if (!e.kind) e = write_all(fd, buf_str(&b));
        for (int i = 0; i < countof(e.arg); i++) e.arg[i] = str_dup(c->a, e.arg[i]);
        arena_done(&page);
        TRY(e);
    } while (some.n);
    return NO_ERR;
}
