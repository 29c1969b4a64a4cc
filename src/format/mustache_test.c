/* SPDX-License-Identifier: Apache-2.0 */
/* mustache_test.c: the language of our templates beyond its specification (mustache_spec_test.c). */
#include "format/test.h"

#include "format/json.h"
#include "format/mustache.h"

static const template *no_partial(void *what, str name)
{
    (void)what, (void)name;
    return NULL;
}

static str render_in(arena *a, lang l, bool plain, const char *text, const view *v)
{
    template *t = NULL;
    assert_ok(template_compile(a, S("t.html"), str_of(text), &t));
    view *globals = view_map(a);
    view_text(globals, S("zone"), S("高新区"));
    view_text(globals, S("title"), S("global"));
    template_env env = {.partial = no_partial, .globals = globals, .lang = l, .plain = plain};
    buf b = buf_new(a, 0);
    template_render(t, v, &env, &b);
    return buf_str(&b);
}

static view *example(arena *a)
{
    view *v = view_map(a), *list_of_two = view_put_list(v, S("items"));
    view_text(v, S("title"), S("<T>"));
    view_text(v, S("empty"), S(""));
    view_text(v, S("note"), S("a\n<b>"));
    view_int(v, S("n"), 12345);
    view_int(v, S("zero"), 0);
    view_fen(v, S("amount"), 1234500);
    view_fen(v, S("nothing"), 0);
    view_day(v, S("day"), 17840);
    view_day(v, S("unknown"), 0);
    view_time(v, S("at"), INT64_C(1541399400000000));
    view_code(v, S("step"), S("approve"), S("批<准"));
    view_bool(v, S("yes"), true);
    view_put_list(v, S("none"));
    view_text(view_add_map(list_of_two), S("name"), S("甲"));
    view_text(view_add_map(list_of_two), S("name"), S("乙"));
    view_text(view_put_map(v, S("of")), S("raw"), S("own"));
    return v;
}

static void values_are_written_by_kind(void **state)
{
    static const struct { const char *template, *zh, *en; } t[] = {
        {"{{title}} {{{title}}} {{zone}}", "&lt;T&gt; <T> 高新区", NULL},
        {"{{amount}} {{amount.raw}} {{amount.yuan}} {{amount.grouped}}",
         "¥12,345.00 1234500 12345.00 12,345.00", NULL},
        {"{{amount.capitals}}", "壹万贰仟叁佰肆拾伍元整", NULL},
        {"{{day}} {{day.iso}} {{day.month}}", "2018年11月5日 2018-11-05 2018年11月",
         "5 Nov 2018 2018-11-05 November 2018"},
        {"{{at}} {{at.iso}} {{at.day}} {{at.time}}",
         "2018年11月5日 14:30 2018-11-05T14:30:00+08:00 2018年11月5日 14:30",
         "5 Nov 2018, 14:30 2018-11-05T14:30:00+08:00 5 Nov 2018 14:30"},
        {"{{step}} {{step.code}} {{step.label}} {{{step}}}", "批&lt;准 approve 批&lt;准 批<准", NULL},
        {"{{note}}|{{note.lines}}|{{note.url}}", "a\n&lt;b&gt;|a<br>&lt;b&gt;|a%0A%3Cb%3E", NULL},
        {"{{n}} {{n.grouped}} {{n.iso}}", "12345 12,345 ", NULL},
        {"{{items.count}} {{none.count}} {{absent.count}}", "2 0 ", NULL},
        {"{{items}}{{of}}{{absent}}{{unknown}}{{n.wrong}}{{n.raw.raw}}", "", NULL},
        {"{{of.raw}}", "own", NULL}, /* a key of a map comes before a writing */
    };
    for (int i = 0; i < countof(t); i++) {
        const view *v = example(*state);
        assert_str(render_in(*state, LANG_ZH, false, t[i].template, v), t[i].zh);
        assert_str(render_in(*state, LANG_EN, false, t[i].template, v), t[i].en ? t[i].en : t[i].zh);
    }
}

static void sections_ask_whether_there_is_something(void **state)
{
    static const struct { const char *template, *want; } t[] = {
        {"{{#yes}}y{{/yes}}{{^yes}}n{{/yes}}", "y"},
        {"{{#empty}}y{{/empty}}{{^empty}}n{{/empty}}", "n"},
        {"{{#zero}}y{{/zero}}{{^zero}}n{{/zero}}", "n"},
        {"{{#nothing}}y{{/nothing}}{{^nothing}}n{{/nothing}}", "n"},
        {"{{#unknown}}y{{/unknown}}{{^unknown}}n{{/unknown}}", "n"},
        {"{{#absent}}y{{/absent}}{{^absent}}n{{/absent}}", "n"},
        {"{{#day}}{{day.iso}}{{/day}}", "2018-11-05"},
        {"{{#amount}}{{.}}{{/amount}}", "¥12,345.00"},
        {"{{#items.count}}<ul>{{#items}}{{name}}{{/items}}</ul>{{/items.count}}", "<ul>甲乙</ul>"},
        {"{{#none.count}}y{{/none.count}}{{^none.count}}n{{/none.count}}", "n"},
        {"{{#items}}{{@index}}{{name}}{{^@last}}、{{/@last}}{{/items}}", "1甲、2乙"},
        {"{{#items}}{{#@first}}[{{/@first}}{{#name}}{{@index}}{{/name}}{{/items}}", "[12"},
        {"{{@index}}{{#@first}}x{{/@first}}", ""},
    };
    for (int i = 0; i < countof(t); i++)
        assert_str(render_in(*state, LANG_ZH, false, t[i].template, example(*state)), t[i].want);
}

/* English is the id itself, so the ids that templates ask for can be seen. */
static void messages_have_numbered_arguments(void **state)
{
    static const struct { const char *template, *want; } t[] = {
        {"<p>{{#_}}Nothing has\n   happened {{! so far }}yet.{{/_}}</p>", "<p>Nothing has happened yet.</p>"},
        {"{{#_}} of {{/_}}", " of "},
        {"{{#_}}Page {{n}} of {{title}}{{/_}}", "Page 12345 of &lt;T&gt;"},
        {"{{#_}}{{{title}}} &amp; {{&title}}{{/_}}", "<T> &amp; <T>"},
        {"<a title=\"{{#_}}R&D \"x\" isn't &nbsp;{{/_}}\">", "<a title=\"R&amp;D &quot;x&quot; isn&#39;t &nbsp;\">"},
        {"{{#_}}See <a href=\"{{n}}\">it</a> & \"x\"{{/_}}", "See <a href=\"12345\">it</a> & \"x\""},
        {"{{#_}}{9} {x} {{{n}}} { {0 {{/_}}", "{9} {x} 12345 { {0 "},
        {"{{#items}}{{#_}}{{@index}}: {{name}}{{/_}};{{/items}}", "1: 甲;2: 乙;"},
        {"{{=<% %>=}}<%#_%>at <%n%><%/_%>", "at 12345"},
    };
    for (int i = 0; i < countof(t); i++)
        assert_str(render_in(*state, LANG_EN, false, t[i].template, example(*state)), t[i].want);
}

static void without_html_nothing_is_escaped(void **state)
{
    assert_str(render_in(*state, LANG_EN, true, "{{title}} {{#_}}R&D {{title}}{{/_}} {{note.lines}}",
                         example(*state)),
               "<T> R&D <T> a\n<b>");
}

static void a_template_that_cannot_be_meant_is_refused(void **state)
{
    static const struct { const char *from, *why; } t[] = {
        {"a\n{{b", "t.html:2: a tag is opened and not closed."},
        {"{{{b}}", "t.html:1: a tag is opened and not closed."},
        {"{{#a}}\n{{^b}}{{/b}}", "t.html:1: the section “a” is not closed."},
        {"\n\n{{/a}}", "t.html:3: “a” is closed but not open."},
        {"{{#a}}{{#b}}{{/a}}{{/b}}", "t.html:1: “a” is closed inside another section."},
        {"{{}}", "t.html:1: a tag without a name."},
        {"{{a b}}", "t.html:1: the name “a b” holds a space."},
        {"{{a..b}}", "t.html:1: the name “a..b” has an empty part."},
        {"{{.a}}", "t.html:1: the name “.a” has an empty part."},
        {"{{=a=}}", "t.html:1: “a” are no two delimiters."},
        {"{{#_}}a {{#b}}c{{/b}}{{/_}}", "t.html:1: only names may stand inside a message, not “b”."},
        {"\n{{#_}}a", "t.html:2: a message is not closed."},
        {"{{#_}} {{! nothing }} {{/_}}", "t.html:1: an empty message."},
    };
    for (int i = 0; i < countof(t); i++) {
        template *out = NULL;
        err e = template_compile(*state, S("t.html"), str_of(t[i].from), &out);
        assert_int_equal(e.kind, ERR_INPUT);
        assert_str(reason(*state, e), t[i].why);
        assert_null(out);
    }
}

static void sections_nest_up_to_a_limit(void **state)
{
    template *out = NULL;
    buf b = buf_new(*state, 0);
    for (int i = 0; i <= TEMPLATE_NESTING_MAX; i++) buf_putz(&b, "{{#a}}");
    err e = template_compile(*state, S("t"), buf_str(&b), &out);
    assert_str(reason(*state, e), "t:1: sections stand too deep inside each other.");
}

static const template *itself(void *what, str name)
{
    (void)name;
    return *(template **)what;
}

static void a_partial_that_holds_itself_comes_to_an_end(void **state)
{
    template *t = NULL;
    template_env env = {.partial = itself, .what = &t};
    buf b = buf_new(*state, 0);
    assert_ok(template_compile(*state, S("t"), S("x{{> t}}"), &t));
    template_render(t, view_map(*state), &env, &b);
    assert_int_equal(b.n, 1 + TEMPLATE_PARTIALS_MAX);
    b.n = 0;
    assert_ok(template_compile(*state, S("t"), S("{{> t}}x{{> t}}"), &t));
    template_render(t, view_map(*state), &env, &b);
    assert_true(b.n <= 1 + TEMPLATE_PARTIALS_ALL);
}

static void note(void *what, const template_key *k)
{
    static const char kind[] = "=#^>_";
    buf_fmt(what, "%d%c" SF "(" SF ") ", k->line, kind[k->kind], SA(k->name), SA(k->inside));
}

static void every_name_of_a_template_is_told(void **state)
{
    template *t = NULL;
    assert_ok(template_compile(*state, S("t"),
                               S("{{a.b}}\n{{#l}}{{> p}}\n{{#m}}{{{x}}}{{/m}}{{/l}}{{^l}}{{#_}}A {{y}}{{/_}}{{/l}}"),
                               &t));
    buf b = buf_new(*state, 0);
    template_keys(t, note, &b);
    assert_str(buf_str(&b), "1=a.b() 2#l() 2>p(l) 3#m(l) 3=x(l/m) 3^l() 3_A {0}(l) 3=y(l) ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(values_are_written_by_kind), TEST(sections_ask_whether_there_is_something),
        TEST(messages_have_numbered_arguments), TEST(without_html_nothing_is_escaped),
        TEST(a_template_that_cannot_be_meant_is_refused), TEST(sections_nest_up_to_a_limit),
        TEST(a_partial_that_holds_itself_comes_to_an_end), TEST(every_name_of_a_template_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
