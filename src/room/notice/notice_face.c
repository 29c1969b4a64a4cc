/* SPDX-License-Identifier: Apache-2.0 */
/* notice_face.c: what the public sees of a notice, made by one function for the page and for the preview before it is decided. Feature I3. */
#include "base/days.h"
#include "gen/room/notice/notice_sql.h"
#include "room/notice/objection.h"

/* ---- names ----------------------------------------------------------------------------------------------------------- */

static bool is_han(uint32_t rune) { return rune >= 0x4E00 && rune <= 0x9FFF; }

/* Two to four Chinese characters that end like no organisation: a business that goes by its owner's name. */
static bool is_person(str name)
{
    static const char *const bodies[] = {"公司", "院", "所", "厂", "店", "社", "会", "局", "部", "中心", "站", "行", "校", "馆", "队", "场", "坊", "室", "处", "园", "集团"};
    size n = str_chars(name);
    if (n < 2 || n > 4) return false;
    for (str rest = name; rest.n;)
        if (!is_han(str_next_char(&rest))) return false;
    for (int i = 0; i < countof(bodies); i++)
        if (str_ends(name, str_of(bodies[i]))) return false;
    return true;
}

str notice_public_name(arena *a, str name)
{
    str rest = name;
    if (!is_person(name)) return name;
    str_next_char(&rest);
    return str_join(a, str_head(name, name.n - rest.n), S("*"));
}

/* ---- the face ---------------------------------------------------------------------------------------------------------- */

static const char *const names[] = {"enterprise", "agency", "payee"};

/* Whether a name of the lines was shortened. */
static bool mask_line(ctx *c, view *line)
{
    bool any = false;
    for (int i = 0; i < countof(names); i++) {
        str name = str_dup(c->a, view_get_text(line, str_of(names[i]))), shown = notice_public_name(c->a, name);
        any |= !str_eq(name, shown);
        view_text(line, str_of(names[i]), shown);
    }
    return any;
}

static void name_state(ctx *c, view *row)
{
    static const struct choice states[] = {
        {"open", N_("open to objection"), "blue"}, {"objected", N_("objected to"), "yellow"}, {"passed", N_("no objection"), "green"},
        {"withdrawn", N_("withdrawn"), "red"}, {"replaced", N_("noticed again"), "secondary"}, {0},
    };
    view_choice(c->lang, row, S("state"), states);
}

void notice_face(ctx *c, view *v)
{
    int64_t published = view_get(v, S("published_day"))->i, last = view_get(v, S("last_day"))->i, total = 0, left;
    bool masked = false;
    view *items = view_get(v, S("items"));
    for (view *l = items->first; l; l = l->next) {
        masked |= mask_line(c, l);
        name_state(c, l);
        total += view_get(l, S("amount_fen"))->i;
    }
    view_fen(v, S("total_fen"), total);
    view_int(v, S("count"), items->n);
    view_bool(v, S("masked"), masked);
    view_bool(v, S("open"), last >= c->today);
    workday_strip(c->days, published, last, c->lang, view_put_list(v, S("days")));
    if (last >= c->today && !workday_between(c->days, c->today, last, &left).kind) view_int(v, S("left_days"), left);
}

/* ---- before it is published ------------------------------------------------------------------------------------------------ */

/* Every field there is, and what becomes of it: nothing leaves the house that is not named here as shown. */
static void show_treatments(ctx *c, view *v)
{
    static const struct choice ways[] = {{"shown", N_("shown"), "green"}, {"shortened", N_("shown; an individual's name shortened"), "yellow"}, {"hidden", N_("not shown"), "secondary"}, {0}};
    static const struct { const char *field, *label, *way, *why; } all[] = {
        {"number", N_("Number"), "shown", N_("an objection names the entry by it")},
        {"enterprise", N_("Enterprise"), "shortened", N_("published fact; a business that goes by its owner's name shows the family name alone")},
        {"agency", N_("Agency"), "shortened", N_("published fact; a business that goes by its owner's name shows the family name alone")},
        {"item", N_("Service"), "shown", N_("published fact")},
        {"payee", N_("Payee"), "shortened", N_("published fact; a business that goes by its owner's name shows the family name alone")},
        {"amount_fen", N_("Amount"), "shown", N_("published fact")},
        {"outcome_number", N_("Number of the outcome"), "hidden", N_("a certificate may name inventors; the objection desk has it")},
        {"account", N_("Bank account number"), "hidden", N_("nobody needs it to object, and it invites fraud")},
        {"contact", N_("People and telephone numbers"), "hidden", N_("personal information, not needed to object")},
        {"files", N_("Files"), "hidden", N_("business secrets and personal information")},
    };
    view *out = view_put_list(v, S("treatments"));
    for (int i = 0; i < countof(all); i++) {
        view *row = view_add_map(out);
        view_code(row, S("field"), str_of(all[i].field), tr(c->lang, all[i].label));
        view_text(row, S("treatment"), str_of(all[i].way));
        view_choice(c->lang, row, S("treatment"), ways);
        view_text(row, S("why"), tr(c->lang, all[i].why));
    }
}

err notice_preview(ctx *c, const notice_new *n, view *v)
{
    int64_t first, last;
    TRY(workday_add(c->days, c->today, 1, &first));
    TRY(workday_add(c->days, c->today, n->days, &last));
    view_text(v, S("notice_title"), n->title);
    view_text(v, S("basis"), n->basis);
    view_day(v, S("published_day"), c->today);
    view_day(v, S("first_day"), first);
    view_day(v, S("last_day"), last);
    view *items = view_put_list(v, S("items"));
    for (int i = 0; i < n->n; i++) {
        view *row = view_add_map(items);
        shape_view(&notice_line_shape, &n->lines[i], row);
        view_text(row, S("state"), S("open"));
        view_day(row, S("last_day"), last);
    }
    notice_face(c, v);
    show_treatments(c, v);
    return NO_ERR;
}
