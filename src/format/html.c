/* SPDX-License-Identifier: Apache-2.0 */
/* html.c: escaping text for HTML. */
#include "format/html.h"

enum { AMP = 1, LESS, MORE, QUOTE, APOSTROPHE };
static const uint8_t special[256] = {['&'] = AMP, ['<'] = LESS, ['>'] = MORE, ['"'] = QUOTE, ['\''] = APOSTROPHE};
static const char *const reference[] = {
    [AMP] = "&amp;", [LESS] = "&lt;", [MORE] = "&gt;", [QUOTE] = "&quot;", [APOSTROPHE] = "&#39;",
};

/* By runs: nearly all text is one that needs nothing. */
void html_text(buf *b, str s)
{
    const char *p = s.p, *end = s.p + s.n;
    while (p < end) {
        const char *run = p;
        while (p < end && !special[(unsigned char)*p]) p++;
        buf_put(b, (str){run, p - run});
        if (p < end) buf_putz(b, reference[special[(unsigned char)*p++]]);
    }
}

void html_lines(buf *b, str s)
{
    size from = 0;
    for (size i = 0; i < s.n; i++) {
        if (s.p[i] != '\n' && s.p[i] != '\r') continue;
        html_text(b, (str){s.p + from, i - from});
        buf_put(b, S("<br>"));
        if (s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n') i++;
        from = i + 1;
    }
    html_text(b, str_from(s, from));
}

static bool is_letter_or_digit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The length of the character reference that s begins with, 0 if it is none: &name; &#38; &#x26; */
static size reference_length(str s)
{
    size i = 1;
    if (i < s.n && s.p[i] == '#') i++;
    size begin = i;
    while (i < s.n && i < 34 && is_letter_or_digit(s.p[i])) i++;
    return i > begin && i < s.n && s.p[i] == ';' ? i + 1 : 0;
}

void html_message(buf *b, str s)
{
    size from = 0;
    for (size i = 0; i < s.n; i++) {
        size n = s.p[i] == '&' ? reference_length(str_from(s, i)) : 0;
        if (!n) continue;
        html_text(b, (str){s.p + from, i - from});
        buf_put(b, (str){s.p + i, n});
        i += n - 1;
        from = i + 1;
    }
    html_text(b, str_from(s, from));
}

void html_raw_i_know_it_is_safe(buf *b, str s)
{
    buf_put(b, s);
}
