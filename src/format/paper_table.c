/* SPDX-License-Identifier: Apache-2.0 */
/* paper_table.c: ruled tables that run over pages with their head repeated, and grids of facts. */
#include "format/paper.h"

static const double LINE = 0.5, BLACK[3] = {0}, SHADE[3] = {0.93, 0.93, 0.93};
static const double PAD_X = 3.5, PAD_Y = 3;
enum { COLUMNS_MAX = 24 };

/* em: wished; least: the longest word that must not be cut (a code, a date, an amount). */
struct column { str title; align align; bool mono, label, fixed; double em, least, left, width; };
struct grid {
    struct column c[COLUMNS_MAX];
    int n;
    str caption, unit;
    style text;
    double head;               /* height of the repeated head */
    bool headed;
};
struct cells { text_lines at[COLUMNS_MAX]; double height; int most; };

/* ---- widths --------------------------------------------------------------------------------- */

/* About how many full-width characters a text takes: its longest line, its longest word. */
static double text_ems(str s, double *longest_word)
{
    double most = 0, line = 0, word = 0;
    while (s.n) {
        uint32_t c = str_next_char(&s);
        bool narrow = c > ' ' && c < 0x2000;
        double w = c < 0x2000 ? 0.58 : 1;
        word = narrow ? word + w : 0;
        line = c == '\n' ? 0 : line + w;
        most = line > most ? line : most;
        if (longest_word && word > *longest_word)
            *longest_word = word;
    }
    return most;
}

static void widen(struct column *c, str s)
{
    double word = 0, w = text_ems(s, &word), most = c->align == ALIGN_RIGHT ? 18 : 24;
    w = c->mono ? w * 0.87 : w;
    w = w < most ? w : most;
    c->em = w > c->em ? w : c->em;
    if (!c->mono && word <= 14 && word > c->least)
        c->least = word;
}

static void widen_by_rows(struct grid *g, const view *rows)
{
    for (const view *r = rows ? rows->first : NULL; r; r = r->next) {
        int i = 0;
        for (const view *v = r->first; v && i < g->n; v = v->next, i++)
            if (!g->c[i].fixed)
                widen(&g->c[i], v->s);
    }
}

static bool is_hard(const struct column *c) { return c->fixed || c->align == ALIGN_RIGHT; }

/* Columns of text give and take, each down to its longest word: figures and codes that wrap cannot
 * be read. Only where that is not enough do all shrink. */
static void set_widths(struct grid *g, double left, double width)
{
    double pad = 2 * PAD_X + 1, factor = 1;
    bool held[COLUMNS_MAX] = {0};
    for (int i = 0; i < g->n; i++)
        held[i] = is_hard(&g->c[i]);
    for (int round = 0; round <= g->n; round++) {
        double taken = 0, free_ems = 0;
        for (int i = 0; i < g->n; i++) {
            const struct column *c = &g->c[i];
            double least = is_hard(c) ? c->em : c->least;
            taken += held[i] ? least * g->text.size + pad : 0;
            free_ems += held[i] ? 0 : c->em * g->text.size + pad;
        }
        factor = free_ems > 0 ? (width - taken) / free_ems : width / taken;
        if (free_ems <= 0 || factor < 0.25) {      /* too narrow for all of them */
            factor = free_ems > 0 ? 0.25 : factor;
            break;
        }
        bool more = false;
        for (int i = 0; i < g->n; i++) {
            const struct column *c = &g->c[i];
            bool short_of = !held[i] && (c->em * g->text.size + pad) * factor
                                            < c->least * g->text.size + pad;
            held[i] = held[i] || short_of;
            more = more || short_of;
        }
        if (!more)
            break;
    }
    double all = 0, x = left;
    for (int i = 0; i < g->n; i++) {
        struct column *c = &g->c[i];
        c->width = held[i] ? (is_hard(c) ? c->em : c->least) * g->text.size + pad
                           : (c->em * g->text.size + pad) * factor;
        all += c->width;
    }
    for (int i = 0; i < g->n; i++) {
        g->c[i].width *= width / all;
        g->c[i].left = x;
        x += g->c[i].width;
    }
}

/* ---- rows ----------------------------------------------------------------------------------- */

static style style_of(const struct grid *g, int column, bool bold)
{
    style st = g->text;
    const struct column *c = &g->c[column];
    st.align = c->align;
    if (bold || c->label)
        st.face = FACE_HEI;
    if (c->mono && !bold) {
        st.face = FACE_MONO;
        st.size *= 0.82;
    }
    return st;
}

static struct cells break_cells(press *pr, const struct grid *g, const view *row, bool bold)
{
    struct cells k = {.most = 1};
    const view *v = row->first;
    for (int i = 0; i < g->n; i++, v = v ? v->next : NULL) {
        style st = style_of(g, i, bold);
        k.at[i] = text_break(pr, &st, v ? v->s : S(""), g->c[i].width - 2 * PAD_X, 0, 0);
        k.most = k.at[i].n > k.most ? k.at[i].n : k.most;
    }
    k.height = k.most * g->text.pitch + 2 * PAD_Y;
    return k;
}

static void put_frame(press *pr, double x, double y, double w, double h)
{
    page_rule(pr, x - LINE / 2, y - LINE / 2, w + LINE, LINE, BLACK);
    page_rule(pr, x - LINE / 2, y + h - LINE / 2, w + LINE, LINE, BLACK);
    page_rule(pr, x - LINE / 2, y - LINE / 2, LINE, h + LINE, BLACK);
    page_rule(pr, x + w - LINE / 2, y - LINE / 2, LINE, h + LINE, BLACK);
}

/* Lines from..to of each cell, in the middle of the height unless the row is split. */
static void put_cells(press *pr, const struct grid *g, const struct cells *k, bool bold, int from,
                      int to)
{
    double height = (to - from) * g->text.pitch + 2 * PAD_Y;
    for (int i = 0; i < g->n; i++) {
        const struct column *c = &g->c[i];
        style st = style_of(g, i, bold);
        int end = k->at[i].n < to ? k->at[i].n : to;
        double slack = from == 0 && end > 0 ? (to - from - (end - from)) * g->text.pitch / 2 : 0;
        if (c->label)
            page_rule(pr, c->left, pr->y, c->width, height, SHADE);
        put_frame(pr, c->left, pr->y, c->width, height);
        for (int l = from; l < end; l++)
            text_put(pr, &st, &k->at[i].at[l], c->left + PAD_X,
                     pr->y + PAD_Y + slack + (l - from) * g->text.pitch, c->width - 2 * PAD_X);
    }
    pr->y += height;
}

static text_lines head_lines(press *pr, const struct grid *g, int i)
{
    style st = g->text;
    st.face = FACE_HEI;
    return text_break(pr, &st, g->c[i].title, g->c[i].width - PAD_X, 0, 0);
}

static void put_head(press *pr, const struct grid *g)
{
    if (!g->headed)
        return;
    for (int i = 0; i < g->n; i++) {
        const struct column *c = &g->c[i];
        style st = g->text;
        st.face = FACE_HEI;
        st.align = ALIGN_CENTER;
        text_lines l = head_lines(pr, g, i);
        page_rule(pr, c->left, pr->y, c->width, g->head, SHADE);
        put_frame(pr, c->left, pr->y, c->width, g->head);
        double y = pr->y + (g->head - l.n * g->text.pitch) / 2;
        for (int j = 0; j < l.n; j++, y += g->text.pitch)
            text_put(pr, &st, &l.at[j], c->left + PAD_X / 2, y, c->width - PAD_X);
    }
    pr->y += g->head;
}

static void grid_page(press *pr, const struct grid *g)
{
    page_new(pr, pr->wide);
    put_head(pr, g);
}

/* The row whole, on the next page if need be; `after` points must fit under it. A row taller than a
 * page is split between lines: the one exception. */
static void put_row(press *pr, const struct grid *g, const view *row, bool bold, double after)
{
    struct cells k = break_cells(pr, g, row, bold);
    bool fresh = pr->y <= pr->top + g->head + 0.1;
    if (k.height + after > page_room(pr) && !fresh)
        grid_page(pr, g);
    for (int from = 0; from < k.most && !pr->too_long;) {
        int fit = (int)((page_room(pr) - 2 * PAD_Y) / g->text.pitch);
        int to = from + (fit > 1 ? fit : 1);
        to = to < k.most ? to : k.most;
        put_cells(pr, g, &k, bold, from, to);
        from = to;
        if (from < k.most)
            grid_page(pr, g);
    }
}

/* ---- tables --------------------------------------------------------------------------------- */

static align align_of(str s)
{
    return str_eqz(s, "right") ? ALIGN_RIGHT : str_eqz(s, "center") ? ALIGN_CENTER : ALIGN_LEFT;
}

static struct grid grid_of(press *pr, const view *table)
{
    struct grid g = {.text = pr->cell, .caption = view_get_text(table, S("caption")),
                     .unit = view_get_text(table, S("unit"))};
    const view *columns = view_get(table, S("columns"));
    for (const view *v = columns ? columns->first : NULL; v; v = v->next) {
        struct column *c = &g.c[g.n++];
        int64_t width = 0;
        *c = (struct column){.title = view_get_text(v, S("title")),
                             .mono = paper_flag(v, S("mono")),
                             .align = align_of(view_get_text(v, S("align"))),
                             .label = paper_flag(v, S("label"))};
        if (str_int(view_get_text(v, S("width")), &width) && width > 0 && width < 100) {
            c->em = (double)width;
            c->fixed = true;
        } else {
            c->em = 1;
            widen(c, c->title);
        }
        g.headed = g.headed || c->title.n;
    }
    widen_by_rows(&g, view_get(table, S("rows")));
    const view *total = view_get(table, S("total"));
    int i = 0;
    for (const view *v = total ? total->first : NULL; v && i < g.n; v = v->next, i++)
        if (!g.c[i].fixed)
            widen(&g.c[i], v->s);
    if (g.n)
        set_widths(&g, pr->left, pr->width);
    for (i = 0; g.headed && i < g.n; i++) {
        double h = head_lines(pr, &g, i).n * g.text.pitch + 2 * PAD_Y + 1;
        g.head = h > g.head ? h : g.head;
    }
    return g;
}

static void put_over_table(press *pr, const struct grid *g)
{
    pr->y += pr->y > pr->top + 0.1 ? 4 : 0;
    page_need(pr, 20 + g->head + g->text.pitch * 2 + (g->caption.n ? 20 : 0));
    if (g->caption.n) {
        style st = g->text;
        st.face = FACE_HEI;
        st.size *= 1.14;
        st.pitch = 22;
        st.align = ALIGN_CENTER;
        text_one(pr, &st, g->caption, pr->left, pr->y, pr->width);
        pr->y += st.pitch;
    }
    if (g->unit.n) {
        style st = g->text;
        st.align = ALIGN_RIGHT;
        text_one(pr, &st, g->unit, pr->left, pr->y, pr->width);
        pr->y += st.pitch + 1;
    }
}

/* The line over the whole width under the totals: the sum in capitals. */
static struct grid whole_width(const press *pr, const struct grid *g)
{
    struct grid one = {.n = 1, .text = g->text, .head = g->head};
    one.c[0] = (struct column){.left = pr->left, .width = pr->width, .align = ALIGN_LEFT};
    return one;
}

void flow_table(press *pr, const view *table, double tail)
{
    struct grid g = grid_of(pr, table);
    if (!g.n)
        return;
    struct grid whole = whole_width(pr, &g);
    const view *rows = view_get(table, S("rows")), *total = view_get(table, S("total"));
    view *capitals = view_list(pr->a);
    view_add(capitals, V_TEXT)->s = view_get_text(table, S("capitals"));
    bool has_total = total && total->n > 0, has_capitals = capitals->first->s.n > 0;
    double end = tail + 6;
    if (has_capitals)
        end += break_cells(pr, &whole, capitals, true).height;
    double end_of_rows = end + (has_total ? break_cells(pr, &g, total, true).height : 0);
    put_over_table(pr, &g);
    put_head(pr, &g);
    for (const view *r = rows ? rows->first : NULL; r && !pr->too_long; r = r->next)
        put_row(pr, &g, r, false, r->next ? 0 : end_of_rows);
    if (has_total)
        put_row(pr, &g, total, true, end);
    if (has_capitals)
        put_row(pr, &whole, capitals, true, tail);
    pr->y += 6;
    page_snap(pr);
}

/* ---- facts ---------------------------------------------------------------------------------- */

void flow_facts(press *pr, const view *facts, int pairs, double tail)
{
    struct grid g = {.n = 2 * pairs, .text = pr->cell};
    double ems = 4;
    for (const view *v = facts->first; v; v = v->next) {
        double w = text_ems(view_get_text(v, S("name")), NULL);
        ems = w > ems ? w : ems;
    }
    double label = (ems < 11 ? ems : 11) * g.text.size + 2 * PAD_X + 4;
    double value = pr->width / pairs - label;
    for (int i = 0; i < g.n; i++)
        g.c[i] = (struct column){.label = i % 2 == 0, .width = i % 2 ? value : label,
                                 .left = pr->left + i / 2 * (label + value) + i % 2 * label,
                                 .align = ALIGN_LEFT};
    pr->y += 4;
    for (const view *v = facts->first; v && !pr->too_long;) {
        view *row = view_list(pr->a);
        for (int p = 0; p < pairs; p++, v = v ? v->next : NULL) {
            view_add(row, V_TEXT)->s = v ? view_get_text(v, S("name")) : S("");
            view_add(row, V_TEXT)->s = v ? view_get_text(v, S("value")) : S("");
        }
        put_row(pr, &g, row, false, v ? 0 : tail);
    }
    pr->y += 6;
    page_snap(pr);
}
