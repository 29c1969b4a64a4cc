/* SPDX-License-Identifier: Apache-2.0 */
/* message.c: the inbox. A message keeps its English id and arguments, so each reader reads his own language. */
#include "room/message/message.h"

#include "gen/room/message/message_sql.h"
#include "room/account/account.h"

static err put(ctx *c, int64_t to, const char *text, str a, str b, str d, str href)
{
    int64_t id;
    TRY(store_next_id(c, S("message"), &id));
    return store_run(c, &message_add, NULL, ARGS(id, to, c->now, c->today, str_of(text), a, b, d, href));
}

static err send(ctx *c, int64_t to, const char *text, str a, str b, str d, str href)
{
    return to == c->who.person ? NO_ERR : put(c, to, text, a, b, d, href); /* he has just done it */
}

static err send_all(ctx *c, const list *to, const char *text, str a, str b, str d, str href)
{
    const struct account_id *ids = to->items;
    for (int i = 0; i < to->n; i++) TRY(send(c, ids[i].person, text, a, b, d, href));
    return NO_ERR;
}

err message_person(ctx *c, int64_t to, const char *text, str a, str b, str d, str href)
{
    return to ? send(c, to, text, a, b, d, href) : NO_ERR;
}

err message_owner(ctx *c, int64_t to, const char *text, str href) { return put(c, to, text, (str){0}, (str){0}, (str){0}, href); }

err message_hand_over(ctx *c, int64_t from, int64_t to, int64_t *moved) { return store_run(c, &message_move_all, moved, ARGS(from, to)); }

err message_org(ctx *c, int64_t org, const char *text, str a, str b, str d, str href)
{
    list ids;
    TRY(account_holders(c, (str){0}, org, &ids));
    return send_all(c, &ids, text, a, b, d, href);
}

err message_role(ctx *c, role to, const char *text, str a, str b, str d, str href)
{
    list ids;
    TRY(account_holders(c, str_of(role_code[to]), 0, &ids));
    return send_all(c, &ids, text, a, b, d, href);
}

/* ---- reading ------------------------------------------------------------------------------------------------ */

/* One message, or all up to one. */
typedef struct read_mark { int64_t upto, only; } read_mark;
SHAPE(read_mark, FIELD(read_mark, upto, F_INT), FIELD(read_mark, only, F_ID));
static err mark(ctx *c, void *in)
{
    const read_mark *m = in;
    if (m->only) return store_run(c, &message_mark_one, NULL, ARGS(c->who.person, c->now, m->only));
    return store_run(c, &message_mark_read, NULL, ARGS(c->who.person, c->now, m->upto));
}
static const action message_read = {"message_read", &read_mark_shape, mark, ACT_SILENT};

/* GET /messages */
static err list_messages(req *r)
{
    ctx *c = r->ctx;
    int64_t before;
    TRY(req_before(r, &before));
    view *v = view_map(c->a);
    web_title(r, v, N_("Messages"), (str){0});
    bool unread = req_arg(r, "unread").n;
    TRY(store_rows(c, unread ? &message_newest_unread : &message_newest, v, S("items"), ARGS(c->who.person, before)));
    view_bool(v, S("only_unread"), unread);
    view *items = view_get(v, S("items"));
    for (view *m = items->first; m; m = m->next) {
        err e = {.arg = {view_get_text(m, S("arg0")), view_get_text(m, S("arg1")), view_get_text(m, S("arg2"))}};
        view_text(m, S("text"), err_text(c->a, e, tr_str(c->lang, view_get_text(m, S("text_id")))));
        view_bool(m, S("unread"), !view_get(m, S("read_at"))->i);
    }
    view_int(v, S("upto"), items->first ? view_get_int(items->first, S("id"), 0) : 0);
    web_cut(v, 50, "id");
    return web_page(r, "message/list", v);
}

/* POST /messages/read */
static err mark_read(req *r)
{
    read_mark m;
    TRY(form_read(r, &read_mark_shape, &m));
    TRY(store_act(r->ctx, &message_read, &m));
    return web_go(r, S("/messages"));
}

static err count_unread(ctx *c, int64_t *out) { return store_int(c, &message_unread_count, out, ARGS(c->who.person)); }

static const route routes[] = {
    {GET, "/messages", SIGNED_IN, list_messages, N_("Read one's messages"), .counter = COUNTER_ANY},
    {POST, "/messages/read", SIGNED_IN, mark_read, N_("Mark messages as read"), .form = &read_mark_shape, .back = "/messages", .counter = COUNTER_ANY},
    {0},
};
static const nav_item nav[] = {{"/messages", N_("Messages"), "message", SIGNED_IN, 15, count_unread}, {0}};

const room message_room = {
    .name = "message",
    .routes = (const route *const[]){routes, NULL},
    .statements = (const stmt *const *const[]){message_statements, NULL},
    .nav = nav,
};
