/* SPDX-License-Identifier: Apache-2.0 */
/* feedback_page.c: where an enterprise answers and an agency replies, and whose answers wait. */
#include "base/days.h"
#include "gen/room/rating/rating_sql.h"
#include "room/rating/feedback.h"

static str feedback_path(ctx *c, int64_t id) { return str_fmt(c->a, "/feedback/%lld", (long long)id); }

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
    form_show(r, v, "form", &feedback_give_shape, &(feedback_in){.id = id}, feedback_path(c, id), N_("Give this answer"));
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
        TRY(feedback_get(c, id, &f));
        put_feedback(c, &f, view_put_map(v, S("given")));
        if (!f.reply_day) form_show(r, v, "form", &feedback_reply_shape, &(feedback_reply_in){.id = id}, str_join(c->a, feedback_path(c, id), S("/reply")), N_("Reply in public"));
        return web_page(r, "rating/feedback", v);
    }
    TRY(feedback_ended_case(c, id, &e));
    TRY(store_find(c, &rating_feedback_row, &feedback_shape, &f, &given, ARGS(id)));
    view_text(v, S("subject"), e.subject);
    view_text(v, S("agency_name"), e.agency_name);
    view_day(v, S("last_day"), feedback_last_day(&e));
    view_bool(v, S("over"), !given && c->today > feedback_last_day(&e));
    if (given) put_feedback(c, &f, view_put_map(v, S("given")));
    else if (c->today <= feedback_last_day(&e)) show_give_form(r, v, id);
    return web_page(r, "rating/feedback", v);
}

/* POST /feedback/{id} */
static err give_feedback(req *r)
{
    feedback_in f;
    TRY(form_read(r, &feedback_give_shape, &f));
    f.id = req_id(r);
    TRY(store_act(r->ctx, &feedback_give, &f));
    web_say(r, N_("Thank you. Your answer counts in the next rating."), (str){0}, (str){0});
    return web_go(r, feedback_path(r->ctx, f.id));
}

/* POST /feedback/{id}/reply */
static err reply_feedback(req *r)
{
    feedback_reply_in f;
    TRY(form_read(r, &feedback_reply_shape, &f));
    f.id = req_id(r);
    TRY(store_act(r->ctx, &feedback_reply, &f));
    web_say(r, N_("Your reply is public."), (str){0}, (str){0});
    return web_go(r, feedback_path(r->ctx, f.id));
}

err feedback_todo(ctx *c, view *out)
{
    const stmt *const unrated[] = {&rating_unrated_applications, &rating_unrated_agreements};
    if (c->who.role != ROLE_ENTERPRISE) return NO_ERR;
    for (int s = 0; s < countof(unrated); s++) {
        list all;
        TRY(store_list(c, unrated[s], &ended_shape, &all, ARGS(c->who.org, day_start(c->today - FEEDBACK_DAYS))));
        for (const ended *e = all.items; e < (const ended *)all.items + all.n; e++) {
            todo_add(c, out, &(todo_row){
                .kind = "feedback", .kind_name = N_("Rating"), .title = str_fmt(c->a, SF " · " SF, SA(e->agency_name), SA(e->subject)), .href = feedback_path(c, e->id),
                .step = S("rate"), .step_name = tr(c->lang, N_("How was the service?")), .since_day = day_of_time(e->closed_at), .due_day = feedback_last_day(e)});
        }
    }
    return NO_ERR;
}

const route feedback_routes[] = {
    {GET, "/feedback", WHO(ROLE_AGENCY), list_feedback, N_("Read what enterprises said of one's services")},
    {GET, "/feedback/{id}", WHO(ROLE_ENTERPRISE) | WHO(ROLE_AGENCY), show_feedback, N_("Rate a case that has ended, or read its rating")},
    {POST, "/feedback/{id}", WHO(ROLE_ENTERPRISE), give_feedback, N_("Give the answer"), .form = &feedback_give_shape, .back = "/feedback/{id}"},
    {POST, "/feedback/{id}/reply", WHO(ROLE_AGENCY), reply_feedback, N_("Reply to an answer in public"), .form = &feedback_reply_shape, .back = "/feedback/{id}"},
    {0},
};
