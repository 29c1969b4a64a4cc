/* SPDX-License-Identifier: Apache-2.0 */
/* child.c: work done in a child process of this program: its start, its limits, what goes in and out. */
#include "format/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    CHILD_MEMORY = 1 << 30,    /* address space: 140 MB is usual for a paper, most of it mapped fonts */
    CHILD_SECONDS = 30,        /* of processor time: if the parent is gone */
};

void child_pool_begin(child_pool *pool, int most)
{
    *pool = (child_pool){.wait_ms = 15000, .run_ms = 10000, .program = "/proc/self/exe"};
    int failed = sem_init(&pool->places, 0, (unsigned)most);
    assert(!failed);
}

void child_pool_end(child_pool *pool) { sem_destroy(&pool->places); }

/* ---- one child ------------------------------------------------------------------------------ */

/* Held by the caller's arena until it has ended, so that even a jump (out of memory while its
 * bytes come in) kills the child, reaps it and gives its place back. */
struct job { child_pool *pool; const child_work *work; pid_t pid; int fd; bool placed; int status; };

static void job_end(void *what)
{
    struct job *j = what;
    if (j->fd >= 0)
        close(j->fd);
    j->fd = -1;
    if (j->pid > 0) {
        kill(j->pid, SIGKILL); /* nothing to an ended one: it is not reaped yet */
        while (waitpid(j->pid, &j->status, 0) < 0 && errno == EINTR)
            ;
    }
    j->pid = 0;
    if (j->placed)
        sem_post(&j->pool->places);
    j->placed = false;
}

/* The deadline of a wait is not business time: the monotonic clock, not ctx's. */
static int64_t ms_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static err wrong(const struct job *j, err_kind kind, const char *text)
{
    return err_with(kind, "", text, str_of(j->work->makes), (str){0}, (str){0});
}

static err take_place(struct job *j)
{
    int64_t until = ms_now() + j->pool->wait_ms;
    struct timespec t = {.tv_sec = until / 1000, .tv_nsec = until % 1000 * 1000000};
    int r;
    while ((r = sem_clockwait(&j->pool->places, CLOCK_MONOTONIC, &t)) < 0 && errno == EINTR)
        ;
    if (r < 0)
        return err_of(ERR_BUSY, "", N_("Too many files are being made. Try again in a moment."));
    j->placed = true;
    return NO_ERR;
}

/* Fonts are looked for as the server would; nothing else of its environment goes over. */
static char **child_environment(arena *a)
{
    static const char *const names[] = {"HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH",
                                        "XDG_CACHE_HOME", "XDG_DATA_HOME", "ASAN_OPTIONS",
                                        "UBSAN_OPTIONS", "LLVM_PROFILE_FILE"};
    char **env = new_n(a, char *, countof(names) + 2);
    int n = 0;
    for (size i = 0; i < countof(names); i++) {
        const char *value = getenv(names[i]);
        if (value)
            env[n++] = (char *)str_z(a, str_fmt(a, "%s=%s", names[i], value));
    }
    env[n] = (char *)"LC_ALL=C.UTF-8";
    return env;
}

/* posix_spawn, because fork in a process of many threads may only exec, and copies page tables. */
static err start_child(arena *a, struct job *j)
{
    int pair[2];
    char **env = child_environment(a);
    char *argv[] = {(char *)str_z(a, S("lingfei")), (char *)(j->pool->word ? j->pool->word : j->work->word), NULL};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
        return wrong(j, ERR_BUSY, N_("The maker of {0} files could not be started."));
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attr;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attr);
    posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigmask(&attr, &none);
    posix_spawnattr_setsigdefault(&attr, &all);
    int failed = posix_spawn_file_actions_adddup2(&files, pair[1], 0)
                 | posix_spawn_file_actions_adddup2(&files, pair[1], 1)
                 | posix_spawn_file_actions_addclosefrom_np(&files, 3);
    if (!failed)
        failed = posix_spawn(&j->pid, j->pool->program, &files, &attr, argv, env);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attr);
    close(pair[1]);
    j->fd = pair[0];
    if (failed) {
        j->pid = 0;
        return wrong(j, ERR_BUSY, N_("The maker of {0} files could not be started."));
    }
    fcntl(j->fd, F_SETFL, O_NONBLOCK);
    return NO_ERR;
}

/* Sends what is left of `in`; true at its end or when the child reads no more. */
static bool send_some(struct job *j, str *in)
{
    ssize_t n = send(j->fd, in->p, (size_t)in->n, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n > 0)
        *in = str_from(*in, n);
    bool over = in->n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR);
    if (over)
        shutdown(j->fd, SHUT_WR);
    return over;
}

/* Both ways at once, so that neither waits for the other, until the child closes its end. */
static err talk(struct job *j, str in, buf *out)
{
    int64_t until = ms_now() + j->pool->run_ms;
    bool sent = false;
    for (;;) {
        int64_t left = until - ms_now();
        struct pollfd p = {.fd = j->fd, .events = (short)(sent ? POLLIN : POLLIN | POLLOUT)};
        if (left <= 0)
            return wrong(j, ERR_FAULT, N_("The {0} file could not be made: it took too long."));
        if (poll(&p, 1, (int)left) < 0 && errno != EINTR)
            return wrong(j, ERR_FAULT, N_("The {0} file could not be made: its maker could not be read."));
        if (!sent && p.revents & (POLLOUT | POLLERR | POLLHUP))
            sent = send_some(j, &in);
        if (!(p.revents & (POLLIN | POLLHUP | POLLERR)))
            continue;
        enum { PIECE = 256 << 10 };
        ssize_t n = recv(j->fd, buf_room(out, PIECE), PIECE, MSG_DONTWAIT);
        if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
            return NO_ERR;     /* its exit code says whether all went well */
        out->n += n > 0 ? n : 0;
        if (out->n > j->work->most)
            return err_of(ERR_LARGE, "", j->work->too_long);
    }
}

/* Closed and ended are not the same instant: a moment's grace, then it is killed. */
static void await_end(struct job *j)
{
    int64_t until = ms_now() + 2000;
    pid_t r;
    while ((r = waitpid(j->pid, &j->status, WNOHANG)) == 0 && ms_now() < until)
        poll(NULL, 0, 2);
    if (r != 0)
        j->pid = 0;
    job_end(j);
}

static err died(const struct job *j, str how)
{
    return err_with(ERR_FAULT, "", N_("The {0} file could not be made: its maker died ({1})."), str_of(j->work->makes), how, (str){0});
}

static err verdict(arena *a, const struct job *j)
{
    if (WIFSIGNALED(j->status))
        return died(j, str_fmt(a, "signal %d", WTERMSIG(j->status)));
    switch (WEXITSTATUS(j->status)) {
    case CHILD_DONE: return NO_ERR;
    case CHILD_BAD_INPUT: return wrong(j, ERR_FAULT, N_("The {0} file could not be made: its description was not understood."));
    case CHILD_NO_MEMORY: return wrong(j, ERR_FAULT, N_("The {0} file could not be made: out of memory."));
    case CHILD_TOO_LONG: return err_of(ERR_LARGE, "", j->work->too_long);
    default: return died(j, str_fmt(a, "exit %d", WEXITSTATUS(j->status)));
    }
}

err child_run(child_pool *pool, arena *a, const child_work *work, str in, str *out)
{
    buf got = buf_new(a, 512 << 10);
    struct job *j = new(a, struct job);
    *j = (struct job){.pool = pool, .work = work, .fd = -1};
    arena_cleanup(a, job_end, j);
    TRY(take_place(j));
    err e = start_child(a, j);
    if (!e.kind)
        e = talk(j, in, &got);
    if (e.kind) {
        job_end(j);
        return e;
    }
    await_end(j);
    TRY(verdict(a, j));
    str made = buf_str(&got), tail = str_from(made, made.n > 64 ? made.n - 64 : 0);
    if (!str_starts(made, str_of(work->begins)) || str_find(tail, str_of(work->ends)) < 0)
        return wrong(j, ERR_FAULT, N_("The {0} file could not be made: its maker gave none."));
    *out = made;
    return NO_ERR;
}

/* ---- inside the child ----------------------------------------------------------------------- */

void child_no_memory(arena *a)
{
    (void)a;
    _exit(CHILD_NO_MEMORY);
}

static void limit(int what, rlim_t most)
{
    struct rlimit r = {most, most};
    setrlimit((__rlimit_resource_t)what, &r);
}

/* It needs memory, time, its two descriptors and the font files, and no core of what it read. */
void child_limit_self(void)
{
#if !defined(__SANITIZE_ADDRESS__) /* which maps terabytes of shadow */
    limit(RLIMIT_AS, CHILD_MEMORY);
#endif
    limit(RLIMIT_CPU, CHILD_SECONDS);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NOFILE, 64);
    if (nice(5) < 0)           /* the pages go before the papers; no matter if not */
        errno = 0;
    alarm(2 * CHILD_SECONDS);
}

bool child_write(str s)
{
    while (s.n) {
        ssize_t n = write(STDOUT_FILENO, s.p, (size_t)s.n);
        if (n < 0 && errno != EINTR)
            return false;
        s = str_from(s, n > 0 ? n : 0);
    }
    return true;
}
