/* SPDX-License-Identifier: Apache-2.0 */
/* doctor.c: is all well around a store? One finding a line: ok, warn or bad, and what to do about it. */
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <unistd.h>

#include "format/pdf.h"
#include "main/command.h"
#include "main/house.h"
#include "main/key.h"
#include "room/audit/audit.h"
#include "room/zone/zone.h"
#include "store/store.h"

enum { FINE, WARN, BAD };
static const char *const verdicts[] = {[FINE] = "ok", [WARN] = "warn", [BAD] = "bad"};

typedef struct {
    call *c;
    const char *data, *name;      /* the folder; the check that runs now */
    house *h;                     /* NULL until it is open */
    ctx *x;
    view *findings;
    int worst;
} visit;

enum { MIB = 1 << 20, DAY_S = 86400 };

static void find(visit *v, int verdict, err e)
{
    static const char *const tones[] = {N_("ok"), N_("warn"), N_("bad")};
    view *one = view_add_map(v->findings);
    view_text(one, S("check"), str_of(v->name));
    view_code(one, S("verdict"), str_of(verdicts[verdict]), tr(v->c->lang, tones[verdict]));
    view_text(one, S("says"), err_text(v->c->a, e, tr(v->c->lang, e.text)));
    if (verdict > v->worst) v->worst = verdict;
}
static void say(visit *v, int verdict, const char *text, str a, str b) { find(v, verdict, err_with(OK, "", text, a, b, (str){0})); }
static str megabytes(visit *v, int64_t bytes) { return str_fmt(v->c->a, "%lld MiB", (long long)(bytes / MIB)); }
static str number(visit *v, int64_t n) { return str_fmt(v->c->a, "%lld", (long long)n); }
static str inside(visit *v, const char *file) { return str_fmt(v->c->a, "%s/%s", v->data, file); }

/* ---- what can be seen from outside -------------------------------------------------------------------------------- */

static void look_at_folder(visit *v)
{
    struct stat s;
    if (stat(v->data, &s) || !S_ISDIR(s.st_mode))
        say(v, BAD, N_("There is no folder {0}. Make a store with: lingfei init --data {0}"), str_of(v->data), (str){0});
    else if (s.st_mode & (S_IRWXG | S_IRWXO)) say(v, WARN, N_("Others may look into {0}: chmod 700 it."), str_of(v->data), (str){0});
    else if (s.st_uid != geteuid() && geteuid())
        say(v, BAD, N_("{0} belongs to another user: run this as the one whom the server runs as."), str_of(v->data), (str){0});
    else say(v, FINE, N_("{0} is its owner's alone."), str_of(v->data), (str){0});
}

static void look_at_disk(visit *v)
{
    struct statvfs s;
    struct stat file;
    if (statvfs(v->data, &s)) {
        say(v, BAD, N_("The disk cannot be asked how full it is."), (str){0}, (str){0});
        return;
    }
    int64_t bytes_free = (int64_t)s.f_bavail * (int64_t)s.f_frsize;
    int64_t store = stat(str_z(v->c->a, inside(v, "lingfei.sqlite")), &file) ? 0 : file.st_size;
    if (bytes_free < (int64_t)256 * MIB || (s.f_files && s.f_favail < 100))
        say(v, BAD, N_("{0} are free for a store of {1}: make room before it can write no more."), megabytes(v, bytes_free), megabytes(v, store));
    else if (bytes_free < store + (int64_t)1024 * MIB)
        say(v, WARN, N_("{0} are free for a store of {1}: an upgrade copies the store first and needs as much again and 1 GiB."),
            megabytes(v, bytes_free), megabytes(v, store));
    else say(v, FINE, N_("{0} are free for a store of {1}."), megabytes(v, bytes_free), megabytes(v, store));
}

static void look_at_config(visit *v)
{
    server_config config;
    err e = config_load(v->c->a, v->c->config, &config);
    if (e.kind) find(v, BAD, e);
    else if (!v->c->config) say(v, FINE, N_("No file of settings is named (--config)."), (str){0}, (str){0});
    else say(v, FINE, N_("{0} can be read."), str_of(v->c->config), (str){0});
}

/* Nothing is opened without the key that was there: opening would make a new one. */
static bool key_lost(visit *v) { return access(key_path(v->c->a, v->data, v->c->key), F_OK) && store_exists(v->data); }

static void look_at_key(visit *v)
{
    struct stat s;
    str file = str_of(key_path(v->c->a, v->data, v->c->key));
    if (stat(file.p, &s)) say(v, BAD, N_("The key file {0} is not there. Put its copy back: a new key opens nothing that is sealed in the store."), file, (str){0});
    else if (s.st_mode & (S_IRWXG | S_IRWXO)) say(v, BAD, N_("The key file {0} may be read by others: chmod 400 it."), file, (str){0});
    else if (s.st_size != VAULT_KEY) say(v, BAD, N_("The key file {0} does not hold 32 bytes."), file, (str){0});
    else say(v, FINE, N_("The key file {0} is its owner's alone. Is there a copy, apart from the backups?"), file, (str){0});
}

static void look_at_fonts(visit *v)
{
    const char *missing = paper_font_missing();
    if (missing) say(v, BAD, N_("No font of this machine can stand for {0}; papers would have gaps. Install fonts-noto-cjk."), str_of(missing), (str){0});
    else say(v, FINE, N_("The fonts of official papers are there, or ones that stand for them."), (str){0}, (str){0});
}

/* ---- what the store says ------------------------------------------------------------------------------------------- */

static void look_at_store(visit *v)
{
    err e = store_check(v->x);
    if (e.kind) find(v, BAD, e);
    else say(v, FINE, N_("The store opens, is whole, and its schema is this program's."), (str){0}, (str){0});
}

static void look_at_calendar(visit *v)
{
    int year, month, day;
    bool is;
    day_split(v->x->today, &year, &month, &day);
    err now = calendar_is_workday(v->x->days, day_of(year, 1, 1), &is), next = calendar_is_workday(v->x->days, day_of(year + 1, 1, 1), &is);
    if (now.kind) say(v, BAD, N_("The working days of {0} are not known: no time limit can be counted. Enter the State Council's paper at /workdays."), number(v, year), (str){0});
    else if (next.kind && month >= 11)
        say(v, WARN, N_("The working days of {0} are not known yet: enter the State Council's paper at /workdays."), number(v, year + 1), (str){0});
    else if (next.kind) say(v, FINE, N_("The working days of {0} are known; those of {1} come by a paper in autumn."), number(v, year), number(v, year + 1));
    else say(v, FINE, N_("The working days of {0} and {1} are known."), number(v, year), number(v, year + 1));
}

/* A clock that went back shows in what was written before: an act, or a day, of the future. */
static void look_at_clock(visit *v)
{
    int64_t newest;
    zone z;
    struct timex kept = {0};
    err e = audit_newest_at(v->x, &newest);
    if (!e.kind) e = zone_get(v->x, &z);
    if (e.kind) {
        find(v, BAD, e);
        return;
    }
    if (newest > v->x->now || (!v->h->rehearsal && z.begun_day > v->x->today))
        say(v, BAD, N_("The clock says {0}, but the record has an act of {1}: set the clock before the server starts."),
            time_text(v->c->a, v->x->now), time_text(v->c->a, newest));
    else if (adjtimex(&kept) == TIME_ERROR) say(v, WARN, N_("No time server keeps the clock (timedatectl): it may drift."), (str){0}, (str){0});
    else say(v, FINE, N_("The clock says {0} and a time server keeps it."), time_text(v->c->a, v->x->now), (str){0});
}

static void look_at_backup(visit *v)
{
    int64_t at = store_backup_at(v->x->store), days = (v->x->now - at) / 1000000 / DAY_S;
    if (!store_folder(v->x->store)) say(v, FINE, N_("Backups of this store are PostgreSQL's own: look there how old the last one is."), (str){0}, (str){0});
    else if (!at) say(v, WARN, N_("No backup was made of this store: lingfei backup FILE --data {0}"), str_of(v->data), (str){0});
    else if (days >= 2) say(v, days >= 8 ? BAD : WARN, N_("The last backup is {0} days old: lingfei backup FILE --data {1}"), number(v, days), str_of(v->data));
    else say(v, FINE, N_("The last backup was made at {0}."), time_text(v->c->a, at), (str){0});
}

/* ---- the round ------------------------------------------------------------------------------------------------------ */

typedef struct { const char *name; void (*look)(visit *v); } check;
static const check in_folder[] = {{"folder", look_at_folder}, {"disk", look_at_disk}};
static const check beside[] = {{"config", look_at_config}, {"key", look_at_key}, {"fonts", look_at_fonts}};
static const check in_store[] = {{"store", look_at_store}, {"calendar", look_at_calendar}, {"clock", look_at_clock}, {"backup", look_at_backup}};

static void go_round(visit *v, const check *all, size n)
{
    for (size i = 0; i < n; i++) {
        v->name = all[i].name;
        all[i].look(v);
    }
}

static err open_and_look(visit *v)
{
    errand at;
    house_options o = {.data = v->c->data, .key = v->c->key, .config = v->c->config, .calendar = v->c->calendar};
    v->name = "store";
    if (key_lost(v)) return err_of(ERR_CONFLICT, "", N_("The store is not opened without its key."));
    TRY(house_open(&o, v->h));
    TRY(errand_begin(v->h, &at));
    v->x = &at.c;
    go_round(v, in_store, countof(in_store));
    errand_end(&at);
    house_close(v->h);
    return NO_ERR;
}

int run_doctor(call *c)
{
    visit v = {.c = c, .data = c->data ? c->data : "lingfei-data", .h = new(c->a, house), .findings = view_list(c->a)};
    if (!strstr(v.data, "://")) go_round(&v, in_folder, countof(in_folder)); /* a database's disk is another machine's */
    go_round(&v, beside, countof(beside));
    err e = open_and_look(&v);
    if (e.kind) find(&v, BAD, e);
    if (c->json) command_print_json(c->a, v.findings);
    else
        for (const view *one = v.findings->first; one; one = one->next) {
            str which = view_get_text(one, S("check")), says = view_get_text(one, S("says"));
            printf("%-4.*s  %-8.*s  " SF "\n", SA(view_get(one, S("verdict"))->s), SA(which), SA(says));
        }
    return v.worst == BAD ? EXIT_NO : EXIT_DONE;
}
