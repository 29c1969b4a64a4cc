/* SPDX-License-Identifier: Apache-2.0 */
/* account_session.c: signing in and out, sessions and tokens. */
#include "room/account/account_session.h"

#include <sodium.h>

#include "base/gate.h"
#include "format/hash.h"
#include "gen/room/account/account_sql.h"
#include "web/secret.h"

enum {
    IDLE_MINUTES = 30, ABSOLUTE_HOURS = 12,  /* ASVS 3.3.2 */
    TOUCH_MINUTES = 1,                       /* a session's last use is written at most this often */
    FREE_TRIES = 5, LONGEST_WAIT_S = 900,    /* from the fifth wrong try a login waits, doubling; never for ever */
};
#define MINUTE ((int64_t)60 * 1000000)

str account_token_hash(arena *a, str token) { return sha256_hex(a, token); }

/* ---- passwords ---------------------------------------------------------------------------------------- */

static bool is_common(str password)
{
    static const char *const common[] = {"123456789012", "password1234", "qwertyuiop12", "111111111111", "000000000000",
                                         "1qaz2wsx3edc", "abc123456789", "woaini131452", "passwordpassword", "administrator"};
    for (int i = 0; i < countof(common); i++)
        if (str_eqz(password, common[i])) return true;
    str rest = password;
    uint32_t first = str_next_char(&rest);
    while (rest.n)
        if (str_next_char(&rest) != first) return false;
    return true; /* one character over and over */
}

err account_verifier(ctx *c, str password, str *out)
{
    size n = str_chars(password);
    if (n < 12) return err_of(ERR_INPUT, "password", N_("A password has at least 12 characters."));
    if (n > 128) return err_of(ERR_INPUT, "password", N_("A password has at most 128 characters."));
    if (is_common(password)) return err_of(ERR_INPUT, "password", N_("This password is among the first that others would try. Choose another."));
    char *text = new_n(c->a, char, crypto_pwhash_STRBYTES);
    if (!gate_enter(c->hashing, 5000)) return err_of(ERR_BUSY, "", N_("Too many people are signing in. Try again in a moment."));
    int bad = crypto_pwhash_str_alg(text, password.p, (unsigned long long)password.n, 3, (size_t)64 << 20, crypto_pwhash_ALG_ARGON2ID13);
    gate_leave(c->hashing);
    if (bad) return err_of(ERR_BUSY, "", N_("There is no memory for this now. Try again in a moment."));
    *out = str_of(text);
    return NO_ERR;
}

static err matches(ctx *c, str verifier, str password, bool *same)
{
    /* of a random text: an unknown login takes the time of a known one */
    static const char nobody[] = "$argon2id$v=19$m=65536,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$M4UK0MmTbBGCPwPkLqCdHMxnCuMYfBWp6UiSNEoIhbQ";
    const char *z = verifier.n ? str_z(c->a, verifier) : nobody;
    if (!gate_enter(c->hashing, 5000)) return err_of(ERR_BUSY, "", N_("Too many people are signing in. Try again in a moment."));
    *same = crypto_pwhash_str_verify(z, password.p, (unsigned long long)password.n) == 0 && verifier.n;
    gate_leave(c->hashing);
    return NO_ERR;
}

/* ---- wrong tries: a login waits, exponentially and never for ever; sessions that are open go on ------------- */

typedef struct login_try { str login; bool failed; } login_try;
SHAPE(login_try, FIELD(login_try, login, F_TEXT), FIELD(login_try, failed, F_BOOL));
typedef struct try_state { int64_t failed, wait_until; } try_state;
SHAPE(try_state, FIELD(try_state, failed, F_INT), FIELD(try_state, wait_until, F_TIME));

static err note_try(ctx *c, void *in)
{
    login_try *t = in;
    if (!t->failed) return store_run(c, &account_try_clear, NULL, ARGS(t->login));
    try_state s;
    bool found;
    TRY(store_find(c, &account_try_row, &try_state_shape, &s, &found, ARGS(t->login)));
    s.failed++;
    int64_t wait = 0;
    if (s.failed >= FREE_TRIES) {
        int doubled = (int)(s.failed - FREE_TRIES);
        wait = doubled > 10 ? LONGEST_WAIT_S : (int64_t)1 << doubled;
        if (wait > LONGEST_WAIT_S) wait = LONGEST_WAIT_S;
    }
    return store_run(c, &account_try_put, NULL, ARGS(t->login, s.failed, c->now + wait * 1000000, c->now));
}
const action account_try = {"account_try", &login_try_shape, note_try, ACT_SILENT};

err account_check(ctx *c, str login, str password, person *who)
{
    login = str_head(login, 60);
    try_state t;
    bool found;
    TRY(store_find(c, &account_try_row, &try_state_shape, &t, &found, ARGS(login)));
    if (found && t.wait_until > c->now)
        return err_with(ERR_LIMIT, "", N_("Too many wrong tries. Wait {0} seconds and try again."),
                        str_fmt(c->a, "%lld", (long long)((t.wait_until - c->now) / 1000000 + 1)), (str){0}, (str){0});
    TRY(store_find(c, &account_person_by_login, &person_shape, who, &found, ARGS(login)));
    str verifier = {0};
    bool active = found && str_eqz(who->state, "active");
    if (active) TRY(store_text(c, &account_verifier_of, &verifier, ARGS(who->id)));
    bool same = false;
    TRY(matches(c, verifier, password, &same));
    login_try noted = {login, !same};
    if (!same || found) TRY(store_act(c, &account_try, &noted));
    return same ? NO_ERR : err_of(ERR_LOGIN, "", N_("Login or password is wrong."));
}

err account_check_own(ctx *c, str password)
{
    person who;
    TRY(account_person(c, c->who.person, &who));
    return account_check(c, who.login, password, &who);
}

/* ---- sessions ------------------------------------------------------------------------------------------- */

typedef struct session_row {
    int64_t person_id, post_id, made_at, seen_at, signed_in_at, org_id, mandate_id, for_org, for_person;
    str csrf, name, lang, role, for_role;
} session_row;
SHAPE(session_row, FIELD(session_row, person_id, F_ID), FIELD(session_row, post_id, F_ID), FIELD(session_row, made_at, F_TIME),
      FIELD(session_row, seen_at, F_TIME), FIELD(session_row, signed_in_at, F_TIME), FIELD(session_row, org_id, F_ID),
      FIELD(session_row, csrf, F_TEXT), FIELD(session_row, name, F_TEXT), FIELD(session_row, lang, F_TEXT),
      FIELD(session_row, role, F_TEXT), FIELD(session_row, mandate_id, F_ID), FIELD(session_row, for_org, F_ID),
      FIELD(session_row, for_role, F_TEXT), FIELD(session_row, for_person, F_ID));

static void become(ctx *c, const session_row *s)
{
    c->who = (actor){.person = s->person_id, .for_person = s->for_person, .post = s->post_id, .org = s->org_id, .role = (role)role_of(s->role), .name = s->name};
    if (s->mandate_id) c->who.mandate = s->mandate_id, c->who.org = s->for_org, c->who.role = (role)role_of(s->for_role);
    if (str_eqz(s->lang, "en")) c->lang = LANG_EN;
    if (str_eqz(s->lang, "zh")) c->lang = LANG_ZH;
}

err account_identify(ctx *c, str cookie, str bearer, web_session *out)
{
    session_row s;
    bool found = false;
    *out = (web_session){0};
    if (bearer.n) {
        str hash = account_token_hash(c->a, bearer);
        TRY(store_find(c, &account_token_row, &session_row_shape, &s, &found, ARGS(hash, c->today)));
        if (!found) return err_of(ERR_LOGIN, "", N_("This token is not valid."));
        become(c, &s);
        *out = (web_session){.token_hash = hash, .signed_in_at = c->now, .by_token = true};
        return NO_ERR;
    }
    if (!cookie.n) return NO_ERR;
    str hash = account_token_hash(c->a, cookie);
    TRY(store_find(c, &account_session_row, &session_row_shape, &s, &found, ARGS(hash, c->today)));
    if (!found || c->now - s.seen_at > IDLE_MINUTES * MINUTE || c->now - s.made_at > ABSOLUTE_HOURS * 60 * MINUTE) return NO_ERR;
    become(c, &s);
    *out = (web_session){.token_hash = hash, .csrf = s.csrf, .signed_in_at = s.signed_in_at,
                         .stale = c->now - s.seen_at > TOUCH_MINUTES * MINUTE};
    return NO_ERR;
}

SHAPE(session_ref, FIELD(session_ref, token_hash, F_TEXT, .flags = F_PRIVATE), FIELD(session_ref, post, F_ID));

static err seen(ctx *c, void *in)
{
    return store_run(c, &account_session_seen, NULL, ARGS(((session_ref *)in)->token_hash, c->now));
}
const action account_seen = {"account_seen", &session_ref_shape, seen, ACT_SILENT};

err account_touch(ctx *c, const web_session *s)
{
    session_ref ref = {.token_hash = s->token_hash};
    return store_act(c, &account_seen, &ref);
}

SHAPE(session_new, FIELD(session_new, token_hash, F_TEXT, .flags = F_PRIVATE), FIELD(session_new, csrf, F_TEXT, .flags = F_PRIVATE),
      FIELD(session_new, ip, F_TEXT, .flags = F_PRIVATE), FIELD(session_new, person, F_ID), FIELD(session_new, post, F_ID));

static err sign_in(ctx *c, void *in)
{
    session_new *s = in;
    return store_run(c, &account_session_add, NULL, ARGS(s->token_hash, s->person, s->post, s->csrf, c->now, s->ip));
}
const action account_sign_in = {"account_sign_in", &session_new_shape, sign_in, 0};

err account_open_session(ctx *c, int64_t person_id, int64_t post_id, str *token)
{
    post t;
    err e = post_id ? store_row(c, &account_post_open, &post_shape, &t, ARGS(post_id, c->today))
                    : store_row(c, &account_post_for, &post_shape, &t, ARGS(person_id, c->today));
    if (e.kind == ERR_MISSING || (!e.kind && t.person_id != person_id))
        return err_of(ERR_DENIED, "", N_("You hold no post today. Ask your administrator."));
    if (e.kind) return e;
    *token = secret_token(c->a);
    session_new s = {account_token_hash(c->a, *token), secret_token(c->a), c->ip, person_id, t.id};
    c->who = (actor){.person = person_id, .post = t.id, .org = t.org_id, .role = (role)role_of(t.role)};
    return store_act(c, &account_sign_in, &s);
}

static err sign_out(ctx *c, void *in)
{
    return store_run(c, &account_session_end, NULL, ARGS(((session_ref *)in)->token_hash));
}
const action account_sign_out = {"account_sign_out", &session_ref_shape, sign_out, 0};

static err use_post(ctx *c, void *in)
{
    session_ref *s = in;
    post t;
    err e = store_row(c, &account_post_open, &post_shape, &t, ARGS(s->post, c->today));
    if (e.kind == ERR_MISSING || (!e.kind && t.person_id != c->who.person))
        return err_of(ERR_MISSING, "", N_("You do not hold this post."));
    if (e.kind) return e;
    return store_run(c, &account_session_use_post, NULL, ARGS(s->token_hash, s->post));
}
const action account_use_post = {"account_use_post", &session_ref_shape, use_post, 0};

SHAPE(person_ref, FIELD(person_ref, person, F_ID), FIELD(person_ref, keep, F_TEXT, .flags = F_PRIVATE));

static err end_others(ctx *c, void *in)
{
    person_ref *p = in;
    return store_run(c, &account_sessions_end_others, NULL, ARGS(p->person, p->keep));
}
const action account_end_others = {"account_end_others", &person_ref_shape, end_others, 0};

static err prune(ctx *c, void *in)
{
    (void)in;
    TRY(store_run(c, &account_sessions_prune, NULL, ARGS(c->now - ABSOLUTE_HOURS * 60 * MINUTE)));
    return store_run(c, &account_tries_prune, NULL, ARGS(c->now - 24 * 60 * MINUTE));
}
const action account_prune = {"account_prune", &person_ref_shape, prune, ACT_SILENT};

err account_stand(ctx *c, str token_hash, int64_t mandate, int64_t org, role as)
{
    return store_run(c, &account_session_stand, NULL, ARGS(token_hash, mandate, org, str_of(role_code[as])));
}

err account_stand_in(ctx *c, str token_hash, int64_t post_id, int64_t until_day)
{
    return store_run(c, &account_session_stand_in, NULL, ARGS(token_hash, post_id, until_day));
}

err account_stand_down(ctx *c, int64_t person_id, int64_t post_id)
{
    return store_run(c, &account_sessions_stand_down, NULL, ARGS(person_id, post_id));
}

SHAPE(session_renewal, FIELD(session_renewal, former, F_TEXT, .flags = F_PRIVATE), FIELD(session_renewal, token_hash, F_TEXT, .flags = F_PRIVATE),
      FIELD(session_renewal, csrf, F_TEXT, .flags = F_PRIVATE), FIELD(session_renewal, ip, F_TEXT, .flags = F_PRIVATE));

static err renew(ctx *c, void *in)
{
    session_renewal *s = in;
    return store_run(c, &account_session_renew, NULL, ARGS(s->former, s->token_hash, s->csrf, c->now, s->ip));
}
const action account_renew = {"account_renew", &session_renewal_shape, renew, 0};

err account_renew_session(ctx *c, str former, str *token)
{
    *token = secret_token(c->a);
    session_renewal s = {former, account_token_hash(c->a, *token), secret_token(c->a), c->ip};
    return store_act(c, &account_renew, &s);
}

/* ---- API tokens -------------------------------------------------------------------------------------------- */

static err token_add(ctx *c, void *in)
{
    session_new *s = in;
    return store_run(c, &account_api_token_put, NULL, ARGS(s->token_hash, s->person, s->post, c->now));
}
const action account_token_add = {"account_token_add", &session_new_shape, token_add, 0};

err account_token(ctx *c, str login, str *token)
{
    person p;
    TRY(account_of_login(c, login, &p));
    if (!str_eqz(p.state, "active")) return err_of(ERR_DENIED, "", N_("This person is disabled."));
    post t;
    err e = store_row(c, &account_post_for, &post_shape, &t, ARGS(p.id, c->today));
    if (e.kind == ERR_MISSING) return err_of(ERR_DENIED, "", N_("This person holds no post today."));
    if (e.kind) return e;
    *token = str_join(c->a, S("lf_"), secret_token(c->a));
    session_new s = {account_token_hash(c->a, *token), (str){0}, c->ip, p.id, t.id};
    return store_act(c, &account_token_add, &s);
}
