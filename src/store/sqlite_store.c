/* SPDX-License-Identifier: Apache-2.0 */
/* sqlite_store.c: a store in a folder: its file, its lock, its one writer; what the engine's table names of SQLite. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/sqlite.h"

enum {
    LOG_IDLE = 256,          /* pages of the log that are brought into the file when nobody comes */
    LOG_LOADED = 4000,       /* so many are brought in under load too */
};

/* ---- the folder and its lock ------------------------------------------------------------------ */

static err cannot(const char *path)
{
    return err_with(ERR_FAULT, "", N_("{0} cannot be used: {1}"), str_of(path),
                    str_of(strerror(errno)), (str){0});
}

err sqlite_folder_lock(const char *folder, bool create, bool alone, int *out)
{
    char path[4096];
    *out = -1;
    if (snprintf(path, sizeof path, "%s/lock", folder) >= (int)sizeof path)
        return err_of(ERR_INPUT, "", N_("The name of the file is too long."));
    if (create && mkdir(folder, 0700) && errno != EEXIST) return cannot(folder);
    int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0) return errno == ENOENT ? store_missing(folder) : cannot(folder);
    if (!flock(lock, (alone ? LOCK_EX : LOCK_SH) | LOCK_NB)) return *out = lock, NO_ERR;
    close(lock);
    if (alone) return err_of(ERR_BUSY, "", N_("The store is in use. Stop the server first."));
    return err_of(ERR_BUSY, "", N_("The store is being restored. Try again afterwards."));
}

/* The lock's file holds the number of commits: a command that writes beside the server counts too. */
static err share_state(sqlite_store *s)
{
    _Static_assert(ATOMIC_LLONG_LOCK_FREE == 2, "processes can count together");
    errno = posix_fallocate(s->lock, 0, sizeof *s->state); /* its page is there: a full disk cannot kill who counts */
    void *shared = errno ? MAP_FAILED : mmap(NULL, sizeof *s->state, PROT_READ | PROT_WRITE, MAP_SHARED, s->lock, 0);
    if (shared == MAP_FAILED) return cannot(s->folder);
    s->state = shared;
    return NO_ERR;
}

static void let_go(sqlite_store *s)
{
    if (s->state) munmap(s->state, sizeof *s->state);
    if (s->lock >= 0) close(s->lock);
}

/* ---- opening and closing ---------------------------------------------------------------------- */

/* For its owner's eyes only; the files beside it take its rights. */
static err make_file(const char *file)
{
    int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0) close(fd);
    return fd >= 0 || errno == EEXIST ? NO_ERR : cannot(file);
}

static bool is_folder(str data)
{
    (void)data;
    return true;
}

static bool exists(const char *data)
{
    char file[4096];
    return snprintf(file, sizeof file, "%s/lingfei.sqlite", data) < (int)sizeof file && !access(file, F_OK);
}

static err open_store(arena *a, const store_options *o, struct store *s)
{
    /* No connection is used by two threads at once, and nobody asks SQLite how much memory it has:
     * both would cost locks. In a process where SQLite runs already this changes nothing. */
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite_store *own = new(a, sqlite_store);
    *own = (sqlite_store){.lock = -1, .folder = s->data, .file = str_z(a, str_fmt(a, "%s/lingfei.sqlite", s->data))};
    s->own = own;
    if (!o->create && !exists(s->data)) return store_missing(s->data); /* leaves no lock there */
    TRY(sqlite_folder_lock(own->folder, o->create, false, &own->lock));
    TRY(share_state(own));
    TRY(make_file(own->file));
    return sqlite_connect(own->file, true, &s->writer);
}

static void close_store(struct store *s)
{
    if (s->writer) sqlite_disconnect(s->writer);
    if (s->own) let_go(s->own);
}

static err reader(struct store *s, struct store_conn **out)
{
    return sqlite_connect(((sqlite_store *)s->own)->file, false, out);
}

static err read_begin(struct store_conn *k, arena *a)
{
    return sqlite_say(sqlite_of(k), SAY_READ) ? sqlite_error(sqlite_of(k), a, "read") : NO_ERR;
}

static void read_end(struct store_conn *k)
{
    sqlite_abandon(k);
    (void)sqlite_say(sqlite_of(k), SAY_COMMIT); /* a read has nothing to lose */
}

/* ---- groups ------------------------------------------------------------------------------------ */

static bool goes_on(const struct store_conn *k) { return !sqlite3_get_autocommit(sqlite_of(k)->db); }

static err frame(struct store_conn *k, framing what, int64_t zone)
{
    static const struct { saying first, then; } says[] = {
        [DO_BEGIN] = {SAY_BEGIN, SAY_COUNT}, [DO_SAVEPOINT] = {SAY_SAVEPOINT, SAY_COUNT},
        [DO_RELEASE] = {SAY_RELEASE, SAY_COUNT}, [DO_UNDO] = {SAY_UNDO, SAY_RELEASE},
        [DO_ROLLBACK] = {SAY_ROLLBACK, SAY_COUNT},
    };
    _Static_assert(countof(says) == DO_COUNT, "every framing has its sayings");
    sqlite_conn *q = sqlite_of(k);
    (void)zone; /* one writer of the file is one writer of each zone */
    bool bad = sqlite_say(q, says[what].first) || (says[what].then != SAY_COUNT && sqlite_say(q, says[what].then));
    return bad ? sqlite_error(q, NULL, "frame") : NO_ERR;
}

static bool never(struct store_conn *k)
{
    (void)k;
    return false;
}

static err settle(struct store_conn *k, arena *a)
{
    (void)k, (void)a;
    return NO_ERR; /* each statement has said its error by itself */
}

/* FULL and BUSY are said while the log is written, before the mark that makes a transaction whole. Of all else nobody
 * knows what the disk holds (after a failed fsync the kernel may have dropped the pages). */
static outcome commit(struct store *s, err *why)
{
    sqlite_conn *q = sqlite_of(s->writer);
    int code = sqlite_say(q, SAY_COMMIT);
    if (code == SQLITE_OK) {
        atomic_fetch_add(((sqlite_store *)s->own)->state, 1);
        return KEPT;
    }
    *why = sqlite_error(q, NULL, "COMMIT");
    return code == SQLITE_FULL || code == SQLITE_BUSY ? NOT_KEPT : NOT_KNOWN;
}

static int64_t state(struct store *s) { return atomic_load(((sqlite_store *)s->own)->state) + 1; }

/* ---- the log ---------------------------------------------------------------------------------- */

/* Pages that came since the log was last brought into the file. */
static bool untidy(struct store *s, bool idle)
{
    sqlite_store *own = s->own;
    int pages = sqlite_of(s->writer)->log_pages;
    if (pages < own->log_done) own->log_done = 0; /* it began anew */
    return pages - own->log_done >= (idle ? LOG_IDLE : LOG_LOADED);
}

/* Brings the log into the file, so that it can begin anew; what a reader still reads stays in it.
 * SQLite's own moment, every 1,000 pages, would make somebody wait for it in each busy second. */
static void tidy(struct store *s)
{
    sqlite_conn *q = sqlite_of(s->writer);
    (void)sqlite3_wal_checkpoint_v2(q->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    ((sqlite_store *)s->own)->log_done = q->log_pages; /* done or hindered: not again with the next commit */
}

/* ---- the schema -------------------------------------------------------------------------------- */

static err apply(struct store_conn *k, arena *a, str sql)
{
    static const char *const types[5] = {"INTEGER", "INTEGER", "INTEGER", "TEXT", "BLOB"};
    return sqlite_exec(k, str_z(a, schema_text(a, sql, types, " STRICT", " STRICT, WITHOUT ROWID")));
}

static err keep_older(struct store *s, arena *a, const char *room, const char *step)
{
    return sqlite_backup(s, str_z(a, str_fmt(a, "%s/before-%s-%s.sqlite", s->data, room, step)));
}

/* ---- checking --------------------------------------------------------------------------------- */

static err check(ctx *c)
{
    str says;
    TRY(sqlite_text(c->db, c->a, "PRAGMA integrity_check(1)", NULL, NULL, &says));
    if (str_eqz(says, "ok"))
        TRY(sqlite_text(c->db, c->a, "PRAGMA foreign_key_check", NULL, NULL, &says));
    if (!says.n) return NO_ERR;
    return err_with(ERR_FAULT, "", N_("The store is damaged: {0}. Restore the last backup."), says,
                    (str){0}, (str){0});
}

const engine sqlite_engine = {
    .is_for = is_folder, .folder = true, .exists = exists, .open = open_store, .close = close_store,
    .reader = reader, .reader_close = sqlite_disconnect, .read_begin = read_begin, .read_end = read_end,
    .start = sqlite_start, .step = sqlite_step, .end = sqlite_end, .abandon = sqlite_abandon,
    .columns = sqlite_columns, .column = sqlite_column, .value = sqlite_value, .changed = sqlite_changed,
    .frame = frame, .settle = settle, .once_more = never, .goes_on = goes_on, .commit = commit, .ends_when_unknown = true,
    .untidy = untidy, .tidy = tidy, .state = state,
    .exec = sqlite_exec, .text = sqlite_text, .scan = sqlite_scan, .apply = apply, .keep_older = keep_older,
    .words = {
        .count_tables = "SELECT count(*) FROM sqlite_master",
        .count_own = "SELECT count(*) FROM sqlite_master WHERE name = 'store_step'",
        .own_tables =
            "CREATE TABLE store_meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT;"
            "CREATE TABLE store_step (room TEXT NOT NULL, step TEXT NOT NULL, hash TEXT NOT NULL,"
            " at INTEGER NOT NULL, PRIMARY KEY (room, step)) STRICT;"
            "PRAGMA application_id = 1279673673", /* "LFEI": what `file` and a person's eye know it by */
        /* Rules between tables rest meanwhile, so that a step may build a table anew; they are checked at
         * the end (SQLite's own way: sqlite.org/lang_altertable.html, section 7). */
        .begin = {"PRAGMA foreign_keys = OFF", "BEGIN IMMEDIATE"},
        .after = "PRAGMA foreign_keys = ON",
        .broken = "PRAGMA foreign_key_check",
    },
    .list_tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
    .backup = sqlite_backup, .restore = sqlite_restore, .set_aside = sqlite_set_aside,
    .check = check, .plan_scans = sqlite_plan_scans,
};
