/* SPDX-License-Identifier: Apache-2.0 */
/* zone.c: the zone's name, its begun day and its settings. */
#include "room/zone/zone.h"
#include "room/zone/zone_setting.h"
#include "gen/room/zone/zone_sql.h"

SHAPE(zone, FIELD(zone, name, F_TEXT), FIELD(zone, name_en, F_TEXT), FIELD(zone, begun_day, F_DAY));
SHAPE(zone_new, FIELD(zone_new, name, F_TEXT), FIELD(zone_new, name_en, F_TEXT),
      FIELD(zone_new, begun_day, F_DAY));

/* What an office may change without a programmer. Defaults follow the policy where it speaks
 * (seven working days stand in the flow file, not here). */
const zone_setting zone_settings[] = {
    {"call_opens_on", "1", true, 1, 28, N_("Day of the month on which the month's call opens")},
    {"call_closes_on", "20", true, 1, 31, N_("Day of the month on which the month's call closes (a shorter month: its last day)")},
    {"account_cooling_days", "3", true, 0, 30, N_("Working days after which money may go to a changed bank account")},
    {"objection_reply_days", "5", true, 1, 60, N_("Working days within which an objection is answered")},
    {"enterprise_confirms", "1", true, 0, 1, N_("The enterprise confirms each application before it is submitted (1 yes, 0 no)")},
    {"sign_remind_days", "3", true, 1, 60, N_("Working days after which whoever is to sign an agreement is reminded, again and again")},
    {"need_answer_days", "3", true, 1, 60, N_("Working days within which an agency answers a need; then it is reminded")},
    {"need_escalate_days", "7", true, 1, 60, N_("Working days after which an unanswered need is told to the alliance")},
    {"need_pass_on_days", "10", true, 1, 90, N_("Working days after which an unanswered need goes to the next agency")},
    {"rating_commend_from", "85", true, 50, 100, N_("Score of an agency's rating from which a commendation is proposed, in per cent")},
    {"rating_warn_below", "80", true, 0, 100, N_("Score below which even at its upper end a warning is proposed, in per cent")},
    {"rating_suspend_below", "60", true, 0, 100, N_("Score below which even at its upper end a suspension is proposed, in per cent")},
    {"draft_keep_days", "90", true, 1, 3650, N_("Days after which an untouched draft is pointed out to its owner")},
    {"seal_report", "0", true, 0, 1, N_("The batch goes on only when the preliminary review report's sealed copy is there (1 yes, 0 no)")},
    {"seal_request", "0", true, 0, 1, N_("The batch goes on only when the subsidy request report's sealed copy is there (1 yes, 0 no)")},
    {"seal_notice", "0", true, 0, 1, N_("The batch goes on only when the public notice's sealed copy is there (1 yes, 0 no)")},
    {"seal_letter", "0", true, 0, 1, N_("The batch goes on only when the letter to finance's sealed copy is there (1 yes, 0 no)")},
    {"office_issuer", "示范高新技术产业园区科技创新局", false, 0, 60, N_("Issuing office on official papers")},
    {"office_alliance", "示范高新区高新技术企业创新联盟", false, 0, 60, N_("Name of the alliance on papers")},
    {"office_committee", "示范高新技术产业园区管理委员会", false, 0, 60, N_("Name of the committee on papers")},
    {"office_finance", "示范高新技术产业园区财政局", false, 0, 60, N_("Name of the finance office on papers")},
    {"office_address", "示范高新区创新路1号", false, 0, 120, N_("Address of the office")},
    {"office_phone", "0000-00000000", false, 0, 40, N_("Telephone of the office")},
    {"access_keep_days", "1095", true, 183, 36500, N_("Days for which it is kept who signed in and who was refused (the law asks for six months)")},
    {"password_kinds", "1", true, 1, 4, N_("How many of small letters, capitals, digits and other characters a new password needs (1: no such rule)")},
    {"second_factor_roles", "none", false, 0, 120, N_("Roles that need a second factor at sign-in: bureau, finance, admin …, with commas between; or none"), .roles = true},
    {"paper_code", "示高新科", false, 0, 20, N_("Code in front of official paper numbers")},
    {0},
};

static const zone_setting *find(str name)
{
    for (const zone_setting *s = zone_settings; s->name; s++)
        if (str_eqz(name, s->name)) return s;
    return NULL;
}

err zone_get(ctx *c, zone *out) { return store_row(c, &zone_row, &zone_shape, out, NO_ARGS); }

err zone_text(ctx *c, const char *setting, str *out)
{
    const zone_setting *s = find(str_of(setting));
    assert(s);
    TRY(store_text(c, &zone_setting_value, out, ARGS(str_of(setting))));
    if (!out->n) *out = str_of(s->otherwise);
    return NO_ERR;
}

err zone_number(ctx *c, const char *setting, int64_t *out)
{
    str text;
    TRY(zone_text(c, setting, &text));
    bool ok = str_int(text, out);
    assert(ok);
    return NO_ERR;
}

err zone_insert(ctx *c, const zone_new *z)
{
    return store_run(c, &zone_make, NULL, ARGS(z->name, z->name_en, z->begun_day));
}

err zone_begun(ctx *c, int64_t day) { return store_run(c, &zone_mark_begun, NULL, ARGS(day)); }

static const field change_fields[] = {
    FIELD(setting_change, name, F_TEXT, .flags = F_HIDDEN),
    FIELD(setting_change, value, F_TEXT, .flags = F_REQUIRED, .label = N_("Value"), .max = 200),
};
const shape setting_change_shape = {"setting_change", change_fields, countof(change_fields),
                                    sizeof(setting_change)};

static err check_roles(str value)
{
    str one;
    if (str_eqz(value, "none")) return NO_ERR;
    while (str_split(&value, ',', &one))
        if (role_of(str_trim(one)) <= ROLE_PUBLIC)
            return err_with(ERR_INPUT, "value", N_("There is no role {0}. Roles are agency, enterprise, alliance, bureau, committee, finance, department, auditor and admin."),
                            str_trim(one), (str){0}, (str){0});
    return NO_ERR;
}

static err change(ctx *c, void *in)
{
    const setting_change *s = in;
    const zone_setting *t = find(s->name);
    if (!t) return err_of(ERR_MISSING, "name", N_("There is no such setting."));
    int64_t number;
    if (t->number) {
        if (!str_int(s->value, &number) || number < t->min || number > t->max)
            return err_with(ERR_INPUT, "value", N_("Enter a whole number from {0} to {1}."),
                            str_fmt(c->a, "%lld", (long long)t->min),
                            str_fmt(c->a, "%lld", (long long)t->max), (str){0});
    } else if (str_chars(s->value) > t->max)
        return err_with(ERR_INPUT, "value", N_("Enter at most {0} characters."),
                        str_fmt(c->a, "%lld", (long long)t->max), (str){0}, (str){0});
    if (t->roles) TRY(check_roles(s->value));
    int64_t id;
    str before;
    TRY(zone_text(c, t->name, &before));
    TRY(store_next_id(c, S("setting_change"), &id));
    TRY(store_run(c, &zone_change_add, NULL, ARGS(id, s->name, before, s->value, c->today, c->now, c->who.person)));
    return store_run(c, &zone_setting_put, NULL, ARGS(s->name, s->value, c->now, c->who.person));
}
const action setting_set = {"setting_set", &setting_change_shape, change, 0};
