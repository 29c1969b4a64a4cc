/* SPDX-License-Identifier: Apache-2.0 */
/* story_teller.c: how the story of the demonstration is told: a day at a time, each request as one of its people. */
#include "main/story.h"

#include "format/json.h"
#include "main/cast.h"
#include "main/demo_requests.h"
#include "room/account/account.h"
#include "room/counter/counter.h"
#include "room/document/document.h"

err story_scene(story *s)
{
    errand_end(&s->at);
    return errand_begin(s->h, &s->at);
}

err story_become(story *s, const char *login)
{
    ctx *c = &s->at.c;
    s->now += (int64_t)47 * 1000000;
    c->now = s->now;
    c->today = house_today();
    c->who = (actor){0};
    c->errors = NULL;
    c->once = (str){0};
    c->lang = LANG_ZH;
    return login ? account_as(c, str_of(login), (str){0}) : NO_ERR;
}

/* As whoever the context says. */
static err ask(story *s, const char *login, web_method m, str path, str json, view **out)
{
    ctx *c = &s->at.c;
    view *body = NULL, *answer = NULL;
    if (json.n) TRY(json_read(c->a, json, &body));
    int status = web_call(c, &s->web, m, path, body, &answer);
    if (out) *out = answer;
    if (status < 300) return NO_ERR;
    str why = answer ? view_get_text(answer, S("detail")) : (str){0};
    const view *errors = answer ? view_get(answer, S("errors")) : NULL;
    if (errors && errors->first) why = str_fmt(c->a, SF " " SF, SA(why), SA(view_get_text(errors->first, S("reason"))));
    return err_with(ERR_FAULT, "demo", "{0} {1}: {2}", str_fmt(&s->h->a, "%s %lld", login ? login : "", (long long)status), str_dup(&s->h->a, path), str_dup(&s->h->a, why));
}

err story_ask(story *s, const char *login, web_method m, str path, str json, view **out)
{
    TRY(story_become(s, login));
    return ask(s, login, m, path, json, out);
}

err story_at_counter(story *s, const char *login, int64_t mandate, const char *path, str json, view **out)
{
    TRY(story_become(s, login));
    TRY(counter_as(&s->at.c, mandate));
    return ask(s, login, POST, str_of(path), json, out);
}

err story_made(story *s, const char *login, const char *path, str json, int64_t *id)
{
    view *v;
    TRY(story_ask(s, login, POST, str_of(path), json, &v));
    *id = view_get_int(v, S("id"), 0);
    return NO_ERR;
}

err story_move(story *s, const char *login, const char *what, int64_t id, const char *choice, const char *note)
{
    arena *a = s->at.c.a;
    return story_ask(s, login, POST, str_fmt(a, "/%s/%lld/moves", what, (long long)id), str_fmt(a, "{\"choice\":\"%s\",\"note\":\"%s\"}", choice, note), NULL);
}

/* The number that a name of demo_requests stands for. */
static err number_of(story *s, str name, int64_t *id)
{
    int64_t n;
    for (int i = 0; i < s->named; i++)
        if (str_eqz(name, s->made[i].name)) return *id = s->made[i].id, NO_ERR;
    if (str_starts(name, S("service")) && str_int(str_from(name, 7), &n) && n >= 1 && n <= STORY_SERVICES) return *id = s->service[n - 1], NO_ERR;
    return cast_org_id(&s->at.c, str_z(s->at.c.a, name), id);
}

/* "{name}" becomes its number; a brace before anything but a letter is JSON's own. */
static err put_numbers(story *s, const char *text, str *out)
{
    str rest = str_of(text);
    buf b = buf_new(s->at.c.a, rest.n + 32);
    while (rest.n) {
        size close = str_find(rest, S("}"));
        bool name = rest.p[0] == '{' && rest.n > 1 && rest.p[1] >= 'a' && rest.p[1] <= 'z' && close > 0;
        if (name) {
            int64_t id;
            TRY(number_of(s, str_from(str_head(rest, close), 1), &id));
            buf_int(&b, id);
        } else
            buf_byte(&b, rest.p[0]);
        rest = str_from(rest, name ? close + 1 : 1);
    }
    *out = buf_str(&b);
    return NO_ERR;
}

static err tell_one(story *s, const demo_request *q)
{
    view *v;
    str path, json;
    TRY(put_numbers(s, q->path, &path));
    TRY(put_numbers(s, q->json, &json));
    TRY(story_ask(s, q->login, POST, path, json, &v));
    if (!q->makes) return NO_ERR;
    assert(s->named < STORY_NAMES);
    s->made[s->named].name = q->makes;
    s->made[s->named++].id = view_get_int(v, S("id"), 0);
    return NO_ERR;
}

/* Those of the days up to today that are not told yet. */
static err tell_requests(story *s)
{
    for (; demo_requests[s->request].month; s->request++) {
        const demo_request *q = &demo_requests[s->request];
        int64_t day = day_of(STORY_YEAR, q->month, q->day);
        if (day > house_today()) return NO_ERR;
        TRY(tell_one(s, q));
    }
    return NO_ERR;
}

/* Every day between begins too, so that calls open and notices end, and what single people ask on it. */
err story_go_to(story *s, int64_t day)
{
    while (house_today() < day) {
        house_set_today(house_today() + 1);
        int64_t morning = day_start(house_today()) + (int64_t)9 * 3600 * 1000000;
        if (s->now < morning) s->now = morning;
        TRY(story_become(s, NULL));
        TRY(house_begin_days(&s->at.c));
        TRY(tell_requests(s));
    }
    return NO_ERR;
}

/* A page that says what it stands for, as a small PDF of its own. */
err story_paper(story *s, const char *login, const char *name, const char *says, int64_t *id)
{
    arena *a = s->at.c.a;
    TRY(story_become(s, login));
    str text = str_fmt(a, "BT /F1 18 Tf 72 760 Td (Demonstration) Tj 0 -28 Td /F1 12 Tf (%s %d) Tj ET", says, ++s->papers);
    const str parts[] = {S("<</Type/Catalog/Pages 2 0 R>>"), S("<</Type/Pages/Kids[3 0 R]/Count 1>>"),
                         S("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"),
                         str_fmt(a, "<</Length %lld>>stream\n" SF "\nendstream", (long long)text.n, SA(text)),
                         S("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")};
    int64_t at[countof(parts)];
    buf b = buf_new(a, 1024);
    buf_put(&b, S("%PDF-1.4\n"));
    for (int i = 0; i < countof(parts); i++) {
        at[i] = b.n;
        buf_put(&b, str_fmt(a, "%d 0 obj" SF "endobj\n", i + 1, SA(parts[i])));
    }
    int64_t table = b.n;
    buf_put(&b, str_fmt(a, "xref\n0 %d\n0000000000 65535 f \n", (int)countof(parts) + 1));
    for (int i = 0; i < countof(parts); i++) buf_put(&b, str_fmt(a, "%010lld 00000 n \n", (long long)at[i]));
    buf_put(&b, str_fmt(a, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%lld\n%%%%EOF\n", (int)countof(parts) + 1, (long long)table));
    return document_make(&s->at.c, str_fmt(a, "%s%d.pdf", name, s->papers), S("application/pdf"), buf_str(&b), id);
}
