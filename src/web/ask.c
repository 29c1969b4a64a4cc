/* SPDX-License-Identifier: Apache-2.0 */
/* ask.c: what the head of a request says: what is wanted, in which language, from where, by whom. */
#include <arpa/inet.h>
#include <microhttpd.h>

#include "format/url.h"
#include "web/exchange.h"
#include "web/secret.h"

str ask_header(const exchange *x, const char *name)
{
    return x->con ? str_trim(str_of(MHD_lookup_connection_value(x->con, MHD_HEADER_KIND, name)))
                  : (str){0};
}

static bool has(str s, const char *what) { return str_find(s, str_of(what)) >= 0; }

/* The value of cookie __Host-NAME. Twice: the first, as browsers send the longest path first. */
static str cookie(const exchange *x, const char *name)
{
    str all = ask_header(x, "Cookie"), one;
    while (str_split(&all, ';', &one)) {
        one = str_trim(one);
        if (!str_starts(one, S("__Host-"))) continue;
        one = str_from(one, 7);
        size n = str_of(name).n;
        if (one.n > n && one.p[n] == '=' && str_eqz(str_head(one, n), name))
            return str_from(one, n + 1);
    }
    return (str){0};
}

str req_header(const req *r, const char *name) { return ask_header(r->x, name); }
str req_cookie(const req *r, const char *name) { return cookie(r->x, name); }
const web_session *req_session(const req *r) { return &r->x->session; }

err req_by_person(const req *r)
{
    if (!r->x->session.by_token) return NO_ERR;
    return err_of(ERR_DENIED, "", N_("A person signed in at the counter or as a deputy acts for others, not a program."));
}


static str bearer(const exchange *x)
{
    str s = ask_header(x, "Authorization");
    return str_starts(s, S("Bearer ")) || str_starts(s, S("bearer ")) ? str_trim(str_from(s, 7))
                                                                      : (str){0};
}

static web_format format_of(exchange *x)
{
    str format = req_arg(&x->r, "format"), accept = ask_header(x, "Accept");
    if (str_eqz(format, "json")) return AS_JSON;
    if (str_eqz(format, "csv")) return AS_CSV;
    if (str_eqz(format, "xlsx")) return AS_XLSX;
    if (str_eqz(format, "html")) return AS_HTML;
    if (has(accept, "application/json") || has(accept, "application/problem+json")) return AS_JSON;
    if (has(accept, "text/csv")) return AS_CSV;
    if (has(accept, XLSX_TYPE)) return AS_XLSX;
    if (bearer(x).n || str_starts(ask_header(x, "Content-Type"), S("application/json")))
        return AS_JSON;
    return AS_HTML;
}

static void choose_lang(exchange *x)
{
    str asked = req_arg(&x->r, "lang");
    bool by_query = str_eqz(asked, "en") || str_eqz(asked, "zh") || str_eqz(asked, "zh-CN");
    if (!by_query) asked = cookie(x, "lang");
    if (!str_eqz(asked, "en") && !str_starts(asked, S("zh"))) return;
    x->c.lang = str_eqz(asked, "en") ? LANG_EN : LANG_ZH;
    x->lang_chosen = true;
    if (by_query)
        web_cookie(&x->r, "lang", x->c.lang == LANG_EN ? S("en") : S("zh"), 365 * 24 * 3600);
}

/* Light, dark or as the person's system is, kept by cookie as the language is. */
static void choose_theme(exchange *x)
{
    static const char *const themes[] = {"auto", "light", "dark"};
    str asked = req_arg(&x->r, "theme");
    for (int i = 0; i < countof(themes); i++)
        if (str_eqz(asked, themes[i])) web_cookie(&x->r, "theme", str_of(themes[i]), 365 * 24 * 3600);
}

/* Programs do not choose by cookie: theirs is Accept-Language, and Chinese without it. */
static void accept_lang(exchange *x)
{
    str accept = ask_header(x, "Accept-Language");
    if (!x->r.program || x->lang_chosen || !accept.n) return;
    if (str_starts(accept, S("en"))) x->c.lang = LANG_EN;
    if (str_starts(accept, S("zh"))) x->c.lang = LANG_ZH;
}

/* ---- from where ------------------------------------------------------------------------------ */

/* Only a proxy on this machine is believed about whom it speaks for: the last address is the one it saw. */
static str peer(exchange *x)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(x->con, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (!info || !info->client_addr) return (str){0};
    const struct sockaddr *s = info->client_addr;
    const void *address =
        s->sa_family == AF_INET6
            ? (const void *)&((const struct sockaddr_in6 *)(const void *)s)->sin6_addr
            : (const void *)&((const struct sockaddr_in *)(const void *)s)->sin_addr;
    char *text = new_n(&x->a, char, INET6_ADDRSTRLEN);
    if (!inet_ntop(s->sa_family, address, text, INET6_ADDRSTRLEN)) return (str){0};
    str ip = str_of(text), all = ask_header(x, "X-Forwarded-For"), one = {0};
    if (!all.n || (!str_starts(ip, S("127.")) && !str_eqz(ip, "::1"))) return ip;
    while (str_split(&all, ',', &one)) continue;
    one = str_trim(one);
    uint8_t any[16];
    const char *z = str_z(&x->a, one);
    return inet_pton(AF_INET, z, any) == 1 || inet_pton(AF_INET6, z, any) == 1 ? one : ip;
}

/* A browser says where a request began. Another site's may not act here; our own and the address bar may. */
static bool is_cross_site(exchange *x)
{
    str fetch = ask_header(x, "Sec-Fetch-Site"), origin = ask_header(x, "Origin");
    if (fetch.n && !str_eqz(fetch, "same-origin") && !str_eqz(fetch, "none")) return true;
    if (!origin.n) return false;
    size at = str_find(origin, S("://"));
    return at < 0 || !str_eq(str_from(origin, at + 3), ask_header(x, "Host"));
}

static void where_from(exchange *x)
{
    x->c.ip = peer(x);
    x->cross_site = is_cross_site(x);
    x->from_browser = ask_header(x, "Origin").n || ask_header(x, "Sec-Fetch-Site").n
                      || ask_header(x, "Cookie").n || ask_header(x, "Referer").n;
    x->pre_session = cookie(x, "form");
}

/* Two lengths, a length beside chunks, a coding or a name that others read otherwise: so requests are
 * smuggled past a proxy. */
typedef struct { int lengths, codings, hosts; bool odd; } framing;

static bool is_token(const char *name)
{
    for (const char *p = name; *p; p++)
        if (*p <= ' ' || *p >= 127 || strchr("\"(),/:;<=>?@[\\]{}", *p)) return false;
    return *name != 0;
}

static enum MHD_Result count_framing(void *what, enum MHD_ValueKind kind, const char *name,
                                     const char *value)
{
    framing *f = what;
    (void)kind;
    f->odd |= !is_token(name)
              || (!strcasecmp(name, "Transfer-Encoding") && value && strcasecmp(value, "chunked"));
    f->lengths += !strcasecmp(name, "Content-Length");
    f->codings += !strcasecmp(name, "Transfer-Encoding");
    f->hosts += !strcasecmp(name, "Host");
    return MHD_YES;
}

static err check_framing(exchange *x)
{
    framing f = {0};
    MHD_get_connection_values(x->con, MHD_HEADER_KIND, count_framing, &f);
    if (f.lengths + f.codings <= 1 && f.hosts <= 1 && !f.odd) return NO_ERR;
    x->answer.close = true;
    return err_of(ERR_UNREADABLE, "",
                  N_("The request does not say clearly how long it is or for whom."));
}

/* ---- together -------------------------------------------------------------------------------- */

static err read_address(exchange *x)
{
    req *r = &x->r;
    if (str_starts(x->uri, S("http://"))
        || str_starts(x->uri, S("https://"))) { /* the absolute form, RFC 9112 3.2.2 */
        str rest = str_from(x->uri, str_find(x->uri, S("://")) + 3);
        x->uri = str_find(rest, S("/")) < 0 ? S("/") : str_from(rest, str_find(rest, S("/")));
    }
    size at = str_find(x->uri, S("?"));
    r->path = at < 0 ? x->uri : str_head(x->uri, at);
    r->query = at < 0 ? (str){0} : str_from(x->uri, at + 1);
    r->args = view_map(x->c.a);
    str plain;
    TRY(url_decode(x->c.a, r->path, false, &plain));
    return url_query_read(x->c.a, r->query, NULL, &r->args);
}

static err check_once(exchange *x)
{
    str once = ask_header(x, "Idempotency-Key");
    x->c.once = once;
    if (once.n > 100 || !str_is_text(once))
        return err_of(ERR_UNREADABLE, "", N_("An Idempotency-Key has at most 100 characters."));
    return NO_ERR;
}

void ask_head(exchange *x)
{
    x->bad = read_address(x);
    if (!x->r.args) x->r.args = view_map(x->c.a);
    x->format = format_of(x);
    x->r.program = x->format == AS_JSON || bearer(x).n;
    choose_lang(x);
    choose_theme(x);
    where_from(x);
    if (!x->bad.kind) x->bad = check_framing(x);
    if (!x->bad.kind) x->bad = check_once(x);
}

err ask_who(exchange *x)
{
    if (x->identified) return NO_ERR;
    x->identified = true;
    str sid = cookie(x, "sid"), token = bearer(x);
    lang chosen = x->c.lang;
    if (x->o->hooks.identify && (sid.n || token.n)) {
        err e = x->o->hooks.identify(&x->c, sid, token, &x->session);
        if (e.kind) {
            x->c.who = (actor){0};
            x->session = (web_session){0};
            return e;
        }
    }
    if (x->lang_chosen) x->c.lang = chosen;
    accept_lang(x);
    return NO_ERR;
}

err ask_who_now(exchange *x)
{
    if (!x->new_sid.n || !x->o->hooks.identify) return NO_ERR;
    str sid = x->new_sid;
    x->new_sid = (str){0};
    return x->o->hooks.identify(&x->c, sid, (str){0}, &x->session);
}
