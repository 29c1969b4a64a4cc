/* SPDX-License-Identifier: Apache-2.0 */
/* disk.c: a disk that fails, loaded before libc (LD_PRELOAD) under a program that knows nothing of it. It counts what is done to the files of a
 * store (*.sqlite, *.sqlite-wal) and acts at the n-th:
 *
 *   LINGFEI_FAULT=write:N | sync:N     that operation fails with EIO, the later ones do not
 *   LINGFEI_FAULT=full:N               this and every later write fails with ENOSPC
 *   LINGFEI_FAULT=cut:N:SEED           the power goes: of the writes since each file's last sync, every block of 512 bytes is there or is not,
 *                                      as the seed says; the process ends with 99
 * LINGFEI_FAULT_SAID names a file that gets a line when it acted, and how many operations there were when it did not. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FDS = 1024, BLOCK = 512 };
enum fault { NOTHING, WRITE, SYNC, FULL, CUT };

/* A write since the last sync: what stood there and what came. */
typedef struct past { struct past *before; ino_t file; int fd; off_t at, size_then; size_t n, had; char *old, *fresh; } past;

static struct {
    pthread_mutex_t lock;
    enum fault what;
    long nth, writes, syncs;
    unsigned seed;
    int said;
    bool of_store[FDS], done;
    past *last;
} it = {.lock = PTHREAD_MUTEX_INITIALIZER, .said = -1};

static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_fsync)(int), (*real_fdatasync)(int), (*real_ftruncate)(int, off_t), (*real_close)(int);
static int (*real_open)(const char *, int, ...);

__attribute__((constructor)) static void begin(void)
{
    static const char *const names[] = {[WRITE] = "write", [SYNC] = "sync", [FULL] = "full", [CUT] = "cut"};
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_close = dlsym(RTLD_NEXT, "close");
    real_open = dlsym(RTLD_NEXT, "open64");
    const char *asked = getenv("LINGFEI_FAULT"), *said = getenv("LINGFEI_FAULT_SAID");
    if (!asked) return;
    char *rest;
    size_t n = strcspn(asked, ":");
    for (int f = WRITE; f <= CUT; f++)
        if (!strncmp(asked, names[f], n) && !names[f][n]) it.what = f;
    it.nth = strtol(asked + n + 1, &rest, 10);
    if (*rest == ':') it.seed = (unsigned)strtol(rest + 1, NULL, 10);
    if (said) it.said = real_open(said, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

__attribute__((destructor)) static void end(void)
{
    if (it.said >= 0 && !it.done) dprintf(it.said, "none: %ld writes, %ld syncs\n", it.writes, it.syncs);
}

static void told(const char *what)
{
    it.done = true;
    if (it.said >= 0) dprintf(it.said, "acted: %s after %ld writes, %ld syncs\n", what, it.writes, it.syncs);
}

/* ---- the power ------------------------------------------------------------------------------------------------- */

static void remember(int fd, const char *from, size_t n, off_t at)
{
    struct stat s;
    past *p = calloc(1, sizeof *p);
    if (!p || fstat(fd, &s)) abort();
    *p = (past){it.last, s.st_ino, fd, at, s.st_size, n, 0, malloc(n + 1), malloc(n + 1)};
    if (!p->old || !p->fresh) abort();
    ssize_t had = pread(fd, p->old, n, at);
    p->had = had > 0 ? (size_t)had : 0;
    memcpy(p->fresh, from, n);
    it.last = p;
}

/* What a sync brought to the disk cannot be lost any more. */
static void forget(int fd)
{
    struct stat s;
    if (fstat(fd, &s)) return;
    for (past **p = &it.last; *p;) {
        past *gone = *p;
        if (gone->file != s.st_ino) { p = &gone->before; continue; }
        *p = gone->before;
        free(gone->old), free(gone->fresh), free(gone);
    }
}

static void land_some(past *p)
{
    if (!p) return;
    land_some(p->before); /* oldest first */
    for (size_t at = 0; at < p->n; at += BLOCK) {
        size_t n = p->n - at < BLOCK ? p->n - at : BLOCK;
        if (rand_r(&it.seed) & 1 && real_pwrite(p->fd, p->fresh + at, n, p->at + (off_t)at) < 0) abort();
    }
}

static _Noreturn void cut(void)
{
    for (past *p = it.last; p; p = p->before) /* newest first: as it was at the last sync */
        if (real_pwrite(p->fd, p->old, p->had, p->at) < 0 || real_ftruncate(p->fd, p->size_then)) abort();
    land_some(it.last);
    told("cut");
    _exit(99);
}

/* ---- what the program calls --------------------------------------------------------------------------------------- */

static bool is_store(int fd) { return fd >= 0 && fd < FDS && it.of_store[fd]; }

static ssize_t store_write(int fd, const void *from, size_t n, off_t at)
{
    it.writes++;
    if (it.what == CUT && it.writes >= it.nth) cut();
    if (it.what == CUT) remember(fd, from, n, at);
    if (it.what == WRITE && it.writes == it.nth) return told("write"), errno = EIO, -1;
    if (it.what == FULL && it.writes >= it.nth) return told("full"), errno = ENOSPC, -1;
    return real_pwrite(fd, from, n, at);
}

ssize_t pwrite64(int fd, const void *from, size_t n, off_t at)
{
    if (!it.what || !is_store(fd)) return real_pwrite(fd, from, n, at);
    pthread_mutex_lock(&it.lock);
    ssize_t done = store_write(fd, from, n, at);
    int code = errno;
    pthread_mutex_unlock(&it.lock);
    errno = code;
    return done;
}
ssize_t pwrite(int fd, const void *from, size_t n, off_t at) { return pwrite64(fd, from, n, at); }

static int store_sync(int fd, int (*real)(int))
{
    it.syncs++;
    if (it.what == SYNC && it.syncs == it.nth) return told("sync"), errno = EIO, -1;
    int code = real(fd);
    if (it.what == CUT && !code) forget(fd);
    return code;
}

static int sync_of(int fd, int (*real)(int))
{
    if (!it.what || !is_store(fd)) return real(fd);
    pthread_mutex_lock(&it.lock);
    int code = store_sync(fd, real), why = errno;
    pthread_mutex_unlock(&it.lock);
    errno = why;
    return code;
}
int fsync(int fd) { return sync_of(fd, real_fsync); }
int fdatasync(int fd) { return sync_of(fd, real_fdatasync); }

static bool ends(const char *path, const char *tail)
{
    size_t n = strlen(path), t = strlen(tail);
    return n >= t && !strcmp(path + n - t, tail);
}

static int opened(const char *path, int fd)
{
    if (fd >= 0 && fd < FDS) it.of_store[fd] = ends(path, ".sqlite") || ends(path, ".sqlite-wal");
    return fd;
}

int open64(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    return opened(path, real_open(path, flags, mode));
}
int open(const char *path, int flags, ...) __attribute__((alias("open64")));

int close(int fd)
{
    if (fd >= 0 && fd < FDS) it.of_store[fd] = false;
    return real_close(fd);
}
