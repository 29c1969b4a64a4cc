/* SPDX-License-Identifier: Apache-2.0 */
/* rebuild_test.c: a whole month with papers, payments, a retry and rewards is made again from the record, table for table. */
#include "month.h"

#include <stdlib.h>

#include "room/audit/audit.h"
#include "room/document/document.h"
#include "room/registration/registration.h"

/* A need that three agencies are judged for, and a mentoring; who stands behind an agency is private. */
static void a_need_and_a_mentoring(month *m)
{
    long long agency = world_org(&m->w, "agency1"), enterprise = world_org(&m->w, "enterprise2");
    world_do(&m->w, 200, "agency1", POST, "/offering", "{\"item\":%lld,\"work_days\":30,\"is_open\":true}", (long long)m->service);
    world_do(&m->w, 200, "agency1", POST, "/offering/capacity", "{\"capacity\":9}");
    world_do(&m->w, 200, "agency2", POST, "/interests", "{\"names\":\"示例股东甲\\n示例股东乙\"}");
    world_do(&m->w, 201, "enterprise2", POST, "/needs", "{\"item\":%lld,\"topic\":\"service\",\"subject\":\"again\",\"wished_day\":\"2019-03-31\"}", (long long)m->service);
    world_do(&m->w, 200, "enterprise2", POST, "/needs/1/moves", "{\"choice\":\"match\"}");
    world_do(&m->w, 200, "agency1", POST, "/needs/1/moves", "{\"choice\":\"accept\"}");
    world_do(&m->w, 200, "enterprise2", POST, "/needs/1/moves", "{\"choice\":\"choose\",\"agencies\":[%lld]}", agency);
    world_do(&m->w, 200, "agency1", POST, "/needs/1/moves", "{\"choice\":\"draft\"}");
    world_do(&m->w, 201, "agency1", POST, "/mentorings", "{\"mentor\":%lld,\"startup\":%lld,\"topic\":\"listing\",\"goal\":\"x\",\"until_day\":\"2019-03-31\"}", agency, enterprise);
    world_do(&m->w, 200, "enterprise2", POST, "/mentorings/1/moves", "{\"choice\":\"accept\"}");
}

static void a_month_with_everything(month *m)
{
    month_begin(m);
    month_add(m, "agency1", "enterprise1");
    month_add(m, "agency2", "enterprise2");
    a_need_and_a_mentoring(m);
    month_to_paid(m);
    view *p = world_do(&m->w, 200, "finance2", GET, "/payments/1", NULL);
    str hash = view_get_text(p, S("hash"));
    world_do(&m->w, 200, "finance2", POST, "/payments/1/results",
             "{\"results\":\"sha256," SF "\\n%lld,30000.00,failed,,2018-11-19,账号不存在\\n%lld,30000.00,paid,B1,2018-11-19\\n\"}", SA(hash),
             (long long)month_int(month_item(p, "items", 0), "id"), (long long)month_int(month_item(p, "items", 1), "id"));
    world_do(&m->w, 201, "finance2", POST, "/payments/1/retries", "{}");
    world_do(&m->w, 200, "bureau1", POST, "/rewards/moves", "{\"step\":\"list\",\"choice\":\"publish\"}");
    world_do(&m->w, 200, "admin1", POST, "/workdays", "{\"csv\":\"2018-11-22,示例假日,holiday,http://www.gov.cn/zhengce/example\"}");
    world_day(&m->w, "2018-11-30");
    world_do(&m->w, 200, "finance2", POST, "/rewards/moves", "{\"step\":\"pay\",\"choice\":\"pay_done\"}");
}

static void must(err e, const char *what)
{
    if (e.kind) fail_msg("%s: %s " SF " " SF, what, e.text, SA(e.arg[0]), SA(e.arg[2]));
}

static void every_table_of_the_month_comes_out_of_the_record_again(void **state)
{
    (void)state;
    month m;
    a_month_with_everything(&m);
    place again;
    place_make(&again);
    house_options o = {.data = again.data, .create = true, .rehearsal = true, .bare = true};
    house second = {0};
    errand at;
    must(house_open(&o, &second), "house");
    must(errand_begin(&second, &at), "errand");
    ctx *c = world_as(&m.w, NULL);
    must(document_copy_blobs(c, &at.c), "blobs");
    must(registration_copy_rows(c, &at.c), "rows of the register");
    must(audit_replay(c, &at.c, rooms), "replay");
    errand_end(&at);
    house_close(&second);
    str different;
    must(store_compare(c, again.data, &different), "compare");
    place_remove(&again);
    if (different.n) fail_msg("different: " SF, SA(different));
    world_end(&m.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_table_of_the_month_comes_out_of_the_record_again)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
