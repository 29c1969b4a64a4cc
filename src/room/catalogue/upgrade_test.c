/* SPDX-License-Identifier: Apache-2.0 */
/* upgrade_test.c: a store from before services had versions is opened by this program: nothing is lost, each agreement has its version. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/embed.h"
#include "place.h"
#include "room/catalogue/catalogue.h"

static const char *const rooms_read[] = {"store", "member", "policy", "catalogue", "pair"};
enum { STEPS_MOST = 24 };

/* The steps of these rooms' schemas in order; those after 001 only if asked for. */
static int steps_of(arena *a, bool newer, schema_step *out)
{
    int n = 0;
    for (int r = 0; r < countof(rooms_read); r++) {
        const char *name = rooms_read[r];
        const embedded *file = embed_find(r ? str_fmt(a, "room/%s/%s_schema.sql", name, name) : S("store/store_schema.sql"));
        str rest = file->bytes, mark = S("-- step: ");
        while (str_starts(rest, mark)) {
            str step = str_head(str_from(rest, mark.n), 3), body = str_from(rest, mark.n + 4);
            size next = str_find(body, mark);
            if (newer || str_eqz(step, "001")) out[n++] = (schema_step){name, str_z(a, step), next < 0 ? body : str_head(body, next)};
            assert_in_range(n, 1, STEPS_MOST);
            rest = next < 0 ? (str){0} : str_from(body, next);
        }
    }
    return n;
}

static err no_journal(ctx *c, const action *act, const void *in) { (void)c, (void)act, (void)in; return NO_ERR; }

static struct store *open_store(arena *a, const char *folder, bool newer)
{
    struct store *s;
    schema_step *steps = new_n(a, schema_step, STEPS_MOST);
    int n = steps_of(a, newer, steps);
    err e = store_open(a, &(store_options){.data = folder, .steps = steps, .step_count = n, .create = !newer, .journal = no_journal}, &s);
    if (e.kind) fail_msg("%s", e.text);
    return s;
}

/* A zone of the first step: two services, one under a policy, and an agreement of each. */
#define OLD(sql) {"old", sql, sql, 1, true}
static const stmt old_rows[] = {
    OLD("INSERT INTO org (zone_id, id, uscc, name, name_en, kind, state, registered_day, address, contact, phone, email) VALUES ($1, 1, 'A', '甲', '', 'agency', 'active', 0, '', '', '', '')"),
    OLD("INSERT INTO org (zone_id, id, uscc, name, name_en, kind, state, registered_day, address, contact, phone, email) VALUES ($1, 2, 'B', '乙', '', 'enterprise', 'active', 0, '', '', '', '')"),
    OLD("INSERT INTO policy (zone_id, id, code) VALUES ($1, 7, 'P')"),
    OLD("INSERT INTO item (zone_id, id, code, name, name_en, category, policy_id, mode) VALUES ($1, 3, 'I3', '认定', 'Recognition', 1, 7, 'government')"),
    OLD("INSERT INTO item (zone_id, id, code, name, name_en, category, policy_id, mode) VALUES ($1, 5, 'I5', '查新', '', 5, NULL, 'market')"),
    OLD("INSERT INTO agreement (zone_id, id, enterprise_id, agency_id, item_id, subject, subject_key, mode, quantity, fee_fen, from_day, to_day, pay_year, contract_doc) VALUES ($1, 11, 2, 1, 3, 's', 'S', 'government', 1, 0, 1, 2, 2018, 0)"),
    OLD("INSERT INTO agreement (zone_id, id, enterprise_id, agency_id, item_id, subject, subject_key, mode, quantity, fee_fen, from_day, to_day, pay_year, contract_doc) VALUES ($1, 12, 2, 1, 5, 's', 'S', 'market', 1, 9, 1, 2, 2018, 0)"),
};

static err put_old_rows(ctx *c, void *in)
{
    (void)in;
    for (int i = 0; i < countof(old_rows); i++) TRY(store_run(c, &old_rows[i], NULL, NO_ARGS));
    return NO_ERR;
}
static const shape nothing = {"nothing", NULL, 0, 0};
static const action old_zone = {"old_zone", &nothing, put_old_rows, ACT_SILENT};

#define ASK(name, sql, n) static const stmt name = {#name, sql, sql, n, false}
ASK(pinned, "SELECT item_version_id FROM agreement WHERE zone_id = $1 AND item_id = $2", 2);
ASK(members, "SELECT count(*) FROM org WHERE zone_id = $1 AND state = 'active'", 1);
static const struct { int64_t item; const char *code, *name, *mode; int64_t policy, zero_fee; } kept[] = {
    {3, "I3", "认定", "government", 7, 1}, {5, "I5", "查新", "market", 0, 0},
};

static void what_was_there_is_version_1_published_and_agreements_rest_on_it(void **state)
{
    (void)state;
    arena a;
    place p;
    place_make(&p);
    arena_init(&a, 64 << 20, NULL, NULL);
    ctx c = {.a = &a, .zone = 1, .today = 20000, .store = open_store(&a, p.data, false)};
    assert_false(store_act(&c, &old_zone, NULL).kind);
    store_close(c.store);
    c.store = open_store(&a, p.data, true);
    assert_false(store_reader(c.store, &c.db).kind);
    assert_false(store_check(&c).kind); /* every foreign key finds its row */
    int64_t active;
    assert_false(store_int(&c, &members, &active, NO_ARGS).kind);
    assert_int_equal(active, 2); /* who was a member before admission stays one */
    for (int i = 0; i < countof(kept); i++) {
        item now;
        int64_t version;
        assert_false(catalogue_get(&c, kept[i].item, &now).kind);
        assert_true(str_eqz(now.code, kept[i].code) && str_eqz(now.name, kept[i].name) && str_eqz(now.mode, kept[i].mode));
        assert_true(now.version == 1 && now.policy == kept[i].policy && now.zero_fee == kept[i].zero_fee && str_eqz(now.state, "published"));
        assert_false(catalogue_price_check(&c, &now, 1, 1).kind); /* from before the guide: none to keep to */
        assert_false(store_int(&c, &pinned, &version, ARGS(kept[i].item)).kind);
        assert_int_equal(version, now.version_id);
    }
    store_reader_close(c.db);
    store_close(c.store);
    arena_done(&a);
    place_remove(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_was_there_is_version_1_published_and_agreements_rest_on_it)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
