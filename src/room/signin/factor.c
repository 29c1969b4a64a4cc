/* SPDX-License-Identifier: Apache-2.0 */
/* factor.c: the second factor: what is enrolled, what proves it, and who is told. */
#include "room/signin/factor.h"

#include <sys/random.h>

#include "format/hash.h"
#include "format/seal.h"
#include "format/totp.h"
#include "gen/room/signin/factor_sql.h"
#include "room/account/account.h"
#include "room/message/message.h"
#include "room/zone/zone.h"

enum { CODE_LETTERS = 16 }; /* 80 bits: no list of them can be tried, so a plain hash is enough */

SHAPE(factor, FIELD(factor, person_id, F_ID), FIELD(factor, sealed, F_TEXT), FIELD(factor, last_step, F_INT), FIELD(factor, made_at, F_TIME));

err factor_find(ctx *c, int64_t id, factor *out, bool *found)
{
    return store_find(c, &factor_row, &factor_shape, out, found, ARGS(id));
}

err factor_needed(ctx *c, role who, bool *needed)
{
    str all, one;
    *needed = false;
    TRY(zone_text(c, "second_factor_roles", &all));
    while (str_split(&all, ',', &one)) *needed |= str_eqz(str_trim(one), role_code[who]);
    return NO_ERR;
}

err factor_codes_left(ctx *c, int64_t id, int64_t *out) { return store_int(c, &factor_codes_left_of, out, ARGS(id)); }

/* ---- the secret ------------------------------------------------------------------------------------------ */

static str place_of(ctx *c, int64_t id) { return str_fmt(c->a, "second_factor:%lld", (long long)id); }

str factor_secret_new(ctx *c, int64_t id)
{
    char bytes[TOTP_SECRET];
    ssize_t got = getrandom(bytes, sizeof bytes, 0);
    assert(got == TOTP_SECRET);
    return seal_put(c->a, c->vault, place_of(c, id), (str){bytes, TOTP_SECRET});
}

err factor_secret(ctx *c, int64_t id, str sealed, str *secret)
{
    return seal_open(c->a, c->vault, place_of(c, id), sealed, secret);
}

/* ---- recovery codes: made of a seed, so that a form sent twice shows the codes that are kept ----------------- */

static str recovery_code(ctx *c, int64_t id, str seed, int n)
{
    static const char alphabet[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    uint8_t mark[32];
    vault_mark(c->vault, str_fmt(c->a, "recovery:%lld:%d", (long long)id, n), seed, mark);
    buf b = buf_new(c->a, 24);
    for (int i = 0; i < CODE_LETTERS; i++) {
        if (i && i % 4 == 0) buf_byte(&b, '-');
        buf_byte(&b, alphabet[mark[i] & 31]);
    }
    return buf_str(&b);
}

/* As typed: in any case, with or without the hyphens and spaces. */
static str recovery_hash(ctx *c, int64_t id, str code)
{
    str plain = str_replace(c->a, str_replace(c->a, str_upper(c->a, code), S("-"), (str){0}), S(" "), (str){0});
    return sha256_hex(c->a, str_fmt(c->a, "recovery:%lld:" SF, (long long)id, SA(plain)));
}

void factor_codes_show(ctx *c, int64_t id, str seed, view *into, str name)
{
    view *all = view_put_list(into, name);
    for (int i = 0; i < RECOVERY_CODES; i++) view_text(view_add_map(all), S("code"), recovery_code(c, id, seed, i));
}

typedef struct kept_code { str hash; } kept_code;
SHAPE(kept_code, FIELD(kept_code, hash, F_TEXT));

static list codes_of(ctx *c, int64_t id, str seed)
{
    kept_code *k = new_n(c->a, kept_code, RECOVERY_CODES);
    for (int i = 0; i < RECOVERY_CODES; i++) k[i].hash = recovery_hash(c, id, recovery_code(c, id, seed, i));
    return (list){k, RECOVERY_CODES};
}

/* ---- acts -------------------------------------------------------------------------------------------------- */

typedef struct factor_new { int64_t person; str sealed; int64_t step; list codes; } factor_new;
SHAPE(factor_new, FIELD(factor_new, person, F_ID), FIELD(factor_new, sealed, F_TEXT, .flags = F_PRIVATE), FIELD(factor_new, step, F_INT),
      FIELD(factor_new, codes, F_LIST, .flags = F_PRIVATE, .of = &kept_code_shape));

static err keep_codes(ctx *c, int64_t id, const list *codes)
{
    const kept_code *k = codes->items;
    TRY(store_run(c, &factor_codes_drop, NULL, ARGS(id)));
    for (int i = 0; i < codes->n; i++) TRY(store_run(c, &factor_code_add, NULL, ARGS(id, k[i].hash)));
    return NO_ERR;
}

static err set(ctx *c, void *in)
{
    const factor_new *n = in;
    err e = store_run(c, &factor_add, NULL, ARGS(n->person, n->sealed, n->step, c->now));
    if (e.kind == ERR_CONFLICT) return err_of(ERR_CONFLICT, "", N_("A second factor is set up already. Take it away first."));
    TRY(e);
    TRY(keep_codes(c, n->person, &n->codes));
    return message_owner(c, n->person, N_("Your account has a second factor from now on. If it was not you, tell your administrator at once."), S("/account"));
}
const action factor_set = {"factor_set", &factor_new_shape, set, 0};

static err renew(ctx *c, void *in)
{
    const factor_new *n = in;
    TRY(keep_codes(c, n->person, &n->codes));
    return message_owner(c, n->person, N_("Your recovery codes were made anew; the old ones no longer count. If it was not you, tell your administrator at once."), S("/account"));
}
const action factor_renew = {"factor_renew", &factor_new_shape, renew, 0};

typedef struct factor_proof { int64_t person, step; str hash; } factor_proof;
SHAPE(factor_proof, FIELD(factor_proof, person, F_ID), FIELD(factor_proof, step, F_INT), FIELD(factor_proof, hash, F_TEXT, .flags = F_PRIVATE));

static err wrong_code(void)
{
    return err_of(ERR_INPUT, "code", N_("The code is wrong or was used already. Wait for the next one on your telephone."));
}

static err use(ctx *c, void *in)
{
    const factor_proof *p = in;
    int64_t changed;
    TRY(store_run(c, &factor_step, &changed, ARGS(p->person, p->step)));
    return changed ? NO_ERR : wrong_code();
}
const action factor_use = {"factor_use", &factor_proof_shape, use, 0};

static err recover(ctx *c, void *in)
{
    const factor_proof *p = in;
    int64_t changed;
    TRY(store_run(c, &factor_code_use, &changed, ARGS(p->person, p->hash, c->now)));
    if (!changed) return wrong_code();
    return message_owner(c, p->person, N_("A recovery code was used to sign in to your account. If it was not you, tell your administrator at once."), S("/account/factor"));
}
const action factor_recover = {"factor_recover", &factor_proof_shape, recover, 0};

static err take_away(ctx *c, void *in)
{
    int64_t id = ((const factor_proof *)in)->person, changed;
    TRY(store_run(c, &factor_drop, &changed, ARGS(id)));
    if (!changed) return err_of(ERR_CONFLICT, "", N_("There is no second factor to take away."));
    TRY(store_run(c, &factor_codes_drop, NULL, ARGS(id)));
    return message_owner(c, id, N_("The second factor of your account was taken away. If you did not ask for it, tell your administrator at once."), S("/account"));
}
const action factor_take_away = {"factor_take_away", &factor_proof_shape, take_away, 0};

/* ---- what the pages call --------------------------------------------------------------------------------------- */

/* At the second step of signing in nobody is signed in: the record shows whose code it was. */
static err act_as(ctx *c, int64_t id, const action *act, factor_proof *p)
{
    actor before = c->who;
    str once = c->once; /* the form's key is for what is done after the proof */
    if (!c->who.person) c->who.person = id;
    c->once = (str){0};
    err e = store_act(c, act, p);
    c->once = once;
    c->who = before;
    return e;
}

static err check_code(ctx *c, const factor *f, str code)
{
    str secret;
    factor_proof p = {.person = f->person_id};
    if (code.n > TOTP_DIGITS) {
        p.hash = recovery_hash(c, f->person_id, code);
        return act_as(c, f->person_id, &factor_recover, &p);
    }
    TRY(factor_secret(c, f->person_id, f->sealed, &secret));
    if (!totp_is(secret, code, c->now, f->last_step, &p.step)) return wrong_code();
    return act_as(c, f->person_id, &factor_use, &p);
}

err factor_prove(ctx *c, int64_t id, str code)
{
    factor f;
    bool found;
    str counted = str_fmt(c->a, "code:%lld", (long long)id);
    TRY(account_may_try(c, counted));
    TRY(factor_find(c, id, &f, &found));
    if (!found) return err_of(ERR_CONFLICT, "", N_("There is no second factor any more. Sign in again."));
    err e = check_code(c, &f, str_trim(code));
    if (!e.kind || e.kind == ERR_INPUT) TRY(account_tried(c, counted, e.kind != OK));
    return e;
}

err factor_enrol(ctx *c, int64_t id, str sealed, str code)
{
    str secret;
    factor_new n = {.person = id, .sealed = sealed};
    TRY(factor_secret(c, id, sealed, &secret));
    if (!totp_is(secret, str_trim(code), c->now, 0, &n.step))
        return err_of(ERR_INPUT, "code", N_("This is not the code that your telephone should show now. Is its clock right?"));
    n.codes = codes_of(c, id, sealed);
    return store_act(c, &factor_set, &n);
}

err factor_codes_renew(ctx *c, int64_t id, str seed)
{
    factor_new n = {.person = id, .codes = codes_of(c, id, seed)};
    return store_act(c, &factor_renew, &n);
}

err factor_remove(ctx *c, int64_t id)
{
    factor_proof p = {.person = id};
    return store_act(c, &factor_take_away, &p);
}
