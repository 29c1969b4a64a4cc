/* SPDX-License-Identifier: Apache-2.0 */
/* member.c: organisations and the accounts that money goes to. */
#include "room/member/member.h"

#include "base/days.h"
#include "base/uscc.h"
#include "gen/room/member/member_sql.h"
#include "room/member/member_form.h"
#include "room/message/message.h"
#include "room/zone/zone.h"

SHAPE(org, FIELD(org, id, F_ID), FIELD(org, uscc, F_TEXT), FIELD(org, name, F_TEXT), FIELD(org, name_en, F_TEXT), FIELD(org, kind, F_TEXT),
      FIELD(org, state, F_TEXT), FIELD(org, registered_day, F_DAY), FIELD(org, address, F_TEXT), FIELD(org, contact, F_TEXT),
      FIELD(org, phone, F_TEXT), FIELD(org, email, F_TEXT));
SHAPE(bank_account, FIELD(bank_account, id, F_ID), FIELD(bank_account, org, F_ID), FIELD(bank_account, bank, F_TEXT),
      FIELD(bank_account, holder, F_TEXT), FIELD(bank_account, number, F_TEXT), FIELD(bank_account, state, F_TEXT),
      FIELD(bank_account, usable_day, F_DAY), FIELD(bank_account, proposed_by, F_ID), FIELD(bank_account, confirmed_by, F_ID),
      FIELD(bank_account, shared_by, F_ID));

const struct choice org_kinds[] = {
    {"enterprise", N_("Enterprise")}, {"agency", N_("Agency")}, {"institute", N_("Institute")}, {"department", N_("Department")},
    {"alliance", N_("Alliance")}, {"government", N_("Government body")}, {0},
};

const struct choice org_states[] = {
    {"applied", N_("applied")}, {"reviewing", N_("in review")}, {"active", N_("in good standing")}, {"warned", N_("warned")},
    {"suspended", N_("suspended")}, {"left", N_("left")}, {0},
};

bool org_takes_part(const org *o) { return str_eqz(o->state, "active") || str_eqz(o->state, "warned"); }

str org_name(const ctx *c, const org *o) { return c->lang == LANG_EN && o->name_en.n ? o->name_en : o->name; }

err member_get(ctx *c, int64_t id, org *out)
{
    err e = store_row(c, &member_row, &org_shape, out, ARGS(id));
    return e.kind == ERR_MISSING ? err_of(ERR_MISSING, "", N_("There is no such organisation.")) : e;
}

err member_by_uscc(ctx *c, str uscc, org *out) { return store_row(c, &member_row_of_uscc, &org_shape, out, ARGS(uscc)); }

err member_any(ctx *c, bool *out)
{
    int64_t any;
    TRY(store_int(c, &member_any_org, &any, NO_ARGS));
    *out = any;
    return NO_ERR;
}

err member_of_kind(ctx *c, str kind, org *out) { return store_row(c, &member_first_of_kind, &org_shape, out, ARGS(kind)); }

err member_options(ctx *c, str kind, view *into, str name) { return store_rows(c, &member_choices_of_kind, into, name, ARGS(kind)); }

err member_set_state(ctx *c, int64_t id, str from, str to) { return store_run(c, &member_set_org_state, NULL, ARGS(id, from, to)); }

/* ---- organisations ------------------------------------------------------------------------------------------- */

static const field new_fields[] = {
    FIELD(org_new, uscc, F_TEXT, .flags = F_REQUIRED, .label = N_("Unified social credit code"), .hint = N_("18 digits and capital letters"), .max = 30),
    FIELD(org_new, name, F_TEXT, .flags = F_REQUIRED, .label = N_("Name of the organisation"), .max = 120),
    FIELD(org_new, name_en, F_TEXT, .label = N_("English name"), .max = 200),
    FIELD(org_new, kind, F_CODE, .flags = F_REQUIRED, .label = N_("Kind"), .choices = org_kinds),
    FIELD(org_new, registered_day, F_DAY, .label = N_("Registered on")),
    FIELD(org_new, address, F_TEXT, .label = N_("Registered address"), .max = 200),
    FIELD(org_new, contact, F_TEXT, .flags = F_PRIVATE, .label = N_("Contact person"), .max = 60),
    FIELD(org_new, phone, F_TEXT, .flags = F_PRIVATE, .label = N_("Telephone"), .max = 40),
    FIELD(org_new, email, F_TEXT, .flags = F_PRIVATE, .label = N_("E-mail"), .max = 120),
    FIELD(org_new, state, F_TEXT),
    FIELD(org_new, id, F_ID, .flags = F_RESULT),
};
const shape org_new_shape = {"org_new", new_fields, countof(new_fields), sizeof(org_new)};

static err add(ctx *c, void *in)
{
    org_new *o = in;
    TRY(uscc_read(c->a, o->uscc, &o->uscc));
    TRY(store_next_id(c, S("org"), &o->id));
    if (!o->state.n) o->state = S("active");
    err e = store_run(c, &member_add_org, NULL,
                      ARGS(o->id, o->uscc, o->name, o->name_en, o->kind, o->registered_day, o->address, o->contact, store_sealed(c, o->phone), o->email, o->state));
    if (e.kind == ERR_CONFLICT)
        return err_with(ERR_CONFLICT, "uscc", N_("An organisation with the code {0} is there already."), o->uscc, (str){0}, (str){0});
    return e;
}
const action member_add = {"org_add", &org_new_shape, add, 0};

static const field change_fields[] = {
    FIELD(org, id, F_ID, .flags = F_REQUIRED | F_HIDDEN),
    FIELD(org, name, F_TEXT, .flags = F_REQUIRED, .label = N_("Name of the organisation"), .max = 120),
    FIELD(org, name_en, F_TEXT, .label = N_("English name"), .max = 200),
    FIELD(org, address, F_TEXT, .label = N_("Registered address"), .max = 200),
    FIELD(org, contact, F_TEXT, .flags = F_PRIVATE, .label = N_("Contact person"), .max = 60),
    FIELD(org, phone, F_TEXT, .flags = F_PRIVATE, .label = N_("Telephone"), .max = 40),
    FIELD(org, email, F_TEXT, .flags = F_PRIVATE, .label = N_("E-mail"), .max = 120),
};
const shape org_change_shape = {"org_change", change_fields, countof(change_fields), sizeof(org)};

static err change(ctx *c, void *in)
{
    org *o = in;
    int64_t changed;
    TRY(store_run(c, &member_change_org, &changed, ARGS(o->id, o->name, o->name_en, o->address, o->contact, store_sealed(c, o->phone), o->email)));
    return changed ? NO_ERR : err_of(ERR_MISSING, "", N_("There is no such organisation."));
}
const action member_change = {"org_change", &org_change_shape, change, 0};

/* ---- bank accounts ----------------------------------------------------------------------------------------------- */

str bank_masked(arena *a, str number)
{
    return number.n < 8 ? S("••••") : str_fmt(a, "•••• " SF, SA(str_from(number, number.n - 4)));
}

static const field account_fields[] = {
    FIELD(account_change, org, F_ID, .flags = F_HIDDEN),
    FIELD(account_change, bank, F_TEXT, .flags = F_REQUIRED, .label = N_("Bank and branch"), .max = 80),
    FIELD(account_change, holder, F_TEXT, .flags = F_REQUIRED, .label = N_("Account holder"), .hint = N_("Exactly as at the bank"), .max = 120),
    FIELD(account_change, number, F_TEXT, .flags = F_REQUIRED | F_PRIVATE, .label = N_("Account number"), .hint = N_("8 to 32 digits"), .max = 40),
    FIELD(account_change, proof, F_FILE, .label = N_("Proof of the account"), .hint = N_("Opening permit or a letter of the bank")),
    FIELD(account_change, id, F_ID, .flags = F_RESULT),
};
const shape account_change_shape = {"account_change", account_fields, countof(account_fields), sizeof(account_change)};

static str digits_of(arena *a, str s)
{
    buf b = buf_new(a, s.n + 1);
    for (size i = 0; i < s.n; i++)
        if (s.p[i] != ' ' && s.p[i] != '-') buf_byte(&b, s.p[i]);
    return buf_str(&b);
}

static bool all_digits(str s)
{
    for (size i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9') return false;
    return true;
}

static err propose(ctx *c, void *in)
{
    account_change *n = in;
    org o;
    TRY(member_get(c, n->org, &o));
    if (c->who.org != o.id && c->who.role != ROLE_ALLIANCE) return err_of(ERR_MISSING, "", N_("There is no such organisation."));
    n->number = digits_of(c->a, n->number);
    if (!all_digits(n->number) || n->number.n < 8 || n->number.n > 32)
        return err_of(ERR_INPUT, "number", N_("An account number has 8 to 32 digits."));
    TRY(store_next_id(c, S("bank_account"), &n->id));
    err e = store_run(c, &member_add_account, NULL,
                      ARGS(n->id, n->org, n->bank, n->holder, store_sealed(c, n->number), n->proof, c->who.person, c->now));
    if (e.kind == ERR_CONFLICT) return err_of(ERR_CONFLICT, "", N_("A proposed account of this organisation is waiting to be confirmed."));
    TRY(e);
    TRY(message_org(c, n->org, N_("A new bank account ({0}) was proposed for {1}. If that was not you, tell the finance office at once."),
                    bank_masked(c->a, n->number), o.name, (str){0}, S("/organisation")));
    return message_role(c, ROLE_FINANCE, N_("A bank account of {0} waits to be confirmed."), o.name, (str){0}, (str){0}, S("/bank-accounts"));
}
const action member_propose_account = {"bank_account_propose", &account_change_shape, propose, 0};

static const struct choice verdicts[] = {{"accept", N_("Confirm the account")}, {"refuse", N_("Refuse it")}, {0}};
static const field verdict_fields[] = {
    FIELD(account_verdict, id, F_ID, .flags = F_HIDDEN),
    FIELD(account_verdict, verdict, F_CODE, .flags = F_REQUIRED, .label = N_("Decision"), .choices = verdicts),
    FIELD(account_verdict, note, F_LINES, .label = N_("Note"), .hint = N_("Needed for a refusal, and where the number stands under two organisations"), .max = 500),
};
const shape account_verdict_shape = {"account_verdict", verdict_fields, countof(verdict_fields), sizeof(account_verdict)};

static err accept(ctx *c, const account_verdict *v, const bank_account *b)
{
    int64_t before, cooling, from = c->today;
    str twin;
    TRY(store_int(c, &member_had_account, &before, ARGS(b->org)));
    TRY(zone_number(c, "account_cooling_days", &cooling));
    if (before) TRY(workday_add(c->days, c->today, cooling, &from));
    TRY(store_text(c, &member_others_with_number, &twin, ARGS(store_sealed(c, b->number), b->org, b->number)));
    if (twin.n && !v->note.n)
        return err_with(ERR_INPUT, "note", N_("The same number stands under {0}. Say in the note why this is right, or refuse it."), twin, (str){0}, (str){0});
    TRY(store_run(c, &member_retire_account, NULL, ARGS(b->org)));
    if (twin.n) TRY(store_run(c, &member_share_others, NULL, ARGS(store_sealed(c, b->number), b->org, c->who.person, b->number)));
    int64_t shared_by = twin.n ? c->who.person : 0;
    return store_run(c, &member_accept_account, NULL, ARGS(b->id, from, c->who.person, c->now, v->note, shared_by));
}

static err decide(ctx *c, void *in)
{
    account_verdict *v = in;
    bank_account b;
    TRY(store_row(c, &member_account_row, &bank_account_shape, &b, ARGS(v->id)));
    if (!str_eqz(b.state, "proposed")) return err_of(ERR_CONFLICT, "", N_("This account has been decided already."));
    if (actor_is(&c->who, b.proposed_by)) return err_of(ERR_DENIED, "", N_("Another person must confirm it than the one who proposed it."));
    bool yes = str_eqz(v->verdict, "accept");
    if (!yes && !v->note.n) return err_of(ERR_INPUT, "note", N_("Say why it is refused."));
    TRY(yes ? accept(c, v, &b) : store_run(c, &member_refuse_account, NULL, ARGS(b.id, c->who.person, c->now, v->note)));
    return message_org(c, b.org, yes ? N_("The bank account {0} is confirmed.") : N_("The bank account {0} was refused: {1}"),
                       bank_masked(c->a, b.number), v->note, (str){0}, S("/organisation"));
}
const action member_decide_account = {"bank_account_decide", &account_verdict_shape, decide, 0};

/* ---- the number in full: for a reason, on the record ------------------------------------------------ */

err account_get(ctx *c, int64_t id, bank_account *out)
{
    err e = store_row(c, &member_account_row, &bank_account_shape, out, ARGS(id));
    bool sees = c->who.role == ROLE_FINANCE || c->who.role == ROLE_AUDITOR || (!e.kind && c->who.org == out->org);
    return e.kind == ERR_MISSING || !sees ? err_of(ERR_MISSING, "", N_("There is no such bank account.")) : e;
}

bool account_decides(const ctx *c, const bank_account *b)
{
    return c->who.role == ROLE_FINANCE && str_eqz(b->state, "proposed") && !actor_is(&c->who, b->proposed_by);
}

static const field reading_fields[] = {
    FIELD(account_reading, id, F_ID, .flags = F_HIDDEN),
    FIELD(account_reading, reason, F_LINES, .flags = F_REQUIRED, .label = N_("Why you need the whole number"),
          .hint = N_("Your name, the time and this reason go on the record."), .min = 4, .max = 300),
};
const shape account_reading_shape = {"account_reading", reading_fields, countof(reading_fields), sizeof(account_reading)};

/* Changes nothing: that it was read, by whom and why is the record's entry. */
static err read_in_full(ctx *c, void *in)
{
    bank_account b;
    return account_get(c, ((account_reading *)in)->id, &b);
}
const action member_read_account = {"bank_account_read", &account_reading_shape, read_in_full, 0};

err member_account(ctx *c, int64_t org_id, bank_account *out)
{
    bool found;
    org o;
    str twin;
    TRY(member_get(c, org_id, &o));
    TRY(store_find(c, &member_active_account, &bank_account_shape, out, &found, ARGS(org_id)));
    if (!found) return err_with(ERR_CONFLICT, "", N_("{0} has no confirmed bank account."), o.name, (str){0}, (str){0});
    if (out->usable_day > c->today)
        return err_with(ERR_CONFLICT, "", N_("The changed bank account of {0} may be used from {1}."), o.name,
                        day_text(c->a, out->usable_day), (str){0});
    TRY(store_text(c, &member_others_with_number, &twin, ARGS(store_sealed(c, out->number), org_id, out->number)));
    if (twin.n && !out->shared_by)
        return err_with(ERR_CONFLICT, "", N_("{0} and {1} have the same bank account; finance has to clear that first."), o.name, twin, (str){0});
    return NO_ERR;
}
