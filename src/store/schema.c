/* SPDX-License-Identifier: Apache-2.0 */
/* schema.c: the schema's steps: which are there, which are missing, and one text for both engines. */
#include <ctype.h>
#include <stdio.h>

#include "format/hash.h"
#include "store/engine.h"

/* ---- our words for columns and tables --------------------------------------------------------- */

static bool is_letter(char c) { return isalnum((unsigned char)c) || c == '_'; }

/* How long the quoted or commented piece at the beginning is; 0: it is neither. */
static size quiet(str s)
{
    if (s.p[0] == '-' && s.n > 1 && s.p[1] == '-') {
        size end = str_find(s, S("\n"));
        return end < 0 ? s.n : end;
    }
    if (s.p[0] != '\'' && s.p[0] != '"') return 0;
    const char *end = s.n > 1 ? memchr(s.p + 1, s.p[0], (size_t)s.n - 1) : NULL;
    return end ? end - s.p + 1 : s.n; /* of a doubled quote the second half is the next piece */
}

static size column_type(str s, const char *const types[5], buf *out)
{
    static const char *const ours[5] = {"int", "fen", "day", "text", "blob"};
    size n = 1;
    while (n < s.n && is_letter(s.p[n])) n++;
    for (int i = 0; i < countof(ours); i++)
        if (str_eqz((str){s.p + 1, n - 1}, ours[i])) buf_putz(out, types[i]);
    return n; /* an unknown word leaves nothing: a column without a type is refused */
}

/* One text serves two databases: @int and its like become types, and each CREATE TABLE gets its end; the
 * comment "-- @clustered" in it keeps its rows in the order of its key. */
str schema_text(arena *a, str sql, const char *const types[5], const char *end, const char *ordered)
{
    buf out = buf_new(a, sql.n + sql.n / 4);
    bool table = false, clustered = false, begun = false;
    for (str rest = sql; rest.n;) {
        size n = quiet(rest);
        if (n) {
            clustered |= str_find(str_head(rest, n), S("@clustered")) >= 0;
            buf_put(&out, str_head(rest, n));
        } else if (rest.p[0] == '@') {
            n = column_type(rest, types, &out);
        } else {
            if (!begun && is_letter(rest.p[0])) {
                begun = true;
                table = str_starts(rest, S("CREATE TABLE "));
            }
            if (rest.p[0] == ';') {
                if (table) buf_putz(&out, clustered ? ordered : end);
                begun = table = clustered = false;
            }
            buf_byte(&out, rest.p[0]);
            n = 1;
        }
        rest = str_from(rest, n);
    }
    return buf_str(&out);
}

/* ---- what is there and what is wanted ---------------------------------------------------------- */

typedef struct {
    arena *a;
    struct store *s;
    const store_options *o;
    bool own;                /* the store has our own tables */
    int64_t known;           /* steps of the store that are none of this program's */
    int missing;             /* steps of this program that the store lacks */
    const schema_step *first;
} state;

static err ask(state *n, const char *sql, const char *one, const char *two, str *out)
{
    return n->s->of->text(n->s->writer, n->a, sql, one, two, out);
}

static err exec(state *n, const char *sql) { return n->s->of->exec(n->s->writer, sql); }

static err ask_number(state *n, const char *sql, int64_t *out)
{
    str text;
    *out = 0;
    TRY(ask(n, sql, NULL, NULL, &text));
    str_int(text, out);
    return NO_ERR;
}

static err look_at_step(state *n, const schema_step *step)
{
    str had;
    TRY(ask(n, "SELECT hash FROM store_step WHERE room = $1 AND step = $2",
                  step->room, step->step, &had));
    if (!had.n) {
        if (!n->missing++) n->first = step;
        return NO_ERR;
    }
    n->known--;
    if (str_eq(had, sha256_hex(n->a, step->sql))) return NO_ERR;
    return err_with(ERR_FAULT, "", N_("The store was made by another program: step {0} of {1} "
                                      "differs. Use the program that made it."),
                    str_of(step->step), str_of(step->room), (str){0});
}

/* Before anything changes, so that a store of another program stays as it is. */
static err look(state *n)
{
    int64_t tables, own;
    n->missing = 0;
    TRY(ask_number(n, n->s->of->words.count_tables, &tables));
    TRY(ask_number(n, n->s->of->words.count_own, &own));
    n->own = own > 0;
    if (!n->own && tables)
        return err_with(ERR_FAULT, "", N_("{0} is no store of this program."),
                        str_of(n->s->data), (str){0}, (str){0});
    if (!n->own) {
        n->missing = n->o->step_count;
        return n->o->create ? NO_ERR : store_missing(n->s->data);
    }
    TRY(ask_number(n, "SELECT count(*) FROM store_step", &n->known));
    for (int i = 0; i < n->o->step_count; i++) TRY(look_at_step(n, &n->o->steps[i]));
    if (!n->known) return NO_ERR;
    return err_of(ERR_FAULT, "", N_("The store is newer than this program. Install the newer program, "
                                    "or restore the backup made before its upgrade."));
}

/* ---- the missing steps, all or none ------------------------------------------------------------ */

static err note_step(state *n, const schema_step *step)
{
    str none, sql = str_fmt(n->a, "INSERT INTO store_step VALUES ($1, $2, '" SF "', %lld)",
                            SA(sha256_hex(n->a, step->sql)), (long long)n->o->now);
    return ask(n, str_z(n->a, sql), step->room, step->step, &none);
}

static err apply(state *n, const schema_step *step)
{
    str had;
    TRY(ask(n, "SELECT hash FROM store_step WHERE room = $1 AND step = $2", step->room, step->step, &had));
    if (had.n) return NO_ERR;
    err e = n->s->of->apply(n->s->writer, n->a, step->sql);
    if (!e.kind) return note_step(n, step);
    fprintf(stderr, "store: step %s of %s could not be applied\n", step->step, step->room);
    return e;
}

static err apply_all(state *n)
{
    const schema_words *w = &n->s->of->words;
    str broken = {0}, none;
    TRY(look(n)); /* again: another process may have been here in between */
    bool older = n->own;
    if (!older) TRY(exec(n, w->own_tables));
    if (!older && n->o->rehearsal)
        TRY(ask(n, "INSERT INTO store_meta VALUES ($1, $2)", "rehearsal", "1", &none));
    for (int i = 0; i < n->o->step_count; i++) TRY(apply(n, &n->o->steps[i]));
    if (older && w->broken) TRY(ask(n, w->broken, NULL, NULL, &broken));
    if (!broken.n) return NO_ERR;
    return err_with(ERR_FAULT, "", N_("The upgrade would leave rows of {0} without what they belong "
                                      "to. The store is as it was."), broken, (str){0}, (str){0});
}

static err upgrade(state *n)
{
    const schema_words *w = &n->s->of->words;
    if (n->own) TRY(n->s->of->keep_older(n->s, n->a, n->first->room, n->first->step));
    for (int i = 0; w->begin[i]; i++) TRY(exec(n, w->begin[i]));
    err e = apply_all(n);
    if (!e.kind) e = exec(n, "COMMIT");
    if (e.kind) {
        err undone = exec(n, "ROLLBACK");
        (void)undone; /* the first reason is the one to tell */
    }
    err after = w->after ? exec(n, w->after) : NO_ERR;
    return e.kind ? e : after;
}

err schema_bring_up(arena *a, struct store *s, const store_options *o)
{
    state n = {.a = a, .s = s, .o = o};
    str rehearsal;
    TRY(look(&n));
    if (n.missing || !n.own) TRY(upgrade(&n));
    TRY(ask(&n, "SELECT value FROM store_meta WHERE name = 'rehearsal'", NULL, NULL, &rehearsal));
    s->rehearsal = rehearsal.n > 0;
    return NO_ERR;
}
