/* SPDX-License-Identifier: Apache-2.0 */
/* house.h: everything put together for one process: rooms, store, flows, calendar, clock. */
#ifndef HOUSE_H
#define HOUSE_H

#include "base/days.h"
#include "base/gate.h"
#include "format/pdf.h"
#include "format/seal.h"
#include "main/config.h"
#include "web/room.h"

extern const room *const rooms[]; /* in order of dependency; NULL-ended */

typedef struct house {
    house_face face;              /* first: rooms read it through ctx->house */
    arena a;                      /* lives as long as the process */
    struct store *store;
    struct flow_set *flows;
    calendar *days;
    const char *data;             /* the folder of the store */
    int64_t zone;
    bool rehearsal;
    gate hashing;
    child_pool makers;
    vault vault;
    server_config config;
    const route **tables;         /* the rooms' routes */
    int table_n;
} house;

typedef struct house_options {
    const char *data;             /* NULL: lingfei-data */
    const char *key;              /* the key file; NULL: lingfei.key beside the data */
    const char *calendar;         /* a file that replaces the built-in calendar; NULL: none */
    const char *config;           /* a file of name = value; NULL: none */
    bool create, rehearsal, demo;
    bool bare;                    /* make no zone: a replay will */
    str zone_name, zone_name_en;  /* of a new zone */
    int64_t today;                /* --today; 0: by the clock */
} house_options;

/* Opens the store, applies schema steps, loads calendar and flows, makes the zone where none is. */
MUST_CHECK err house_open(const house_options *o, house *h);
void house_close(house *h);

/* A context of the system itself with an arena and a reader of its own: for jobs and commands. */
typedef struct { ctx c; arena a; } errand;
MUST_CHECK err errand_begin(house *h, errand *e);
void errand_end(errand *e);

int64_t house_now(void);          /* the one clock: µs UTC */
int64_t house_today(void);        /* business day: of the clock, or begun by --today in a rehearsal */
void house_set_today(int64_t day);

/* Begins every day not yet begun up to today, in order, each in one act. */
MUST_CHECK err house_begin_days(ctx *c);
extern const action day_begin, zone_open;

const flow_kind *house_flow_kinds(int *n);
extern const room main_room;      /* the acts of the house itself */

#endif
