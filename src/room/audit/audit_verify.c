/* SPDX-License-Identifier: Apache-2.0 */
/* audit_verify.c: proves the record unbroken, and does it all again. */
#include "format/hash.h"
#include "format/json.h"
#include "gen/room/audit/audit_sql.h"
#include "room/audit/audit.h"
#include "room/audit/audit_tree.h"

typedef struct private_row { int64_t seq; str field, salt, value; } private_row;
SHAPE(private_row, FIELD(private_row, seq, F_INT), FIELD(private_row, field, F_TEXT), FIELD(private_row, salt, F_TEXT),
      FIELD(private_row, value, F_LINES));

/* ---- reading in pages, each in an arena of its own, so that a long record takes little memory ------------------ */

typedef struct { arena a; ctx c; list entries, privates; } page;

static err page_read(ctx *c, int64_t after, page *p)
{
    arena_init(&p->a, (size)64 << 20, c->a->oom, c->a->owner);
    p->c = *c;
    p->c.a = &p->a;
    TRY(store_list(&p->c, &audit_entries_after, &audit_entry_shape, &p->entries, ARGS(after)));
    if (!p->entries.n) return NO_ERR;
    int64_t last = ((const audit_entry *)p->entries.items)[p->entries.n - 1].seq;
    return store_list(&p->c, &audit_privates_between, &private_row_shape, &p->privates, ARGS(after, last));
}

/* ---- verifying ------------------------------------------------------------------------------------------------------ */

typedef struct {
    ctx *c;
    view *broken;
    tree t;
    str last;          /* hash of the entry before */
    char kept[65];
    int64_t outside_at;
    str outside, found_outside;
} proof;

static void say(proof *p, int64_t seq, const char *what)
{
    if (p->broken->n >= 100) return;
    view *row = view_add_map(p->broken);
    view_int(row, S("seq"), seq);
    view_text(row, S("what"), tr(p->c->lang, what));
}

static void prove_private(proof *p, page *g, const audit_entry *e, int *at)
{
    const private_row *rows = g->privates.items;
    view *input = NULL;
    for (; *at < g->privates.n && rows[*at].seq <= e->seq; ++*at) {
        const private_row *row = &rows[*at];
        if (row->seq < e->seq) continue;
        if (!input && json_read(&g->a, e->input, &input).kind) return; /* said already: the hash differs */
        const view *sealed = view_get(input, row->field);
        str want = sealed && sealed->kind == V_MAP ? view_get_text(sealed, S("sha256")) : (str){0};
        if (!str_eq(want, audit_seal(&g->a, row->salt, row->value)))
            say(p, e->seq, N_("A personal value beside this entry is not the one it was written with."));
    }
}

static void prove_entry(proof *p, page *g, const audit_entry *e)
{
    uint8_t leaf[32];
    if (e->seq != p->t.entries + 1) say(p, e->seq, N_("An entry before this one is missing."));
    if (!str_eq(e->prev, p->last)) say(p, e->seq, N_("This entry does not follow the one before it."));
    if (!str_eq(e->hash, audit_entry_hash(&g->c, e))) say(p, e->seq, N_("This entry is not as it was written."));
    if (!hex_read(e->hash, leaf, 32)) memset(leaf, 0, 32);
    p->t.entries = e->seq - 1; /* a gap has been named; go on with what is there */
    tree_append(&p->t, leaf);
    size n = e->hash.n < 64 ? e->hash.n : 64;
    memcpy(p->kept, e->hash.p, (size_t)n);
    p->last = (str){p->kept, n};
    if (p->t.entries == p->outside_at) p->found_outside = tree_head(p->c->a, &p->t);
}

static err prove_all(proof *p)
{
    for (int64_t after = 0;;) {
        page g = {0};
        err e = page_read(p->c, after, &g);
        int at = 0;
        for (int i = 0; !e.kind && i < g.entries.n; i++) {
            const audit_entry *entry = (const audit_entry *)g.entries.items + i;
            prove_private(p, &g, entry, &at);
            prove_entry(p, &g, entry);
            after = entry->seq;
        }
        bool end = e.kind || g.entries.n == 0;
        arena_done(&g.a);
        if (end) return e;
    }
}

static err read_outside(proof *p, str head)
{
    str number;
    p->outside = head;
    if (!head.n) return NO_ERR;
    if (!str_split(&head, ':', &number) || !str_int(number, &p->outside_at) || p->outside_at < 1)
        return err_of(ERR_INPUT, "head", N_("A head is written as on notices: the number of entries, a colon, the hash."));
    return NO_ERR;
}

err audit_verify(ctx *c, str outside_head, view *report)
{
    proof *p = new(c->a, proof);
    p->c = c;
    p->broken = view_list(c->a);
    TRY(read_outside(p, outside_head));
    TRY(prove_all(p));

    audit_tree row;
    bool found;
    TRY(store_find(c, &audit_the_tree, &audit_tree_shape, &row, &found, NO_ARGS));
    str frontier = hex_text(c->a, p->t.node, (size)p->t.n * 32);
    if (!found) row = (audit_tree){0};
    if (row.entries > p->t.entries) say(p, p->t.entries + 1, N_("Entries are missing at the end."));
    else if (row.entries != p->t.entries || !str_eq(row.frontier, frontier) || !str_eq(row.last, p->last))
        say(p, p->t.entries, N_("The head in the store does not fit the entries."));
    if (p->outside.n && !str_eq(p->outside, p->found_outside))
        say(p, p->outside_at, p->outside_at > p->t.entries
                                  ? N_("The outside head has more entries than the store: the end was cut off.")
                                  : N_("The outside head differs: the record was written anew up to this entry."));
    view_int(report, S("entries"), p->t.entries);
    view_text(report, S("head"), tree_head(c->a, &p->t));
    view_bool(report, S("ok"), p->broken->n == 0);
    view_adopt(report, S("broken"), p->broken);
    return NO_ERR;
}

/* ---- doing it all again ------------------------------------------------------------------------------------------------ */

static const action *find_action(const room *const *all, str name)
{
    for (; *all; all++)
        for (const action *const *a = (*all)->actions; a && *a; a++)
            if (str_eqz(name, (*a)->name)) return *a;
    return NULL;
}

static err restore_private(page *g, const audit_entry *e, view *input)
{
    const private_row *rows = g->privates.items;
    for (int i = 0; i < g->privates.n; i++) {
        if (rows[i].seq != e->seq) continue;
        view *value;
        TRY(json_read(&g->a, str_fmt(&g->a, "[" SF "]", SA(rows[i].value)), &value));
        view_adopt(input, rows[i].field, value->first);
    }
    return NO_ERR;
}

static err again(page *g, ctx *to, const room *const *all, const audit_entry *e)
{
    const action *act = find_action(all, e->act);
    if (!act) return err_with(ERR_CONFLICT, "", N_("Entry {0}: this program knows no act {1}."),
                              str_fmt(to->a, "%lld", (long long)e->seq), e->act, (str){0});
    view *input, *result = view_map(&g->a);
    TRY(json_read(&g->a, e->input, &input));
    TRY(restore_private(g, e, input));
    void *in = arena_alloc(&g->a, 1, act->in->bytes, 16);
    TRY(shape_read(&g->a, act->in, input, in));

    arena *kept = to->a;
    to->a = &g->a;
    to->now = e->at, to->today = e->today;
    to->who = (actor){.person = e->person, .for_person = e->for_person, .post = e->post, .org = e->org, .mandate = e->mandate, .role = (role)role_of(e->role)};
    err bad = store_act(to, act, in);
    to->a = kept;
    if (bad.kind) {
        str why = str_dup(kept, err_text(&g->a, bad, str_of(bad.text)));
        return err_with(ERR_CONFLICT, "", N_("Entry {0} ({1}) cannot be done again: {2}"),
                        str_fmt(kept, "%lld", (long long)e->seq), str_dup(kept, e->act), why);
    }
    view *whole = view_map(&g->a);
    shape_view(act->in, in, whole);
    for (int i = 0; i < act->in->n; i++)
        if (act->in->fields[i].flags & F_RESULT)
            view_adopt(result, str_of(act->in->fields[i].name), view_copy(&g->a, view_get(whole, str_of(act->in->fields[i].name))));
    buf r = buf_new(&g->a, 64);
    json_canonical(&r, result);
    if (!str_eq(buf_str(&r), e->result))
        return err_with(ERR_CONFLICT, "", N_("Entry {0} ({1}) gave another result when done again: {2}"),
                        str_fmt(kept, "%lld", (long long)e->seq), str_dup(kept, e->act), str_dup(kept, buf_str(&r)));
    return NO_ERR;
}

err audit_replay(ctx *from, ctx *to, const room *const *all)
{
    for (int64_t after = 0;;) {
        page g = {0};
        err e = page_read(from, after, &g);
        for (int i = 0; !e.kind && i < g.entries.n; i++) {
            const audit_entry *entry = (const audit_entry *)g.entries.items + i;
            e = again(&g, to, all, entry);
            after = entry->seq;
        }
        bool end = e.kind || g.entries.n == 0;
        arena_done(&g.a);
        if (end) return e;
    }
}
