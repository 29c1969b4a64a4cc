/* SPDX-License-Identifier: Apache-2.0 */
/* compare.c: two stores side by side, table by table, of whatever engines: each row as a short hash, sorted. */
#include <stdlib.h>

#include "format/hash.h"
#include "store/engine.h"

/* What no act of the record makes, or makes with random numbers; the rows of registration stand beside it, as files do. */
static bool is_made_by_acts(str table)
{
    static const char *const not_made_by_acts[] = {
        "audit_entry", "audit_private", "audit_tree", "session", "sign_in_try", "message",
        "store_once", "api_token", "blob", "blob_chunk", "upload", "upload_chunk", "paper_head",
        "registration", "registration_reject", "access_entry",
    };
    for (int i = 0; i < countof(not_made_by_acts); i++)
        if (str_eqz(table, not_made_by_acts[i])) return false;
    return true;
}

/* ---- one table ------------------------------------------------------------------------------------ */

typedef struct { row_taker t; arena *a; buf row, hashes; } digests;

static err take(row_taker *t, const cell *cells, int n)
{
    digests *d = (digests *)t;
    d->row.n = 0;
    for (int i = 0; i < n; i++) {
        buf_fmt(&d->row, "%d:%lld:%lld:", (int)cells[i].kind, (long long)cells[i].i, (long long)cells[i].s.n);
        buf_put(&d->row, cells[i].s);
    }
    uint8_t hash[SHA256_BYTES];
    sha256(buf_str(&d->row), hash);
    buf_put(&d->hashes, (str){(const char *)hash, 8});
    return NO_ERR;
}

static int by_bytes(const void *a, const void *b) { return memcmp(a, b, 8); }

static err hash_rows(struct store_conn *k, arena *a, str table, str *out)
{
    digests d = {{take}, a, buf_new(a, 1024), buf_new(a, 4096)};
    str sql = str_fmt(a, "SELECT * FROM \"" SF "\"", SA(table));
    TRY(k->of->scan(k, a, str_z(a, sql), &d.t));
    qsort(d.hashes.p, (size_t)d.hashes.n / 8, 8, by_bytes);
    *out = buf_str(&d.hashes);
    return NO_ERR;
}

/* How many rows stand in one alone. */
static int64_t differences(str one, str two)
{
    int64_t n = 0;
    while (one.n && two.n) {
        int order = memcmp(one.p, two.p, 8);
        n += order != 0;
        if (order <= 0) one = str_from(one, 8);
        if (order >= 0) two = str_from(two, 8);
    }
    return n + (one.n + two.n) / 8;
}

/* ---- all of them ---------------------------------------------------------------------------------- */

typedef struct { row_taker t; arena *a; buf names; } name_taker;

static err take_name(row_taker *t, const cell *cells, int n)
{
    name_taker *k = (name_taker *)t;
    (void)n;
    buf_put(&k->names, cells[0].s);
    buf_byte(&k->names, ',');
    return NO_ERR;
}

err store_tables(struct store_conn *k, arena *a, str *out)
{
    name_taker t = {{take_name}, a, buf_new(a, 4096)};
    TRY(k->of->scan(k, a, k->of->list_tables, &t.t));
    *out = buf_str(&t.names);
    if (out->n) out->n--;
    return NO_ERR;
}

/* The floor's own tables say what this store is, not what the zone did. */
bool store_table_is_own(str table)
{
    return str_eqz(table, "store_step") || str_eqz(table, "store_meta") || str_eqz(table, "store_change");
}

static err compare_tables(struct store_conn *one, struct store_conn *two, arena *a, bool all, str *different)
{
    str names, table, left, right;
    buf b = buf_new(a, 64);
    TRY(store_tables(one, a, &names));
    while (str_split(&names, ',', &table)) {
        if (store_table_is_own(table) || !(all || is_made_by_acts(table))) continue;
        TRY(hash_rows(one, a, table, &left));
        TRY(hash_rows(two, a, table, &right));
        int64_t n = differences(left, right);
        if (n) buf_fmt(&b, "%s" SF ": %lld rows", b.n ? "; " : "", SA(table), (long long)n);
    }
    *different = buf_str(&b);
    return NO_ERR;
}

static err compare_with(ctx *c, struct store *other, bool all, str *different)
{
    ctx o = *c;
    TRY(store_reader(other, &o.db));
    bool had = c->db->reading;
    err e = store_read_begin(c);
    if (!e.kind) e = store_read_begin(&o);
    if (!e.kind) e = compare_tables(c->db, o.db, c->a, all, different);
    store_read_end(&o);
    if (!had) store_read_end(c);
    store_reader_close(o.db);
    return e;
}

/* The other one is opened as it is: no step is applied and nothing can be written. */
static err compare(ctx *c, const char *other, bool all, str *different)
{
    struct store s = {.of = engine_of(other), .data = other};
    *different = (str){0};
    err e = s.of->open(c->a, &(store_options){.data = other}, &s);
    if (!e.kind) e = compare_with(c, &s, all, different);
    for (int i = 0; i < countof(e.arg); i++) e.arg[i] = str_dup(c->a, e.arg[i]);
    s.of->close(&s);
    return e;
}

err store_compare(ctx *c, const char *other, str *different) { return compare(c, other, false, different); }
err store_compare_all(ctx *c, const char *other, str *different) { return compare(c, other, true, different); }
