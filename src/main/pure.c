/* SPDX-License-Identifier: Apache-2.0 */
/* pure.c: commands that only calculate: working days, codes, numbers, capitals, flows, templates. */
#include <stdio.h>

#include "base/capitals.h"
#include "base/days.h"
#include "base/embed.h"
#include "main/cage.h"
#include "base/patent.h"
#include "base/uscc.h"
#include "format/book.h"
#include "format/json.h"
#include "format/mustache.h"
#include "format/pdf.h"
#include "main/command.h"
#include "main/file.h"
#include "main/house.h"
#include "room/document/document.h"

static void put_line(str s) { printf(SF "\n", SA(s)); }

/* ---- working days ------------------------------------------------------------------------------------------------ */

err calendar_of(call *c, calendar **out)
{
    str csv;
    if (!c->calendar) return calendar_load(c->a, embed_find(S("data/cn_workdays.csv"))->bytes, out);
    TRY(file_read(c->a, c->calendar, &csv));
    err e = calendar_load(c->a, csv, out);
    if (e.kind) c->file = c->calendar;
    return e;
}

static err read_day(const char *text, int64_t *out)
{
    if (day_parse(str_of(text), out)) return NO_ERR;
    return err_with(ERR_INPUT, "", N_("{0} is not a date: write it as 2018-11-05."), str_of(text), (str){0}, (str){0});
}

int run_workdays_add(call *c)
{
    calendar *k;
    int64_t day, n, out;
    err e = calendar_of(c, &k);
    if (!e.kind) e = read_day(c->argv[0], &day);
    if (!e.kind && (!str_int(str_of(c->argv[1]), &n) || n < 0 || n > 100000))
        e = err_with(ERR_INPUT, "", N_("{0} is not a number of days from 0 to 100000."), str_of(c->argv[1]), (str){0}, (str){0});
    if (!e.kind) e = workday_add(k, day, n, &out);
    if (e.kind) return command_failed(c, e);
    view *v = view_map(c->a);
    view_day(v, S("day"), out);
    if (c->json) command_print_json(c->a, v);
    else put_line(day_text(c->a, out));
    return EXIT_DONE;
}

int run_workdays_between(call *c)
{
    calendar *k;
    int64_t from, to, out;
    err e = calendar_of(c, &k);
    if (!e.kind) e = read_day(c->argv[0], &from);
    if (!e.kind) e = read_day(c->argv[1], &to);
    if (!e.kind) e = workday_between(k, from, to, &out);
    if (e.kind) return command_failed(c, e);
    view *v = view_map(c->a);
    view_int(v, S("days"), out);
    if (c->json) command_print_json(c->a, v);
    else printf("%lld\n", (long long)out);
    return EXIT_DONE;
}

/* ---- codes and numbers --------------------------------------------------------------------------------------------- */

typedef struct { bool good; str says; } checked; /* says: why it is bad, or a warning beside "ok" */

static checked one_uscc(arena *a, str code)
{
    int at;
    str normal;
    uscc_verdict v = uscc_check(a, code, &normal, &at);
    return (checked){v == USCC_OK || v == USCC_ORG_CHECK, uscc_says(a, code, v, at)};
}

static checked one_patent(arena *a, str number)
{
    str normal;
    const char *wrong = patent_check(a, number, &normal);
    return (checked){!wrong, str_of(wrong)};
}

static int check_all(call *c, checked (*one)(arena *a, str s))
{
    int code = EXIT_DONE;
    view *all = view_list(c->a);
    for (int i = 0; i < c->argc; i++) {
        str s = str_of(c->argv[i]);
        checked k = one(c->a, s);
        if (!k.good) code = EXIT_NO;
        view *row = view_add_map(all);
        view_text(row, S("code"), s);
        view_bool(row, S("ok"), k.good);
        view_text(row, S("says"), k.says);
        if (c->json) continue;
        if (!k.good) printf(SF " bad: " SF "\n", SA(s), SA(k.says));
        else printf(SF " ok\n", SA(s));
        if (k.good && k.says.n) fprintf(stderr, SF ": " SF "\n", SA(s), SA(k.says));
    }
    if (c->json) command_print_json(c->a, all);
    return code;
}

int run_check_uscc(call *c) { return check_all(c, one_uscc); }
int run_check_patent(call *c) { return check_all(c, one_patent); }

int run_yuan(call *c)
{
    int64_t fen;
    if (!str_int(str_of(c->argv[0]), &fen))
        return command_failed(c, err_with(ERR_INPUT, "", N_("{0} is not a whole number of fen."), str_of(c->argv[0]), (str){0}, (str){0}));
    view *v = view_map(c->a);
    view_int(v, S("fen"), fen);
    view_text(v, S("capitals"), fen_capitals(c->a, fen));
    if (c->json) command_print_json(c->a, v);
    else put_line(view_get_text(v, S("capitals")));
    return EXIT_DONE;
}

/* ---- flows and templates -------------------------------------------------------------------------------------------- */

static err check_flow(call *c, const char *file, flow **out)
{
    int n;
    const flow_kind *kinds = house_flow_kinds(&n);
    str bytes;
    TRY(file_read(c->a, file, &bytes));
    return flow_read(c->a, str_of(file), bytes, kinds, n, out);
}

int run_flow_check(call *c)
{
    int code = EXIT_DONE;
    view *all = view_list(c->a);
    for (int i = 0; i < c->argc; i++) {
        flow *f;
        err e = check_flow(c, c->argv[i], &f);
        str why = e.kind ? err_text(c->a, e, tr(c->lang, e.text)) : (str){0};
        view *row = view_add_map(all);
        view_text(row, S("file"), str_of(c->argv[i]));
        view_bool(row, S("ok"), !e.kind);
        if (e.kind) {
            view_text(row, S("says"), why);
            if (!c->json) fprintf(stderr, SF "\n", SA(why));
            code = EXIT_NO;
            continue;
        }
        view_text(row, S("flow"), f->name);
        view_int(row, S("nodes"), f->node_n);
        view_text(row, S("version"), f->version);
        if (!c->json) printf("%s: " SF " sound, %d nodes, version " SF "\n", c->argv[i], SA(f->name), f->node_n, SA(f->version));
    }
    if (c->json) command_print_json(c->a, all);
    return code;
}

typedef struct partial { str name; const template *compiled; struct partial *next; } partial;
typedef struct { call *c; str folder, ending; partial *known; err wrong; } partials;

static bool read_partial(partials *p, str path, partial *out)
{
    str text;
    template *made;
    arena *a = p->c->a;
    const char *file = str_z(a, path);
    if (file_read(a, file, &text).kind) return false;
    err e = template_compile(a, str_of(file), text, &made);
    if (!e.kind) out->compiled = made;
    else if (!p->wrong.kind) p->wrong = e;
    return true;
}

/* Partials lie beside the template, with its ending or another usual one; one that is not there renders as nothing. */
static const template *find_partial(void *what, str name)
{
    partials *p = what;
    for (partial *k = p->known; k; k = k->next)
        if (str_eq(k->name, name)) return k->compiled;
    arena *a = p->c->a;
    partial *k = new(a, partial);
    *k = (partial){str_dup(a, name), NULL, p->known};
    p->known = k;
    const str endings[] = {p->ending, S(".mustache"), S(".html"), S("")};
    for (int i = 0; i < countof(endings); i++)
        if (read_partial(p, str_fmt(a, SF SF SF, SA(p->folder), SA(name), SA(endings[i])), k)) break;
    return k->compiled;
}

int run_render(call *c)
{
    str text, json;
    view *data;
    template *t;
    err e = file_read(c->a, c->argv[0], &text);
    if (!e.kind) e = file_read(c->a, c->argv[1], &json);
    if (!e.kind && (e = json_read_with(c->a, json, JSON_DECIMALS_AS_TEXT, &data)).kind) c->file = c->argv[1];
    if (!e.kind) e = template_compile(c->a, str_of(c->argv[0]), text, &t);
    if (e.kind) return command_failed(c, e);
    partials p = {.c = c};
    str path = str_of(c->argv[0]);
    for (size i = 0; i < path.n; i++) {
        if (path.p[i] == '/') p.folder = str_head(path, i + 1), p.ending = S("");
        if (path.p[i] == '.') p.ending = str_from(path, i);
    }
    template_env env = {.partial = find_partial, .what = &p, .lang = c->lang};
    buf out = buf_new(c->a, 4096);
    template_render(t, data, &env, &out);
    if (p.wrong.kind) return command_failed(c, p.wrong);
    fwrite(out.p, 1, (size_t)out.n, stdout);
    return EXIT_DONE;
}

int run_pdf_worker(call *c)
{
    (void)c;
    cage_child();
    return pdf_worker_main();
}

int run_book_worker(call *c)
{
    (void)c;
    cage_child();
    return book_worker_main();
}

int run_type_worker(call *c)
{
    (void)c;
    cage_child();
    return document_type_worker();
}
