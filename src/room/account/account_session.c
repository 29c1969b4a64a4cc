/* SPDX-License-Identifier: Apache-2.0 */
/* account_session.c: signing in and out, sessions and tokens. */
#include "room/account/account_password.h"
#include "room/account/account_session.h"

#include "format/hash.h"
#include "gen/room/account/account_sql.h"
#include "web/secret.h"

enum {
    IDLE_MINUTES = 30, ABSOLUTE_HOURS = 12,  /* ASVS 3.3.2 */
    CODE_MINUTES = 10,                       /* within which the code follows the password */
    TOUCH_MINUTES = 1,                       /* a session's last use is written at most this often */
};
#define MINUTE ((int64_t)60 * 1000000)

str account_token_hash(arena *a, str token) { return sha256_hex(a, token); }

/* ---- who is at the door ------------------------------------------------------------------------------------ */

/* What the try is counted under: the browser that is known, or else the login and the address. */
typedef struct { str who, address; } counted;

static counted counted_as(ctx *c, str login, str known)
{
    if (known.n) return (counted){.who = str_join(c->a, S("known:"), known)};
    return (counted){str_join(c->a, S("login:"), login), str_join(c->a, S("address:"), c->ip)};
}

static err note_outcome(ctx *c, counted as, bool failed)
{
    if (failed && as.address.n) TRY(account_tried(c, as.address, true));
    return account_tried(c, as.who, failed);
}

err account_check(ctx *c, str login, str password, str known, person *who)
{
    bool found, same = false;
    login = str_head(login, 60);
    counted as = counted_as(c, login, known);
    TRY(account_may_try(c, as.who));
    if (as.address.n) TRY(account_may_try(c, as.address));
    TRY(store_find(c, &account_person_by_login, &person_shape, who, &found, ARGS(login)));
    str verifier = {0};
    bool active = found && str_eqz(who->state, "active");
    if (active) TRY(store_text(c, &account_verifier_of, &verifier, ARGS(who->id)));
    TRY(password_matches(c, verifier, password, &same));
    TRY(note_outcome(c, as, !same));
    return same ? NO_ERR : err_of(ERR_LOGIN, "", N_("Login or password is wrong."));
}

err account_check_own(ctx *c, str password)
{
    person who;
    TRY(account_person(c, c->who.person, &who));
    return account_check(c, who.login, password, str_fmt(c->a, "own %lld", (long long)who.id), &who);
}

/* ---- sessions ------------------------------------------------------------------------------------------- */

typedef struct session_row {
    int64_t person_id, post_id, made_at, seen_at, signed_in_at, org_id, awaits_code, mandate_id, for_org, for_person;
    str csrf, name, lang, role, for_role;
} session_row;
SHAPE(session_row, FIELD(session_row, person_id, F_ID), FIELD(session_row, post_id, F_ID), FIELD(session_row, made_at, F_TIME),
      FIELD(session_row, seen_at, F_TIME), FIELD(session_row, signed_in_at, F_TIME), FIELD(session_row, org_id, F_ID), FIELD(session_row, awaits_code, F_INT),
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
    if (s.awaits_code) { /* nobody yet */
        if (c->now - s.made_at <= CODE_MINUTES * MINUTE) *out = (web_session){.token_hash = hash, .csrf = s.csrf, .awaits = s.person_id};
        return NO_ERR;
    }
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
      FIELD(session_new, ip, F_TEXT, .flags = F_PRIVATE), FIELD(session_new, person, F_ID), FIELD(session_new, post, F_ID),
      FIELD(session_new, awaits_code, F_BOOL));

static err sign_in(ctx *c, void *in)
{
    session_new *s = in;
    return store_run(c, &account_session_add, NULL, ARGS(s->token_hash, s->person, s->post, s->csrf, c->now, s->ip, s->awaits_code));
}
const action account_sign_in = {"account_sign_in", &session_new_shape, sign_in, 0};

static err open_session(ctx *c, int64_t person_id, int64_t post_id, bool awaits_code, str *token)
{
    post t;
    err e = post_id ? store_row(c, &account_post_open, &post_shape, &t, ARGS(post_id, c->today))
                    : store_row(c, &account_post_for, &post_shape, &t, ARGS(person_id, c->today));
    if (e.kind == ERR_MISSING || (!e.kind && t.person_id != person_id))
        return err_of(ERR_DENIED, "", N_("You hold no post today. Ask your administrator."));
    if (e.kind) return e;
    *token = secret_token(c->a);
    session_new s = {account_token_hash(c->a, *token), secret_token(c->a), c->ip, person_id, t.id, awaits_code};
    c->who = (actor){.person = person_id, .post = t.id, .org = t.org_id, .role = (role)role_of(t.role)};
    return store_act(c, &account_sign_in, &s);
}

err account_open_session(ctx *c, int64_t person_id, int64_t post_id, str *token) { return open_session(c, person_id, post_id, false, token); }

err account_begin_session(ctx *c, int64_t person_id, str *token)
{
    TRY(open_session(c, person_id, 0, true, token));
    c->who = (actor){0};
    return NO_ERR;
}

err account_end_session(ctx *c, str token_hash)
{
    session_ref s = {.token_hash = token_hash};
    return store_act(c, &account_sign_out, &s);
}

err account_sessions(ctx *c, str mine, view *into, str name)
{
    TRY(store_rows(c, &account_sessions_of_person, into, name, ARGS(c->who.person)));
    for (view *s = view_get(into, name)->first; s; s = s->next) {
        view_bool(s, S("current"), str_eq(view_get_text(s, S("token_hash")), mine));
        view_put(s, S("token_hash"), V_NULL); /* nobody's business */
    }
    return NO_ERR;
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
    session_new s = {account_token_hash(c->a, *token), (str){0}, c->ip, p.id, t.id, false};
    return store_act(c, &account_token_add, &s);
}
