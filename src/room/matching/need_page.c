/* SPDX-License-Identifier: Apache-2.0 */
/* need_page.c: the list of needs, a need with the agencies asked and why, and what waits for whom. */
#include "base/days.h"
#include "gen/room/matching/need_sql.h"
#include "room/catalogue/catalogue.h"
#include "room/document/document.h"
#include "room/matching/need_ask.h"
#include "room/matching/offer.h"

/* Who was taken is told to those concerned, not to the agencies that were asked beside it. */
static void hide_other_agency(const ctx *c, view *row)
{
    if (c->who.role != ROLE_AGENCY || view_get_int(row, S("agency"), 0) == c->who.org) return;
    view_int(row, S("agency"), 0);
    view_int(row, S("agreement"), 0);
    view_text(row, S("agency_name"), (str){0});
}

static void finish_row(ctx *c, view *row)
{
    hide_other_agency(c, row);
    view_choice(c->lang, row, S("topic"), need_topics);
    view_english(c->lang, row, "item_name");
    view_choice(c->lang, row, S("state"), need_states);
    view_bool(row, S("answer_me"), str_eqz(view_get_text(row, S("offer")), "offered"));
}

/* ---- the list --------------------------------------------------------------------------------------------------------------- */

static err read_rows(ctx *c, view *v, int64_t before, str state, str topic)
{
    str to = S("items");
    switch (c->who.role) {
    case ROLE_ENTERPRISE:
        if (state.n) return store_rows(c, &need_of_enterprise_in_state, v, to, ARGS(before, c->who.org, state));
        return store_rows(c, &need_of_enterprise, v, to, ARGS(before, c->who.org));
    case ROLE_AGENCY:
        if (state.n) return store_rows(c, &need_of_agency_in_state, v, to, ARGS(before, c->who.org, state));
        return store_rows(c, &need_of_agency, v, to, ARGS(before, c->who.org));
    default:
        if (state.n && topic.n) return store_rows(c, &need_of_topic_in_state, v, to, ARGS(before, topic, state));
        if (topic.n) return store_rows(c, &need_of_topic, v, to, ARGS(before, topic));
        if (state.n) return store_rows(c, &need_in_state, v, to, ARGS(before, state));
        return store_rows(c, &need_newest, v, to, ARGS(before));
    }
}

static void show_filters(req *r, view *v, bool officer)
{
    ctx *c = r->ctx;
    view *by_state = web_filter(r, v, "state", N_("State"));
    for (const struct choice *s = need_states; s->code; s++) web_filter_option(by_state, str_of(s->code), tr(c->lang, s->label));
    if (!officer) return;
    view *by_topic = web_filter(r, v, "topic", N_("What it is about"));
    for (const struct choice *t = need_topics; t->code; t++) web_filter_option(by_topic, str_of(t->code), tr(c->lang, t->label));
}

/* GET /needs */
static err list_needs(req *r)
{
    ctx *c = r->ctx;
    int64_t before;
    TRY(req_before(r, &before));
    str state = str_trim(req_arg(r, "state")), topic = str_trim(req_arg(r, "topic"));
    bool officer = (WHO(c->who.role) & NEED_OFFICERS) != 0;
    view *v = view_map(c->a);
    web_title(r, v, N_("Needs"), (str){0});
    TRY(read_rows(c, v, before, state, officer ? topic : (str){0}));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) finish_row(c, row);
    show_filters(r, v, officer);
    view_bool(v, S("may_post"), c->who.role == ROLE_ENTERPRISE);
    view_bool(v, S("for_agency"), c->who.role == ROLE_AGENCY);
    view_bool(v, S("filtered"), state.n || topic.n);
    web_cut(v, 50, "id");
    view_int(v, S("shown"), view_get(v, S("items"))->n);
    return web_page(r, "matching/needs", v);
}

/* ---- posting ----------------------------------------------------------------------------------------------------------------- */

/* GET /needs/new */
static err new_need(req *r)
{
    ctx *c = r->ctx;
    need_new blank = {.item = req_arg_int(r, "item", 0), .topic = S("service")};
    view *v = view_map(c->a);
    web_title(r, v, N_("Post a need"), (str){0});
    web_crumb(r, v, S("/needs"), tr(c->lang, N_("Needs")));
    form_show(r, v, "form", &need_new_shape, &blank, S("/needs"), N_("Post the need"));
    TRY(catalogue_options(c, v, S("services")));
    form_options(view_get(v, S("form")), "item", view_get(v, S("services")));
    return web_page(r, "matching/need_new", v);
}

/* POST /needs */
static err post(req *r)
{
    need_new n;
    TRY(form_read(r, &need_new_shape, &n));
    TRY(store_act(r->ctx, &need_post, &n));
    web_say(r, N_("The need is posted. Now let the platform choose agencies, or pick them yourself."), (str){0}, (str){0});
    return web_made(r, need_path(r->ctx, n.id));
}

/* ---- one need ---------------------------------------------------------------------------------------------------------------- */

static const struct choice events[] = {
    {"posted", N_("Posted")}, {"file", N_("File added")}, {"ask", N_("Asked")}, {"accept", N_("Accepted")}, {"decline", N_("Declined")},
    {"choose", N_("Taken")}, {"reopen", N_("Looks for another agency")}, {"step_back", N_("Stepped back")}, {"withdraw", N_("Withdrawn")},
    {"close", N_("Closed")}, {"draft", N_("Agreement drafted")}, {"remind", N_("Reminded")}, {"escalate", N_("Told to the alliance")},
    {"pass_on", N_("No answer in time")}, {"nobody_left", N_("Nobody left to answer")}, {"nobody_fits", N_("No agency can be asked")},
    {"expire", N_("Past its day")}, {0},
};

/* An agency reads what concerns itself, not who else was asked. */
static err show_events(ctx *c, view *v, const need *n)
{
    view *all = view_map(c->a), *out = view_put_list(v, S("events"));
    TRY(store_rows(c, &need_events, all, S("rows"), ARGS(n->id)));
    for (const view *row = view_get(all, S("rows"))->first; row; row = row->next) {
        int64_t agency = view_get_int(row, S("agency_id"), 0);
        if (c->who.role == ROLE_AGENCY && agency && agency != c->who.org) continue;
        view *one = view_add_map(out);
        for (const view *f = row->first; f; f = f->next) view_adopt(one, f->name, view_copy(c->a, f));
        view_choice(c->lang, one, S("what"), events);
    }
    return NO_ERR;
}

/* The last judgement of the platform, each agency with its reason. */
static err show_judged(ctx *c, view *v, const need *n)
{
    int64_t round;
    TRY(store_int(c, &need_last_round, &round, ARGS(n->id)));
    TRY(store_rows(c, &need_judged, v, S("judged"), ARGS(n->id, round)));
    for (view *row = view_get(v, S("judged"))->first; row; row = row->next) {
        candidate k = {.reason = (choice_reason)choice_reason_of(view_get_text(row, S("reason"))), .rating = view_get_int(row, S("rating"), RATING_NONE),
                       .running = view_get_int(row, S("running"), 0), .pending = view_get_int(row, S("pending"), 0), .capacity = view_get_int(row, S("capacity"), 0)};
        view_code(row, S("reason"), str_of(choice_reason_code[k.reason]), choice_words(c, &k));
        view_bool(row, S("chosen"), k.reason == CHOICE_CHOSEN);
        view_english(c->lang, row, "agency_name");
    }
    return NO_ERR;
}

static const struct choice answers[] = {
    {"offered", N_("has to answer"), "blue"}, {"accepted", N_("would do it"), "green"}, {"declined", N_("declined"), "red"},
    {"expired", N_("did not answer"), "red"}, {"closed", N_("not needed any more"), "secondary"}, {"chosen", N_("chosen"), "green"}, {0},
};

static err show_asked(ctx *c, view *v, const need *n)
{
    bool may_take = c->who.org == n->enterprise && str_eqz(n->state, "offered");
    TRY(store_rows(c, &need_asked_shown, v, S("asked"), ARGS(n->id)));
    for (view *row = view_get(v, S("asked"))->first; row; row = row->next) {
        view_bool(row, S("may_take"), may_take && str_eqz(view_get_text(row, S("state")), "accepted"));
        view_choice(c->lang, row, S("state"), answers);
        view_english(c->lang, row, "agency_name");
    }
    return NO_ERR;
}

/* By when the reader has to act, in working days; an unknown calendar says nothing. */
static void show_time(ctx *c, view *v, const need *n)
{
    int64_t left, due = str_eqz(n->offer, "offered") ? n->answer_by_day : n->due_day;
    view_day(v, S("due_day"), due);
    view_bool(v, S("late"), due && due < c->today);
    view_bool(v, S("due_today"), due && due == c->today);
    if (due > c->today && !workday_between(c->days, c->today, due, &left).kind) view_int(v, S("left_days"), left);
}

/* GET /needs/{id} */
static err show(req *r)
{
    ctx *c = r->ctx;
    need n;
    TRY(need_get(c, req_id(r), &n));
    bool agency = c->who.role == ROLE_AGENCY, mine = c->who.org == n.enterprise;
    view *v = view_map(c->a);
    shape_view(&need_shape, &n, v);
    finish_row(c, v);
    web_title(r, v, "{0}", n.subject);
    web_crumb(r, v, S("/needs"), tr(c->lang, N_("Needs")));
    show_time(c, v, &n);
    TRY(document_list(c, S("need"), n.id, v, S("files")));
    TRY(show_events(c, v, &n));
    if (!agency) TRY(show_asked(c, v, &n));
    if (!agency) TRY(show_judged(c, v, &n));
    need_choices(c, &n, v, "choices");
    view_bool(v, S("can_decide"), view_get(v, S("choices"))->n > 0);
    view_text(v, S("move_action"), str_join(c->a, need_path(c, n.id), S("/moves")));
    bool may_pick = str_eqz(n.state, "open") && (mine || c->who.role == ROLE_ALLIANCE);
    if (may_pick) view_text(v, S("pick_href"), str_fmt(c->a, "/offers?item=%lld&need=%lld", (long long)n.item, (long long)n.id));
    bool may_read_agreement = n.agreement && (mine || c->who.org == n.agency);
    if (may_read_agreement) view_text(v, S("agreement_href"), str_fmt(c->a, "/agreements/%lld", (long long)n.agreement));
    if (mine && !n.agreement) {
        need_file blank = {.need = n.id};
        form_show(r, v, "file_form", &need_file_shape, &blank, str_join(c->a, need_path(c, n.id), S("/files")), N_("Add the file"));
    }
    return web_page(r, "matching/need", v);
}

/* POST /needs/{id}/moves */
static err move(req *r)
{
    ctx *c = r->ctx;
    need_move_in m;
    TRY(form_read(r, &need_move_shape, &m));
    m.id = req_id(r);
    TRY(store_act(c, &need_move, &m));
    if (m.agreement) {
        web_say(r, N_("The agreement is drafted with the service and the subject of the need; complete it and send it to the enterprise."), (str){0}, (str){0});
        return web_go(r, str_fmt(c->a, "/agreements/%lld", (long long)m.agreement));
    }
    web_say(r, N_("Done. This is how the need stands now."), (str){0}, (str){0});
    return web_go(r, need_path(c, m.id));
}

/* POST /needs/{id}/files */
static err add_file(req *r)
{
    need_file f;
    TRY(form_read(r, &need_file_shape, &f));
    f.need = req_id(r);
    TRY(store_act(r->ctx, &need_add_file, &f));
    return web_go(r, need_path(r->ctx, f.need));
}

/* GET /needs/{id}/files/{document} */
static err fetch(req *r)
{
    need n;
    int64_t doc;
    bool linked = false;
    TRY(need_get(r->ctx, req_id(r), &n));
    if (str_int(req_part(r, "document"), &doc)) TRY(document_linked(r->ctx, S("need"), n.id, doc, &linked));
    return linked ? document_send(r, doc) : err_of(ERR_MISSING, "", N_("There is no such file."));
}

/* ---- what waits --------------------------------------------------------------------------------------------------------------- */

static void add_todo(ctx *c, view *out, const need *n, const char *step, const char *label, int64_t since, int64_t due)
{
    todo_add(c, out, &(todo_row){
        .kind = "need", .kind_name = N_("Need"), .href = need_path(c, n->id), .step = str_of(step), .step_name = tr(c->lang, label), .since_day = since, .due_day = due,
        .title = c->who.role == ROLE_ENTERPRISE ? n->subject : str_fmt(c->a, SF " · " SF, SA(n->enterprise_name), SA(n->subject))});
}

err need_todo(ctx *c, view *out)
{
    list all = {0};
    if (c->who.role == ROLE_AGENCY) TRY(store_list(c, &need_todo_of_agency, &need_shape, &all, ARGS(c->who.org)));
    else if (c->who.role == ROLE_ENTERPRISE) TRY(store_list(c, &need_todo_of_enterprise, &need_shape, &all, ARGS(c->who.org)));
    else if (c->who.role == ROLE_ALLIANCE) TRY(store_list(c, &need_escalated, &need_shape, &all, NO_ARGS));
    for (int i = 0; i < all.n; i++) {
        const need *n = (const need *)all.items + i;
        if (c->who.role == ROLE_ALLIANCE) add_todo(c, out, n, "escalated", N_("An agency does not answer"), n->since_day, n->pass_on_day);
        else if (str_eqz(n->offer, "offered")) add_todo(c, out, n, "answer", N_("Accept or decline"), n->since_day, n->answer_by_day);
        else if (str_eqz(n->offer, "chosen")) add_todo(c, out, n, "draft", N_("Draft the agreement"), n->since_day, n->due_day);
        else if (str_eqz(n->state, "open")) add_todo(c, out, n, "open", N_("Choose whom to ask"), n->since_day, 0);
        else add_todo(c, out, n, "choose", N_("Take an agency"), n->since_day, n->due_day);
    }
    return NO_ERR;
}

const route need_routes[] = {
    {GET, "/needs", NEED_READERS, list_needs, N_("List the needs of enterprises"), .counter = "need"},
    {GET, "/needs/new", WHO(ROLE_ENTERPRISE), new_need, N_("Fields of a need"), .counter = "need"},
    {POST, "/needs", WHO(ROLE_ENTERPRISE), post, N_("Post a need"), .form = &need_new_shape, .back = "/needs/new", .counter = "need"},
    {GET, "/needs/{id}", NEED_READERS, show, N_("Read one need"), .counter = "need"},
    {POST, "/needs/{id}/moves", NEED_MOVERS, move, N_("Ask, answer, choose, withdraw: move a need"), .form = &need_move_shape, .back = "/needs/{id}", .counter = "need"},
    {POST, "/needs/{id}/files", WHO(ROLE_ENTERPRISE), add_file, N_("Add a file to a need"), .form = &need_file_shape, .back = "/needs/{id}", .counter = "need"},
    {GET, "/needs/{id}/files/{document}", NEED_READERS, fetch, N_("Read a file of a need"), .counter = "need"},
    {0},
};
