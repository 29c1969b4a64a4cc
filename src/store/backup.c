/* SPDX-License-Identifier: Apache-2.0 */
/* backup.c: a copy while the server runs, and a copy put back in the place of a store. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/act.h"

enum { PAGES = 256 }; /* a step; the server's writes come between */

static err sync_file(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && !fsync(fd);
    if (fd >= 0) close(fd);
    return good ? NO_ERR : err_of(ERR_BUSY, "", N_("The copy could not be written to the disk."));
}

static err copy_into(const char *from, const char *to)
{
    sqlite3 *a = NULL, *b = NULL;
    int code = sqlite3_open_v2(from, &a, SQLITE_OPEN_READWRITE, NULL);
    if (code == SQLITE_OK) code = sqlite3_open_v2(to, &b, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    sqlite3_backup *k = code == SQLITE_OK ? sqlite3_backup_init(b, "main", a, "main") : NULL;
    if (k) {
        while ((code = sqlite3_backup_step(k, PAGES)) == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED)
            if (code != SQLITE_OK) sqlite3_sleep(20);
        sqlite3_backup_finish(k);
    }
    if (b) sqlite3_exec(b, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL); /* one file, nothing beside it */
    sqlite3_close(b);
    sqlite3_close(a);
    return k && code == SQLITE_DONE ? NO_ERR : err_of(ERR_BUSY, "", N_("The copy failed: look at the disk and try again."));
}

/* Under another name until it is whole and on the disk. */
static err copy_whole(const char *from, const char *to)
{
    char partial[4096];
    if (snprintf(partial, sizeof partial, "%s.partial", to) >= (int)sizeof partial) return err_of(ERR_INPUT, "", N_("The name of the file is too long."));
    unlink(partial);
    err e = copy_into(from, partial);
    if (!e.kind) e = sync_file(partial);
    if (!e.kind && rename(partial, to)) e = err_of(ERR_BUSY, "", N_("The copy could not be put in its place."));
    if (e.kind) unlink(partial);
    return e;
}

err store_backup(struct store *s, const char *file) { return copy_whole(s->file, file); }

static err check_copy(const char *file)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *q = NULL;
    bool good = access(file, R_OK) == 0 && sqlite3_open_v2(file, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
                sqlite3_prepare_v2(db, "SELECT count(*) FROM store_step", -1, &q, NULL) == SQLITE_OK && sqlite3_step(q) == SQLITE_ROW;
    sqlite3_finalize(q);
    q = NULL;
    if (good)
        good = sqlite3_prepare_v2(db, "PRAGMA integrity_check(1)", -1, &q, NULL) == SQLITE_OK && sqlite3_step(q) == SQLITE_ROW &&
               str_eqz(str_of((const char *)sqlite3_column_text(q, 0)), "ok");
    sqlite3_finalize(q);
    sqlite3_close(db);
    return good ? NO_ERR : err_with(ERR_INPUT, "", N_("{0} is no whole backup of a store."), str_of(file), (str){0}, (str){0});
}

err store_restore(const char *file, const char *data)
{
    char path[4096], extra[4200];
    TRY(check_copy(file));
    if (snprintf(path, sizeof path, "%s/lock", data) >= (int)sizeof path) return err_of(ERR_INPUT, "", N_("The name of the file is too long."));
    if (mkdir(data, 0700) && errno != EEXIST) return err_with(ERR_BUSY, "", N_("{0} cannot be used: {1}"), str_of(data), str_of(strerror(errno)), (str){0});
    int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0 || flock(lock, LOCK_EX | LOCK_NB)) {
        if (lock >= 0) close(lock);
        return err_of(ERR_BUSY, "", N_("The store is in use. Stop the server first."));
    }
    snprintf(path, sizeof path, "%s/lingfei.sqlite", data);
    static const char *const beside[] = {"-wal", "-shm"};
    for (int i = 0; i < countof(beside); i++) { /* they belong to the store that goes */
        snprintf(extra, sizeof extra, "%s%s", path, beside[i]);
        unlink(extra);
    }
    err e = copy_whole(file, path);
    close(lock);
    return e;
}

/* ---- two stores side by side -------------------------------------------------------------------------------------------------- */

static bool is_compared(str table)
{
    static const char *const not_made_by_acts[] = {"audit_entry", "audit_private", "audit_tree", "session", "sign_in_try", "message", "store_once",
                                                   "store_step", "store_meta", "api_token", "blob", "blob_chunk",
                                                   "paper_head"};
    if (str_starts(table, S("sqlite_"))) return false;
    for (int i = 0; i < countof(not_made_by_acts); i++)
        if (str_eqz(table, not_made_by_acts[i])) return false;
    return true;
}

static err count_differences(ctx *c, const char *table, int64_t *n)
{
    str sql = str_fmt(c->a, "SELECT (SELECT count(*) FROM (SELECT * FROM main.%s EXCEPT SELECT * FROM other.%s)) +"
                            " (SELECT count(*) FROM (SELECT * FROM other.%s EXCEPT SELECT * FROM main.%s))", table, table, table, table);
    sqlite3_stmt *q;
    if (sqlite3_prepare_v2(c->db->db, str_z(c->a, sql), -1, &q, NULL) != SQLITE_OK) return conn_error(c->db, c->a, table);
    *n = sqlite3_step(q) == SQLITE_ROW ? sqlite3_column_int64(q, 0) : -1;
    sqlite3_finalize(q);
    return NO_ERR;
}

static err compare_tables(ctx *c, str *different)
{
    sqlite3_stmt *q;
    buf b = buf_new(c->a, 64);
    if (sqlite3_prepare_v2(c->db->db, "SELECT name FROM main.sqlite_master WHERE type = 'table' ORDER BY name", -1, &q, NULL) != SQLITE_OK)
        return conn_error(c->db, c->a, "tables");
    err e = NO_ERR;
    while (!e.kind && sqlite3_step(q) == SQLITE_ROW) {
        str table = str_dup(c->a, str_of((const char *)sqlite3_column_text(q, 0)));
        int64_t n = 0;
        if (!is_compared(table)) continue;
        e = count_differences(c, str_z(c->a, table), &n);
        if (n) buf_fmt(&b, "%s" SF ": %lld rows", b.n ? "; " : "", SA(table), (long long)n);
    }
    sqlite3_finalize(q);
    *different = buf_str(&b);
    return e;
}

err store_compare(ctx *c, const char *other, str *different)
{
    sqlite3_stmt *q;
    const char *file = str_z(c->a, str_fmt(c->a, "%s/lingfei.sqlite", other));
    if (sqlite3_prepare_v2(c->db->db, "ATTACH ?1 AS other", -1, &q, NULL) != SQLITE_OK) return conn_error(c->db, c->a, "attach");
    sqlite3_bind_text(q, 1, file, -1, SQLITE_STATIC);
    int code = sqlite3_step(q);
    sqlite3_finalize(q);
    if (code != SQLITE_DONE) return conn_error(c->db, c->a, "attach");
    err e = compare_tables(c, different);
    sqlite3_exec(c->db->db, "DETACH other", NULL, NULL, NULL);
    return e;
}
