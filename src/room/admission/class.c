/* SPDX-License-Identifier: Apache-2.0 */
/* class.c: an enterprise's classes by date: recognised, candidate, start-up, other; each row stays, a later one counts from its first day on. */
#include "base/days.h"
#include "gen/room/admission/class_sql.h"
#include "room/admission/admission_parts.h"
#include "room/document/document.h"
#include "room/member/member.h"
#include "room/message/message.h"

enum { CERTIFICATE_YEARS = 3, CERTIFICATE_DIGITS = 12 }; /* 高新技术企业认定管理办法, art. 12: valid for three years from issue */

SHAPE(enterprise_class, FIELD(enterprise_class, class, F_TEXT), FIELD(enterprise_class, certificate, F_TEXT), FIELD(enterprise_class, from_day, F_DAY),
      FIELD(enterprise_class, until_day, F_DAY), FIELD(enterprise_class, doc, F_ID), FIELD(enterprise_class, note, F_LINES));

static const struct choice classes[] = {
    {"recognised", N_("Recognised high-tech enterprise")}, {"candidate", N_("Candidate for recognition")}, {"startup", N_("Start-up")}, {"other", N_("Other")}, {0},
};

typedef struct class_new { int64_t org, from_day, until_day, document; str class, certificate, note; } class_new;
SHAPE(class_new, FIELD(class_new, org, F_ID, .flags = F_HIDDEN), FIELD(class_new, class, F_CODE, .flags = F_REQUIRED, .label = N_("Class"), .choices = classes),
      FIELD(class_new, from_day, F_DAY, .flags = F_REQUIRED, .label = N_("Valid from"), .hint = N_("Of a recognised one: the day the certificate was issued")),
      FIELD(class_new, until_day, F_DAY, .label = N_("Valid until"), .hint = N_("Empty: open. Of a recognised one it follows from the certificate: three years")),
      FIELD(class_new, certificate, F_TEXT, .label = N_("Certificate number"), .hint = N_("Of a recognised one: GR and 12 digits"), .max = 20),
      FIELD(class_new, document, F_FILE, .label = N_("Evidence"), .hint = N_("PDF or picture, at most 20 MB")),
      FIELD(class_new, note, F_LINES, .label = N_("Note"), .hint = N_("Needed where there is no file"), .max = 500));

err enterprise_class_on(ctx *c, int64_t org_id, int64_t day, enterprise_class *out) { return store_row(c, &class_on_day, &enterprise_class_shape, out, ARGS(org_id, day)); }

/* ---- setting ------------------------------------------------------------------------------------------------------------- */

static bool is_certificate(str s)
{
    if (s.n != 2 + CERTIFICATE_DIGITS || !str_starts(s, S("GR"))) return false;
    for (size i = 2; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9') return false;
    return true;
}

/* The 29th of February has no third anniversary: the 28th. */
static int64_t expiry_of(int64_t issued)
{
    int y, m, d;
    day_split(issued, &y, &m, &d);
    return day_of(y + CERTIFICATE_YEARS, m, m == 2 && d == 29 ? 28 : d);
}

static err check_certificate(ctx *c, class_new *n)
{
    int y, m, d;
    int64_t year;
    str holder;
    n->certificate = str_upper(c->a, n->certificate);
    if (!is_certificate(n->certificate)) return err_of(ERR_INPUT, "certificate", N_("A certificate number is GR and 12 digits."));
    day_split(n->from_day, &y, &m, &d);
    if (!str_int(str_head(str_from(n->certificate, 2), 4), &year) || year != y)
        return err_of(ERR_INPUT, "certificate", N_("The first four digits of the number are the year of issue; they differ from the day."));
    TRY(store_text(c, &class_other_with_certificate, &holder, ARGS(n->certificate, n->org)));
    if (holder.n) return err_with(ERR_CONFLICT, "certificate", N_("This certificate stands under {0} already."), holder, (str){0}, (str){0});
    n->until_day = expiry_of(n->from_day);
    return NO_ERR;
}

static err set(ctx *c, void *in)
{
    class_new *n = in;
    org o;
    document doc;
    int64_t id;
    TRY(member_get(c, n->org, &o));
    if (!str_eqz(o.kind, "enterprise")) return err_of(ERR_CONFLICT, "", N_("Only enterprises have classes."));
    if (!n->document && !n->note.n) return err_of(ERR_INPUT, "document", N_("Choose a file or write a note."));
    if (n->document && document_own(c, n->document, &doc).kind) return err_of(ERR_INPUT, "document", N_("There is no such file."));
    if (str_eqz(n->class, "recognised")) TRY(check_certificate(c, n));
    else if (n->certificate.n) return err_of(ERR_INPUT, "certificate", N_("Only a recognised enterprise has a certificate."));
    if (n->until_day && n->until_day < n->from_day) return err_of(ERR_INPUT, "until_day", N_("It ends before it begins."));
    TRY(store_next_id(c, S("org_class"), &id));
    TRY(store_run(c, &class_add, NULL, ARGS(id, n->org, n->class, n->certificate, n->from_day, n->until_day, n->document, n->note, c->who.person, c->today)));
    if (n->document) TRY(document_link(c, n->document, S("class"), id, n->class));
    return message_org(c, n->org, N_("Your enterprise's class was entered, valid from {0}."), day_text(c->a, n->from_day), (str){0}, (str){0},
                       str_fmt(c->a, "/organisations/%lld/classes", (long long)n->org));
}
const action class_set = {"class_set", &class_new_shape, set, 0};

/* ---- pages ---------------------------------------------------------------------------------------------------------------- */

#define SETTERS (WHO(ROLE_ALLIANCE) | WHO(ROLE_BUREAU))
static bool sees_evidence(const ctx *c, int64_t org_id) { return c->who.org == org_id || (WHO(c->who.role) & OFFICERS); }

static void name_class(ctx *c, view *row) { view_choice(c->lang, row, S("class"), classes); }

/* The class of the day that was asked for; today's if none was. */
static err show_day(req *r, view *v, int64_t org_id)
{
    ctx *c = r->ctx;
    enterprise_class now;
    int64_t day = c->today;
    str typed = req_arg(r, "day");
    if (typed.n && !day_parse(typed, &day)) return err_of(ERR_INPUT, "day", N_("This day does not exist."));
    view_day(v, S("day"), day);
    err e = enterprise_class_on(c, org_id, day, &now);
    if (e.kind == ERR_MISSING) return NO_ERR;
    TRY(e);
    view *on = view_put_map(v, S("on_day"));
    shape_view(&enterprise_class_shape, &now, on);
    name_class(c, on);
    return NO_ERR;
}

/* GET /organisations/{id}/classes */
static err show(req *r)
{
    ctx *c = r->ctx;
    org o;
    int64_t id = req_id(r);
    TRY(member_get(c, id, &o));
    if (!str_eqz(o.kind, "enterprise")) return err_of(ERR_MISSING, "", N_("Only enterprises have classes."));
    view *v = view_map(c->a);
    view_int(v, S("org"), id);
    web_title(r, v, N_("Classes of {0}"), org_name(c, &o));
    web_crumb(r, v, S("/organisations"), tr(c->lang, N_("Organisations")));
    web_crumb(r, v, str_fmt(c->a, "/organisations/%lld", (long long)id), org_name(c, &o));
    TRY(store_rows(c, &class_of_org, v, S("items"), ARGS(id)));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) name_class(c, row);
    TRY(show_day(r, v, id));
    view_bool(v, S("sees_evidence"), sees_evidence(c, id));
    class_new blank = {.org = id, .from_day = c->today};
    if (WHO(c->who.role) & SETTERS) form_show(r, v, "form", &class_new_shape, &blank, str_fmt(c->a, "/organisations/%lld/classes", (long long)id), N_("Enter this class"));
    return web_page(r, "admission/classes", v);
}

/* POST /organisations/{id}/classes */
static err take(req *r)
{
    class_new n;
    TRY(form_read(r, &class_new_shape, &n));
    n.org = req_id(r);
    TRY(store_act(r->ctx, &class_set, &n));
    web_say(r, N_("The class is entered; what was before stays in the history."), (str){0}, (str){0});
    return web_go(r, str_fmt(r->ctx->a, "/organisations/%lld/classes", (long long)n.org));
}

/* GET /organisations/{id}/classes/files/{document} */
static err send(req *r)
{
    int64_t doc, there = 0;
    if (sees_evidence(r->ctx, req_id(r)) && str_int(req_part(r, "document"), &doc)) TRY(store_int(r->ctx, &class_has_doc, &there, ARGS(req_id(r), doc)));
    return there ? document_send(r, doc) : err_of(ERR_MISSING, "", N_("There is no such file."));
}

const route class_routes[] = {
    {GET, "/organisations/{id}/classes", SIGNED_IN, show, N_("Read an enterprise's classes by date"), .counter = "join"},
    {POST, "/organisations/{id}/classes", SETTERS, take, N_("Enter an enterprise's class"), .form = &class_new_shape, .back = "/organisations/{id}/classes"},
    {GET, "/organisations/{id}/classes/files/{document}", SIGNED_IN, send, N_("Read the evidence of a class")},
    {0},
};
