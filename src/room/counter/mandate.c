/* SPDX-License-Identifier: Apache-2.0 */
/* mandate.c: mandates: entered with their scan, used, revoked; what they cover and until when they hold. */
#include "room/counter/mandate.h"

#include "base/days.h"
#include "gen/room/counter/mandate_sql.h"
#include "room/account/account.h"
#include "room/document/document.h"
#include "room/member/member.h"
#include "room/message/message.h"

const struct choice mandate_scopes[] = {
    {"join", N_("Particulars and admission")}, {"need", N_("Needs and offers")}, {"application", N_("Applications and supplements")},
    {"outcome", N_("Outcomes and their confirmation")}, {"agreement", N_("Reading agreements")}, {0},
};

SHAPE(mandate, FIELD(mandate, id, F_ID), FIELD(mandate, org, F_ID), FIELD(mandate, office, F_ID), FIELD(mandate, giver, F_TEXT),
      FIELD(mandate, scopes, F_TEXT), FIELD(mandate, seed, F_SECRET), FIELD(mandate, from_day, F_DAY), FIELD(mandate, to_day, F_DAY),
      FIELD(mandate, scan, F_ID), FIELD(mandate, entered_by, F_ID), FIELD(mandate, entered_at, F_TIME), FIELD(mandate, revoked_by, F_ID),
      FIELD(mandate, revoked_day, F_DAY), FIELD(mandate, reason, F_TEXT));

/* ---- what it covers ---------------------------------------------------------------------------------------------- */

static bool has(str scopes, str one)
{
    str part;
    while (str_split(&scopes, ' ', &part))
        if (str_eq(part, one)) return true;
    return false;
}

str mandate_words(ctx *c, str scopes)
{
    str one;
    buf b = buf_new(c->a, 64);
    while (str_split(&scopes, ' ', &one)) {
        if (b.n) buf_put(&b, c->lang == LANG_ZH ? S("、") : S(", "));
        buf_put(&b, choice_word(c->lang, mandate_scopes, one));
    }
    return buf_str(&b);
}

err mandate_covers(ctx *c, const mandate *m, str scopes)
{
    str rest = scopes, one;
    if (str_eqz(scopes, COUNTER_ANY)) return NO_ERR;
    while (str_split(&rest, ' ', &one))
        if (has(m->scopes, one)) return NO_ERR;
    str_split(&scopes, ' ', &one); /* the one that it is foremost about */
    return err_with(ERR_DENIED, "", N_("The mandate does not cover this: it lacks “{0}”. It covers: {1}."), mandate_words(c, one), mandate_words(c, m->scopes), (str){0});
}

err mandate_holds(ctx *c, const mandate *m)
{
    int64_t day = m->revoked_day ? m->revoked_day : m->to_day < c->today ? m->to_day : m->from_day > c->today ? m->from_day : 0;
    if (!day) return NO_ERR;
    const char *says = m->revoked_day ? N_("The mandate was revoked on {0}: nothing can be done under it any more.")
                       : m->to_day < c->today ? N_("The mandate ended on {0}: the firm must hand in a new one.")
                                              : N_("The mandate holds only from {0} on.");
    return err_with(ERR_DENIED, "", says, day_words(c->a, day, c->lang), (str){0}, (str){0});
}

/* ---- who sees it ------------------------------------------------------------------------------------------------- */

static bool at_office(const ctx *c, const mandate *m, uint32_t roles)
{
    return c->who.org == m->office && (WHO(c->who.role) & roles);
}

err mandate_get(ctx *c, int64_t id, mandate *out)
{
    err e = store_row(c, &mandate_row, &mandate_shape, out, ARGS(id));
    bool sees = !e.kind && (c->who.org == out->org || c->who.role == ROLE_AUDITOR
                            || at_office(c, out, WHO(ROLE_COUNTER) | WHO(ROLE_ALLIANCE) | WHO(ROLE_BUREAU)));
    return sees || (e.kind && e.kind != ERR_MISSING) ? e : err_of(ERR_MISSING, "", N_("There is no such mandate."));
}

bool mandate_may_revoke(const ctx *c, const mandate *m)
{
    bool firm = c->who.org == m->org && !c->who.mandate;
    return !m->revoked_day && (firm || at_office(c, m, WHO(ROLE_ALLIANCE) | WHO(ROLE_BUREAU)));
}

/* ---- entering ---------------------------------------------------------------------------------------------------- */

static const field new_fields[] = {
    FIELD(mandate_new, uscc, F_TEXT, .flags = F_REQUIRED, .label = N_("Unified social credit code of the firm"), .min = 18, .max = 18),
    FIELD(mandate_new, giver, F_TEXT, .flags = F_REQUIRED | F_PRIVATE, .label = N_("Who signed the mandate"), .hint = N_("Name and office, as on the paper: legal representative, manager"), .max = 60),
    FIELD(mandate_new, join, F_BOOL, .label = N_("Particulars and admission")),
    FIELD(mandate_new, need, F_BOOL, .label = N_("Needs and offers")),
    FIELD(mandate_new, application, F_BOOL, .label = N_("Applications and supplements")),
    FIELD(mandate_new, outcome, F_BOOL, .label = N_("Outcomes and their confirmation")),
    FIELD(mandate_new, agreement, F_BOOL, .label = N_("Reading agreements")),
    FIELD(mandate_new, from_day, F_DAY, .flags = F_REQUIRED, .label = N_("First day")),
    FIELD(mandate_new, to_day, F_DAY, .flags = F_REQUIRED, .label = N_("Last day")),
    FIELD(mandate_new, scan, F_FILE, .flags = F_REQUIRED, .label = N_("Scan of the mandate"), .hint = N_("Signed and sealed by the firm, as PDF or picture, at most 20 MB")),
    FIELD(mandate_new, seed, F_TEXT, .flags = F_PRIVATE),
    FIELD(mandate_new, id, F_ID, .flags = F_RESULT),
};
const shape mandate_new_shape = {"mandate_new", new_fields, countof(new_fields), sizeof(mandate_new)};

/* The ticked ones, in the order of mandate_scopes. */
static str ticked(ctx *c, const mandate_new *n)
{
    const bool on[] = {n->join, n->need, n->application, n->outcome, n->agreement};
    buf b = buf_new(c->a, 48);
    for (int i = 0; i < countof(on); i++)
        if (on[i]) buf_put(&b, str_fmt(c->a, b.n ? " %s" : "%s", mandate_scopes[i].code));
    return buf_str(&b);
}

static err check_new(ctx *c, const mandate_new *n, str scopes, org *firm)
{
    document d;
    err e = member_by_uscc(c, n->uscc, firm);
    if (e.kind == ERR_MISSING) return err_of(ERR_INPUT, "uscc", N_("No member has this code. Enter the firm as an organisation first."));
    TRY(e);
    if (!str_eqz(firm->kind, "enterprise") && !str_eqz(firm->kind, "agency"))
        return err_of(ERR_INPUT, "uscc", N_("The counter acts for enterprises and agencies only."));
    if (!scopes.n) return err_of(ERR_INPUT, "join", N_("Tick at least one thing that the mandate allows."));
    if (n->to_day < n->from_day) return err_of(ERR_INPUT, "to_day", N_("The last day is before the first."));
    if (n->to_day < c->today) return err_of(ERR_INPUT, "to_day", N_("This mandate is over already."));
    if (document_own(c, n->scan, &d).kind) return err_of(ERR_INPUT, "scan", N_("There is no such file."));
    return NO_ERR;
}

static err enter(ctx *c, void *in)
{
    mandate_new *n = in;
    org firm;
    str scopes = ticked(c, n);
    TRY(check_new(c, n, scopes, &firm));
    TRY(store_next_id(c, S("mandate"), &n->id));
    TRY(store_run(c, &mandate_add, NULL, ARGS(n->id, firm.id, c->who.org, n->giver, scopes, n->seed, n->from_day, n->to_day, n->scan, c->who.person, c->now)));
    TRY(document_link(c, n->scan, S("mandate"), n->id, S("scan")));
    return message_org(c, firm.id, N_("A mandate of yours was entered at the counter; it holds from {0} to {1}. If you did not give it, revoke it at once."),
                       day_text(c->a, n->from_day), day_text(c->a, n->to_day), (str){0}, str_fmt(c->a, "/counter/mandates/%lld", (long long)n->id));
}
const action mandate_enter = {"mandate_enter", &mandate_new_shape, enter, 0};

/* ---- revoking ---------------------------------------------------------------------------------------------------- */

static const field revocation_fields[] = {
    FIELD(mandate_revocation, id, F_ID, .flags = F_HIDDEN),
    FIELD(mandate_revocation, reason, F_TEXT, .flags = F_REQUIRED, .label = N_("Reason"), .max = 200),
};
const shape mandate_revocation_shape = {"mandate_revocation", revocation_fields, countof(revocation_fields), sizeof(mandate_revocation)};

static err revoke(ctx *c, void *in)
{
    const mandate_revocation *n = in;
    mandate m;
    TRY(mandate_get(c, n->id, &m));
    if (m.revoked_day) return mandate_holds(c, &m);
    if (!mandate_may_revoke(c, &m)) return err_of(ERR_DENIED, "", N_("A mandate is revoked by the firm that gave it, or by an officer of the office that uses it."));
    TRY(store_run(c, &mandate_end, NULL, ARGS(m.id, c->who.person, c->today, n->reason)));
    str href = str_fmt(c->a, "/counter/mandates/%lld", (long long)m.id);
    TRY(message_person(c, m.entered_by, N_("A mandate that you entered was revoked: {0}"), n->reason, (str){0}, (str){0}, href));
    return message_org(c, m.org, N_("Your mandate for the counter was revoked: {0}"), n->reason, (str){0}, (str){0}, href);
}
const action mandate_revoke = {"mandate_revoke", &mandate_revocation_shape, revoke, 0};

/* ---- using ------------------------------------------------------------------------------------------------------- */

static err stand(ctx *c, int64_t id, actor *as)
{
    mandate m;
    org firm;
    TRY(mandate_get(c, id, &m));
    if (c->who.role != ROLE_COUNTER) return err_of(ERR_DENIED, "", N_("Only a clerk of the counter acts under a mandate."));
    TRY(mandate_holds(c, &m));
    TRY(member_get(c, m.org, &firm));
    *as = c->who;
    as->mandate = m.id, as->org = m.org, as->role = str_eqz(firm.kind, "agency") ? ROLE_AGENCY : ROLE_ENTERPRISE;
    return NO_ERR;
}

err counter_as(ctx *c, int64_t id) { return stand(c, id, &c->who); }

SHAPE(mandate_ref, FIELD(mandate_ref, id, F_ID), FIELD(mandate_ref, token_hash, F_TEXT, .flags = F_PRIVATE));

static err use(ctx *c, void *in)
{
    const mandate_ref *n = in;
    actor as;
    TRY(stand(c, n->id, &as));
    return account_stand(c, n->token_hash, n->id, as.org, as.role);
}
const action mandate_use = {"mandate_use", &mandate_ref_shape, use, 0};

static err leave(ctx *c, void *in)
{
    const mandate_ref *n = in;
    if (!c->who.mandate) return err_of(ERR_CONFLICT, "", N_("You act for your own organisation already."));
    return account_stand(c, n->token_hash, 0, 0, ROLE_PUBLIC);
}
const action mandate_leave = {"mandate_leave", &mandate_ref_shape, leave, 0};
