/* SPDX-License-Identifier: Apache-2.0 */
/* seal.c: a paper is printed, sealed and scanned back by the office that issued it. */
#include "room/subsidy/seal.h"

#include "room/document/document.h"
#include "room/zone/zone.h"

/* Who seals what, and the zone's setting that makes the next step wait for it. */
static const struct { const char *kind; role by; const char *setting; } seals[] = {
    {"claim", ROLE_AGENCY, NULL}, {"report", ROLE_ALLIANCE, "seal_report"}, {"request", ROLE_BUREAU, "seal_request"},
    {"notice", ROLE_BUREAU, "seal_notice"}, {"letter", ROLE_BUREAU, "seal_letter"},
};

static int seal_of(str kind)
{
    for (int i = 0; i < countof(seals); i++)
        if (str_eqz(kind, seals[i].kind)) return i;
    assert(!"a paper of no kind");
    return 0;
}

static const field seal_fields[] = {
    FIELD(seal_in, paper, F_ID, .flags = F_HIDDEN),
    FIELD(seal_in, scan, F_FILE, .flags = F_REQUIRED, .label = N_("Scan of the sealed paper"), .hint = N_("PDF or picture, at most 20 MB")),
};
const shape seal_in_shape = {"paper_seal", seal_fields, countof(seal_fields), sizeof(seal_in)};

static err seal(ctx *c, void *in)
{
    seal_in *s = in;
    official_paper p;
    document d;
    bool there;
    TRY(paper_get(c, s->paper, &p));
    if (c->who.role != seals[seal_of(p.kind)].by) return err_of(ERR_DENIED, "", N_("Only the office that issued a paper seals it."));
    if (document_own(c, s->scan, &d).kind) return err_of(ERR_INPUT, "scan", N_("There is no such file."));
    TRY(document_linked(c, S("paper"), p.id, s->scan, &there));
    if (there) return err_of(ERR_CONFLICT, "scan", N_("This scan stands there already."));
    return document_link(c, s->scan, S("paper"), p.id, S("sealed"));
}
const action paper_seal = {"paper_seal", &seal_in_shape, seal, 0};

static err is_wanted(ctx *c, str kind, bool *out)
{
    const char *setting = seals[seal_of(kind)].setting;
    int64_t wanted = 0;
    if (setting) TRY(zone_number(c, setting, &wanted));
    *out = wanted != 0;
    return NO_ERR;
}

static err need_one(ctx *c, const view *paper)
{
    bool wanted;
    view *found = view_map(c->a);
    str kind = view_get_text(paper, S("kind"));
    TRY(is_wanted(c, kind, &wanted));
    if (!wanted) return NO_ERR;
    TRY(document_list(c, S("paper"), view_get_int(paper, S("id"), 0), found, S("scans")));
    if (view_get(found, S("scans"))->n) return NO_ERR;
    return err_with(ERR_CONFLICT, "", N_("{0} {1} has no sealed copy yet: this step waits for it."), paper_kind_name(c->lang, kind), view_get_text(paper, S("number")), (str){0});
}

err seal_need(ctx *c, int64_t batch)
{
    view *found = view_map(c->a);
    TRY(paper_of_batch(c, batch, found, S("papers")));
    for (const view *p = view_get(found, S("papers"))->first; p; p = p->next) TRY(need_one(c, p));
    return NO_ERR;
}

err seal_show(ctx *c, const official_paper *p, view *into)
{
    bool wanted;
    TRY(is_wanted(c, p->kind, &wanted));
    TRY(document_list(c, S("paper"), p->id, into, S("sealed")));
    view_bool(into, S("seal_wanted"), wanted && !view_get(into, S("sealed"))->n);
    view_bool(into, S("may_seal"), c->who.role == seals[seal_of(p->kind)].by);
    return NO_ERR;
}
