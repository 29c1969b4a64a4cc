/* SPDX-License-Identifier: Apache-2.0 */
/* feedback.c: only the enterprise of the case, only once, only while it is fresh; the agency may reply once, in public. */
#include "room/rating/feedback.h"

#include "base/days.h"
#include "gen/room/rating/rating_sql.h"
#include "room/message/message.h"

enum { OPEN_DAYS = 30 };

const struct choice feedback_levels[] = {
    {"5", N_("5 – very satisfied")}, {"4", N_("4 – satisfied")}, {"3", N_("3 – fair")}, {"2", N_("2 – not satisfied")}, {"1", N_("1 – very dissatisfied")}, {0},
};

/* What there is to answer to. */
typedef struct ended { int64_t id, agency, enterprise, closed_at; str subject, agency_name; } ended;
SHAPE(ended, FIELD(ended, id, F_ID), FIELD(ended, agency, F_ID), FIELD(ended, enterprise, F_ID), FIELD(ended, closed_at, F_TIME), FIELD(ended, subject, F_TEXT),
      FIELD(ended, agency_name, F_TEXT));

static const field give_fields[] = {
    FIELD(feedback_in, id, F_ID, .flags = F_HIDDEN),
    FIELD(feedback_in, level, F_INT, .flags = F_REQUIRED, .label = N_("How satisfied are you?"), .min = 1, .max = 5),
    FIELD(feedback_in, contacted, F_BOOL, .label = N_("The agency contacted us by itself")),
    FIELD(feedback_in, useful, F_BOOL, .label = N_("The service was useful to us")),
    FIELD(feedback_in, words, F_LINES, .label = N_("In your words"), .hint = N_("Shown to the public without your name; the agency may reply"), .max = 500),
};
static const shape give_shape = {"feedback_give", give_fields, countof(give_fields), sizeof(feedback_in)};
static const field reply_fields[] = {
    FIELD(feedback_reply_in, id, F_ID, .flags = F_HIDDEN),
    FIELD(feedback_reply_in, reply, F_LINES, .flags = F_REQUIRED, .label = N_("Public reply"), .hint = N_("Once, and it stays"), .max = 500),
};
static const shape reply_shape = {"feedback_reply", reply_fields, countof(reply_fields), sizeof(feedback_reply_in)};

/* An answer that was given; words and reply are shown without the enterprise. */
typedef struct feedback { int64_t id, agency, enterprise, level; bool contacted, useful; str words; int64_t given_day; str reply; int64_t reply_day; } feedback;
SHAPE(feedback, FIELD(feedback, id, F_ID), FIELD(feedback, agency, F_ID), FIELD(feedback, enterprise, F_ID), FIELD(feedback, level, F_INT), FIELD(feedback, contacted, F_BOOL),
      FIELD(feedback, useful, F_BOOL), FIELD(feedback, words, F_TEXT), FIELD(feedback, given_day, F_DAY), FIELD(feedback, reply, F_TEXT), FIELD(feedback, reply_day, F_DAY));

/* ---- rules ---------------------------------------------------------------------------------------------------------- */

/* A case of the actor's own enterprise that has ended well; anything else is missing. */
static err get_ended(ctx *c, int64_t id, ended *out)
{
    bool found;
    TRY(store_find(c, &rating_ended_application, &ended_shape, out, &found, ARGS(id)));
    if (!found) TRY(store_find(c, &rating_ended_agreement, &ended_shape, out, &found, ARGS(id)));
    return found && out->enterprise == c->who.org ? NO_ERR : err_of(ERR_MISSING, "", N_("There is no ended case of yours to rate."));
}

static int64_t last_day(const ended *e) { return day_of_time(e->closed_at) + OPEN_DAYS; }

static err give(ctx *c, void *in)
{
    feedback_in *f = in;
    ended e;
    TRY(get_ended(c, f->id, &e));
    if (c->today > last_day(&e)) return err_with(ERR_CONFLICT, "", N_("It could be rated until {0}; it counts as unrated."), day_text(c->a, last_day(&e)), (str){0}, (str){0});
    err bad = store_run(c, &rating_add_feedback, NULL, ARGS(f->id, e.agency, e.enterprise, f->level, (int64_t)f->contacted, (int64_t)f->useful, f->words, c->today, c->who.person));
    if (bad.kind == ERR_CONFLICT) return err_of(ERR_CONFLICT, "", N_("Your enterprise has rated this case already; an answer is given once."));
    TRY(bad);
    return message_org(c, e.agency, N_("An enterprise rated your service: {0} of 5."), str_fmt(c->a, "%lld", (long long)f->level), (str){0}, (str){0}, S("/feedback"));
}
const action feedback_give = {"feedback_give", &give_shape, give, 0};

static err get_own(ctx *c, int64_t id, feedback *out)
{
    bool found;
    TRY(store_find(c, &rating_feedback_row, &feedback_shape, out, &found, ARGS(id)));
    return found && out->agency == c->who.org ? NO_ERR : err_of(ERR_MISSING, "", N_("There is no such answer."));
}

static err reply(ctx *c, void *in)
{
    feedback_reply_in *r = in;
    feedback f;
    int64_t changed;
    TRY(get_own(c, r->id, &f));
    TRY(store_run(c, &rating_put_reply, &changed, ARGS(r->id, r->reply, c->today, c->who.person)));
    return changed ? NO_ERR : err_of(ERR_CONFLICT, "", N_("There is a reply already; it stays."));
}
const action feedback_reply = {"feedback_reply", &reply_shape, reply, 0};

/* ---- pages ---------------------------------------------------------------------------------------------------------- */

static str path_of(ctx *c, int64_t id) { return str_fmt(c->a, "/feedback/%lld", (long long)id); }

static void put_feedback(ctx *c, const feedback *f, view *row)
{
    view_int(row, S("id"), f->id);
    for (const struct choice *l = feedback_levels; l->code; l++)
        if (l->code[0] == '0' + f->level) view_code(row, S("level"), str_of(l->code), tr(c->lang, l->label));
    view_bool(row, S("contacted"), f->contacted);
    view_bool(row, S("useful"), f->useful);
    view_text(row, S("words"), f->words);
    view_day(row, S("given_day"), f->given_day);
    view_text(row, S("reply"), f->reply);
    view_day(row, S("reply_day"), f->reply_day);
}

/* GET /feedback: the answers that an agency got, never by whom */
static err list_feedback(req *r)
{
    ctx *c = r->ctx;
    int64_t before;
    list all;
    TRY(req_before(r, &before));
    TRY(store_list(c, &rating_feedback_of_agency, &feedback_shape, &all, ARGS(c->who.org, before)));
    view *v = view_map(c->a), *rows = view_put_list(v, S("items"));
    for (int i = 0; i < all.n; i++) put_feedback(c, (const feedback *)all.items + i, view_add_map(rows));
    web_title(r, v, N_("What enterprises said"), (str){0});
    web_cut(v, 50, "id");
    return web_page(r, "rating/answers", v);
}

static void show_give_form(req *r, view *v, int64_t id)
{
    ctx *c = r->ctx;
    view *levels = view_list(c->a);
    form_show(r, v, "form", &give_shape, &(feedback_in){.id = id}, path_of(c, id), N_("Give this answer"));
    for (const struct choice *l = feedback_levels; l->code; l++) {
        view *one = view_add_map(levels);
        view_text(one, S("code"), str_of(l->code));
        view_text(one, S("label"), tr(c->lang, l->label));
    }
    form_options(view_get(v, S("form")), "level", levels);
}

/* GET /feedback/{id}: the enterprise answers, the agency replies */
static err show_feedback(req *r)
{
    ctx *c = r->ctx;
    view *v = view_map(c->a);
    feedback f;
    ended e;
    bool given;
    int64_t id = req_id(r);
    web_title(r, v, N_("How was the service?"), (str){0});
    if (c->who.role == ROLE_AGENCY) {
        TRY(get_own(c, id, &f));
        put_feedback(c, &f, view_put_map(v, S("given")));
        if (!f.reply_day) form_show(r, v, "form", &reply_shape, &(feedback_reply_in){.id = id}, str_join(c->a, path_of(c, id), S("/reply")), N_("Reply in public"));
        return web_page(r, "rating/feedback", v);
    }
    TRY(get_ended(c, id, &e));
    TRY(store_find(c, &rating_feedback_row, &feedback_shape, &f, &given, ARGS(id)));
    view_text(v, S("subject"), e.subject);
    view_text(v, S("agency_name"), e.agency_name);
    view_day(v, S("last_day"), last_day(&e));
    view_bool(v, S("over"), !given && c->today > last_day(&e));
    if (given) put_feedback(c, &f, view_put_map(v, S("given")));
    else if (c->today <= last_day(&e)) show_give_form(r, v, id);
    return web_page(r, "rating/feedback", v);
}

/* POST /feedback/{id} */
static err give_feedback(req *r)
{
    feedback_in f;
    TRY(form_read(r, &give_shape, &f));
    f.id = req_id(r);
    TRY(store_act(r->ctx, &feedback_give, &f));
    web_say(r, N_("Thank you. Your answer counts in the next rating."), (str){0}, (str){0});
    return web_go(r, path_of(r->ctx, f.id));
}

/* POST /feedback/{id}/reply */
static err reply_feedback(req *r)
{
    feedback_reply_in f;
    TRY(form_read(r, &reply_shape, &f));
    f.id = req_id(r);
    TRY(store_act(r->ctx, &feedback_reply, &f));
    web_say(r, N_("Your reply is public."), (str){0}, (str){0});
    return web_go(r, path_of(r->ctx, f.id));
}

err feedback_todo(ctx *c, view *out)
{
    const stmt *const unrated[] = {&rating_unrated_applications, &rating_unrated_agreements};
    if (c->who.role != ROLE_ENTERPRISE) return NO_ERR;
    for (int s = 0; s < countof(unrated); s++) {
        list all;
        TRY(store_list(c, unrated[s], &ended_shape, &all, ARGS(c->who.org, day_start(c->today - OPEN_DAYS))));
        for (const ended *e = all.items; e < (const ended *)all.items + all.n; e++) {
            todo_add(c, out, &(todo_row){
                .kind = "feedback", .kind_name = N_("Rating"), .title = str_fmt(c->a, SF " · " SF, SA(e->agency_name), SA(e->subject)), .href = path_of(c, e->id),
                .step = S("rate"), .step_name = tr(c->lang, N_("How was the service?")), .since_day = day_of_time(e->closed_at), .due_day = last_day(e)});
        }
    }
    return NO_ERR;
}

const route feedback_routes[] = {
    {GET, "/feedback", WHO(ROLE_AGENCY), list_feedback, N_("Read what enterprises said of one's services")},
    {GET, "/feedback/{id}", WHO(ROLE_ENTERPRISE) | WHO(ROLE_AGENCY), show_feedback, N_("Rate a case that has ended, or read its rating")},
    {POST, "/feedback/{id}", WHO(ROLE_ENTERPRISE), give_feedback, N_("Give the answer"), .form = &give_shape, .back = "/feedback/{id}"},
    {POST, "/feedback/{id}/reply", WHO(ROLE_AGENCY), reply_feedback, N_("Reply to an answer in public"), .form = &reply_shape, .back = "/feedback/{id}"},
    {0},
};
