/* SPDX-License-Identifier: Apache-2.0 */
/* place.c: a folder or a database for a test's store. */
#include "place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ctype.h>
#include <ftw.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- PostgreSQL ---------------------------------------------------------------------------------- */

bool place_is_postgres(void) { return getenv("TEST_STORE") != NULL; }

/* TEST_STORE with the database in the place of its %s. */
static void url_of(const char *database, char *out, size_t n)
{
    const char *url = getenv("TEST_STORE"), *mark = strstr(url, "%s");
    assert_non_null(mark);
    int bytes = snprintf(out, n, "%.*s%s%s", (int)(mark - url), url, database, mark + 2);
    assert_true(bytes > 0 && (size_t)bytes < n);
}

static bool ask_postgres(const char *url, const char *before, const char *sql, int64_t *n)
{
    PGconn *pg = PQconnectdb(url);
    PQclear(PQexec(pg, before));
    PGresult *r = PQexec(pg, sql);
    bool good = PQresultStatus(r) == PGRES_COMMAND_OK || PQresultStatus(r) == PGRES_TUPLES_OK;
    if (!good) fprintf(stderr, "%s: %s", sql, PQerrorMessage(pg));
    *n = good && PQntuples(r) ? strtoll(PQgetvalue(r, 0, 0), NULL, 10) : 0;
    PQclear(r);
    PQfinish(pg);
    return good;
}

/* "lingfei_test_ab12cd": a database is called as its folder, in the letters that need no quotes. */
static void name_of(const place *p, char *out, size_t n)
{
    snprintf(out, n, "%s", strrchr(p->folder, '/') + 1);
    for (char *c = out; *c; c++) *c = (char)(*c == '-' ? '_' : tolower((unsigned char)*c));
}

static void with_database(const char *verb, const place *p, const char *how)
{
    char url[400], sql[200], name[96];
    int64_t none;
    url_of("postgres", url, sizeof url);
    name_of(p, name, sizeof name);
    snprintf(sql, sizeof sql, "%s DATABASE %s%s", verb, name, how);
    assert_true(ask_postgres(url, "SET client_min_messages = warning", sql, &none));
}

/* ---- both ------------------------------------------------------------------------------------------ */

void place_make(place *p)
{
    const char *tmp = getenv("TMPDIR");
    snprintf(p->folder, sizeof p->folder, "%s/lingfei-test-XXXXXX", tmp && strlen(tmp) < 60 ? tmp : "/tmp");
    assert_non_null(mkdtemp(p->folder));
    if (!place_is_postgres()) {
        snprintf(p->data, sizeof p->data, "%s", p->folder);
        return;
    }
    char name[96];
    name_of(p, name, sizeof name);
    with_database("CREATE", p, "");
    url_of(name, p->data, sizeof p->data);
}

static int remove_one(const char *path, const struct stat *s, int type, struct FTW *f)
{
    (void)s, (void)type, (void)f;
    return remove(path);
}

void place_remove(place *p)
{
    if (place_is_postgres()) with_database("DROP", p, " WITH (FORCE)");
    nftw(p->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* ---- behind the program's back ---------------------------------------------------------------------- */

static bool ask_sqlite(const place *p, bool triggers, const char *sql, int64_t *n)
{
    sqlite3 *db;
    sqlite3_stmt *q;
    char path[128];
    int code = SQLITE_OK;
    *n = 0;
    snprintf(path, sizeof path, "%s/lingfei.sqlite", p->folder);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_busy_timeout(db, 5000);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, (int)triggers, NULL);
    for (const char *rest = sql; *rest && code != SQLITE_ERROR && code != SQLITE_CONSTRAINT;) {
        code = sqlite3_prepare_v2(db, rest, -1, &q, &rest);
        if (code == SQLITE_OK && (code = sqlite3_step(q)) == SQLITE_ROW) *n = sqlite3_column_int64(q, 0);
        sqlite3_finalize(q);
    }
    bool good = code == SQLITE_ROW || code == SQLITE_DONE;
    if (!good) fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
    return good;
}

static bool ask(const place *p, bool triggers, const char *sql, int64_t *n)
{
    if (!place_is_postgres()) return ask_sqlite(p, triggers, sql, n);
    return ask_postgres(p->data, triggers ? "" : "SET session_replication_role = replica", sql, n);
}

int64_t place_number(const place *p, const char *sql)
{
    int64_t n;
    assert_true(ask(p, false, sql, &n));
    return n;
}

void place_run(const place *p, const char *sql) { (void)place_number(p, sql); }

bool place_refuses(const place *p, const char *sql)
{
    int64_t n;
    return !ask(p, true, sql, &n);
}
