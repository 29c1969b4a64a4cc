/* SPDX-License-Identifier: Apache-2.0 */
/* html_test.c: text stays text in HTML. */
#include "format/test.h"

#include "format/html.h"

static void text_is_escaped_for_elements_and_attributes(void **state)
{
    static const struct { const char *from, *text, *lines, *message; } t[] = {
        {"", "", "", ""},
        {"零费区", "零费区", "零费区", "零费区"},
        {"<b a=\"1\" c='2'>&amp;", "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;",
         "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;",
         "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;"},
        {"a\r\nb\n\nc\r<", "a\r\nb\n\nc\r&lt;", "a<br>b<br><br>c<br>&lt;", "a\r\nb\n\nc\r&lt;"},
        {"R&D &nbsp;&#38;&#x26;&; &", "R&amp;D &amp;nbsp;&amp;#38;&amp;#x26;&amp;; &amp;",
         "R&amp;D &amp;nbsp;&amp;#38;&amp;#x26;&amp;; &amp;", "R&amp;D &nbsp;&#38;&#x26;&amp;; &amp;"},
    };
    for (int i = 0; i < countof(t); i++) {
        buf text = buf_new(*state, 1), lines = buf_new(*state, 1), message = buf_new(*state, 1);
        html_text(&text, str_of(t[i].from));
        html_lines(&lines, str_of(t[i].from));
        html_message(&message, str_of(t[i].from));
        assert_str(buf_str(&text), t[i].text);
        assert_str(buf_str(&lines), t[i].lines);
        assert_str(buf_str(&message), t[i].message);
    }
}

static void only_the_long_name_writes_raw(void **state)
{
    buf b = buf_new(*state, 0);
    html_raw_i_know_it_is_safe(&b, S("<br>"));
    assert_str(buf_str(&b), "<br>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(text_is_escaped_for_elements_and_attributes),
        TEST(only_the_long_name_writes_raw),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
