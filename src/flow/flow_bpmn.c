/* SPDX-License-Identifier: Apache-2.0 */
/* flow_bpmn.c: a BPMN file into a flow; whatever flow.md does not list is refused, by line. */
#include "flow/flow_parts.h"

#include <stdio.h>

#include "format/hash.h"
#include "format/xml.h"

#define BPMN S("http://www.omg.org/spec/BPMN/20100524/MODEL")
#define DIAGRAM S("http://www.omg.org/spec/BPMN/20100524/DI")
#define LINGFEI S("urn:lingfei:flow:1")
#define XSI S("http://www.w3.org/2001/XMLSchema-instance")

/* ---- faults --------------------------------------------------------------------------------- */

void flow_wrong(flow_faults *w, int line, str tag, str id, const char *format, ...)
{
    va_list given, again;
    va_start(given, format);
    va_copy(again, given);
    buf b = buf_new(w->a, 200);
    buf_fmt(&b, SF ":%d: " SF "%s" SF ": ", SA(w->file), line, SA(tag), id.n ? " " : "", SA(id));
    int n = vsnprintf(NULL, 0, format, given);
    va_end(given);
    assert(n >= 0);
    vsnprintf(buf_room(&b, n + 1), (size_t)n + 1, format, again);
    va_end(again);
    b.n += n;
    if (w->n == w->cap) {
        w->cap = w->cap ? 2 * w->cap : 16;
        flow_fault *more = new_n(w->a, flow_fault, w->cap);
        if (w->n) memcpy(more, w->at, (size_t)w->n * sizeof *more);
        w->at = more;
    }
    w->at[w->n++] = (flow_fault){line, buf_str(&b)};
}

err flow_faults_err(flow_faults *w)
{
    if (!w->n) return NO_ERR;
    for (int i = 1; i < w->n; i++) { /* insertion: they nearly stand in order */
        flow_fault one = w->at[i];
        int k = i;
        for (; k > 0 && w->at[k - 1].line > one.line; k--) w->at[k] = w->at[k - 1];
        w->at[k] = one;
    }
    buf b = buf_new(w->a, 1000);
    for (int i = 0; i < w->n; i++) {
        if (i) buf_byte(&b, '\n');
        buf_put(&b, w->at[i].text);
    }
    return err_with(ERR_INPUT, "", "{0}", buf_str(&b), (str){0}, (str){0});
}

/* ---- the words a file may use --------------------------------------------------------------- */

/* `own`: attributes without a namespace, NAME or NAME=its only value; `lf`: ours; `inside`:
 * elements. */
typedef struct { const char *tag, *own, *lf, *inside; } element;

#define EVENT "documentation incoming outgoing"
#define RUNS "startQuantity=1 completionQuantity=1 isForCompensation=false"
static const element elements[] = {
    {"process", "id name isExecutable processType isClosed=false", "en",
     "documentation laneSet startEvent endEvent userTask exclusiveGateway serviceTask "
     "intermediateCatchEvent boundaryEvent sequenceFlow textAnnotation association"},
    {"laneSet", "id name", "", "documentation lane"},
    {"lane", "id name", "role en", "documentation flowNodeRef"},
    {"startEvent", "id name isInterrupting=true parallelMultiple=false", "en", EVENT},
    {"endEvent", "id name", "en", EVENT},
    {"userTask", "id name implementation=##unspecified " RUNS, "en due form differs-from batch",
     EVENT},
    {"serviceTask", "id name implementation=##unspecified " RUNS, "en action", EVENT},
    {"exclusiveGateway", "id name gatewayDirection", "en", EVENT},
    {"intermediateCatchEvent", "id name parallelMultiple=false", "en calendar",
     EVENT " timerEventDefinition"},
    {"boundaryEvent", "id name attachedToRef cancelActivity=true parallelMultiple=false",
     "en message", EVENT " messageEventDefinition"},
    {"timerEventDefinition", "id", "", "documentation timeDuration"},
    {"messageEventDefinition", "id", "", "documentation"},
    {"sequenceFlow", "id name sourceRef targetRef isImmediate=true", "en needs-note resume",
     "documentation"},
    {"textAnnotation", "id textFormat", "", "documentation text"},
    {"association", "id sourceRef targetRef associationDirection", "", "documentation"},
    {"documentation", "id textFormat", "", NULL},
    {"timeDuration", "id", "", ""},
    {"flowNodeRef", "", "", ""},
    {"incoming", "", "", ""},
    {"outgoing", "", "", ""},
    {"text", "", "", ""},
};

static const struct { const char *tag; node_kind kind; } node_tags[] = {
    {"startEvent", NODE_START}, {"endEvent", NODE_END}, {"userTask", NODE_TASK},
    {"exclusiveGateway", NODE_GATEWAY}, {"serviceTask", NODE_ACTION},
    {"intermediateCatchEvent", NODE_TIMER}, {"boundaryEvent", NODE_BOUNDARY},
};

const char *flow_tag(node_kind k)
{
    for (int i = 0; i < countof(node_tags); i++)
        if (node_tags[i].kind == k) return node_tags[i].tag;
    return "";
}

static const uint32_t acting = WHO(ROLE_AGENCY) | WHO(ROLE_ENTERPRISE) | WHO(ROLE_ALLIANCE) |
                               WHO(ROLE_BUREAU) | WHO(ROLE_COMMITTEE) | WHO(ROLE_FINANCE) |
                               WHO(ROLE_DEPARTMENT);

/* ---- reading -------------------------------------------------------------------------------- */

typedef struct {
    arena *a;
    flow_faults w;
    const flow_kind *kinds; int kind_n;
    flow *f;
    flow_node *nodes; const xml_node **node_xml; bool *in_lane;
    flow_edge *edges; const xml_node **edge_xml;
    bool partial; /* something was left out: what depends on the whole is not looked at */
} reading;

static str id_of(const xml_node *n) { return xml_attr_text(n, (str){0}, S("id")); }

/* The id of an element, or where it stands. */
static str place_of(arena *a, const xml_node *n)
{
    str id = id_of(n);
    if (id.n || !n->up) return id;
    return str_fmt(a, "in " SF " " SF, SA(n->up->name), SA(place_of(a, n->up)));
}

#define WRONG(r, n, ...)                                                                           \
    flow_wrong(&(r)->w, (n)->line, (n)->name, place_of((r)->a, (n)), __VA_ARGS__)

/* The word of that name in a list; what follows its '=' goes to *value (p NULL: none does). */
static bool has_word(const char *words, str name, str *value)
{
    str rest = str_of(words), word;
    while (str_split(&rest, ' ', &word)) {
        size eq = str_find(word, S("="));
        if (!str_eq(eq < 0 ? word : str_head(word, eq), name)) continue;
        if (value) *value = eq < 0 ? (str){0} : str_from(word, eq + 1);
        return true;
    }
    return false;
}

/* "id, name, lf:en": the words with commas. */
static str listed(arena *a, const char *words, const char *prefix, str before)
{
    buf b = buf_new(a, 80);
    buf_put(&b, before);
    str rest = str_of(words), word;
    while (str_split(&rest, ' ', &word)) {
        size eq = str_find(word, S("="));
        if (!word.n) continue;
        buf_fmt(&b, "%s%s" SF, b.n ? ", " : "", prefix, SA(eq < 0 ? word : str_head(word, eq)));
    }
    return b.n ? buf_str(&b) : S("none");
}

static const element *element_of(const xml_node *n)
{
    if (!str_eq(n->ns, BPMN)) return NULL;
    for (int i = 0; i < countof(elements); i++)
        if (str_eqz(n->name, elements[i].tag)) return &elements[i];
    return NULL;
}

static void check_attr(reading *r, const xml_node *n, const element *e, const xml_attr *t)
{
    str only = {0};
    bool ours = str_eq(t->ns, LINGFEI), own = !t->ns.n;
    if (own && has_word(e->own, t->name, &only)) {
        if (only.n && !str_eq(t->value, only) &&
            !(str_starts(only, S("##")) && str_starts(t->value, S("##"))))
            WRONG(r, n, SF "=\"" SF "\" is not supported; allowed is \"" SF "\"", SA(t->name),
                  SA(t->value), SA(only));
        return;
    }
    if (ours && has_word(e->lf, t->name, NULL)) return;
    if (str_eq(t->ns, XSI) && str_eqz(n->name, "timeDuration")) return;
    const char *prefix = ours ? "lf:" : "";
    str more = own || ours ? (str){0} : str_fmt(r->a, " of " SF, SA(t->ns));
    WRONG(r, n, "the attribute %s" SF SF " is not supported; allowed: " SF, prefix, SA(t->name),
          SA(more), SA(listed(r->a, e->lf, "lf:", listed(r->a, e->own, "", (str){0}))));
}

static void check_element(reading *r, const xml_node *n, const element *e)
{
    for (int i = 0; i < n->attr_n; i++) check_attr(r, n, e, &n->attrs[i]);
    if (!e->inside) return; /* documentation may hold any mark-up */
    for (const xml_node *k = n->first; k; k = k->next) {
        const element *inner = has_word(e->inside, k->name, NULL) ? element_of(k) : NULL;
        if (inner) {
            check_element(r, k, inner);
            continue;
        }
        r->partial = true;
        WRONG(r, k, "this element is not supported; allowed in %s: " SF, e->tag,
              SA(listed(r->a, e->inside, "", (str){0})));
    }
}

/* The process, if there is exactly one. */
static const xml_node *check_root(reading *r, const xml_node *root)
{
    if (!xml_is(root, BPMN, S("definitions"))) {
        WRONG(r, root, "the file is not BPMN 2.0; its root must be definitions of " SF, SA(BPMN));
        return NULL;
    }
    const xml_node *process = NULL;
    for (const xml_node *k = root->first; k; k = k->next) {
        if (xml_is(k, DIAGRAM, S("BPMNDiagram")) || xml_is(k, BPMN, S("documentation"))) continue;
        if (!xml_is(k, BPMN, S("process"))) {
            WRONG(r, k,
                  "this element is not supported; allowed in definitions: process, documentation, "
                  "BPMNDiagram");
        } else if (process) {
            WRONG(r, k, "a second process; one file holds one process");
        } else {
            process = k;
        }
    }
    if (!process) WRONG(r, root, "there is no process; one file holds one process");
    return process;
}

/* ---- attributes as values ------------------------------------------------------------------- */

static str lf(const xml_node *n, str name) { return str_trim(xml_attr_text(n, LINGFEI, name)); }

/* Names are one line; modellers break them with line feeds. */
static str name_of(arena *a, str s)
{
    s = str_trim(s);
    char *p = new_n(a, char, s.n);
    for (size i = 0; i < s.n; i++) p[i] = s.p[i] >= 0 && s.p[i] < ' ' ? ' ' : s.p[i];
    return (str){p, s.n};
}

static bool lf_bool(reading *r, const xml_node *n, str name)
{
    const xml_attr *t = xml_attr_find(n, LINGFEI, name);
    if (!t || str_eqz(t->value, "false")) return false;
    if (!str_eqz(t->value, "true"))
        WRONG(r, n, "lf:" SF "=\"" SF "\" is neither true nor false", SA(name), SA(t->value));
    return true;
}

/* "P3D" */
static bool days_read(str s, int *out)
{
    int64_t n;
    if (s.n < 3 || s.p[0] != 'P' || s.p[s.n - 1] != 'D') return false;
    str number = {s.p + 1, s.n - 2};
    if (number.p[0] < '1' || number.p[0] > '9' || !str_int(number, &n) || n > FLOW_DAYS_MAX)
        return false;
    *out = (int)n;
    return true;
}

/* ---- nodes ---------------------------------------------------------------------------------- */

static bool is_node(const xml_node *n, node_kind *k)
{
    for (int i = 0; i < countof(node_tags); i++)
        if (xml_is(n, BPMN, str_of(node_tags[i].tag))) return *k = node_tags[i].kind, true;
    return false;
}

/* Do this kind's actions and forms count? Those of the process's own; of all if no room runs such a
 * process. */
static bool counts(const reading *r, const flow_kind *k)
{
    if (str_eqz(r->f->name, k->flow)) return true;
    for (int i = 0; i < r->kind_n; i++)
        if (str_eqz(r->f->name, r->kinds[i].flow)) return false;
    return true;
}

static bool known_form(const reading *r, str form)
{
    for (int i = 0; i < r->kind_n; i++) {
        if (!counts(r, &r->kinds[i])) continue;
        for (const char *const *t = r->kinds[i].forms; t && *t; t++)
            if (str_eqz(form, *t)) return true;
    }
    return false;
}

/* Is it among the actions? If not, *all names those there are. */
static bool known_action(const reading *r, str name, str *all)
{
    buf b = buf_new(r->a, 100);
    for (int i = 0; i < r->kind_n; i++) {
        if (!counts(r, &r->kinds[i])) continue;
        for (const flow_action *t = r->kinds[i].actions; t && t->name; t++) {
            if (str_eqz(name, t->name)) return true;
            buf_fmt(&b, "%s%s", b.n ? ", " : "", t->name);
        }
    }
    *all = b.n ? buf_str(&b) : S("none");
    return false;
}

static void read_task(reading *r, const xml_node *x, flow_node *n)
{
    str due = lf(x, S("due"));
    if (due.n && !days_read(due, &n->due_days))
        WRONG(r, x, "lf:due=\"" SF "\" is not a number of working days; allowed: P1D to P%dD",
              SA(due), FLOW_DAYS_MAX);
    n->batch = lf_bool(r, x, S("batch"));
    n->form = lf(x, S("form"));
    if (n->form.n && r->kinds && !known_form(r, n->form))
        WRONG(r, x, "the form " SF " is not known", SA(n->form));
}

static void read_action(reading *r, const xml_node *x, flow_node *n)
{
    str all;
    n->action = lf(x, S("action"));
    if (!n->action.n)
        WRONG(r, x, "lf:action is missing; a service task names the action that it runs");
    else if (r->kinds && !known_action(r, n->action, &all))
        WRONG(r, x, "the action " SF " is not known; allowed: " SF, SA(n->action), SA(all));
}

static void read_timer(reading *r, const xml_node *x, flow_node *n)
{
    const xml_node *def = xml_child(x, BPMN, S("timerEventDefinition"));
    const xml_node *time = def ? xml_child(def, BPMN, S("timeDuration")) : NULL;
    if (!time) {
        WRONG(r, x,
              "timerEventDefinition with timeDuration is missing; a case can wait only for a time "
              "such as P7D");
    } else {
        str s = str_trim(time->text);
        if (!days_read(s, &n->timer_days))
            WRONG(r, x, "the duration \"" SF "\" is not a number of days; allowed: P1D to P%dD",
                  SA(s), FLOW_DAYS_MAX);
        const xml_node *second = xml_sibling(time, BPMN, S("timeDuration"));
        if (second) WRONG(r, second, "a second duration; a timer has one");
        second = xml_sibling(def, BPMN, S("timerEventDefinition"));
        if (second) WRONG(r, second, "a second timer; an event has one");
    }
    str calendar = lf(x, S("calendar"));
    n->working = str_eqz(calendar, "working");
    if (calendar.n && !n->working && !str_eqz(calendar, "calendar"))
        WRONG(r, x, "lf:calendar=\"" SF "\" is not known; allowed: working, calendar",
              SA(calendar));
}

static void read_boundary(reading *r, const xml_node *x, flow_node *n)
{
    n->message = lf(x, S("message"));
    if (!n->message.n) WRONG(r, x, "lf:message is missing; it names the message that interrupts");
    if (!xml_child(x, BPMN, S("messageEventDefinition")))
        WRONG(r, x, "messageEventDefinition is missing; only a message can interrupt");
}

/* Ids go into forms, addresses and commands, and lf:differs-from separates them by spaces. */
static void check_id(reading *r, const xml_node *x, str id)
{
    if (!id.n) WRONG(r, x, "the id is missing");
    bool plain = id.n <= 80 && str_find(id, S("/")) < 0;
    for (size i = 0; i < id.n; i++) plain = plain && !(id.p[i] >= 0 && id.p[i] <= ' ');
    if (!plain) WRONG(r, x, "the id must be one word of at most 80 bytes without '/'");
}

static void read_node(reading *r, const xml_node *x, node_kind kind)
{
    flow *f = r->f;
    r->node_xml[f->node_n] = x;
    flow_node *n = &r->nodes[f->node_n++];
    n->id = id_of(x);
    n->name = name_of(r->a, xml_attr_text(x, (str){0}, S("name")));
    n->en = name_of(r->a, xml_attr_text(x, LINGFEI, S("en")));
    n->kind = kind;
    n->line = x->line;
    check_id(r, x, n->id);
    switch (kind) {
    case NODE_TASK: read_task(r, x, n); break;
    case NODE_ACTION: read_action(r, x, n); break;
    case NODE_TIMER: read_timer(r, x, n); break;
    case NODE_BOUNDARY: read_boundary(r, x, n); break;
    case NODE_START: f->start = n; break;
    case NODE_END: case NODE_GATEWAY: break;
    }
}

static flow_node *node_by_id(const reading *r, str id)
{
    for (int i = 0; i < r->f->node_n; i++)
        if (id.n && str_eq(r->nodes[i].id, id)) return &r->nodes[i];
    return NULL;
}

/* ---- lanes ---------------------------------------------------------------------------------- */

static role read_role(reading *r, const xml_node *lane)
{
    str code = lf(lane, S("role"));
    int i = role_of(code);
    if (i >= 0 && acting & WHO(i)) return (role)i;
    buf b = buf_new(r->a, 100);
    for (int k = 0; k < ROLES; k++)
        if (acting & WHO(k)) buf_fmt(&b, "%s%s", b.n ? ", " : "", role_code[k]);
    if (!code.n) WRONG(r, lane, "lf:role is missing; allowed: " SF, SA(buf_str(&b)));
    else
        WRONG(r, lane, "lf:role=\"" SF "\" is not a role that acts; allowed: " SF, SA(code),
              SA(buf_str(&b)));
    return ROLE_PUBLIC;
}

static void read_lane(reading *r, const xml_node *lane)
{
    role acts = read_role(r, lane);
    const xml_node *ref = xml_child(lane, BPMN, S("flowNodeRef"));
    for (; ref; ref = xml_sibling(ref, BPMN, S("flowNodeRef"))) {
        str id = str_trim(ref->text);
        flow_node *n = node_by_id(r, id);
        if (!n) {
            if (!r->partial) WRONG(r, ref, "there is no node " SF " in this process", SA(id));
            continue;
        }
        if (r->in_lane[n - r->nodes])
            WRONG(r, ref, SF " stands in a second lane; a node has one", SA(id));
        r->in_lane[n - r->nodes] = true;
        n->role = acts;
    }
}

static void read_lanes(reading *r, const xml_node *process)
{
    const xml_node *set = xml_child(process, BPMN, S("laneSet"));
    for (; set; set = xml_sibling(set, BPMN, S("laneSet")))
        for (const xml_node *k = xml_child(set, BPMN, S("lane")); k;
             k = xml_sibling(k, BPMN, S("lane")))
            read_lane(r, k);
    for (int i = 0; i < r->f->node_n; i++)
        if (r->nodes[i].kind == NODE_TASK && !r->in_lane[i])
            WRONG(r, r->node_xml[i],
                  "this task stands in no lane; a lane with lf:role says who acts");
}

/* ---- edges ---------------------------------------------------------------------------------- */

static flow_node *end_of_edge(reading *r, const xml_node *x, str which)
{
    str id = xml_attr_text(x, (str){0}, which);
    flow_node *n = node_by_id(r, id);
    if (!n && !r->partial)
        WRONG(r, x, SF "=\"" SF "\" is no node of this process", SA(which), SA(id));
    return n;
}

static void read_edge(reading *r, const xml_node *x, bool *all)
{
    flow_node *from = end_of_edge(r, x, S("sourceRef")), *to = end_of_edge(r, x, S("targetRef"));
    flow_edge e = {.id = id_of(x), .from = from, .to = to, .line = x->line};
    check_id(r, x, e.id);
    e.name = name_of(r->a, xml_attr_text(x, (str){0}, S("name")));
    e.en = name_of(r->a, xml_attr_text(x, LINGFEI, S("en")));
    e.needs_note = lf_bool(r, x, S("needs-note"));
    e.resume = lf_bool(r, x, S("resume"));
    if (!from || !to) {
        *all = false;
        return;
    }
    from->out_n++;
    r->edge_xml[r->f->edge_n] = x;
    r->edges[r->f->edge_n++] = e;
}

static void read_edges(reading *r, const xml_node *process)
{
    bool all = true;
    const xml_node *x = xml_child(process, BPMN, S("sequenceFlow"));
    for (; x; x = xml_sibling(x, BPMN, S("sequenceFlow"))) read_edge(r, x, &all);
    if (!all) r->partial = true;
    for (int i = 0; i < r->f->node_n; i++) {
        flow_node *n = &r->nodes[i];
        const flow_edge **out = new_n(r->a, const flow_edge *, n->out_n);
        n->out_n = 0;
        n->out = out;
        for (int k = 0; k < r->f->edge_n; k++)
            if (r->edges[k].from == n) out[n->out_n++] = &r->edges[k];
    }
}

/* ---- what refers to other nodes ------------------------------------------------------------- */

static void read_attached(reading *r, const xml_node *x, flow_node *n)
{
    str id = xml_attr_text(x, (str){0}, S("attachedToRef"));
    n->attached = node_by_id(r, id);
    if (n->attached || r->partial) return;
    WRONG(r, x,
          "attachedToRef=\"" SF
          "\" is no node of this process; it names the userTask or timer that is interrupted",
          SA(id));
    r->partial = true;
}

static void read_differs(reading *r, const xml_node *x, flow_node *n)
{
    str rest = lf(x, S("differs-from")), id;
    const flow_node **differs = new_n(r->a, const flow_node *, rest.n / 2 + 1);
    n->differs = differs;
    while (str_split(&rest, ' ', &id)) {
        if (!(id = str_trim(id)).n) continue;
        const flow_node *other = node_by_id(r, id);
        if (other && other->kind == NODE_TASK && other != n) differs[n->differs_n++] = other;
        else if (!other && r->partial) continue;
        else
            WRONG(r, x,
                  "lf:differs-from names " SF ", which is %s; allowed: ids of other user tasks",
                  SA(id),
                  other == n ? "this task itself"
                  : other    ? "not a user task"
                             : "no node of this process");
    }
}

static void check_ids(reading *r)
{
    const flow *f = r->f;
    int all = f->node_n + f->edge_n;
    for (int i = 0; i < all; i++) {
        str id = i < f->node_n ? r->nodes[i].id : r->edges[i - f->node_n].id;
        const xml_node *x = i < f->node_n ? r->node_xml[i] : r->edge_xml[i - f->node_n];
        bool twice = id.n && str_eq(id, f->name);
        for (int k = 0; k < i && id.n && !twice; k++)
            twice = str_eq(id, k < f->node_n ? r->nodes[k].id : r->edges[k - f->node_n].id);
        if (twice) WRONG(r, x, "the id is used twice; each stands for one thing");
    }
}

/* ---- the whole ------------------------------------------------------------------------------ */

static bool take_room(reading *r, const xml_node *process)
{
    int nodes = 0, edges = 0;
    node_kind k;
    for (const xml_node *x = process->first; x; x = x->next) {
        nodes += is_node(x, &k);
        edges += xml_is(x, BPMN, S("sequenceFlow"));
    }
    if (nodes > FLOW_NODES_MAX || edges > FLOW_EDGES_MAX) {
        WRONG(r, process, "%d nodes and %d sequence flows are too many; allowed: %d and %d", nodes,
              edges, FLOW_NODES_MAX, FLOW_EDGES_MAX);
        return false;
    }
    r->nodes = new_n(r->a, flow_node, nodes);
    r->in_lane = new_n(r->a, bool, nodes);
    r->node_xml = new_n(r->a, const xml_node *, nodes);
    r->edges = new_n(r->a, flow_edge, edges);
    r->edge_xml = new_n(r->a, const xml_node *, edges);
    r->f->nodes = r->nodes;
    r->f->edges = r->edges;
    return true;
}

static void read_process(reading *r, const xml_node *process)
{
    flow *f = r->f;
    check_element(r, process, element_of(process));
    f->name = id_of(process);
    r->w.process_line = process->line;
    check_id(r, process, f->name);
    f->title = name_of(r->a, xml_attr_text(process, (str){0}, S("name")));
    f->en = name_of(r->a, xml_attr_text(process, LINGFEI, S("en")));
    if (!take_room(r, process)) return;
    node_kind k;
    for (const xml_node *x = process->first; x; x = x->next)
        if (is_node(x, &k)) read_node(r, x, k);
    read_lanes(r, process);
    read_edges(r, process);
    for (int i = 0; i < f->node_n; i++) {
        if (r->nodes[i].kind == NODE_BOUNDARY) read_attached(r, r->node_xml[i], &r->nodes[i]);
        if (r->nodes[i].kind == NODE_TASK) read_differs(r, r->node_xml[i], &r->nodes[i]);
    }
    check_ids(r);
    if (!r->partial) flow_prove(f, &r->w);
}

err flow_read(arena *a, str file, str bytes, const flow_kind *kinds, int kind_n, flow **out)
{
    if (bytes.n > FLOW_BYTES_MAX)
        return err_with(ERR_LARGE, "", N_("{0}:1: the file is longer than {1} bytes."),
                        str_dup(a, file), str_fmt(a, "%d", FLOW_BYTES_MAX), (str){0});
    xml_node *root;
    TRY(xml_read(a, file, bytes, &root));
    reading r = {.a = a,
                 .w = {.a = a, .file = str_dup(a, file)},
                 .kinds = kinds,
                 .kind_n = kind_n,
                 .f = new(a, flow)};
    const xml_node *process = check_root(&r, root);
    if (process) read_process(&r, process);
    TRY(flow_faults_err(&r.w));
    r.f->xml = str_dup(a, bytes);
    r.f->version = sha256_hex(a, bytes);
    *out = r.f;
    return NO_ERR;
}
