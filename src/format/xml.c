/* SPDX-License-Identifier: Apache-2.0 */
/* xml.c: expat's events into a tree.
 *
 * No memory is asked of the arena while expat is on the stack: the number of tags, attributes and
 * bytes that can come is counted beforehand and room for all of them is taken at once.
 */
#include "format/xml.h"

#include <expat.h>

enum {
    NS_BYTES_MAX = 512, /* expat writes the URI before every name: a long one costs its square */
    NS_MAX = 64,        /* different ones; each name looks through them */
};

/* A run of text directly inside an element; another run begins after a child. */
typedef struct piece {
    str text;
    const struct piece *next;
} piece;

typedef struct { piece *first, *last; int n; } pieces;

typedef struct {
    XML_Parser expat;
    xml_node *nodes; size node_n, node_max;
    pieces *inside;                       /* of each node */
    xml_attr *attrs; size attr_n, attr_max;
    piece *runs; size run_n, run_max;
    char *bytes; size byte_n, byte_max;   /* names, values and text */
    str uris[NS_MAX]; int uri_n;          /* each namespace is kept once */
    xml_node *root, *here;
    int depth;
    err_kind wrong_kind;                  /* why we stopped expat */
    const char *wrong;
    int64_t wrong_limit;
} reading;

static void stop(reading *r, err_kind kind, const char *text, int64_t limit)
{
    if (r->wrong) return;
    r->wrong_kind = kind;
    r->wrong = text;
    r->wrong_limit = limit;
    XML_StopParser(r->expat, XML_FALSE);
}

static str keep(reading *r, str s)
{
    assert(s.n <= r->byte_max - r->byte_n); /* the count was too small: our bug */
    char *p = r->bytes + r->byte_n;
    if (s.n) memcpy(p, s.p, (size_t)s.n);
    r->byte_n += s.n;
    return (str){p, s.n};
}

static str keep_uri(reading *r, str uri)
{
    for (int i = 0; i < r->uri_n; i++)
        if (str_eq(r->uris[i], uri)) return r->uris[i];
    if (r->uri_n == NS_MAX) {
        stop(r, ERR_LARGE, N_("{0}:{1}: there are more than {2} namespaces."), NS_MAX);
        return (str){0};
    }
    return r->uris[r->uri_n++] = keep(r, uri);
}

/* expat writes "URI\nname", or "name" outside of namespaces. */
static void split_name(reading *r, const char *full, str *ns, str *name)
{
    str s = str_of(full);
    size at = str_find(s, S("\n"));
    *ns = at < 0 ? (str){0} : keep_uri(r, str_head(s, at));
    *name = keep(r, str_from(s, at + 1));
}

static void on_start(void *what, const char *full, const char **given)
{
    reading *r = what;
    if (r->wrong) return;
    if (++r->depth > XML_DEPTH_MAX) {
        stop(r, ERR_LARGE, N_("{0}:{1}: elements stand deeper inside each other than {2} levels."),
             XML_DEPTH_MAX);
        return;
    }
    assert(r->node_n < r->node_max);
    xml_node *n = &r->nodes[r->node_n++];
    n->line = (int)XML_GetCurrentLineNumber(r->expat);
    split_name(r, full, &n->ns, &n->name);
    xml_attr *attrs = r->attrs + r->attr_n;
    for (; given[0]; given += 2) {
        assert(r->attr_n < r->attr_max);
        xml_attr *t = &r->attrs[r->attr_n++];
        split_name(r, given[0], &t->ns, &t->name);
        t->value = keep(r, str_of(given[1]));
        n->attr_n++;
    }
    n->attrs = attrs;
    n->up = r->here;
    if (!r->here) r->root = n;
    r->here = n;
}

static void on_end(void *what, const char *full)
{
    (void)full;
    reading *r = what;
    if (r->wrong) return;
    r->depth--;
    r->here = r->here->up;
}

static void on_text(void *what, const char *p, int n)
{
    reading *r = what;
    if (r->wrong || !r->here || n <= 0) return;
    pieces *in = &r->inside[r->here - r->nodes];
    str s = keep(r, (str){p, n});
    if (in->last && in->last->text.p + in->last->text.n == s.p) {
        in->last->text.n += n;
        return;
    }
    assert(r->run_n < r->run_max);
    piece *run = &r->runs[r->run_n++];
    run->text = s;
    if (in->last) in->last->next = run;
    else in->first = run;
    in->last = run;
    in->n++;
}

static void on_doctype(void *what, const char *name, const char *sysid, const char *pubid, int own)
{
    (void)name, (void)sysid, (void)pubid, (void)own;
    stop(what, ERR_INPUT, N_("{0}:{1}: a document type (DTD) is not accepted."), 0);
}

static void on_namespace(void *what, const char *prefix, const char *uri)
{
    (void)prefix;
    if (uri && str_of(uri).n > NS_BYTES_MAX)
        stop(what, ERR_LARGE, N_("{0}:{1}: a namespace's name is longer than {2} bytes."),
             NS_BYTES_MAX);
}

/* Takes the room for whatever these bytes can become. */
static bool take_room(arena *a, reading *r, str bytes)
{
    size tags = 0, equals = 0;
    for (size i = 0; i < bytes.n; i++) {
        char next = i + 1 < bytes.n ? bytes.p[i + 1] : 0;
        tags += bytes.p[i] == '<' && next != '/' && next != '!' && next != '?';
        equals += bytes.p[i] == '=';
    }
    if (tags > XML_NODES_MAX) return false;
    r->node_max = tags;
    r->attr_max = equals;
    r->run_max = 2 * tags + 1; /* text before and after each element */
    r->byte_max = bytes.n + 64; /* and the URI of xml:, which nobody declares */
    r->nodes = new_n(a, xml_node, tags);
    r->inside = new_n(a, pieces, tags);
    r->attrs = new_n(a, xml_attr, equals);
    r->runs = new_n(a, piece, r->run_max);
    r->bytes = new_n(a, char, r->byte_max);
    return true;
}

/* Ties the nodes, which stand in the order of their tags, to their parents, and joins their text. */
static void finish(arena *a, reading *r)
{
    for (size i = r->node_n; i-- > 0;) {
        xml_node *n = &r->nodes[i];
        if (n->up) {
            n->next = n->up->first;
            n->up->first = n;
        }
        const pieces *in = &r->inside[i];
        if (in->n == 1) n->text = in->first->text;
        if (in->n < 2) continue;
        size total = 0;
        for (const piece *p = in->first; p; p = p->next) total += p->text.n;
        buf b = buf_new(a, total);
        for (const piece *p = in->first; p; p = p->next) buf_put(&b, p->text);
        n->text = buf_str(&b);
    }
}

static err refuse(arena *a, err_kind kind, const char *text, str file, int64_t line, str more)
{
    return err_with(kind, "", text, file, str_fmt(a, "%lld", (long long)line), more);
}

static enum XML_Status run_expat(reading *r, str bytes, enum XML_Error *code, int64_t *line)
{
    r->expat = XML_ParserCreateNS("UTF-8", '\n');
    assert(r->expat); /* no memory: nothing of ours is held yet, but expat says no more than NULL */
    XML_SetUserData(r->expat, r);
    XML_SetElementHandler(r->expat, on_start, on_end);
    XML_SetCharacterDataHandler(r->expat, on_text);
    XML_SetStartDoctypeDeclHandler(r->expat, on_doctype);
    XML_SetStartNamespaceDeclHandler(r->expat, on_namespace);
    enum XML_Status status = XML_Parse(r->expat, bytes.p, (int)bytes.n, XML_TRUE);
    *code = XML_GetErrorCode(r->expat);
    *line = (int64_t)XML_GetCurrentLineNumber(r->expat);
    XML_ParserFree(r->expat);
    return status;
}

err xml_read(arena *a, str file, str bytes, xml_node **out)
{
    file = str_dup(a, file);
    if (bytes.n > XML_BYTES_MAX)
        return refuse(a, ERR_LARGE, N_("{0}:{1}: the file is longer than {2} bytes."), file, 1,
                      str_fmt(a, "%d", XML_BYTES_MAX));
    if (!str_is_text(bytes))
        return refuse(a, ERR_INPUT, N_("{0}:{1}: the file is not UTF-8 text."), file, 1, (str){0});
    reading r = {0};
    if (!take_room(a, &r, bytes))
        return refuse(a, ERR_LARGE, N_("{0}:{1}: the file has more than {2} elements."), file, 1,
                      str_fmt(a, "%d", XML_NODES_MAX));
    enum XML_Error code;
    int64_t line;
    enum XML_Status status = run_expat(&r, bytes, &code, &line);
    if (r.wrong)
        return refuse(a, r.wrong_kind, r.wrong, file, line,
                      str_fmt(a, "%lld", (long long)r.wrong_limit));
    if (status != XML_STATUS_OK)
        return refuse(a, ERR_INPUT, N_("{0}:{1}: this is not well-formed XML ({2})."), file, line,
                      str_of(XML_ErrorString(code)));
    finish(a, &r);
    *out = r.root;
    return NO_ERR;
}

bool xml_is(const xml_node *n, str ns, str name)
{
    return str_eq(n->name, name) && (!ns.n || str_eq(n->ns, ns));
}

static const xml_node *first_such(const xml_node *n, str ns, str name)
{
    while (n && !xml_is(n, ns, name)) n = n->next;
    return n;
}

const xml_node *xml_child(const xml_node *n, str ns, str name)
{
    return first_such(n->first, ns, name);
}

const xml_node *xml_sibling(const xml_node *n, str ns, str name)
{
    return first_such(n->next, ns, name);
}

const xml_attr *xml_attr_find(const xml_node *n, str ns, str name)
{
    for (int i = 0; i < n->attr_n; i++)
        if (str_eq(n->attrs[i].name, name) && str_eq(n->attrs[i].ns, ns)) return &n->attrs[i];
    return NULL;
}

str xml_attr_text(const xml_node *n, str ns, str name)
{
    const xml_attr *t = xml_attr_find(n, ns, name);
    return t ? t->value : (str){0};
}

/* XML 1.0 section 2.2, Char. */
static bool is_xml_char(uint32_t c)
{
    return c == 9 || c == 10 || c == 13 || (c >= 0x20 && c <= 0xD7FF) ||
           (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

void xml_text(buf *b, str s)
{
    while (s.n) {
        const char *from = s.p;
        uint32_t c = str_next_char(&s);
        switch (c) {
        case '&': buf_put(b, S("&amp;")); break;
        case '<': buf_put(b, S("&lt;")); break;
        case '>': buf_put(b, S("&gt;")); break;
        case '"': buf_put(b, S("&quot;")); break;
        case '\'': buf_put(b, S("&#39;")); break;
        case '\r': buf_put(b, S("&#13;")); break; /* a reader would make it a line feed */
        default:
            if (!is_xml_char(c) || (c == 0xFFFD && s.p - from != 3)) buf_put(b, S("\xEF\xBF\xBD"));
            else buf_put(b, (str){from, s.p - from});
        }
    }
}
