/* SPDX-License-Identifier: Apache-2.0 */
/* day.c: a zone opens once, and every day begins once, in order, however often the program starts. */
#include "main/house.h"

#include "base/embed.h"
#include "main/enrol.h"
#include "main/watch.h"
#include "room/zone/zone.h"

static err open_zone(ctx *c, void *in)
{
    TRY(zone_insert(c, in));
    for (const room *const *r = rooms; *r; r++) {
        for (const char *const *f = (*r)->flow_files; f && *f; f++) {
            const embedded *file = embed_find(str_of(*f));
            assert(file);
            TRY(flow_publish(c, str_of(*f), file->bytes));
        }
        if ((*r)->zone_made) TRY((*r)->zone_made(c));
    }
    return NO_ERR;
}
const action zone_open = {"zone_open", &zone_new_shape, open_zone, 0};

struct day_in { int64_t day; };
static const field day_fields[] = {FIELD(day_in, day, F_DAY, .flags = F_REQUIRED)};
static const shape day_shape = {"day_in", day_fields, countof(day_fields), sizeof(struct day_in)};

static err begin_day(ctx *c, void *in)
{
    int64_t day = ((struct day_in *)in)->day;
    zone z;
    TRY(zone_get(c, &z));
    if (day != z.begun_day + 1) return NO_ERR; /* another process has begun it */
    c->today = day;
    TRY(zone_begun(c, day));
    TRY(flow_day_begins(c, day));
    for (const room *const *r = rooms; *r; r++)
        if ((*r)->day_begins) TRY((*r)->day_begins(c));
    return NO_ERR;
}
const action day_begin = {"day_begin", &day_shape, begin_day, 0};

err house_begin_days(ctx *c)
{
    zone z;
    TRY(zone_get(c, &z));
    for (int64_t day = z.begun_day + 1; day <= house_today(); day++) {
        struct day_in in = {day};
        TRY(store_act(c, &day_begin, &in));
    }
    return NO_ERR;
}

/* One-time keys answer repeated requests for a week; then nobody repeats them any more. */
static err forget_keys(ctx *c)
{
    store_prune p = {.before_at = c->now - (int64_t)7 * 86400 * 1000000};
    return store_act(c, &store_prune_once, &p);
}

static const job jobs[] = {{"once_prune", 3600, forget_keys}, {"access_lines", 1, watch_write}, {0}};
static const action *const actions[] = {&zone_open, &day_begin, &account_enrol, NULL};
const room main_room = {.name = "main", .actions = actions, .jobs = jobs};
