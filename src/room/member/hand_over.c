/* SPDX-License-Identifier: Apache-2.0 */
/* hand_over.c: a person leaves: the post ends, a successor is named, the inbox goes over, and all of it stays on the record.
 * Cases belong to the organisation, so that they need no moving. */
#include "gen/room/member/hand_over_sql.h"
#include "room/account/account.h"
#include "room/member/member_form.h"
#include "room/message/message.h"

SHAPE(hand_over, FIELD(hand_over, org, F_ID, .flags = F_HIDDEN), FIELD(hand_over, post, F_ID, .flags = F_REQUIRED, .label = N_("Whose post ends"), .min = 1, .max = INT64_MAX),
      FIELD(hand_over, successor, F_ID, .flags = F_REQUIRED, .label = N_("Successor"), .hint = N_("Takes over the inbox; the cases stay with the organisation"), .min = 1, .max = INT64_MAX),
      FIELD(hand_over, reason, F_LINES, .flags = F_REQUIRED, .label = N_("Reason"), .max = 500));

err hand_over_may(ctx *c, int64_t org_id, bool *out)
{
    int64_t manager;
    TRY(store_int(c, &hand_over_manager, &manager, ARGS(org_id, c->today)));
    *out = c->who.role == ROLE_ADMIN || (c->who.org == org_id && c->who.person == manager);
    return NO_ERR;
}

static err check(ctx *c, const hand_over *h, post *leaving)
{
    bool may, found;
    int64_t holds;
    TRY(hand_over_may(c, h->org, &may));
    if (!may) return err_of(ERR_DENIED, "", N_("Only the organisation's manager, who has held a post there longest, or the administrator ends a post."));
    TRY(store_find(c, &hand_over_open_post, &post_shape, leaving, &found, ARGS(h->post, h->org)));
    if (!found) return err_of(ERR_INPUT, "post", N_("This post is not an open one of the organisation."));
    if (actor_is(&c->who, leaving->person_id)) return err_of(ERR_INPUT, "post", N_("Nobody ends the own post; the administrator does that."));
    if (leaving->person_id == h->successor) return err_of(ERR_INPUT, "successor", N_("The successor is somebody else."));
    TRY(store_int(c, &hand_over_holds_post, &holds, ARGS(h->org, h->successor, leaving->role)));
    return holds ? NO_ERR : err_of(ERR_INPUT, "successor", N_("The successor holds no post of that role in the organisation."));
}

static err run(ctx *c, void *in)
{
    hand_over *h = in;
    post leaving;
    person from, to;
    int64_t id, posts_left, moved = 0;
    TRY(check(c, h, &leaving));
    post_end ends = {leaving.person_id, leaving.id};
    TRY(store_also(c, &account_end_post, &ends));
    TRY(store_int(c, &hand_over_posts_left, &posts_left, ARGS(leaving.person_id)));
    if (!posts_left) TRY(message_hand_over(c, leaving.person_id, h->successor, &moved)); /* who acts elsewhere keeps the inbox */
    TRY(store_next_id(c, S("hand_over"), &id));
    TRY(store_run(c, &hand_over_add, NULL, ARGS(id, h->org, leaving.id, leaving.person_id, h->successor, moved, h->reason, c->who.person, c->today)));
    TRY(account_person(c, leaving.person_id, &from));
    TRY(account_person(c, h->successor, &to));
    return message_person(c, to.id, N_("You take over from {0}: {1}"), from.name, h->reason, (str){0}, S("/desk"));
}
const action member_hand_over = {"hand_over", &hand_over_shape, run, 0};

err hand_over_show(req *r, int64_t org_id, view *into)
{
    ctx *c = r->ctx;
    bool may;
    TRY(store_rows(c, &hand_over_of_org, into, S("hand_overs"), ARGS(org_id)));
    TRY(hand_over_may(c, org_id, &may));
    if (!may) return NO_ERR;
    TRY(store_rows(c, &hand_over_leavers, into, S("leavers"), ARGS(org_id, c->who.person)));
    if (!view_get(into, S("leavers"))->n) return NO_ERR;
    TRY(store_rows(c, &hand_over_successors, into, S("successors"), ARGS(org_id)));
    hand_over blank = {.org = org_id};
    form_show(r, into, "hand_over_form", &hand_over_shape, &blank, str_fmt(c->a, "/organisations/%lld/hand-overs", (long long)org_id), N_("End the post and hand over"));
    form_options(view_get(into, S("hand_over_form")), "post", view_get(into, S("leavers")));
    form_options(view_get(into, S("hand_over_form")), "successor", view_get(into, S("successors")));
    return NO_ERR;
}

/* POST /organisations/{id}/hand-overs */
static err hand_over_post(req *r)
{
    hand_over h;
    TRY(form_read(r, &hand_over_shape, &h));
    h.org = req_id(r);
    TRY(store_act(r->ctx, &member_hand_over, &h));
    web_say(r, N_("The post has ended; the successor has taken over."), (str){0}, (str){0});
    return web_go(r, str_fmt(r->ctx->a, "/organisations/%lld", (long long)h.org));
}

#define MANAGERS (WHO(ROLE_AGENCY) | WHO(ROLE_ENTERPRISE) | WHO(ROLE_ALLIANCE) | WHO(ROLE_ADMIN))
const route hand_over_routes[] = {
    {POST, "/organisations/{id}/hand-overs", MANAGERS, hand_over_post, N_("End a person's post and name the successor"), .form = &hand_over_shape, .back = "/organisations/{id}", .again = MANAGERS},
    {0},
};
