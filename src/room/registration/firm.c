/* SPDX-License-Identifier: Apache-2.0 */
/* firm.c: a firm of the register: its mark is corrected by a person, it is invited, it joins. */
#include "room/registration/firm.h"

#include "format/hash.h"
#include "gen/room/registration/firm_sql.h"
#include "room/account/account.h"
#include "room/member/member.h"

SHAPE(firm_seen, FIELD(firm_seen, id, F_ID), FIELD(firm_seen, uscc, F_TEXT), FIELD(firm_seen, name, F_TEXT), FIELD(firm_seen, established_day, F_DAY),
      FIELD(firm_seen, kind, F_TEXT), FIELD(firm_seen, capital, F_TEXT), FIELD(firm_seen, district, F_TEXT), FIELD(firm_seen, authority, F_TEXT),
      FIELD(firm_seen, industry, F_TEXT), FIELD(firm_seen, scope, F_LINES), FIELD(firm_seen, is_branch, F_BOOL), FIELD(firm_seen, class, F_TEXT),
      FIELD(firm_seen, score, F_INT), FIELD(firm_seen, words, F_TEXT), FIELD(firm_seen, is_corrected, F_BOOL), FIELD(firm_seen, import_id, F_ID),
      FIELD(firm_seen, changed_day, F_DAY), FIELD(firm_seen, invited_day, F_DAY), FIELD(firm_seen, joined_day, F_DAY), FIELD(firm_seen, org_id, F_ID));

err firm_get(ctx *c, int64_t id, firm_seen *out)
{
    err e = store_row(c, &firm_row, &firm_seen_shape, out, ARGS(id));
    return e.kind == ERR_MISSING ? err_of(ERR_MISSING, "", N_("There is no such firm in the register.")) : e;
}

str firm_secret_hash(arena *a, str secret) { return sha256_hex(a, secret); }

static err of_hash(ctx *c, str hash, firm_seen *out)
{
    int64_t id;
    TRY(store_int(c, &firm_of_invitation, &id, ARGS(hash)));
    if (!id) return err_of(ERR_MISSING, "", N_("This invitation was used, replaced by a newer one, or never sent. Ask the alliance for another."));
    return firm_get(c, id, out);
}

err firm_of_secret(ctx *c, str secret, firm_seen *out) { return of_hash(c, firm_secret_hash(c->a, secret), out); }

void firm_name_class(ctx *c, view *row)
{
    view_bool(row, S("is_technology"), view_get_text(row, S("class")).n > 0);
    view_choice(c->lang, row, S("class"), screening_classes);
}

/* ---- the mark ---------------------------------------------------------------------------------------------------------- */

static const struct choice corrections[] = {
    {"none", N_("No firm of technology")},
    {"electronics", N_("Electronics and information")}, {"biomedicine", N_("Biology and new medicine")}, {"aerospace", N_("Aviation and space")},
    {"materials", N_("New materials")}, {"services", N_("High-technology services")}, {"energy", N_("New energy and saving energy")},
    {"environment", N_("Resources and environment")}, {"manufacturing", N_("Advanced manufacturing and automation")}, {0},
};

static const field correction_fields[] = {
    FIELD(firm_correction, id, F_ID, .flags = F_HIDDEN),
    FIELD(firm_correction, class, F_CODE, .flags = F_REQUIRED, .label = N_("What it is"), .choices = corrections),
    FIELD(firm_correction, reason, F_LINES, .flags = F_REQUIRED, .label = N_("Reason"), .max = 500),
};
const shape firm_correction_shape = {"firm_correction", correction_fields, countof(correction_fields), sizeof(firm_correction)};

static err correct(ctx *c, void *in)
{
    const firm_correction *n = in;
    firm_seen f;
    TRY(firm_get(c, n->id, &f));
    str class = str_eqz(n->class, "none") ? (str){0} : n->class;
    TRY(store_run(c, &firm_set_class, NULL, ARGS(n->id, class)));
    return store_run(c, &firm_put_correction, NULL, ARGS(f.uscc, class, n->reason, c->who.person, c->today));
}
const action firm_correct = {"registration_correct", &firm_correction_shape, correct, 0};

/* ---- invitation and joining ---------------------------------------------------------------------------------------------- */

static const field invitation_fields[] = {FIELD(firm_invitation, id, F_ID, .flags = F_HIDDEN), FIELD(firm_invitation, secret_hash, F_TEXT)};
const shape firm_invitation_shape = {"firm_invitation", invitation_fields, countof(invitation_fields), sizeof(firm_invitation)};

static err not_a_member(ctx *c, const firm_seen *f)
{
    org o;
    err e = member_by_uscc(c, f->uscc, &o);
    if (!e.kind) return err_with(ERR_CONFLICT, "", N_("{0} is a member already."), f->name, (str){0}, (str){0});
    return e.kind == ERR_MISSING ? NO_ERR : e;
}

static err invite(ctx *c, void *in)
{
    const firm_invitation *n = in;
    firm_seen f;
    TRY(firm_get(c, n->id, &f));
    TRY(not_a_member(c, &f));
    if (!f.class.n) return err_of(ERR_CONFLICT, "", N_("Only firms of technology are invited. Correct the mark first if it is one."));
    return store_run(c, &firm_put_invitation, NULL, ARGS(f.uscc, n->secret_hash, c->who.person, c->today, f.import_id));
}
const action firm_invite = {"registration_invite", &firm_invitation_shape, invite, 0};

static const field joining_fields[] = {
    FIELD(firm_joining, secret_hash, F_TEXT), FIELD(firm_joining, login, F_TEXT), FIELD(firm_joining, name, F_TEXT, .flags = F_PRIVATE),
    FIELD(firm_joining, verifier, F_TEXT, .flags = F_PRIVATE), FIELD(firm_joining, org, F_ID, .flags = F_RESULT),
    FIELD(firm_joining, person, F_ID, .flags = F_RESULT), FIELD(firm_joining, post, F_ID, .flags = F_RESULT),
};
static const shape firm_joining_shape = {"firm_joining", joining_fields, countof(joining_fields), sizeof(firm_joining)};

/* The organisation with what the registry says of it, and its first person. */
static err join(ctx *c, void *in)
{
    firm_joining *n = in;
    firm_seen f;
    person there;
    TRY(of_hash(c, n->secret_hash, &f));
    TRY(not_a_member(c, &f));
    err e = account_of_login(c, n->login, &there);
    if (!e.kind) return err_with(ERR_INPUT, "login", N_("The login {0} is taken; choose another."), n->login, (str){0}, (str){0});
    if (e.kind != ERR_MISSING) return e;
    org_new o = {.uscc = f.uscc, .name = f.name, .kind = S("enterprise"), .registered_day = f.established_day};
    TRY(store_also(c, &member_add, &o));
    account_new a = {n->login, n->name, n->verifier, S("enterprise"), o.id, 0, 0};
    TRY(store_also(c, &account_add, &a));
    n->org = o.id, n->person = a.person, n->post = a.post;
    return store_run(c, &firm_put_joined, NULL, ARGS(f.uscc, o.id, c->today));
}
const action firm_join = {"registration_join", &firm_joining_shape, join, 0};
