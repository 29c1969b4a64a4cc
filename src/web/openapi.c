/* SPDX-License-Identifier: Apache-2.0 */
/* openapi.c: the description for programs, made from the route tables, so that it is never behind them. */
#include "web/exchange.h"

static void plain_type(view *to, const char *type, const char *format)
{
    view_text(to, S("type"), str_of(type));
    if (format) view_text(to, S("format"), str_of(format));
}

static void shape_schema(const shape *sh, view *to);

static void limits(const field *f, view *to, const char *least, const char *most)
{
    if (f->min) view_int(to, str_of(least), f->min);
    if (f->max && f->max != INT64_MAX) view_int(to, str_of(most), f->max);
}

static void choices_schema(const field *f, view *to)
{
    if (!f->choices) return;
    view *all = view_put_list(to, S("enum"));
    for (const struct choice *c = f->choices; c->code; c++)
        view_add(all, V_TEXT)->s = str_of(c->code);
}

static void field_schema(const field *f, view *to)
{
    switch (f->kind) {
    case F_INT: case F_ID: case F_TIME:
        plain_type(to, "integer", "int64");
        limits(f, to, "minimum", "maximum");
        break;
    case F_FEN:
        plain_type(to, "integer", "int64");
        view_text(to, S("description"), S("fen (1/100 yuan); in a form, yuan such as 12345.00"));
        limits(f, to, "minimum", "maximum");
        break;
    case F_FILE:
        plain_type(to, "integer", "int64");
        view_text(to, S("description"),
                  S("id of a document sent before; in multipart/form-data the file itself"));
        break;
    case F_BOOL: plain_type(to, "boolean", NULL); break;
    case F_DAY: plain_type(to, "string", "date"); break;
    case F_CODE:
        plain_type(to, "string", NULL);
        choices_schema(f, to);
        break;
    case F_SECRET:
        plain_type(to, "string", "password");
        limits(f, to, "minLength", "maxLength");
        break;
    case F_TEXT: case F_LINES:
        plain_type(to, "string", NULL);
        limits(f, to, "minLength", "maxLength");
        break;
    case F_BLOB: plain_type(to, "string", "byte"); break;
    case F_LIST:
        plain_type(to, "array", NULL);
        shape_schema(f->of, view_put_map(to, S("items")));
        break;
    }
    if (f->label) view_text(to, S("title"), str_of(f->label));
}

static void shape_schema(const shape *sh, view *to)
{
    plain_type(to, "object", NULL);
    view *all = view_put_map(to, S("properties")), *required = NULL;
    for (const field *f = sh->fields; f < sh->fields + sh->n; f++) {
        if (f->flags & F_RESULT) continue;
        field_schema(f, view_put_map(all, str_of(f->name)));
        if (!(f->flags & F_REQUIRED)) continue;
        if (!required) required = view_put_list(to, S("required"));
        view_add(required, V_TEXT)->s = str_of(f->name);
    }
}

static void parameters(const char *path, view *to)
{
    view *all = NULL;
    str rest = str_of(path), seg;
    while (str_split(&rest, '/', &seg)) {
        if (seg.n < 3 || seg.p[0] != '{') continue;
        if (!all) all = view_put_list(to, S("parameters"));
        view *one = view_add_map(all);
        str name = {seg.p + 1, seg.n - 2};
        view_text(one, S("name"), name);
        view_text(one, S("in"), S("path"));
        view_bool(one, S("required"), true);
        bool id = str_eqz(name, "id");
        plain_type(view_put_map(one, S("schema")), id ? "integer" : "string", id ? "int64" : NULL);
    }
}

static void content(view *to, const char *type, const char *ref)
{
    view *all = view_get(to, S("content"));
    view *media = view_put_map(all ? all : view_put_map(to, S("content")), str_of(type));
    view *schema = view_put_map(media, S("schema"));
    if (ref) view_text(schema, S("$ref"), str_of(ref));
    else view_text(schema, S("type"), S("object"));
}

static void response(view *all, const char *status, const char *says, const char *type,
                     const char *ref)
{
    view *one = view_put_map(all, str_of(status));
    view_text(one, S("description"), str_of(says));
    content(one, type, ref);
}

/* A page with a list gives it as a file too; one without says 404. */
static void files(view *ok)
{
    static const char *const types[] = {"text/csv", XLSX_TYPE};
    for (int i = 0; i < countof(types); i++) {
        view *media = view_put_map(view_get(ok, S("content")), str_of(types[i]));
        view_text(view_put_map(media, S("schema")), S("description"), S("The whole list, where the page has one; also by ?format=csv or xlsx"));
    }
}

static void responses(const route *t, view *to)
{
    view *all = view_put_map(to, S("responses"));
    static const char problem[] = "#/components/schemas/problem",
                      media[] = "application/problem+json";
    response(all, "200", "Done; the same view as the page", "application/json", NULL);
    if (t->method == GET) files(view_get(all, S("200")));
    if (t->method == POST) {
        response(all, "201", "Made; Location says where", "application/json", NULL);
        response(all, "409", "Somebody else was first", media, problem);
        response(all, "422", "A field is wrong", media, problem);
    }
    if (!(t->who & ANYONE)) {
        response(all, "401", "Nobody is signed in", media, problem);
        response(all, "403", "This role may not", media, problem);
    }
    if (strchr(t->path, '{')) response(all, "404", "Not there, or not yours", media, problem);
}

static void body_schema(const route *t, view *to)
{
    if (!t->form) return;
    view *media = view_put_map(view_put_map(to, S("requestBody")), S("content"));
    static const char *const types[] = {"application/json", "application/x-www-form-urlencoded",
                                        "multipart/form-data"};
    for (int i = 0; i < countof(types); i++)
        shape_schema(t->form, view_put_map(view_put_map(media, str_of(types[i])), S("schema")));
}

static void roles(const route *t, view *to)
{
    view *all = view_put_list(to, S("x-roles"));
    if (t->who & ANYONE) view_add(all, V_TEXT)->s = S("anyone");
    for (int i = 0; i < ROLES; i++)
        if (t->who & WHO(i)) view_add(all, V_TEXT)->s = str_of(role_code[i]);
}

static void describe(const route *t, view *paths)
{
    view *path = view_get(paths, str_of(t->path));
    if (!path) path = view_put_map(paths, str_of(t->path));
    view *to = view_put_map(path, t->method == GET ? S("get") : S("post"));
    view_text(to, S("summary"), str_of(t->says));
    parameters(t->path, to);
    if (t->method == POST) body_schema(t, to);
    responses(t, to);
    roles(t, to);
    if (t->who & ANYONE) view_put_list(to, S("security"));
}

static void components(view *to)
{
    view *all = view_put_map(to, S("components"));
    view *problem = view_put_map(view_put_map(all, S("schemas")), S("problem"));
    plain_type(problem, "object", NULL);
    view *p = view_put_map(problem, S("properties"));
    static const char *const texts[] = {"type", "title", "detail", "instance"};
    for (int i = 0; i < countof(texts); i++)
        plain_type(view_put_map(p, str_of(texts[i])), "string", NULL);
    plain_type(view_put_map(p, S("status")), "integer", NULL);
    view *errors = view_put_map(p, S("errors"));
    plain_type(errors, "array", NULL);
    view *one = view_put_map(errors, S("items"));
    plain_type(one, "object", NULL);
    view *fields = view_put_map(one, S("properties"));
    plain_type(view_put_map(fields, S("field")), "string", NULL);
    plain_type(view_put_map(fields, S("reason")), "string", NULL);
    view *token = view_put_map(view_put_map(all, S("securitySchemes")), S("token"));
    view_text(token, S("type"), S("http"));
    view_text(token, S("scheme"), S("bearer"));
}

void web_openapi(arena *a, const route *const *routes, int tables, view *into)
{
    (void)a;
    view_text(into, S("openapi"), S("3.1.0"));
    view *info = view_put_map(into, S("info"));
    view_text(info, S("title"), S("Lingfei"));
    view_text(info, S("version"), S("1"));
    view_text(info, S("summary"),
              S("Every page as JSON at the same address; forms take JSON with the same names."));
    view *paths = view_put_map(into, S("paths"));
    for (int i = 0; i <= tables; i++)
        for (const route *t = i < tables ? routes[i] : web_routes; t->path; t++) describe(t, paths);
    components(into);
    view *security = view_add_map(view_put_list(into, S("security")));
    view_put_list(security, S("token"));
}
