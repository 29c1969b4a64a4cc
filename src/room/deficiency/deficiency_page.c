/* SPDX-License-Identifier: Apache-2.0 */
/* deficiency_page.c: the items on the page of their case, answering and withdrawing them, and who raised some late. */
#include "gen/room/deficiency/deficiency_sql.h"
#include "room/deficiency/deficiency_row.h"

static str item_name(const ctx *c, const struct choice *items, str code)
{
    for (; items && items->code; items++)
        if (str_eqz(code, items->code)) return tr(c->lang, items->label);
    return str_eqz(code, "general") ? tr(c->lang, N_("In general")) : code;
}

err deficiency_show(ctx *c, int64_t case_id, const struct choice *items, view *into)
{
    static const struct choice states[] = {
        {"noted", N_("noted, not sent yet")}, {"open", N_("to be answered")}, {"answered", N_("answered")}, {"settled", N_("settled")}, {"withdrawn", N_("withdrawn")}, {0},
    };
    list all;
    int64_t open = 0, noted = 0;
    bool answering = false;
    bool officer = WHO(c->who.role) & OFFICERS;
    TRY(store_list(c, &deficiency_of_case, &deficiency_shape, &all, ARGS(case_id)));
    view *out = view_put_list(into, S("deficiencies"));
    for (int i = 0; i < all.n; i++) {
        const deficiency *d = (const deficiency *)all.items + i;
        bool is_noted = str_eqz(d->state, "noted"), is_open = str_eqz(d->state, "open");
        if (is_noted && !officer) continue;
        noted += is_noted, open += is_open;
        view *row = view_add_map(out);
        shape_view(&deficiency_shape, d, row);
        view_code(row, S("item"), d->item, item_name(c, items, d->item));
        view_choice(c->lang, row, S("reason"), deficiency_reasons);
        view_choice(c->lang, row, S("state"), states);
        view_bool(row, S("is_open"), is_open);
        view_bool(row, S("is_answered"), str_eqz(d->state, "answered"));
        view_bool(row, S("may_answer"), (is_open || str_eqz(d->state, "answered")) && c->who.org == d->owner_org && c->who.role == ROLE_AGENCY);
        answering |= view_get(row, S("may_answer"))->i != 0;
        view_bool(row, S("may_withdraw"), (is_noted || is_open) && actor_is(&c->who, d->raised_by));
    }
    view_int(into, S("deficiencies_open"), open);
    view_int(into, S("deficiencies_noted"), noted);
    view_bool(into, S("answering"), answering);
    return NO_ERR;
}

static err back_to(req *r, int64_t id)
{
    deficiency d;
    flow_case k;
    TRY(store_row(r->ctx, &deficiency_row, &deficiency_shape, &d, ARGS(id)));
    TRY(flow_case_get(r->ctx, d.case_id, &k));
    static const struct { const char *flow, *plural; } pages[] = {{"agreement", "agreements"}, {"admission", "admissions"}, {"subsidy", "applications"}};
    for (int i = 0; i < countof(pages); i++)
        if (str_eqz(k.flow, pages[i].flow)) return web_go(r, str_fmt(r->ctx->a, "/%s/%lld", pages[i].plural, (long long)d.case_id));
    return err_of(ERR_MISSING, "", N_("There is no such item."));
}

/* POST /deficiencies/{id}/answer */
static err do_answer(req *r)
{
    deficiency_answer_in a;
    TRY(form_read(r, &deficiency_answer_shape, &a));
    a.id = req_id(r);
    TRY(store_act(r->ctx, &deficiency_answer, &a));
    return back_to(r, a.id);
}

/* All answers of one page together, so that saving one loses none of the others; what is left empty stays open. */
typedef struct answers_in { list ids; } answers_in;
static const field one_answer_fields[] = {FIELD(deficiency_answer_in, id, F_ID), FIELD(deficiency_answer_in, answer, F_LINES, .max = 4000)};
static const shape one_answer_shape = {"answer", one_answer_fields, countof(one_answer_fields), sizeof(deficiency_answer_in)};
static const field answers_fields[] = {{.name = "id", .kind = F_LIST, .at = (int)offsetof(answers_in, ids), .of = &one_answer_shape}};
static const shape answers_shape = {"deficiency_answers", answers_fields, countof(answers_fields), sizeof(answers_in)};

/* POST /deficiencies/answers */
static err do_answers(req *r)
{
    answers_in in;
    TRY(form_read(r, &answers_shape, &in));
    int64_t last = 0;
    str key = r->ctx->once;
    for (int i = 0; i < in.ids.n; i++) {
        deficiency_answer_in a = ((const deficiency_answer_in *)in.ids.items)[i];
        last = a.id;
        if (!a.answer.n) continue;
        r->ctx->once = key.n ? str_fmt(r->ctx->a, SF "-%d", SA(key), i) : (str){0};
        TRY(store_act(r->ctx, &deficiency_answer, &a));
    }
    if (!last) return err_of(ERR_INPUT, "id", N_("Answer at least one item."));
    web_say(r, N_("The answers are saved."), (str){0}, (str){0});
    return back_to(r, last);
}

/* POST /deficiencies/{id}/withdraw */
static err do_withdraw(req *r)
{
    deficiency_ref d = {req_id(r)};
    TRY(store_act(r->ctx, &deficiency_withdraw, &d));
    return back_to(r, d.id);
}

/* GET /deficiencies/late */
static err show_late(req *r)
{
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("Items raised late"), (str){0});
    TRY(store_rows(r->ctx, &deficiency_late_by_person, v, S("items"), NO_ARGS));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) {
        str name, none;
        TRY(flow_name_person(r->ctx, view_get_int(row, S("person"), 0), 0, &name, &none));
        view_text(row, S("name"), name);
    }
    return web_page(r, "deficiency/late", v);
}

static const route routes[] = {
    {POST, "/deficiencies/{id}/answer", WHO(ROLE_AGENCY) | WHO(ROLE_ENTERPRISE), do_answer, N_("Answer what is asked for"), .form = &deficiency_answer_shape, .counter = "application join"},
    {POST, "/deficiencies/answers", WHO(ROLE_AGENCY) | WHO(ROLE_ENTERPRISE), do_answers, N_("Answer several items together"), .form = &answers_shape, .counter = "application join"},
    {POST, "/deficiencies/{id}/withdraw", OFFICERS & ~WHO(ROLE_AUDITOR), do_withdraw, N_("Withdraw what was asked for")},
    {GET, "/deficiencies/late", WHO(ROLE_ALLIANCE) | WHO(ROLE_BUREAU) | WHO(ROLE_AUDITOR), show_late, N_("Count the items raised late, by reviewer")},
    {0},
};
static const action *const actions[] = {&deficiency_raise, &deficiency_answer, &deficiency_withdraw, NULL};

const room deficiency_room = {
    .name = "deficiency",
    .routes = (const route *const[]){routes, NULL},
    .actions = actions,
    .statements = (const stmt *const *const[]){deficiency_statements, NULL},
};
