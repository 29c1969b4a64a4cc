/* SPDX-License-Identifier: Apache-2.0 */
/* todo.c: a row of the to-do list, alike from every room. */
#include "web/room.h"

void todo_add(const ctx *c, view *rows, const todo_row *t)
{
    view *row = view_add_map(rows);
    view_code(row, S("kind"), str_of(t->kind), tr(c->lang, t->kind_name));
    view_text(row, S("title"), t->title);
    view_text(row, S("href"), t->href);
    if (t->step.n) view_code(row, S("step"), t->step, t->step_name);
    view_day(row, S("since_day"), t->since_day);
    view_day(row, S("due_day"), t->due_day);
    if (t->amount_fen) view_fen(row, S("amount_fen"), t->amount_fen);
}
