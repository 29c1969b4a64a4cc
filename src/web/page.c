/* SPDX-License-Identifier: Apache-2.0 */
/* page.c: one view as HTML or JSON; as a file in list.c. */
#include "base/embed.h"
#include "format/json.h"
#include "format/url.h"
#include "web/exchange.h"
#include "web/secret.h"

enum { PAGE_BYTES = 24 << 10 };

/* ---- templates: compiled once, in byte order of their names ---------------------------------- */

/* "room/subsidy/application.html" is "subsidy/application"; "web/error.html" is "web/error". */
static str name_of(str path)
{
    if (!str_ends(path, S(".html"))) return (str){0};
    str name = str_head(path, path.n - 5);
    return str_starts(name, S("room/")) ? str_from(name, 5) : name;
}

static size place(const template_table *t, str name)
{
    size low = 0, high = t->n;
    while (low < high) {
        size middle = (low + high) / 2;
        if (str_compare(t->rows[middle].name, name) < 0) low = middle + 1;
        else high = middle;
    }
    return low;
}

const template *template_find(const template_table *t, str name)
{
    size at = place(t, name);
    return at < t->n && str_eq(t->rows[at].name, name) ? t->rows[at].t : NULL;
}

err templates_compile(arena *a, struct web *w)
{
    template_table *t = &w->templates;
    *t = (template_table){new_n(a, template_row, embedded_count), 0};
    for (int i = 0; i < embedded_count; i++) {
        const embedded *f = &embedded_files[i];
        str name = name_of(f->path);
        if (!name.n) continue;
        template *made;
        TRY(template_compile(a, f->path, f->bytes, &made));
        size at = place(t, name);
        memmove(t->rows + at + 1, t->rows + at, (size_t)(t->n - at) * sizeof *t->rows);
        t->rows[at] = (template_row){name, made};
        t->n++;
    }
    return NO_ERR;
}

/* ---- HTML ------------------------------------------------------------------------------------ */

typedef struct { const struct web *web; const template *page; } page_parts;

/* The layout asks for the page itself as {{> page}}, so that both go into one buffer. */
static const template *part_of(void *what, str name)
{
    const page_parts *p = what;
    return str_eqz(name, "page") ? p->page : template_find(&p->web->templates, name);
}

/* The address of this page with one thing chosen otherwise. */
static str address_with(const req *r, str name, str value)
{
    buf b = buf_new(r->ctx->a, 128);
    buf_put(&b, str_eqz(r->method, "POST") ? S("/") : r->path);
    buf_byte(&b, '?');
    for (const view *v = r->args->first; v; v = v->next)
        if (!str_eq(v->name, name) && v->kind == V_TEXT) url_query_put(&b, v->name, v->s);
    url_query_put(&b, name, value);
    return buf_str(&b);
}

static void show_themes(const req *r, view *g)
{
    static const struct { const char *code, *label; } all[] = {
        {"auto", N_("As the device")}, {"light", N_("Light")}, {"dark", N_("Dark")},
    };
    str now = req_arg(r, "theme"), kept = req_cookie(r, "theme");
    bool known = false;
    for (int pass = 0; pass < 2 && !known; pass++, now = kept)
        for (int i = 0; i < countof(all) && !known; i++)
            if ((known = str_eqz(now, all[i].code))) view_text(g, S("theme"), str_of(all[i].code));
    str theme = known ? view_get_text(g, S("theme")) : S("auto");
    view *shown = view_put_list(g, S("themes"));
    for (int i = 0; i < countof(all); i++) {
        view *one = view_add_map(shown);
        view_text(one, S("code"), str_of(all[i].code));
        view_text(one, S("label"), tr(r->ctx->lang, all[i].label));
        view_text(one, S("href"), address_with(r, S("theme"), str_of(all[i].code)));
        view_bool(one, S("current"), str_eqz(theme, all[i].code));
    }
}

/* The filters of a list as they stand in the address, for the link to its next page. */
str page_filters(const req *r)
{
    static const char *const others[] = {"after", "lang", "theme", "format"};
    buf b = buf_new(r->ctx->a, 64);
    for (const view *v = r->args->first; v; v = v->next) {
        bool filter = v->kind == V_TEXT && v->s.n;
        for (int i = 0; i < countof(others); i++) filter = filter && !str_eqz(v->name, others[i]);
        if (filter) url_query_put(&b, v->name, v->s);
    }
    if (b.n) buf_byte(&b, '&');
    return buf_str(&b);
}

/* What web_say left on the page before; shown once. */
static void show_said(exchange *x, view *g)
{
    str token = req_cookie(&x->r, "said"), said;
    if (!token.n) return;
    if (base64url_read(x->c.a, token, &said) && str_is_text(said)) view_text(g, S("said"), said);
    web_cookie(&x->r, "said", (str){0}, -1);
}

static bool source_has(str name, str what)
{
    for (int i = 0; i < embedded_count; i++)
        if (str_eq(name_of(embedded_files[i].path), name))
            return str_find(embedded_files[i].bytes, what) >= 0;
    return false;
}

/* A form written by hand in the page, or in a partial that it names, calls its fields f-NAME. */
static bool written_by_hand(exchange *x, str page, str id)
{
    str mark = str_fmt(x->c.a, "id=\"" SF "\"", SA(id));
    if (source_has(page, mark)) return true;
    for (int i = 0; i < x->web->templates.n; i++) {
        str name = x->web->templates.rows[i].name;
        if (source_has(page, str_fmt(x->c.a, "{{> " SF "}}", SA(name))) && source_has(name, mark))
            return true;
    }
    return false;
}

static str id_of(exchange *x, str page, str field_name)
{
    for (const shown_field *f = x->fields; f; f = f->next)
        if (str_eq(f->name, field_name)) return f->id;
    str id = str_join(x->c.a, S("f-"), field_name);
    return field_name.n && written_by_hand(x, page, id) ? id : (str){0};
}

/* The summary at the top: each wrong field with a link to it, or alone where the page has no such field. */
static void show_errors(exchange *x, str page, view *g)
{
    arena *a = x->c.a;
    bool some = x->c.errors && x->c.errors->first;
    if (!some && !x->shown.kind) return;
    view *p = view_put_map(g, S("problem"));
    if (x->shown.kind)
        view_text(p, S("sentence"), err_text(a, x->shown, tr(x->c.lang, x->shown.text)));
    view *all = view_put_list(p, S("errors")), *wrong = view_put_map(g, S("wrong"));
    for (const view *e = some ? x->c.errors->first : NULL; e; e = e->next) {
        view *one = view_add_map(all);
        str at = view_get_text(e, S("field")), id = id_of(x, page, at);
        view_text(one, S("reason"), view_get_text(e, S("reason")));
        if (at.n) view_text(wrong, at, view_get_text(e, S("reason")));
        if (id.n) view_text(one, S("href"), str_join(a, S("#"), id));
    }
}

static void show_typed(const req *r, view *g)
{
    view *to = view_put_map(g, S("typed"));
    for (const view *v = r->typed->first; v; v = v->next)
        if (!answer_is_secret(r->x, v->name)) view_adopt(to, v->name, view_copy(to->a, v));
}

/* What is nobody's own. */
static view *common_globals(req *r)
{
    exchange *x = r->x;
    view *g = view_map(x->c.a);
    view_text(g, S("lang"), lang_code(x->c.lang));
    view_bool(g, S("is_zh"), x->c.lang == LANG_ZH);
    view_text(g, S("path"), r->path);
    view_text(g, S("pager_query"), page_filters(r));
    if (x->web->asset_versions)
        view_adopt(g, S("asset"), view_copy(x->c.a, x->web->asset_versions));
    return g;
}

static view *floor_globals(req *r, str page, const view *v)
{
    exchange *x = r->x;
    view *g = common_globals(r);
    lang other = x->c.lang == LANG_ZH ? LANG_EN : LANG_ZH;
    view_text(g, S("other_lang"), lang_code(other));
    view_text(g, S("other_lang_href"), address_with(r, S("lang"), other == LANG_EN ? S("en") : S("zh")));
    show_themes(r, g);
    view_bool(g, S("signing_in"), x->signing_in);
    err named = {.arg = {view_get_text(v, S("title"))}};
    bool wrong = (x->c.errors && x->c.errors->first) || x->shown.kind;
    view_text(g, S("page_title"),
              wrong ? err_text(x->c.a, named, tr(x->c.lang, N_("Error: {0}"))) : named.arg[0]);
    if (x->session.token_hash.n) {
        view_text(g, S("csrf"), x->session.csrf);
        view_text(g, S("once"), secret_token(x->c.a));
        view *who = view_put_map(g, S("me"));
        view_text(who, S("name"), x->c.who.name);
        view_text(who, S("org"), x->c.who.org_name);
        view_code(who, S("role"), str_of(role_code[x->c.who.role]),
                  tr(x->c.lang, role_label[x->c.who.role]));
    }
    show_said(x, g);
    show_errors(x, page, g);
    if (r->typed && !x->signing_in) show_typed(r, g);
    return g;
}

static err page_html(req *r, const char *name, view *v)
{
    exchange *x = r->x;
    page_parts parts = {x->web, template_find(&x->web->templates, str_of(name))};
    const template *layout = template_find(&x->web->templates, S("web/layout"));
    assert(layout);
    if (!parts.page)
        return err_with(ERR_FAULT, "", N_("There is no template {0}."), str_of(name), (str){0},
                        (str){0});
    view *g = floor_globals(r, str_of(name), v);
    bool can_read = !reader_hold(x).kind; /* a refusal is shown even where the store cannot be read */
    if (x->o->hooks.globals && can_read) TRY(x->o->hooks.globals(r, g));
    template_env env = {.partial = part_of, .what = &parts, .globals = g, .lang = x->c.lang};
    buf b = buf_new(x->c.a, PAGE_BYTES);
    template_render(layout, v, &env, &b);
    answer_set(x, r->status, "text/html; charset=utf-8", buf_str(&b));
    return NO_ERR;
}

static err render_alone(req *r, const char *name, const view *v, const view *globals, str *out)
{
    exchange *x = r->x;
    page_parts parts = {x->web, NULL};
    const template *t = template_find(&x->web->templates, str_of(name));
    assert(t);
    template_env env = {.partial = part_of, .what = &parts, .globals = globals, .lang = x->c.lang};
    buf b = buf_new(x->c.a, PAGE_BYTES);
    template_render(t, v, &env, &b);
    *out = buf_str(&b);
    return NO_ERR;
}

err web_render(req *r, const char *name, const view *v, str *out) { return render_alone(r, name, v, NULL, out); }
err page_part(req *r, const char *name, const view *v, str *out) { return render_alone(r, name, v, common_globals(r), out); }

str web_origin(const req *r)
{
    str host = r->x->con ? ask_header(r->x, "Host") : (str){0};
    bool tls = r->x->con && str_eqz(ask_header(r->x, "X-Forwarded-Proto"), "https");
    return host.n ? str_fmt(r->ctx->a, "%s://" SF, tls ? "https" : "http", SA(host)) : (str){0};
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static err page_json(req *r, view *v)
{
    exchange *x = r->x;
    const view *items = view_get(v, S("items"));
    if (items && items->kind == V_LIST && !view_get(v, S("next"))) view_put(v, S("next"), V_NULL); /* a list's last page says so */
    x->view = v;
    buf b = buf_new(x->c.a, x->con ? 8 << 10 : 1);
    if (x->con) json_write(&b, v);
    answer_set(x, r->status, "application/json", buf_str(&b));
    return NO_ERR;
}

err web_page(req *r, const char *name, view *v)
{
    exchange *x = r->x;
    if (x->list_page) {
        *x->list_page = v;
        return NO_ERR;
    }
    if (x->con && list_is_file(x) && r->status == 200) return list_file(r, v);
    if (!x->con || r->program) return page_json(r, v);
    return page_html(r, name, v);
}

void web_title(req *r, view *v, const char *msgid, str a)
{
    err e = {.text = msgid, .arg = {a}};
    view_text(v, S("title"), err_text(r->ctx->a, e, tr(r->ctx->lang, msgid)));
}

void web_crumb(req *r, view *v, str href, str label)
{
    (void)r;
    view *all = view_get(v, S("crumbs"));
    view *one = view_add_map(all ? all : view_put_list(v, S("crumbs")));
    view_text(one, S("href"), href);
    view_text(one, S("label"), label);
}

/* ---- refusals and interrupted forms ---------------------------------------------------------- */

err page_error(exchange *x, err e, int status)
{
    view *v = view_map(x->c.a);
    web_title(&x->r, v, answer_phrase(status), (str){0});
    view_int(v, S("status"), status);
    view_text(v, S("sentence"), err_text(x->c.a, e, tr(x->c.lang, e.text)));
    view_text(v, S("error_id"), x->c.request_id);
    x->r.status = status;
    return page_html(&x->r, "web/error", v);
}

/* What a form's POST route calls a field; the name itself where it has no label. */
static str label_of(const exchange *x, const route *t, str name)
{
    const shape *sh = t ? t->form : NULL;
    for (int i = 0; sh && i < sh->n; i++)
        if (str_eqz(name, sh->fields[i].name))
            return sh->fields[i].label ? tr(x->c.lang, sh->fields[i].label) : (str){0};
    return (str){0};
}

/* "a=1&a=2" in order, names repeated as they were: what was typed, to be sent once more. */
static err kept_fields(exchange *x, const route *t, str kept, view *hidden, view *shown)
{
    str pair;
    while (str_split(&kept, '&', &pair)) {
        size at = str_find(pair, S("="));
        str name, value, label;
        TRY(url_decode(x->c.a, at < 0 ? pair : str_head(pair, at), true, &name));
        TRY(url_decode(x->c.a, at < 0 ? (str){0} : str_from(pair, at + 1), true, &value));
        view *h = view_add_map(hidden);
        view_text(h, S("name"), name);
        view_text(h, S("value"), value);
        if (!(label = label_of(x, t, name)).n || !value.n) continue;
        view *s = view_add_map(shown);
        view_text(s, S("label"), label);
        view_text(s, S("value"), value);
    }
    return NO_ERR;
}

err web_known_now(req *r)
{
    TRY(reader_renew(r->x));
    return ask_who_now(r->x);
}

err web_resume(req *r, str then, str kept)
{
    exchange *x = r->x;
    TRY(web_known_now(r));
    str address = web_local(then), rest = address, path = address;
    if (!str_split(&rest, '?', &path)) return web_go(r, S("/"));
    view *params, *v = view_map(x->c.a);
    unsigned allowed;
    const route *t = route_find(x->routes, x->c.a, POST, path, &params, &allowed);
    if (!t) return web_go(r, S("/"));
    web_title(r, v, N_("You are signed in again"), (str){0});
    view_text(v, S("says"), tr(x->c.lang, t->says));
    view *f = view_put_map(v, S("form"));
    view_text(f, S("action"), address);
    view_text(f, S("csrf"), gate_csrf(x));
    view_text(f, S("submit"), tr(x->c.lang, N_("Send it now")));
    TRY(kept_fields(x, t, kept, view_put_list(f, S("hidden")), view_put_list(v, S("shown"))));
    return web_page(r, "web/resume", v);
}
