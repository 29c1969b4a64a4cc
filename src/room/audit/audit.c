/* SPDX-License-Identifier: Apache-2.0 */
/* audit.c: writes an entry for each act and keeps the head of the tree. */
#include "room/audit/audit.h"

#include "format/hash.h"
#include "format/json.h"
#include "gen/room/audit/audit_sql.h"
#include "room/audit/audit_tree.h"
#include "web/secret.h"

SHAPE(audit_entry, FIELD(audit_entry, seq, F_INT), FIELD(audit_entry, at, F_TIME), FIELD(audit_entry, today, F_DAY),
      FIELD(audit_entry, person, F_ID), FIELD(audit_entry, for_person, F_ID), FIELD(audit_entry, post, F_ID),
      FIELD(audit_entry, org, F_ID), FIELD(audit_entry, role, F_TEXT), FIELD(audit_entry, act, F_TEXT),
      FIELD(audit_entry, noun, F_TEXT), FIELD(audit_entry, object, F_ID), FIELD(audit_entry, input, F_LINES),
      FIELD(audit_entry, result, F_LINES), FIELD(audit_entry, prev, F_TEXT), FIELD(audit_entry, hash, F_TEXT),
      FIELD(audit_entry, mandate, F_ID));
/* What every entry hashes: the mandate, which came later, only where there is one. */
static const shape hashed_shape = {"audit_entry", audit_entry_fields, (int)countof(audit_entry_fields) - 1, sizeof(audit_entry)};
SHAPE(audit_tree, FIELD(audit_tree, entries, F_INT), FIELD(audit_tree, frontier, F_TEXT), FIELD(audit_tree, last, F_TEXT));

/* ---- the bytes of an entry ------------------------------------------------------------------------------ */

/* SHA-256 of 0x00 and the canonical JSON of every column but the hash itself. */
str audit_entry_hash(ctx *c, const audit_entry *e)
{
    view *v = view_map(c->a);
    shape_view(&hashed_shape, e, v);
    if (e->mandate) view_int(v, S("mandate"), e->mandate);
    view_int(v, S("at"), e->at);       /* whole µs and day numbers: no other writing of them can differ */
    view_int(v, S("today"), e->today);
    view_put(v, S("hash"), V_NULL);
    view_int(v, S("zone"), c->zone);
    buf b = buf_new(c->a, 512 + e->input.n);
    buf_byte(&b, 0);
    json_canonical(&b, v);
    uint8_t leaf[SHA256_BYTES];
    sha256(buf_str(&b), leaf);
    return hex_text(c->a, leaf, sizeof leaf);
}

/* ---- RFC 6962 tree, kept as its frontier: the roots of the full subtrees from the left ---------------------- */

static void node_hash(const uint8_t left[32], const uint8_t right[32], uint8_t out[32])
{
    uint8_t both[65] = {1};
    memcpy(both + 1, left, 32);
    memcpy(both + 33, right, 32);
    sha256((str){(const char *)both, sizeof both}, out);
}

void tree_append(tree *t, const uint8_t leaf[32])
{
    assert(t->n < TREE_LEVELS);
    memcpy(t->node[t->n++], leaf, 32);
    for (int64_t full = t->entries++; full & 1; full >>= 1) { /* a finished pair becomes one */
        node_hash(t->node[t->n - 2], t->node[t->n - 1], t->node[t->n - 2]);
        t->n--;
    }
}

void tree_root(const tree *t, uint8_t out[32])
{
    if (!t->n) {
        sha256((str){0}, out);
        return;
    }
    memcpy(out, t->node[t->n - 1], 32);
    for (int i = t->n - 2; i >= 0; i--) node_hash(t->node[i], out, out);
}

str tree_head(arena *a, const tree *t)
{
    uint8_t root[32];
    tree_root(t, root);
    return str_fmt(a, "%lld:" SF, (long long)t->entries, SA(base64url_text(a, root, sizeof root)));
}

bool tree_load(tree *t, int64_t entries, str frontier)
{
    *t = (tree){.entries = entries, .n = (int)(frontier.n / 64)};
    return t->n <= TREE_LEVELS && __builtin_popcountll((unsigned long long)entries) == t->n &&
           hex_read(frontier, t->node, (size)t->n * 32);
}

static err load(ctx *c, tree *t, str *last)
{
    audit_tree row;
    bool found;
    TRY(store_find(c, &audit_the_tree, &audit_tree_shape, &row, &found, NO_ARGS));
    *last = found ? row.last : S("");
    if (!found) row = (audit_tree){0};
    if (!tree_load(t, row.entries, row.frontier))
        return err_of(ERR_FAULT, "", N_("The head of the audit trail is damaged; run lingfei verify."));
    return NO_ERR;
}

err audit_newest_at(ctx *c, int64_t *out) { return store_int(c, &audit_newest_instant, out, NO_ARGS); }

err audit_head(ctx *c, str *out)
{
    tree t;
    str last;
    TRY(load(c, &t, &last));
    *out = tree_head(c->a, &t);
    return NO_ERR;
}

/* ---- writing -------------------------------------------------------------------------------------------------- */

/* The word before the first underscore of the act's name is its noun; the object is its `id`, or what it has made. */
int64_t audit_object(const action *act, const void *in, str *noun)
{
    str name = str_of(act->name);
    str_split(&name, '_', noun);
    for (int i = 0; i < act->in->n; i++) {
        const field *f = &act->in->fields[i];
        bool is_id = f->kind == F_ID || f->kind == F_INT;
        if (is_id && (!strcmp(f->name, "id") || str_eqz(*noun, f->name))) return *(const int64_t *)((const char *)in + f->at);
    }
    return 0;
}

static err put_aside(ctx *c, int64_t seq, const char *name, view *input)
{
    view *value = view_get(input, str_of(name));
    buf text = buf_new(c->a, 64);
    json_canonical(&text, value);
    str salt = secret_token(c->a);
    TRY(store_run(c, &audit_private_add, NULL, ARGS(seq, str_of(name), salt, store_sealed(c, buf_str(&text)))));
    str sealed = audit_seal(c->a, salt, buf_str(&text));
    view_text(view_put_map(input, str_of(name)), S("sha256"), sealed);
    return NO_ERR;
}

str audit_seal(arena *a, str salt, str value) { return sha256_hex(a, str_join(a, salt, value)); }

err audit_write(ctx *c, const action *act, const void *in)
{
    tree t;
    audit_entry e = {.at = c->now, .today = c->today, .person = c->who.person, .for_person = c->who.for_person,
                     .post = c->who.post, .org = c->who.org, .mandate = c->who.mandate, .role = str_of(role_code[c->who.role]), .act = str_of(act->name)};
    TRY(load(c, &t, &e.prev));
    e.seq = t.entries + 1;
    e.object = audit_object(act, in, &e.noun);

    view *all = view_map(c->a), *input = view_map(c->a), *result = view_map(c->a);
    shape_view(act->in, in, all);
    for (int i = 0; i < act->in->n; i++) {
        const field *f = &act->in->fields[i];
        view *value = view_get(all, str_of(f->name));
        if (!value) continue; /* a secret */
        view_adopt(f->flags & F_RESULT ? result : input, str_of(f->name), view_copy(c->a, value));
        if (f->flags & F_PRIVATE) TRY(put_aside(c, e.seq, f->name, input));
    }
    buf i = buf_new(c->a, 256), r = buf_new(c->a, 64);
    json_canonical(&i, input);
    json_canonical(&r, result);
    e.input = buf_str(&i), e.result = buf_str(&r);
    e.hash = audit_entry_hash(c, &e);
    TRY(store_run(c, &audit_entry_add, NULL,
                  ARGS(e.seq, e.at, e.today, e.person, e.for_person, e.post, e.org, e.role, e.act, e.noun, e.object, e.input,
                       e.result, e.prev, e.hash, e.mandate)));
    uint8_t leaf[32];
    hex_read(e.hash, leaf, 32);
    tree_append(&t, leaf);
    return store_run(c, &audit_tree_put, NULL, ARGS(t.entries, hex_text(c->a, t.node, (size)t.n * 32), e.hash));
}

err audit_show(ctx *c, str noun, int64_t object, view *into)
{
    return store_rows(c, &audit_of_object, into, S("record"), ARGS(noun, object));
}
