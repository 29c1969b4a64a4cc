/* SPDX-License-Identifier: Apache-2.0 */
/* original.c: marks on files that were seen against their originals. */
#include "room/subsidy/original.h"

#include "gen/room/subsidy/original_sql.h"
#include "room/document/document.h"

#define REVIEWERS (WHO(ROLE_ALLIANCE) | WHO(ROLE_BUREAU) | WHO(ROLE_FINANCE))

static const field original_fields[] = {
    FIELD(original_in, application, F_ID, .flags = F_HIDDEN),
    FIELD(original_in, document, F_ID, .flags = F_REQUIRED, .min = 1, .max = INT64_MAX),
};
const shape original_in_shape = {"original_seen", original_fields, countof(original_fields), sizeof(original_in)};

static err see(ctx *c, void *in)
{
    original_in *o = in;
    application a;
    bool linked;
    TRY(application_get(c, o->application, &a));
    if (!(WHO(c->who.role) & REVIEWERS)) return err_of(ERR_DENIED, "", N_("Only a reviewer compares files with their originals."));
    TRY(document_linked(c, S("application"), a.id, o->document, &linked));
    if (!linked) return err_of(ERR_MISSING, "document", N_("There is no such file."));
    err e = store_run(c, &original_add, NULL, ARGS(a.id, o->document, c->who.person, c->who.org, c->today));
    return e.kind == ERR_CONFLICT ? err_of(ERR_CONFLICT, "document", N_("The original of this file has been seen already.")) : e;
}
const action original_see = {"original_see", &original_in_shape, see, 0};

typedef struct seen { int64_t seen_by, seen_org, seen_day; } seen;
SHAPE(seen, FIELD(seen, seen_by, F_ID), FIELD(seen, seen_org, F_ID), FIELD(seen, seen_day, F_DAY));

err original_show(ctx *c, int64_t of, view *files)
{
    for (view *f = files->first; f; f = f->next) {
        seen s;
        bool found;
        str who, org;
        TRY(store_find(c, &original_of_file, &seen_shape, &s, &found, ARGS(of, view_get_int(f, S("id"), 0))));
        view_bool(f, S("may_see"), !found && (WHO(c->who.role) & REVIEWERS));
        if (!found) continue;
        TRY(flow_name_person(c, s.seen_by, s.seen_org, &who, &org));
        view_day(f, S("seen_day"), s.seen_day);
        view_text(f, S("seen_by"), who);
    }
    return NO_ERR;
}
