/* SPDX-License-Identifier: Apache-2.0 */
/* url.c: percent-encoding and urlencoded fields. */
#include "format/url.h"

static bool is_unreserved(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           c == '-' || c == '.' || c == '_' || c == '~';
}

static void encode(buf *b, str s, char keep)
{
    static const char digit[] = "0123456789ABCDEF";
    for (size i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (is_unreserved(s.p[i]) || (keep && s.p[i] == keep)) { buf_byte(b, s.p[i]); continue; }
        buf_put(b, (str){(char[]){'%', digit[c >> 4], digit[c & 15]}, 3});
    }
}

void url_encode(buf *b, str s)
{
    encode(b, s, 0);
}

void url_encode_path(buf *b, str path)
{
    encode(b, path, '/');
}

void url_query_put(buf *b, str name, str value)
{
    if (b->n && b->p[b->n - 1] != '?') buf_byte(b, '&');
    url_encode(b, name);
    buf_byte(b, '=');
    url_encode(b, value);
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

static bool is_encoded(str s, bool plus)
{
    for (size i = 0; i < s.n; i++)
        if (s.p[i] == '%' || (plus && s.p[i] == '+')) return true;
    return false;
}

static err not_text(void)
{
    return err_of(ERR_UNREADABLE, "",
                  N_("The address or form holds bytes that are not UTF-8 text."));
}

err url_decode(arena *a, str s, bool plus, str *out)
{
    if (!is_encoded(s, plus)) {
        if (!str_is_text(s)) return not_text();
        *out = s;
        return NO_ERR;
    }
    char *p = new_n(a, char, s.n);
    size n = 0;
    for (size i = 0; i < s.n; i++) {
        if (s.p[i] == '+' && plus) { p[n++] = ' '; continue; }
        if (s.p[i] != '%') { p[n++] = s.p[i]; continue; }
        int high = i + 1 < s.n ? hex_value(s.p[i + 1]) : -1;
        int low = i + 2 < s.n ? hex_value(s.p[i + 2]) : -1;
        if (high < 0 || low < 0)
            return err_of(ERR_UNREADABLE, "",
                          N_("The address or form holds a '%' that two hexadecimal digits "
                             "must follow."));
        p[n++] = (char)(high << 4 | low);
        i += 2;
    }
    if (!str_is_text((str){p, n})) return not_text();
    *out = (str){p, n};
    return NO_ERR;
}

static bool among(const char *const *names, str name)
{
    for (; names && *names; names++)
        if (str_eqz(name, *names)) return true;
    return false;
}

static err put_field(view *map, const char *const *lists, str name, str value)
{
    view *known = view_get(map, name);
    if (among(lists, name)) {
        view *all = known ? known : view_put_list(map, name);
        view_add(all, V_TEXT)->s = value;
        return NO_ERR;
    }
    if (known)
        return err_with(ERR_UNREADABLE, "", N_("The field {0} came twice."), name, (str){0},
                        (str){0});
    view_text(map, name, value);
    return NO_ERR;
}

err url_query_read(arena *a, str text, const char *const *lists, view **out)
{
    view *map = view_map(a);
    str rest = text, part;
    int fields = 0;
    while (str_split(&rest, '&', &part)) {
        if (!part.n) continue;
        if (++fields > URL_FIELDS_MAX)
            return err_of(ERR_LARGE, "", N_("The form has too many fields."));
        size eq = str_find(part, S("="));
        str name, value = {0};
        TRY(url_decode(a, eq < 0 ? part : str_head(part, eq), true, &name));
        if (eq >= 0) TRY(url_decode(a, str_from(part, eq + 1), true, &value));
        if (name.n > URL_NAME_MAX)
            return err_of(ERR_UNREADABLE, "", N_("The name of a field is too long."));
        TRY(put_field(map, lists, name, value));
    }
    *out = map;
    return NO_ERR;
}
