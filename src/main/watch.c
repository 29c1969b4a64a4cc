/* SPDX-License-Identifier: Apache-2.0 */
/* watch.c: lines for the access room, kept for a second where an act would make a reader wait. */
#include "main/watch.h"

#include <pthread.h>

#include "room/access/access.h"
#include "room/audit/audit.h"

enum { WAITING = 512, PATH = 120, ADDRESS = 46 };
typedef struct { int64_t at, person; char path[PATH], ip[ADDRESS]; int path_n, ip_n; } waiting_line;

static struct { pthread_mutex_t lock; waiting_line line[WAITING]; int n; int64_t more; } watch = {.lock = PTHREAD_MUTEX_INITIALIZER};

static int keep(char *to, size most, str s)
{
    s = str_head(s, most);
    while (s.n && !str_is_text(s)) s = str_head(s, s.n - 1);
    memcpy(to, s.n ? s.p : "", (size_t)s.n);
    return (int)s.n;
}

void watch_refused(const ctx *c, str path)
{
    pthread_mutex_lock(&watch.lock);
    if (watch.n < WAITING) {
        waiting_line *l = &watch.line[watch.n++];
        l->at = c->now, l->person = c->who.person;
        l->path_n = keep(l->path, PATH, path);
        l->ip_n = keep(l->ip, ADDRESS, c->ip);
    } else {
        watch.more++;
    }
    pthread_mutex_unlock(&watch.lock);
}

/* Takes what waits into the arena; nothing is allocated while the lock is held. */
static int take(waiting_line *out, int64_t *more)
{
    pthread_mutex_lock(&watch.lock);
    int n = watch.n;
    memcpy(out, watch.line, (size_t)n * sizeof *out);
    *more = watch.more;
    watch.n = 0, watch.more = 0;
    pthread_mutex_unlock(&watch.lock);
    return n;
}

err watch_write(ctx *c)
{
    waiting_line *w = new_n(c->a, waiting_line, WAITING);
    access_line *l = new_n(c->a, access_line, WAITING + 1);
    int64_t more;
    int n = take(w, &more);
    for (int i = 0; i < n; i++)
        l[i] = (access_line){w[i].at, w[i].person, {0}, {w[i].ip, w[i].ip_n}, S("refused"), {w[i].path, w[i].path_n}, S("denied")};
    if (more) l[n++] = (access_line){.at = c->now, .what = S("refused"), .result = S("denied"), .object = str_fmt(c->a, "+ %lld", (long long)more)};
    return access_note(c, l, n);
}

err watch_journal(ctx *c, const action *act, const void *in)
{
    TRY(audit_write(c, act, in));
    if (c->who.role != ROLE_ADMIN || !c->who.person) return NO_ERR;
    access_line l = {c->now, c->who.person, {0}, c->ip, S("administrator"), str_of(act->name), S("ok")};
    return access_add(c, &l);
}
