/* SPDX-License-Identifier: Apache-2.0 */
/* page.c: how long a page of 50 rows by 10 columns takes to render; for people, never a test.
 *   cc -O2 -Isrc -o page test/bench/page.c build/lib/format.a build/lib/base.a build/obj/gen/*.o \
 *      -ljansson -lexpat -lcrypto -lqrencode && ./page */
#include <stdio.h>
#include <time.h>

#include "base/base.h"
#include "format/json.h"
#include "format/mustache.h"

static const char page[] =
    "<!doctype html><html lang=\"zh-CN\"><head><title>{{title}} · {{zone}}</title></head><body>\n"
    "<nav>{{#nav}}<a href=\"{{href}}\">{{label}}</a>{{/nav}}</nav>\n"
    "<h1>{{title}}</h1><p>{{#_}}{{items.count}} applications of {{month}}{{/_}}</p>\n"
    "<table><thead><tr><th>{{#_}}Number{{/_}}</th><th>{{#_}}Agency{{/_}}</th></tr></thead><tbody>\n"
    "{{#items}}\n"
    "<tr><td><a href=\"/applications/{{id}}\">{{number}}</a></td><td>{{agency}}</td>"
    "<td>{{enterprise}}</td><td>{{policy}}</td><td class=\"number\">{{amount}}</td>"
    "<td><time datetime=\"{{day.iso}}\">{{day}}</time></td><td><time>{{at}}</time></td>"
    "<td class=\"{{step.code}}\">{{step}}</td><td>{{left}}</td>"
    "<td>{{#late}}<b>{{#_}}late{{/_}}</b>{{/late}}{{note}}</td></tr>\n"
    "{{/items}}\n"
    "{{^items}}<p>{{#_}}Nothing here yet.{{/_}}</p>{{/items}}\n"
    "</tbody></table></body></html>\n";

static view *fill(arena *a)
{
    view *v = view_map(a), *nav = view_put_list(v, S("nav")), *items = view_put_list(v, S("items"));
    view_text(v, S("title"), S("2018年11月批次"));
    view_text(v, S("zone"), S("大连高新区"));
    view_text(v, S("month"), S("2018年11月"));
    for (int i = 0; i < 10; i++) {
        view *m = view_add_map(nav);
        view_text(m, S("href"), S("/applications?state=waiting"));
        view_text(m, S("label"), S("申报"));
    }
    for (int i = 0; i < 50; i++) {
        view *m = view_add_map(items);
        view_int(m, S("id"), 1000 + i);
        view_text(m, S("number"), S("LF-2018-11-0001"));
        view_text(m, S("agency"), S("大连某某知识产权代理有限公司"));
        view_text(m, S("enterprise"), S("大连某某 <科技> 有限公司"));
        view_text(m, S("policy"), S("高新技术企业认定补贴"));
        view_fen(m, S("amount"), 1200000 + i);
        view_day(m, S("day"), 17840 + i);
        view_time(m, S("at"), INT64_C(1541399400000000) + i);
        view_code(m, S("step"), S("review"), S("科技创新局审核"));
        view_int(m, S("left"), i % 8);
        view_bool(m, S("late"), i % 8 == 0);
        view_text(m, S("note"), S("材料齐全,合同有效"));
    }
    return v;
}

static double microseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

int main(void)
{
    enum { RUNS = 20000 };
    arena a;
    arena_init(&a, 64 << 20, NULL, NULL);
    template *t = NULL;
    err e = template_compile(&a, S("page"), str_of(page), &t);
    if (e.kind) { fprintf(stderr, "%s\n", e.text); return 1; }
    view *v = fill(&a);
    template_env env = {.lang = LANG_ZH};
    buf html = buf_new(&a, 1 << 16), json = buf_new(&a, 1 << 16);
    double t0 = microseconds();
    for (int i = 0; i < RUNS; i++) html.n = 0, template_render(t, v, &env, &html);
    double t1 = microseconds();
    for (int i = 0; i < RUNS; i++) json.n = 0, json_write(&json, v);
    double t2 = microseconds();
    printf("html %d bytes %.1f us; json %d bytes %.1f us\n", (int)html.n, (t1 - t0) / RUNS,
           (int)json.n, (t2 - t1) / RUNS);
    arena_done(&a);
    return 0;
}
