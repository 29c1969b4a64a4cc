/* SPDX-License-Identifier: Apache-2.0 */
/* import.c: a file's rows into the register: chunk by chunk, each chunk one act with its rows, its refusals and how far it came, so that
 * a killed import goes on where it stands. The record has each chunk's hash; the rows themselves are the registry's, not ours to keep twice. */
#include <stdio.h>
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

enum { CHUNK_ROWS = 20000, CHUNK_BYTES = 24 << 20, HEADER_ROWS = 5 };

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

static err add_firm(ctx *c, chunk *k, const chunk_row *r, int64_t fingerprint, int64_t *next)
{
    const firm *f = &r->f;
    k->imported++;
    k->technology += r->m.class.n > 0;
    return store_run(c, &registration_add_firm, NULL,
                     ARGS((*next)++, f->uscc, f->name, f->established_day, f->kind, capital_of(c->a, f), f->district, f->authority, f->industry, f->scope, f->is_branch,
                          fingerprint, r->m.class, r->m.score, r->m.words, k->import, c->today));
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
    bool found;
    if (r->reason.n) {
        k->rejected++;
        return store_run(c, &registration_reject_add, NULL, ARGS(k->import, r->line, r->raw, r->reason));
    }
    int64_t fingerprint = feed_fingerprint(&r->f);
    TRY(store_find(c, &registration_known, &known_firm_shape, &had, &found, ARGS(r->f.uscc)));
    return found ? change_firm(c, k, r, &had, fingerprint) : add_firm(c, k, r, fingerprint, next);
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
    for (int i = 0; i < k->n; i++) TRY(take_row(c, k, &k->rows[i], &next));
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

typedef struct {
    ctx *c;
    sheet_reader *r;
    feed columns;
    const screening *rules;
    registration_import now;
    arena file, rows, codes;      /* the reader; a chunk; the codes seen */
    seen_set seen;
    chunk_row *row;
    int n;
    size bytes;                   /* of the chunk's texts */
    sha256_run *hash;
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
    arena *a = &g->rows;
    if (!bad.kind) bad = feed_row(a, g->r, &g->columns, cells, n, &r.f);
    if (!bad.kind && !first_of(&g->seen, &g->codes, r.f.uscc)) bad = err_of(ERR_INPUT, "uscc", N_("This code stands in an earlier row of the file already."));
    if (r.line <= g->passed) return;
    str raw = sheet_raw(g->r);
    sha256_add(g->hash, raw);
    g->bytes += raw.n + 200;
    if (bad.kind) {
        r.raw = readable(a, raw), r.reason = str_dup(a, err_text(a, bad, tr(g->c->lang, bad.text)));
    } else {
        copy_firm(a, &r.f);
        r.m = screening_ask(a, g->rules, r.f.name, r.f.scope, r.f.industry);
    }
    g->row[g->n++] = r;
}

static void begin_chunk(reading *g)
{
    arena_done(&g->rows);
    arena_init(&g->rows, (size)192 << 20, g->c->a->oom, g->c->a->owner);
    g->row = new_n(&g->rows, chunk_row, CHUNK_ROWS);
    g->n = 0;
    g->bytes = 0;
    g->hash = sha256_begin(&g->rows);
}

static err commit_chunk(reading *g)
{
    chunk k = {.import = g->now.id, .rows = g->row, .n = g->n, .bytes = sheet_bytes(g->r)};
    if (!g->n) return NO_ERR;
    k.from_line = g->row[0].line, k.to_line = g->row[g->n - 1].line;
    uint8_t hash[SHA256_BYTES];
    sha256_end(g->hash, hash);
    k.sha256 = hex_text(&g->rows, hash, sizeof hash);
    TRY(store_act(g->c, &registration_take, &k));
    g->now.read += k.read, g->now.imported += k.imported, g->now.updated += k.updated, g->now.unchanged += k.unchanged;
    g->now.rejected += k.rejected, g->now.technology += k.technology, g->now.done_line = k.to_line, g->now.done_bytes = k.bytes;
    return NO_ERR;
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

static err read_all(reading *g, import_told told, void *what)
{
    str cells[SHEET_CELLS];
    for (bool more = true; more;) {
        begin_chunk(g);
        while (more && g->n < CHUNK_ROWS && g->bytes < CHUNK_BYTES) {
            int n = 0;
            err e = sheet_row(g->r, &g->rows, cells, &n);
            if (e.kind && e.kind != ERR_INPUT) return e;
            more = e.kind || n;
            if (more) note_row(g, e, cells, n);
        }
        TRY(commit_chunk(g));
        if (told && !told(what, &g->now)) return err_of(ERR_CONFLICT, "", N_("This import was cancelled."));
    }
    return NO_ERR;
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
    reading g = {.c = c};
    err e = begin_reading(&g, path);
    if (!e.kind) e = find_or_begin(&g, path, file_name, document);
    if (!e.kind) e = finish(&g, read_all(&g, told, what));
    for (int i = 0; i < countof(e.arg); i++) e.arg[i] = str_dup(c->a, e.arg[i]);
    *out = g.now;
    out->file_name = str_dup(c->a, g.now.file_name), out->state = str_dup(c->a, g.now.state), out->reason = str_dup(c->a, g.now.reason);
    arena_done(&g.rows);
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
