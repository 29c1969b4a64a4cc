/* SPDX-License-Identifier: Apache-2.0 */
/* rights.c: a flow's table of rights: asked and shown. */
#include "flow/rights.h"

enum { FIELDS = 40, STATES = 64 };

const struct choice right_words[] = {
    [RIGHT_HIDDEN] = {"hidden", N_("Hidden")}, [RIGHT_READ] = {"read", N_("Reads")}, [RIGHT_WRITE] = {"write", N_("Writes")},
    [RIGHT_REQUIRED] = {"required", N_("Must fill in")}, [RIGHT_REQUIRED + 1] = {0},
};

bool rights_read(const flow_rights *t, role r, bool submitted)
{
    for (const right_read *x = t->reads; x->who; x++)
        if (x->who & WHO(r) && (submitted || x->draft)) return true;
    return false;
}

bool rights_write(const flow_rights *t, const flow *f, role r, str node, unsigned groups)
{
    const flow_node *n = flow_node_of(f, node);
    bool own = n && n->kind == NODE_TASK && n->role == r;
    unsigned may = 0;
    for (const right_write *w = t->writes; w->who; w++)
        if (w->who & WHO(r) && (w->node ? str_eqz(node, w->node) : own)) may |= w->groups;
    return groups && (may & groups) == groups;
}

right rights_of(const flow_rights *t, const flow *f, role r, str node, bool submitted, const right_field *x)
{
    if (!rights_read(t, r, submitted)) return RIGHT_HIDDEN;
    if (!rights_write(t, f, r, node, x->group)) return RIGHT_READ;
    const field *in = t->form ? shape_field(t->form, str_of(x->name)) : NULL;
    return x->missing || (in && in->flags & F_REQUIRED) ? RIGHT_REQUIRED : RIGHT_WRITE;
}

/* ---- shown ---------------------------------------------------------------------------------------- */

typedef struct { str node, name; bool submitted; } state;

/* Where cases rest; the first step twice: before it was ever submitted, and after. */
static int states_of(const ctx *c, const flow_rights *t, const flow *f, state *out)
{
    const flow_node *first = f->start->out[0]->to;
    int n = 0;
    if (first->kind == NODE_TASK) {
        err says = {.arg = {flow_node_name(first, c->lang)}};
        out[n++] = (state){first->id, err_text(c->a, says, tr(c->lang, N_("{0} (never submitted yet)"))), false};
    }
    for (int i = 0; i < f->node_n && n < STATES; i++) {
        const flow_node *x = &f->nodes[i];
        if (x == first && t->drafts_anew) continue;
        if (x->kind == NODE_TASK || x->kind == NODE_TIMER || x->kind == NODE_END) out[n++] = (state){x->id, flow_node_name(x, c->lang), true};
    }
    return n;
}

static void put_right(const ctx *c, view *to, right x)
{
    view_code(to, S("right"), str_of(right_words[x].code), tr(c->lang, right_words[x].label));
    view_bool(to, S("writes"), x >= RIGHT_WRITE);
    view_bool(to, S("is_required"), x == RIGHT_REQUIRED);
    view_bool(to, S("is_hidden"), x == RIGHT_HIDDEN);
}

static void put_row(const ctx *c, view *rows, role r, const right *cells, int n, str states)
{
    view *row = view_add_map(rows);
    view_code(row, S("role"), str_of(role_code[r]), tr(c->lang, role_label[r]));
    view_text(row, S("states"), states);
    view *all = view_put_list(row, S("cells"));
    for (int i = 0; i < n; i++) put_right(c, view_add_map(all), cells[i]);
}

static void put_items(const ctx *c, view *items, role r, const state *s, const right_field *fields, const right *cells, int n)
{
    for (int i = 0; i < n; i++) {
        view *one = view_add_map(items);
        view_code(one, S("role"), str_of(role_code[r]), tr(c->lang, role_label[r]));
        view_code(one, S("state"), s->node, s->name);
        view_bool(one, S("submitted"), s->submitted);
        view_code(one, S("field"), str_of(fields[i].name), tr(c->lang, fields[i].label));
        view_code(one, S("right"), str_of(right_words[cells[i]].code), tr(c->lang, right_words[cells[i]].label));
    }
}

typedef struct { const flow_rights *t; const flow *f; const state *states; int state_n, field_n; right cells[STATES][FIELDS]; } matrix;

static bool alike(const matrix *m, int s, int k) { return !memcmp(m->cells[s], m->cells[k], (size_t)m->field_n * sizeof(right)); }

/* The state whose cells most others share. */
static int usual(const matrix *m)
{
    int best = 0, most = 0;
    for (int s = 0; s < m->state_n; s++) {
        int n = 0;
        for (int k = 0; k < m->state_n; k++) n += alike(m, s, k);
        if (n > most) best = s, most = n;
    }
    return best;
}

/* Those before that are like this one were named with the first of them. */
static bool is_named(const matrix *m, int s)
{
    for (int k = 0; k < s; k++)
        if (alike(m, s, k)) return true;
    return false;
}

/* States whose cells are alike are named together, and those that are as usual not at all. */
static void show_role(const ctx *c, matrix *m, role r, view *rows, view *items)
{
    for (int s = 0; s < m->state_n; s++) {
        for (int i = 0; i < m->field_n; i++) m->cells[s][i] = rights_of(m->t, m->f, r, m->states[s].node, m->states[s].submitted, &m->t->fields[i]);
        put_items(c, items, r, &m->states[s], m->t->fields, m->cells[s], m->field_n);
    }
    int rest = usual(m), others = 0;
    for (int s = 0; s < m->state_n; s++) {
        buf names = buf_new(c->a, 64);
        if (alike(m, s, rest) || is_named(m, s)) continue;
        for (int k = s; k < m->state_n; k++) {
            if (!alike(m, s, k)) continue;
            if (names.n) buf_put(&names, c->lang == LANG_ZH ? S("、") : S(", "));
            buf_put(&names, m->states[k].name);
        }
        others++;
        put_row(c, rows, r, m->cells[s], m->field_n, buf_str(&names));
    }
    put_row(c, rows, r, m->cells[rest], m->field_n, tr(c->lang, others ? N_("All other steps") : N_("All steps")));
}

void rights_show(const ctx *c, const flow_rights *t, const flow *f, view *into)
{
    state states[STATES];
    matrix *m = new(c->a, matrix);
    *m = (matrix){.t = t, .f = f, .states = states, .state_n = states_of(c, t, f, states)};
    view *fields = view_put_list(into, S("fields")), *rows = view_put_list(into, S("rows")), *items = view_put_list(into, S("items"));
    for (; t->fields[m->field_n].name && m->field_n < FIELDS; m->field_n++) {
        view *one = view_add_map(fields);
        view_text(one, S("name"), str_of(t->fields[m->field_n].name));
        view_text(one, S("label"), tr(c->lang, t->fields[m->field_n].label));
    }
    for (int r = 0; r < ROLES; r++) show_role(c, m, (role)r, rows, items);
}
