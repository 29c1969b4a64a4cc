/* SPDX-License-Identifier: Apache-2.0 */
/* store.c: opens a store: its folder, its lock, its schema; closes it, and checks it. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/act.h"

/* ---- the folder and its lock ------------------------------------------------------------------ */

static err cannot(const char *path)
{
    return err_with(ERR_FAULT, "", N_("{0} cannot be used: {1}"), str_of(path),
                    str_of(strerror(errno)), (str){0});
}

static err no_store(const char *folder)
{
    return err_with(ERR_MISSING, "",
                    N_("There is no store in {0}. Make one with: lingfei init --data {0}"),
                    str_of(folder), (str){0}, (str){0});
}

err folder_lock(const char *folder, bool create, bool alone, int *out)
{
    char path[4096];
    *out = -1;
    if (snprintf(path, sizeof path, "%s/lock", folder) >= (int)sizeof path)
        return err_of(ERR_INPUT, "", N_("The name of the file is too long."));
    if (create && mkdir(folder, 0700) && errno != EEXIST) return cannot(folder);
    int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0) return errno == ENOENT ? no_store(folder) : cannot(folder);
    if (!flock(lock, (alone ? LOCK_EX : LOCK_SH) | LOCK_NB)) return *out = lock, NO_ERR;
    close(lock);
    if (alone) return err_of(ERR_BUSY, "", N_("The store is in use. Stop the server first."));
    return err_of(ERR_BUSY, "", N_("The store is being restored. Try again afterwards."));
}

/* The lock's file holds the number of commits: a command that writes beside the server counts too. */
static err share_state(struct store *s)
{
    _Static_assert(ATOMIC_LLONG_LOCK_FREE == 2, "processes can count together");
    errno = posix_fallocate(s->lock, 0, sizeof *s->state); /* its page is there: a full disk cannot kill who counts */
    void *shared = errno ? MAP_FAILED : mmap(NULL, sizeof *s->state, PROT_READ | PROT_WRITE, MAP_SHARED, s->lock, 0);
    if (shared == MAP_FAILED) return cannot(s->folder);
    s->state = shared;
    return NO_ERR;
}

static void let_go(struct store *s)
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

static err open_all(arena *a, const store_options *o, struct store *s)
{
    if (!o->create && access(s->file, F_OK)) return no_store(s->folder); /* leaves no lock there */
    TRY(folder_lock(s->folder, o->create, false, &s->lock));
    TRY(share_state(s));
    TRY(make_file(s->file));
    TRY(conn_open(s->file, true, &s->writer));
    TRY(schema_bring_up(a, s, o));
    return writer_start(s);
}

err store_open(arena *a, const store_options *o, struct store **out)
{
    str data = str_of(o->data);
    if (str_starts(data, S("postgresql://")) || str_starts(data, S("postgres://")))
        return err_of(ERR_INPUT, "data", N_("PostgreSQL is not part of this build; give a directory."));
    /* No connection is used by two threads at once, and nobody asks SQLite how much memory it has:
     * both would cost locks. In a process where SQLite runs already this changes nothing. */
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    struct store *s = new(a, struct store);
    s->lock = -1;
    s->journal = o->journal;
    s->folder = str_z(a, data);
    s->file = str_z(a, str_fmt(a, "%s/lingfei.sqlite", o->data));
    err e = open_all(a, o, s);
    if (!e.kind) return *out = s, e;
    for (int i = 0; i < countof(e.arg); i++) e.arg[i] = str_dup(a, e.arg[i]);
    if (s->writer) conn_close(s->writer);
    let_go(s);
    return e;
}

void store_close(struct store *s)
{
    writer_stop(s);
    conn_close(s->writer);
    let_go(s);
}

bool store_is_rehearsal(const struct store *s) { return s->rehearsal; }

err store_reader(struct store *s, struct store_conn **out)
{
    return conn_open(s->file, false, out);
}

void store_reader_close(struct store_conn *db) { conn_close(db); }

/* ---- checking --------------------------------------------------------------------------------- */

err store_check(ctx *c)
{
    str says;
    TRY(conn_text(c->db, c->a, "PRAGMA integrity_check(1)", NULL, NULL, &says));
    if (str_eqz(says, "ok"))
        TRY(conn_text(c->db, c->a, "PRAGMA foreign_key_check", NULL, NULL, &says));
    if (!says.n) return NO_ERR;
    return err_with(ERR_FAULT, "", N_("The store is damaged: {0}. Restore the last backup."), says,
                    (str){0}, (str){0});
}
