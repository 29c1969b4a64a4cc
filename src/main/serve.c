/* SPDX-License-Identifier: Apache-2.0 */
/* serve.c: the server: web floor, jobs, signals. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/settle.h"
#include "main/cage.h"
#include "main/command.h"
#include "main/demo.h"
#include "main/house.h"
#include "main/key.h"
#include "main/watch.h"
#include "room/account/account.h"
#include "room/counter/counter.h"
#include "room/document/document.h"
#include "room/member/member.h"
#include "room/signin/signin.h"

/* ---- jobs: the day begins, and what rooms do after the commit ------------------------------------ */

typedef struct { house *h; sigset_t stop; } job_thread;

static void run_due(house *h, int64_t tick)
{
    errand e;
    err bad = errand_begin(h, &e);
    if (!bad.kind) bad = house_begin_days(&e.c);
    if (bad.kind) {
        str why = err_text(&e.a, bad, str_of(bad.text));
        fprintf(stderr, "job=day_begin error=\"" SF "\"\n", SA(why));
    }
    errand_end(&e);
    for (const room *const *r = rooms; *r; r++)
        for (const job *j = (*r)->jobs; j && j->name; j++) {
            if (tick % j->every_s) continue;
            bad = errand_begin(h, &e);
            if (!bad.kind) bad = j->run(&e.c);
            if (bad.kind) {
                str why = err_text(&e.a, bad, str_of(bad.text));
                fprintf(stderr, "job=%s error=\"" SF "\"\n", j->name, SA(why));
            }
            errand_end(&e);
        }
}

static void *jobs(void *of)
{
    job_thread *t = of;
    for (int64_t tick = 1;; tick++) {
        struct timespec second = {1, 0};
        if (sigtimedwait(&t->stop, NULL, &second) > 0) return NULL; /* woken to end */
        run_due(t->h, tick);
    }
}

/* ---- the server ------------------------------------------------------------------------------------ */

static err start_web(house *h, const char *listen, struct web **out, int *port)
{
    web_options o = {
        .listen = listen ? listen : "127.0.0.1:8080",
        .routes = h->tables, .tables = h->table_n,
        .hooks = {.identify = signin_identify, .touch = account_touch, .counter = counter_may, .refused = watch_refused, .globals = demo_globals,
                  .take_file = document_take, .file_name = document_name},
        .proto = {.zone = h->zone, .days = h->days, .store = h->store, .flows = h->flows, .house = h,
                  .hashing = &h->hashing, .makers = &h->makers, .vault = &h->vault},
        .now = house_now, .today = house_today,
        .file_limit = 20 << 20, .workers = 64, .events = 2, .tmp = store_folder(h->store),
    };
    return web_start(&h->a, &o, out, port);
}

static int serve(call *c, house *h)
{
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGINT);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &stop, NULL);
    signal(SIGPIPE, SIG_IGN);

    struct web *web;
    int port;
    if (h->face.demo) h->tables[h->table_n++] = demo_routes;
    err e = start_web(h, c->listen, &web, &port);
    if (e.kind) return command_failed(c, e);
    memory_settle();
    str host = str_of(c->listen ? c->listen : "127.0.0.1:8080");
    for (size i = host.n; i-- > 0;)
        if (host.p[i] == ':') { host.n = i; break; }
    printf("listening on http://" SF ":%d\n", SA(host), port);
    fflush(stdout);

    job_thread t = {.h = h};
    sigemptyset(&t.stop);
    sigaddset(&t.stop, SIGUSR1);
    pthread_t thread;
    if (pthread_create(&thread, NULL, jobs, &t)) {
        fputs("lingfei: no thread for the jobs\n", stderr);
        web_stop(web);
        return EXIT_CANNOT;
    }
    sigset_t end = stop;
    sigdelset(&end, SIGUSR1);
    int got;
    sigwait(&end, &got);
    web_stop(web);
    pthread_kill(thread, SIGUSR1);
    pthread_join(thread, NULL);
    return EXIT_DONE;
}

/* ---- what serve and init open ---------------------------------------------------------------------- */

/* What the command line says wrong; the rest is the store's. */
static err read_options(call *c, house_options *o)
{
    *o = (house_options){.data = c->data, .key = c->key, .config = c->config, .calendar = c->calendar, .create = true, .demo = c->demo,
                         .rehearsal = c->demo || c->today, .zone_name = str_of(c->zone), .zone_name_en = str_of(c->zone)};
    if (c->today && !day_parse(str_of(c->today), &o->today))
        return err_with(ERR_INPUT, "today", N_("{0} is not a date: write it as 2018-11-05."),
                        str_of(c->today), (str){0}, (str){0});
    calendar *k;
    return calendar_of(c, &k);
}

typedef enum { NOTHING, EMPTY_ZONE, DEMONSTRATION, REAL_ACTS } found;

static err look_into(const house_options *o, found *out)
{
    house h;
    errand e;
    person p;
    bool any = false;
    house_options look = {.data = o->data, .key = o->key, .calendar = o->calendar};
    TRY(house_open(&look, &h));
    TRY(errand_begin(&h, &e));
    err bad = member_any(&e.c, &any);
    *out = !any ? EMPTY_ZONE : h.rehearsal && !account_of_login(&e.c, S("agency1"), &p).kind ? DEMONSTRATION : REAL_ACTS;
    errand_end(&e);
    house_close(&h);
    return bad;
}

static const char *data_of(const call *c) { return c->data ? c->data : "lingfei-data"; }

/* In a demonstration everybody may become anybody: never over a store of real acts. One that init made has begun today, and
 * the demonstration tells what was before: an empty zone makes room for it. */
static err check_demo_store(call *c, const house_options *o)
{
    found there = NOTHING;
    if (store_exists(data_of(c))) TRY(look_into(o, &there));
    if (there == REAL_ACTS)
        return err_of(ERR_CONFLICT, "demo", N_("The demonstration wants a store of its own; this one holds another zone. Name another folder with --data."));
    return there == EMPTY_ZONE ? store_set_aside(data_of(c)) : NO_ERR;
}

static err begin_zone(call *c, house *h, ctx *x)
{
    bool fresh;
    return c->demo ? demo_load(h, x, &fresh) : house_begin_days(x);
}

static err begin(call *c, const house_options *o, house *h)
{
    TRY(house_open(o, h));
    errand e;
    TRY(errand_begin(h, &e));
    err bad = begin_zone(c, h, &e.c);
    for (int i = 0; i < countof(bad.arg); i++) bad.arg[i] = str_dup(c->a, bad.arg[i]);
    errand_end(&e);
    return bad;
}

/* Bad input and "no" are the caller's to mend (1); a store that does not open is not (3). */
static int begin_failed(call *c, err e)
{
    int code = command_failed(c, e);
    return str_eqz(str_of(e.field), "demo") || str_eqz(str_of(e.field), "today") ? code : EXIT_CANNOT;
}

/* Before the first thread: what is opened afterwards lies inside. */
static err enter_cage(call *c)
{
    const char *data = c->data ? c->data : "lingfei-data";
    bool folder = !strstr(data, "://");
    if (folder && mkdir(data, 0700) && errno != EEXIST)
        return err_with(ERR_FAULT, "", N_("{0} cannot be made: {1}"), str_of(data), str_of(strerror(errno)), (str){0});
    const char *key = key_path(c->a, data, c->key);
    if (!folder && !c->key) TRY(key_make(c->a, key)); /* inside the cage no file is made outside the data folder */
    caged is = cage_server(&(cage_places){.data = folder ? data : NULL, .readable = {key, c->calendar, c->config}});
    fprintf(stderr, "cage landlock=%d seccomp=%s no_new_privs=%s\n", is.landlock, is.seccomp ? "on" : "off", is.no_new_privs ? "on" : "off");
    return NO_ERR;
}

int run_serve(call *c)
{
    house h;
    house_options o;
    err e = read_options(c, &o);
    if (e.kind) return command_failed(c, e);
    if ((e = enter_cage(c)).kind) return begin_failed(c, e);
    if (c->demo && (e = check_demo_store(c, &o)).kind) return begin_failed(c, e);
    if (c->demo && !o.today) o.today = demo_first_day(&o);
    if ((e = begin(c, &o, &h)).kind) return begin_failed(c, e);
    if (c->demo) demo_print_accounts(stdout);
    int code = serve(c, &h);
    house_close(&h);
    return code;
}

int run_init(call *c)
{
    house h;
    house_options o;
    err e = read_options(c, &o);
    if (!e.kind && store_exists(data_of(c)))
        e = err_with(ERR_CONFLICT, "", N_("{0} holds a store already; name a new folder."), str_of(data_of(c)), (str){0}, (str){0});
    if (e.kind) return command_failed(c, e);
    if ((e = begin(c, &o, &h)).kind) return begin_failed(c, e);
    house_close(&h);
    return EXIT_DONE;
}
