/* SPDX-License-Identifier: Apache-2.0 */
/* firm_page.c: the register's list, one firm with the words of its mark, and the rules. */
#include "base/days.h"
#include "gen/room/registration/firm_sql.h"
#include "gen/room/registration/rules_sql.h"
#include "room/registration/firm.h"
#include "room/registration/rules.h"
#include "web/secret.h"

#define READERS (WHO(ROLE_ALLIANCE) | WHO(ROLE_BUREAU) | WHO(ROLE_COMMITTEE) | WHO(ROLE_AUDITOR))
#define KEEPERS WHO(ROLE_ALLIANCE)

static str path_of(ctx *c, int64_t id) { return str_fmt(c->a, "/registrations/%lld", (long long)id); }

/* ---- the list ----------------------------------------------------------------------------------------------------------- */

/* A day of the filter; what is no day filters nothing. */
static int64_t day_arg(const req *r, const char *name, int64_t otherwise)
{
    int64_t day;
    return day_parse(str_trim(req_arg(r, name)), &day) ? day : otherwise;
}

static err read_list(req *r, view *v)
{
    ctx *c = r->ctx;
    int64_t before, from = day_arg(r, "from", INT32_MIN), to = day_arg(r, "to", INT32_MAX);
    str name = str_trim(req_arg(r, "name")), class = req_arg(r, "class");
    TRY(req_before(r, &before));
    return class.n ? store_rows(c, &firm_newest_of_class, v, S("items"), ARGS(before, from, to, name, class))
                   : store_rows(c, &firm_newest, v, S("items"), ARGS(before, from, to, name));
}

/* GET /registrations */
static err list_firms(req *r)
{
    ctx *c = r->ctx;
    view *v = view_map(c->a);
    web_title(r, v, N_("Register of firms"), (str){0});
    TRY(read_list(r, v));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) firm_name_class(c, row);
    web_filter(r, v, "name", N_("Name contains"));
    web_filter_choices(r, v, "class", N_("Field of technology"), screening_classes);
    web_filter(r, v, "from", N_("Established from"));
    web_filter(r, v, "to", N_("Established until"));
    view_bool(v, S("may_import"), WHO(c->who.role) & KEEPERS);
    web_cut(v, 50, "id");
    return web_page(r, "registration/list", v);
}

/* ---- one firm ------------------------------------------------------------------------------------------------------------- */

static void show_forms(req *r, view *v, const firm_seen *f)
{
    ctx *c = r->ctx;
    firm_correction now = {f->id, f->class.n ? f->class : S("none"), (str){0}};
    firm_invitation ask = {.id = f->id};
    form_show(r, v, "form", &firm_correction_shape, &now, str_join(c->a, path_of(c, f->id), S("/correction")), N_("Correct the mark"));
    if (f->class.n && !f->joined_day)
        form_show(r, v, "invitation_form", &firm_invitation_shape, &ask, str_join(c->a, path_of(c, f->id), S("/invitation")),
                  f->invited_day ? N_("Make a new invitation") : N_("Invite this firm"));
}

static err show_page(req *r, const firm_seen *f, str link)
{
    ctx *c = r->ctx;
    view *v = view_map(c->a);
    shape_view(&firm_seen_shape, f, v);
    firm_name_class(c, v);
    web_title(r, v, "{0}", f->name);
    web_crumb(r, v, S("/registrations"), tr(c->lang, N_("Register of firms")));
    view *words = view_put_list(v, S("found"));
    for (str rest = f->words; rest.n;) {
        size n = str_find(rest, S("、"));
        view_text(view_add_map(words), S("word"), n < 0 ? rest : str_head(rest, n));
        rest = n < 0 ? (str){0} : str_from(rest, n + S("、").n);
    }
    if (f->is_corrected) TRY(store_map(c, &firm_correction_of, view_put_map(v, S("correction")), ARGS(f->uscc)));
    view_text(v, S("link"), link);
    if (WHO(c->who.role) & KEEPERS) show_forms(r, v, f);
    return web_page(r, "registration/firm", v);
}

/* GET /registrations/{id} */
static err show(req *r)
{
    firm_seen f;
    TRY(firm_get(r->ctx, req_id(r), &f));
    return show_page(r, &f, (str){0});
}

/* POST /registrations/{id}/correction */
static err do_correct(req *r)
{
    firm_correction n;
    TRY(form_read(r, &firm_correction_shape, &n));
    n.id = req_id(r);
    TRY(store_act(r->ctx, &firm_correct, &n));
    web_say(r, N_("The mark is corrected; later imports leave it."), (str){0}, (str){0});
    return web_go(r, path_of(r->ctx, n.id));
}

/* POST /registrations/{id}/invitation: its page shows the link, once: the store keeps only its hash */
static err do_invite(req *r)
{
    ctx *c = r->ctx;
    str secret = secret_token(c->a);
    firm_invitation n = {req_id(r), firm_secret_hash(c->a, secret)};
    firm_seen f;
    TRY(store_act(c, &firm_invite, &n));
    TRY(firm_get(c, n.id, &f));
    return show_page(r, &f, str_fmt(c->a, SF "/join/" SF, SA(web_origin(r)), SA(secret)));
}

/* ---- the rules ---------------------------------------------------------------------------------------------------------------- */

/* GET /registrations/rules */
static err show_rules(req *r)
{
    ctx *c = r->ctx;
    rules_new now;
    rules_state so_far;
    view *v = view_map(c->a);
    TRY(rules_text(c, &now.rules));
    TRY(rules_state_get(c, &so_far));
    web_title(r, v, N_("Rules of screening"), (str){0});
    web_crumb(r, v, S("/registrations"), tr(c->lang, N_("Register of firms")));
    view_text(v, S("rules"), now.rules);
    view_day(v, S("put_day"), so_far.put_day);
    view_bool(v, S("asking"), so_far.asked_id >= 0);
    view_int(v, S("asked"), so_far.asked);
    view_int(v, S("changed"), so_far.changed);
    if (WHO(c->who.role) & KEEPERS) form_show(r, v, "form", &rules_new_shape, &now, S("/registrations/rules"), N_("Replace the rules"));
    return web_page(r, "registration/rules", v);
}

/* POST /registrations/rules */
static err do_rules(req *r)
{
    rules_new n;
    TRY(form_read(r, &rules_new_shape, &n));
    TRY(store_act(r->ctx, &rules_replace, &n));
    web_say(r, N_("The rules are replaced; the known firms are screened by them now."), (str){0}, (str){0});
    return web_go(r, S("/registrations/rules"));
}

const route firm_routes[] = {
    {GET, "/registrations", READERS, list_firms, N_("List the firms of the register"), .flags = SLOW},
    {GET, "/registrations/{id}", READERS, show, N_("Read one firm of the register with the words of its mark")},
    {POST, "/registrations/{id}/correction", KEEPERS, do_correct, N_("Correct the mark of a firm"), .form = &firm_correction_shape, .back = "/registrations/{id}"},
    {POST, "/registrations/{id}/invitation", KEEPERS, do_invite, N_("Invite a firm to join")},
    {GET, "/registrations/rules", READERS, show_rules, N_("Read the rules of screening")},
    {POST, "/registrations/rules", KEEPERS, do_rules, N_("Replace the rules of screening"), .form = &rules_new_shape, .back = "/registrations/rules"},
    {0},
};
