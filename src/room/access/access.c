/* SPDX-License-Identifier: Apache-2.0 */
/* access.c: lines of who came to the door. */
#include "room/access/access.h"

#include "gen/room/access/access_sql.h"
#include "room/account/account.h"
#include "room/zone/zone.h"

enum { OBJECT_MOST = 300, LOGIN_MOST = 60 };

SHAPE(access_line, FIELD(access_line, at, F_TIME), FIELD(access_line, person, F_ID), FIELD(access_line, login, F_TEXT), FIELD(access_line, ip, F_TEXT),
      FIELD(access_line, what, F_TEXT), FIELD(access_line, object, F_TEXT), FIELD(access_line, result, F_TEXT));
typedef struct access_lines { list lines; } access_lines;
SHAPE(access_lines, FIELD(access_lines, lines, F_LIST, .flags = F_PRIVATE, .of = &access_line_shape));

/* Not inside a character. */
static str at_most(str s, size n)
{
    if (s.n <= n) return s;
    s = str_head(s, n);
    while (s.n && !str_is_text(s)) s = str_head(s, s.n - 1);
    return s;
}

err access_add(ctx *c, const access_line *l)
{
    return store_run(c, &access_line_add, NULL,
                     ARGS(l->at, l->person, at_most(l->login, LOGIN_MOST), l->ip, l->what, at_most(l->object, OBJECT_MOST), l->result));
}

static err note(ctx *c, void *in)
{
    const access_lines *all = in;
    const access_line *l = all->lines.items;
    for (int i = 0; i < all->lines.n; i++) TRY(access_add(c, &l[i]));
    return NO_ERR;
}
static const action access_noted = {"access_noted", &access_lines_shape, note, ACT_SILENT};

err access_note(ctx *c, const access_line *lines, int n)
{
    access_lines all = {{(void *)(uintptr_t)lines, n}};
    return n ? store_act(c, &access_noted, &all) : NO_ERR;
}

err access_proved(ctx *c, const char *what, int64_t id, str login, err outcome)
{
    static const struct { err_kind kind; const char *result; } told[] = {{OK, "ok"}, {ERR_LIMIT, "waiting"}, {ERR_BUSY, "waiting"}, {ERR_DENIED, "denied"}};
    access_line l = {c->now, id, login, c->ip, str_of(what), {0}, S("wrong")};
    for (int i = 0; i < countof(told); i++)
        if (told[i].kind == outcome.kind) l.result = str_of(told[i].result);
    err e = access_note(c, &l, 1);
    return outcome.kind ? outcome : e;
}

/* ---- as long as the zone keeps them ------------------------------------------------------------------------ */

typedef struct access_age { int64_t before_at; } access_age;
SHAPE(access_age, FIELD(access_age, before_at, F_TIME));
static err prune(ctx *c, void *in) { return store_run(c, &access_lines_prune, NULL, ARGS(((access_age *)in)->before_at)); }
static const action access_prune = {"access_prune", &access_age_shape, prune, ACT_SILENT};

static err prune_old(ctx *c)
{
    int64_t days;
    TRY(zone_number(c, "access_keep_days", &days));
    access_age old = {c->now - days * 86400 * 1000000};
    return store_act(c, &access_prune, &old);
}
static const job jobs[] = {{"access_prune", 86400, prune_old}, {0}};

/* ---- the page -------------------------------------------------------------------------------------------------- */

static const struct choice whats[] = {
    {"sign_in", N_("Sign-in by password")}, {"code", N_("Code of the second factor")}, {"again", N_("Sign-in again")},
    {"refused", N_("A refusal")}, {"administrator", N_("Act of an administrator")}, {0},
};
static const struct choice results[] = {{"ok", N_("succeeded")}, {"wrong", N_("wrong")}, {"waiting", N_("told to wait")}, {"denied", N_("denied")}, {0}};

static err find(req *r, view *v)
{
    ctx *c = r->ctx;
    int64_t before;
    str what = req_arg(r, "what"), login = str_trim(req_arg(r, "login"));
    TRY(req_before(r, &before));
    if (login.n) return store_rows(c, &access_newest_of_login, v, S("items"), ARGS(before, login));
    if (what.n) return store_rows(c, &access_newest_of_what, v, S("items"), ARGS(before, what));
    return store_rows(c, &access_newest, v, S("items"), ARGS(before));
}

/* GET /access */
static err list_access(req *r)
{
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("Access log"), (str){0});
    TRY(find(r, v));
    for (view *l = view_get(v, S("items"))->first; l; l = l->next) {
        view_bool(l, S("good"), str_eqz(view_get_text(l, S("result")), "ok"));
        view_choice(r->ctx->lang, l, S("what"), whats);
        view_choice(r->ctx->lang, l, S("result"), results);
    }
    web_filter(r, v, "login", N_("Login"));
    web_filter_choices(r, v, "what", N_("What"), whats);
    web_cut(v, 50, "id");
    return web_page(r, "access/list", v);
}

#define SEES (WHO(ROLE_ADMIN) | WHO(ROLE_AUDITOR))
static const route routes[] = {{GET, "/access", SEES, list_access, N_("Who came to the door and what he was told")}, {0}};
static const nav_item nav[] = {{"/access", N_("Access log"), "shield-check", SEES, 860, NULL}, {0}};

const room access_room = {
    .name = "access",
    .routes = (const route *const[]){routes, NULL},
    .statements = (const stmt *const *const[]){access_statements, NULL},
    .nav = nav,
    .jobs = jobs,
};
