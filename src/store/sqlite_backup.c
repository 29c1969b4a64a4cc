/* SPDX-License-Identifier: Apache-2.0 */
/* sqlite_backup.c: a copy while the server runs, and a copy put back in the place of a store. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/sqlite.h"

enum { PAGES = 1024, PATH_MOST = 4096 }; /* a step of a copy; bytes of a name */

static err too_long(void) { return err_of(ERR_INPUT, "", N_("The name of the file is too long.")); }

static err not_copied(const char *file)
{
    fprintf(stderr, "store failed at=\"copy\" file=\"%s\" says=\"%s\"\n", file, strerror(errno));
    return err_of(ERR_BUSY, "", N_("The copy could not be written. Look at the disk and try again."));
}

/* ---- a copy, under another name until it is whole and on the disk ------------------------------ */

static err sync_path(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && !fsync(fd);
    if (fd >= 0) close(fd);
    return good ? NO_ERR : not_copied(path);
}

/* The folder holds the name: without this a copy could be on the disk and not be found. */
static err sync_folder_of(const char *path)
{
    char folder[PATH_MOST];
    const char *slash = strrchr(path, '/');
    int n = snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) : 1, slash ? path : ".");
    if (n >= (int)sizeof folder) return too_long();
    return sync_path(n ? folder : "/");
}

static bool copy_pages(sqlite3 *from, sqlite3 *to)
{
    /* One moment for the whole copy: else each act of the server would begin it anew. */
    if (sqlite3_exec(from, "BEGIN; SELECT count(*) FROM sqlite_master", NULL, NULL, NULL)) return false;
    sqlite3_backup *k = sqlite3_backup_init(to, "main", from, "main");
    if (!k) return false;
    int code;
    while ((code = sqlite3_backup_step(k, PAGES)) == SQLITE_OK) {}
    sqlite3_backup_finish(k);
    return code == SQLITE_DONE;
}

static err copy_into(const char *from, const char *to)
{
    static const char set_up[] = "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF"; /* see below */
    int fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) return not_copied(to);
    close(fd);
    sqlite3 *a = NULL, *b = NULL;
    bool good = !sqlite3_open_v2(from, &a, SQLITE_OPEN_READWRITE, NULL) &&
                !sqlite3_busy_timeout(a, 5000) &&
                !sqlite3_open_v2(to, &b, SQLITE_OPEN_READWRITE, NULL) &&
                !sqlite3_exec(b, set_up, NULL, NULL, NULL) && copy_pages(a, b) &&
                !sqlite3_exec(b, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL); /* one file */
    if (!good && b) fprintf(stderr, "store failed at=\"copy\" says=\"%s\"\n", sqlite3_errmsg(b));
    sqlite3_close(b);
    sqlite3_close(a);
    return good ? sync_path(to) : not_copied(to);
}

static err put_in_place(const char *partial, const char *to)
{
    if (rename(partial, to)) return not_copied(to);
    return sync_folder_of(to);
}

static err partial_name(const char *to, char *out)
{
    return snprintf(out, PATH_MOST, "%s.partial", to) < PATH_MOST ? NO_ERR : too_long();
}

static bool same_file(const char *one, const char *two)
{
    struct stat a, b;
    return !stat(one, &a) && !stat(two, &b) && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

err sqlite_backup(struct store *s, const char *file)
{
    const char *own = ((sqlite_store *)s->own)->file;
    char partial[PATH_MOST];
    TRY(partial_name(file, partial));
    if (same_file(file, own))
        return err_of(ERR_INPUT, "", N_("The backup would take the place of the store itself. Give "
                                        "another name."));
    unlink(partial);
    err e = copy_into(own, partial);
    if (!e.kind) e = put_in_place(partial, file);
    if (e.kind) unlink(partial);
    return e;
}

/* An empty file beside the store, whose age is the backup's: no act, for a restored store has none. */
static bool note_file(const struct store *s, char *out)
{
    const char *folder = store_folder(s);
    return folder && snprintf(out, PATH_MOST, "%s/last-backup", folder) < PATH_MOST;
}

err store_backup_note(struct store *s)
{
    char path[PATH_MOST];
    if (!note_file(s, path)) return too_long(); /* only a folder was copied */
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    bool good = fd >= 0 && !futimens(fd, NULL);
    if (fd >= 0) close(fd);
    return good ? NO_ERR : not_copied(path);
}

int64_t store_backup_at(const struct store *s)
{
    char path[PATH_MOST];
    struct stat is;
    if (!note_file(s, path) || stat(path, &is)) return 0;
    return (int64_t)is.st_mtim.tv_sec * 1000000 + is.st_mtim.tv_nsec / 1000;
}

/* ---- restoring --------------------------------------------------------------------------------- */

static bool says(sqlite3 *db, const char *sql, const char *want)
{
    sqlite3_stmt *q = NULL;
    bool good = !sqlite3_prepare_v2(db, sql, -1, &q, NULL) && sqlite3_step(q) == SQLITE_ROW;
    if (good && want) good = str_eqz(str_of((const char *)sqlite3_column_text(q, 0)), want);
    sqlite3_finalize(q);
    return good;
}

static err check_copy(const char *file)
{
    sqlite3 *db = NULL;
    bool good = !access(file, R_OK) && !sqlite3_open_v2(file, &db, SQLITE_OPEN_READONLY, NULL) &&
                says(db, "SELECT count(*) FROM store_step", NULL) &&
                says(db, "PRAGMA integrity_check(1)", "ok");
    sqlite3_close(db);
    if (good) return NO_ERR;
    return err_with(ERR_INPUT, "", N_("{0} is no whole backup of a store."), str_of(file), (str){0},
                    (str){0});
}

/* The former store's log into its file, so that the file alone is the store; a damaged one cannot,
 * and keeps its log beside it. */
static void empty_former_log(const char *file)
{
    sqlite3 *db = NULL;
    if (!sqlite3_open_v2(file, &db, SQLITE_OPEN_READWRITE, NULL))
        sqlite3_exec(db, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL);
    sqlite3_close(db);
}

/* What was there is kept as replaced.sqlite: a restore may have been the mistake. */
static err put_aside(const char *data, const char *file)
{
    char aside[PATH_MOST], from[PATH_MOST + 8], to[PATH_MOST + 8];
    if (snprintf(aside, sizeof aside, "%s/replaced.sqlite", data) >= (int)sizeof aside) return too_long();
    if (access(file, F_OK) || same_file(file, aside)) return NO_ERR; /* a restore was cut off here */
    empty_former_log(file);
    snprintf(to, sizeof to, "%s-wal", aside);
    unlink(aside);
    unlink(to);
    if (link(file, aside)) return not_copied(aside);
    snprintf(from, sizeof from, "%s-wal", file);
    if (rename(from, to) && errno != ENOENT) return not_copied(to);
    snprintf(from, sizeof from, "%s-shm", file);
    unlink(from);
    return sync_path(data);
}

static err restore_into(const char *from, const char *data)
{
    char file[PATH_MOST], partial[PATH_MOST];
    if (snprintf(file, sizeof file, "%s/lingfei.sqlite", data) >= (int)sizeof file) return too_long();
    TRY(partial_name(file, partial));
    unlink(partial);
    err e = copy_into(from, partial);
    if (!e.kind) e = put_aside(data, file);
    if (!e.kind) e = put_in_place(partial, file);
    if (e.kind) unlink(partial);
    return e;
}

err sqlite_restore(const char *file, const char *data)
{
    int lock;
    TRY(check_copy(file));
    TRY(sqlite_folder_lock(data, true, true, &lock));
    err e = restore_into(file, data);
    close(lock);
    return e;
}

err sqlite_set_aside(const char *data)
{
    int lock;
    char file[PATH_MOST];
    if (snprintf(file, sizeof file, "%s/lingfei.sqlite", data) >= (int)sizeof file) return too_long();
    TRY(sqlite_folder_lock(data, true, true, &lock));
    err e = put_aside(data, file);
    if (!e.kind && unlink(file)) e = not_copied(file);
    if (!e.kind) e = sync_path(data);
    close(lock);
    return e;
}
