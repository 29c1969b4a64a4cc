/* SPDX-License-Identifier: Apache-2.0 */
/* personal_test.c: a copy of the store of a whole paid month shows no bank or telephone number, and its pages show them as before. */
#include "month.h"

#include <stdlib.h>
#include <unistd.h>

#include "format/hash.h"
#include "room/member/member.h"

#define NUMBER "6222020099887766554"
#define PHONE "13900007788"

static void propose(month *m, const char *login, const char *number)
{
    world_do(&m->w, 200, login, POST, "/organisation/bank-account", "{\"bank\":\"示例银行\",\"holder\":\"%s\",\"number\":\"%s\",\"proof\":%lld}", login, number,
             (long long)world_file(&m->w, login, "proof"));
}

/* Finance accepts what waits; the answer. */
static view *decide(month *m, int status)
{
    char path[64];
    view *all = world_do(&m->w, 200, "finance3", GET, "/bank-accounts", NULL);
    snprintf(path, sizeof path, "/bank-accounts/%lld", (long long)month_int(month_item(all, "items", 0), "id"));
    return world_do(&m->w, status, "finance3", POST, path, "{\"verdict\":\"accept\"}");
}

static int begin(void **state)
{
    static month m;
    month_begin(&m);
    propose(&m, "agency1", NUMBER);
    decide(&m, 200);
    month_add(&m, "agency1", "enterprise1");
    month_to_paid(&m);
    *state = &m;
    return 0;
}

static int end(void **state)
{
    world_end(&((month *)*state)->w);
    return 0;
}

static str copy_of(month *m)
{
    arena *a = m->w.at.c.a;
    char file[120];
    snprintf(file, sizeof file, "%s/copy.sqlite", m->w.place.folder);
    unlink(file);
    assert_int_equal(store_backup(m->w.h.store, file).kind, OK);
    FILE *f = fopen(file, "rb");
    assert_non_null(f);
    buf b = buf_new(a, 1 << 20);
    for (size n = 1; n > 0; b.n += n) n = (size)fread(buf_room(&b, 1 << 20), 1, 1 << 20, f);
    fclose(f);
    return buf_str(&b);
}

static bool shows(month *m, const char *login, const char *path, const char *what)
{
    buf b = buf_new(m->w.at.c.a, 4096);
    json_write(&b, world_do(&m->w, 200, login, GET, path, NULL));
    return str_find(buf_str(&b), str_of(what)) >= 0;
}

static void no_bank_or_telephone_number_stands_open_in_the_store(void **state)
{
    if (place_is_postgres()) skip(); /* it looks into SQLite's own file */
    month *m = *state;
    world_do(&m->w, 200, "agency1", POST, "/organisation", "{\"id\":%lld,\"name\":\"示例甲知识产权服务有限公司\",\"contact\":\"经办甲\",\"phone\":\"" PHONE "\"}",
             (long long)world_org(&m->w, "agency1"));
    assert_true(shows(m, "agency1", "/organisation", PHONE));
    bank_account paid;
    assert_int_equal(member_account(world_as(&m->w, "finance1"), world_org(&m->w, "agency1"), &paid).kind, OK);
    assert_true(str_eqz(paid.number, NUMBER)); /* the month was paid to it */
    str all = copy_of(m);
    assert_true(str_find(all, S("bank_account_propose")) > 0); /* it is the store that was read */
    size at = str_find(all, S(NUMBER));
    if (at >= 0) fail_msg("it stands in: " SF, SA(hex_text(m->w.at.c.a, all.p + at - 150, 250)));
    assert_int_equal(str_find(all, S(PHONE)), -1);
}

/* The same number under two organisations is still found, though it stands sealed. */
static void a_number_under_two_organisations_is_still_found(void **state)
{
    month *m = *state;
    propose(m, "agency2", NUMBER);
    view *told = decide(m, 422);
    assert_true(str_find(view_get_text(month_item(told, "errors", 0), S("reason")), S("same number")) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_bank_or_telephone_number_stands_open_in_the_store),
        cmocka_unit_test(a_number_under_two_organisations_is_still_found),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
