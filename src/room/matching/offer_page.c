/* SPDX-License-Identifier: Apache-2.0 */
/* offer_page.c: who offers what, up to three agencies side by side, and each side's own statements. */
#include "base/days.h"
#include "gen/room/matching/offer_sql.h"
#include "room/catalogue/catalogue.h"
#include "room/matching/choice.h"
#include "room/matching/need.h"
#include "room/matching/offer.h"
#include "room/member/member.h"

static const struct choice rooms_left[] = {
    {"away", N_("takes no needs now"), "secondary"}, {"unknown", N_("not stated"), "secondary"}, {"full", N_("full"), "red"}, {"free", N_("has room"), "green"}, {0},
};

/* How much it can still take, in a word that needs no arithmetic. */
static void show_room(ctx *c, view *row)
{
    int64_t most = view_get_int(row, S("capacity"), 0), running = view_get_int(row, S("running"), 0);
    const view *away = view_get(row, S("away_until_day"));
    bool is_away = away && away->kind == V_DAY && away->i >= c->today;
    view_bool(row, S("is_away"), is_away);
    view_text(row, S("room"), is_away ? S("away") : !most ? S("unknown") : running >= most ? S("full") : S("free"));
    view_choice(c->lang, row, S("room"), rooms_left);
}

static err show_rating(ctx *c, view *row)
{
    int64_t score;
    TRY(offer_rating(c, view_get_int(row, S("agency_id"), 0), &score));
    view_code(row, S("rating"), score == RATING_NONE ? (str){0} : str_fmt(c->a, "%lld.%02lld", (long long)score / 100, (long long)score % 100), choice_rating_words(c, score));
    return NO_ERR;
}

/* The need that the agencies are looked at for, if it is the reader's to ask about. */
static err show_need(req *r, view *v, int64_t id)
{
    need n;
    if (!id || !(WHO(r->ctx->who.role) & NEED_MOVERS)) return NO_ERR;
    TRY(need_get(r->ctx, id, &n));
    view *one = view_put_map(v, S("need"));
    shape_view(&need_shape, &n, one);
    bool mine = r->ctx->who.org == n.enterprise || r->ctx->who.role == ROLE_ALLIANCE;
    view_bool(v, S("may_ask"), mine && str_eqz(n.state, "open"));
    return NO_ERR;
}

/* GET /offers?item= */
static err list_offers(req *r)
{
    ctx *c = r->ctx;
    int64_t after[1], item_id = req_arg_int(r, "item", 0), need_id = req_arg_int(r, "need", 0);
    TRY(req_after(r, after, 1));
    view *v = view_map(c->a);
    web_title(r, v, N_("Who offers what"), (str){0});
    TRY(show_need(r, v, need_id));
    TRY(store_rows(c, &offer_of_item, v, S("items"), ARGS(item_id, after[0])));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) {
        view_english(c->lang, row, "agency_name");
        view_english(c->lang, row, "item_name");
        show_room(c, row);
        TRY(show_rating(c, row));
    }
    TRY(catalogue_options(c, v, S("services")));
    view *by_item = web_filter(r, v, "item", N_("Service"));
    for (const view *s = view_get(v, S("services"))->first; s; s = s->next)
        web_filter_option(by_item, str_fmt(c->a, "%lld", (long long)view_get_int(s, S("code"), 0)), view_get_text(s, S("label")));
    view_int(v, S("item"), item_id);
    view_bool(v, S("no_item"), !item_id);
    web_cut(v, 50, "agency_id");
    return web_page(r, "matching/offers", v);
}

/* The agencies that were ticked: agency_7=on, at most three. */
static int ticked(const req *r, int64_t *ids)
{
    int n = 0;
    str head = S("agency_");
    for (const view *a = r->args->first; a; a = a->next) {
        int64_t id;
        if (!str_starts(a->name, head) || !str_int(str_from(a->name, head.n), &id)) continue;
        if (n <= NEED_AGENCIES_MOST) ids[n++] = id; /* one too many is told, the rest is not counted */
    }
    return n;
}

/* GET /offers/compare?item=&agency_7=on&agency_9=on */
static err compare(req *r)
{
    ctx *c = r->ctx;
    int64_t ids[NEED_AGENCIES_MOST + 1], item_id = req_arg_int(r, "item", 0);
    int n = ticked(r, ids);
    item i;
    if (!n) return web_go(r, str_fmt(c->a, "/offers?item=%lld&need=%lld", (long long)item_id, (long long)req_arg_int(r, "need", 0)));
    if (n > NEED_AGENCIES_MOST) return err_of(ERR_INPUT, "agencies", N_("At most three agencies stand side by side; tick fewer."));
    TRY(catalogue_get(c, item_id, &i));
    view *v = view_map(c->a), *items = view_put_list(v, S("items"));
    web_title(r, v, N_("Agencies side by side"), (str){0});
    web_crumb(r, v, str_fmt(c->a, "/offers?item=%lld", (long long)item_id), tr(c->lang, N_("Who offers what")));
    TRY(show_need(r, v, req_arg_int(r, "need", 0)));
    view_text(v, S("item_name"), catalogue_name(c, &i));
    view_bool(v, S("zero_fee"), i.zero_fee);
    view_fen(v, S("floor_fen"), i.floor_fen);
    view_fen(v, S("ceiling_fen"), i.ceiling_fen);
    view_bool(v, S("guided"), !i.zero_fee && i.ceiling_fen);
    for (int k = 0; k < n; k++) {
        view *row = view_add_map(items);
        err e = store_map(c, &offer_of_agency_compared, row, ARGS(ids[k], item_id));
        if (e.kind == ERR_MISSING) return err_of(ERR_MISSING, "", N_("There is no such agency."));
        TRY(e);
        view_english(c->lang, row, "agency_name");
        show_room(c, row);
        TRY(show_rating(c, row));
    }
    return web_page(r, "matching/compare", v);
}

/* ---- the agency's own ----------------------------------------------------------------------------------------------------------- */

/* GET /offering?item= */
static err show_own(req *r)
{
    ctx *c = r->ctx;
    int64_t running, item_id = req_arg_int(r, "item", 0);
    bool found;
    offer now;
    capacity k = {0};
    TRY(offer_of(c, item_id, c->who.org, &now));
    if (!now.item) now = (offer){.item = item_id, .work_days = 30, .is_open = true};
    TRY(store_find(c, &offer_capacity_of, &capacity_shape, &k, &found, ARGS(c->who.org)));
    TRY(store_int(c, &offer_running_of, &running, ARGS(c->who.org)));
    view *v = view_map(c->a);
    web_title(r, v, N_("What we offer"), (str){0});
    TRY(store_rows(c, &offer_of_agency, v, S("items"), ARGS(c->who.org)));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) view_english(c->lang, row, "item_name");
    form_show(r, v, "form", &offer_shape, &now, S("/offering"), N_("Save the offer"));
    TRY(catalogue_options(c, v, S("services")));
    form_options(view_get(v, S("form")), "item", view_get(v, S("services")));
    form_show(r, v, "capacity_form", &capacity_shape, &k, S("/offering/capacity"), N_("Save the capacity"));
    view_int(v, S("running"), running);
    view_int(v, S("capacity"), k.capacity);
    view_bool(v, S("no_capacity"), !k.capacity);
    view_day(v, S("away_until_day"), k.away_until_day >= c->today ? k.away_until_day : 0);
    return web_page(r, "matching/offering", v);
}

/* POST /offering */
static err save_own(req *r)
{
    offer f;
    TRY(form_read(r, &offer_shape, &f));
    TRY(store_act(r->ctx, &offer_save, &f));
    web_say(r, N_("The offer is saved."), (str){0}, (str){0});
    return web_go(r, S("/offering"));
}

/* POST /offering/capacity */
static err save_capacity(req *r)
{
    capacity k;
    TRY(form_read(r, &capacity_shape, &k));
    TRY(store_act(r->ctx, &capacity_save, &k));
    web_say(r, N_("The capacity is saved."), (str){0}, (str){0});
    return web_go(r, S("/offering"));
}

/* ---- conflicts of interest -------------------------------------------------------------------------------------------------------- */

/* GET /interests */
static err show_interests(req *r)
{
    ctx *c = r->ctx;
    owners now = {0};
    exclusion blank = {0};
    view *v = view_map(c->a), *lines = view_map(c->a);
    buf b = buf_new(c->a, 256);
    TRY(store_rows(c, &offer_owners_of, lines, S("rows"), ARGS(c->who.org)));
    for (const view *row = view_get(lines, S("rows"))->first; row; row = row->next) {
        if (b.n) buf_byte(&b, '\n');
        buf_put(&b, view_get_text(row, S("name")));
    }
    now.names = buf_str(&b);
    web_title(r, v, N_("Conflicts of interest"), (str){0});
    view_text(v, S("names"), now.names);
    form_show(r, v, "form", &owners_shape, &now, S("/interests"), N_("Save the statement"));
    bool enterprise = c->who.role == ROLE_ENTERPRISE;
    view_bool(v, S("enterprise"), enterprise);
    if (!enterprise) return web_page(r, "matching/interests", v);
    TRY(store_rows(c, &offer_exclusions_of, v, S("items"), ARGS(c->who.org)));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) view_english(c->lang, row, "agency_name");
    form_show(r, v, "exclusion_form", &exclusion_shape, &blank, S("/interests/exclusions"), N_("Exclude the agency"));
    TRY(member_options(c, S("agency"), v, S("agencies")));
    form_options(view_get(v, S("exclusion_form")), "agency", view_get(v, S("agencies")));
    return web_page(r, "matching/interests", v);
}

/* POST /interests */
static err save_owners(req *r)
{
    owners o;
    TRY(form_read(r, &owners_shape, &o));
    TRY(store_act(r->ctx, &owners_save, &o));
    web_say(r, N_("The statement is saved."), (str){0}, (str){0});
    return web_go(r, S("/interests"));
}

static err exclude(req *r)
{
    exclusion x;
    TRY(form_read(r, &exclusion_shape, &x));
    TRY(store_act(r->ctx, &exclusion_add, &x));
    return web_go(r, S("/interests"));
}

static err include(req *r)
{
    exclusion x;
    TRY(form_read(r, &exclusion_end_shape, &x));
    TRY(store_act(r->ctx, &exclusion_end, &x));
    return web_go(r, S("/interests"));
}

#define SIDES (WHO(ROLE_AGENCY) | WHO(ROLE_ENTERPRISE))
const route offer_routes[] = {
    {GET, "/offers", SIGNED_IN, list_offers, N_("Look who offers a service"), .counter = "need"},
    {GET, "/offers/compare", SIGNED_IN, compare, N_("Compare up to three agencies side by side"), .counter = "need"},
    {GET, "/offering", WHO(ROLE_AGENCY), show_own, N_("Read what one's agency offers and can carry"), .counter = "need"},
    {POST, "/offering", WHO(ROLE_AGENCY), save_own, N_("Offer a service, or change its price"), .form = &offer_shape, .back = "/offering", .counter = "need"},
    {POST, "/offering/capacity", WHO(ROLE_AGENCY), save_capacity, N_("State how many agreements one's agency can carry"), .form = &capacity_shape, .back = "/offering", .counter = "need"},
    {GET, "/interests", SIDES, show_interests, N_("Read one's own statement against conflicts of interest")},
    {POST, "/interests", SIDES, save_owners, N_("State who stands behind one's organisation"), .form = &owners_shape, .back = "/interests"},
    {POST, "/interests/exclusions", WHO(ROLE_ENTERPRISE), exclude, N_("Exclude an agency from one's needs"), .form = &exclusion_shape, .back = "/interests"},
    {POST, "/interests/exclusions/end", WHO(ROLE_ENTERPRISE), include, N_("Let an excluded agency be asked again"), .form = &exclusion_end_shape, .back = "/interests"},
    {0},
};
