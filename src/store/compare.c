/* SPDX-License-Identifier: Apache-2.0 */
/* compare.c: two stores side by side, table by table. */
#include "store/sqlite.h"

/* What no act of the record makes, or makes with random numbers; the rows of registration stand beside it, as files do. */
static bool is_compared(str table)
{
    static const char *const not_made_by_acts[] = {
        "audit_entry", "audit_private", "audit_tree", "session", "sign_in_try", "message",
        "store_once", "store_step", "store_meta", "api_token", "blob", "blob_chunk", "upload", "upload_chunk", "paper_head",
        "registration", "registration_reject", "access_entry",
    };
    if (str_starts(table, S("sqlite_"))) return false;
    for (int i = 0; i < countof(not_made_by_acts); i++)
        if (str_eqz(table, not_made_by_acts[i])) return false;
    return true;
}

static err count_differences(ctx *c, const char *table, int64_t *n)
{
    str says, sql = str_fmt(c->a,
        "SELECT (SELECT count(*) FROM (SELECT * FROM main.\"%s\" EXCEPT SELECT * FROM other.\"%s\")) +"
        " (SELECT count(*) FROM (SELECT * FROM other.\"%s\" EXCEPT SELECT * FROM main.\"%s\"))",
        table, table, table, table);
    *n = 0;
    TRY(conn_text(c->db, c->a, str_z(c->a, sql), NULL, NULL, &says));
    str_int(says, n);
    return NO_ERR;
}

static err compare_tables(ctx *c, str *different)
{
    str names, table;
    buf b = buf_new(c->a, 64);
    TRY(conn_text(c->db, c->a, "SELECT group_concat(name, ',') FROM (SELECT name FROM"
                               " main.sqlite_master WHERE type = 'table' ORDER BY name)",
                  NULL, NULL, &names));
    while (str_split(&names, ',', &table)) {
        int64_t n;
        if (!is_compared(table)) continue;
        TRY(count_differences(c, str_z(c->a, table), &n));
        if (n) buf_fmt(&b, "%s" SF ": %lld rows", b.n ? "; " : "", SA(table), (long long)n);
    }
    *different = buf_str(&b);
    return NO_ERR;
}

err store_compare(ctx *c, const char *other, str *different)
{
    str none;
    const char *file = str_z(c->a, str_fmt(c->a, "%s/lingfei.sqlite", other));
    *different = (str){0};
    TRY(conn_text(c->db, c->a, "ATTACH ?1 AS other", file, NULL, &none));
    err e = compare_tables(c, different);
    sqlite3_exec(c->db->db, "DETACH other", NULL, NULL, NULL);
    return e;
}
