/* SPDX-License-Identifier: Apache-2.0 */
/* paper_flow.c: what runs over the pages: paragraphs, headings, lists, lines to sign, annexes. */
#include "format/paper.h"

/* How many of the `left` lines go on this page. All of them, if what must follow fits too; else
 * two (or all there are) go over with it, so that a signature never stands alone. */
static int lines_here(press *pr, double pitch, int left, double tail)
{
    int fit = (int)(page_room(pr) / pitch);
    if (fit < left)
        return fit > 0 ? fit : 0;
    if (left * pitch + tail <= page_room(pr))
        return left;
    return left > 2 ? left - 2 : 0;
}

void flow_text(press *pr, const style *st, str text, double first, double rest, double tail)
{
    text_lines l = text_break(pr, st, text, pr->width, first, rest);
    int at = 0;
    while (at < l.n && !pr->too_long) {
        int here = lines_here(pr, st->pitch, l.n - at, tail);
        if (here == 0 && pr->y <= pr->top + 0.1)
            here = l.n - at;   /* taller than a page can be: it cannot move on */
        for (; here > 0; here--, at++) {
            text_put(pr, st, &l.at[at], pr->left, pr->y, pr->width);
            pr->y += st->pitch;
        }
        if (at < l.n)
            page_new(pr, pr->wide);
    }
}

/* ---- titles --------------------------------------------------------------------------------- */

/* The narrowest width that needs no more lines: lines of about one length, as titles are set. */
static double balanced_width(press *pr, const style *st, str text, double width)
{
    double low = width / 2, high = width;
    int most = text_break(pr, st, text, width, 0, 0).n;
    if (most < 2)
        return width;
    for (int i = 0; i < 8; i++) {
        double middle = (low + high) / 2;
        if (text_break(pr, st, text, middle, 0, 0).n > most)
            low = middle;
        else
            high = middle;
    }
    return high;
}

static int title_lines(press *pr, const style *st, str title)
{
    int n = 0;
    str part;
    while (title.n && str_split(&title, '\n', &part))
        n += text_break(pr, st, part, pr->width, 0, 0).n;
    return n;
}

void flow_title(press *pr, str title, double points)
{
    style st = {.face = FACE_TITLE, .size = points, .pitch = points * 1.5, .align = ALIGN_CENTER};
    int lines = title_lines(pr, &st, title);
    for (double less = points - 0.5; less >= points * 0.9; less -= 0.5) { /* a hair saves a line */
        style smaller = st;
        smaller.size = less;
        int n = title_lines(pr, &smaller, title);
        if (n < lines) {
            st = smaller;
            lines = n;
        }
    }
    str part;
    while (title.n && str_split(&title, '\n', &part)) {
        double width = balanced_width(pr, &st, part, pr->width);
        text_lines l = text_break(pr, &st, part, width, 0, 0);
        for (int i = 0; i < l.n; i++) {
            page_need(pr, st.pitch);
            text_put(pr, &st, &l.at[i], pr->left, pr->y, pr->width);
            pr->y += st.pitch;
        }
    }
}

/* ---- blocks --------------------------------------------------------------------------------- */

static double indent_of(const press *pr)
{
    return 2 * (pr->body.advance > 0 ? pr->body.advance : pr->body.size);
}

static void put_paragraph(press *pr, const view *block, str text, double tail)
{
    style st = pr->body;
    str where = view_get_text(block, S("align"));
    if (str_eqz(where, "center"))
        st.align = ALIGN_CENTER;
    if (str_eqz(where, "right"))
        st.align = ALIGN_RIGHT;
    double first = where.n ? 0 : indent_of(pr);
    flow_text(pr, &st, text, first, 0, tail);
}

/* `tail` is what must follow on its page. */
static void put_heading(press *pr, face f, str text, double tail)
{
    style st = pr->body;
    st.face = f;
    int lines = text_break(pr, &st, text, pr->width, indent_of(pr), 0).n;
    page_need(pr, lines * st.pitch + tail);
    flow_text(pr, &st, text, indent_of(pr), 0, 0);
}

static void put_list(press *pr, const view *items, double tail)
{
    int n = 1;
    for (const view *v = items->first; v && !pr->too_long; v = v->next, n++)
        flow_text(pr, &pr->body, str_fmt(pr->a, pr->english ? "%d. " SF : "%d." SF, n, SA(v->s)),
                  indent_of(pr), 0, v->next ? 0 : tail);
}

static const double SIGN_LINE = 1.7; /* in lines of text */

static double sign_lines_height(const press *pr, const view *items)
{
    return SIGN_LINE * pr->body.pitch * ((items->n + 1) / 2) + pr->body.size;
}

/* Lines to fill in by hand: two in a row, each with its rule up to the middle or the edge. */
static void put_sign(press *pr, const view *items, double tail)
{
    static const double ink[3] = {0};
    double height = SIGN_LINE * pr->body.pitch, half = pr->width / 2, gap = pr->body.size;
    style st = pr->body;
    st.align = ALIGN_LEFT;
    page_need(pr, sign_lines_height(pr, items) + tail);
    int i = 0;
    for (const view *v = items->first; v; v = v->next, i++) {
        double x = pr->left + (i % 2) * (half + gap / 2), room = half - gap / 2;
        if (i > 0 && i % 2 == 0)
            pr->y += height;
        if (i % 2 == 0)
            page_need(pr, height);
        double w = text_one(pr, &st, v->s, x, pr->y + height - st.pitch, room);
        if (w + 2 * gap < room)
            page_rule(pr, x + w + 2, pr->y + height - 2, room - w - 2, 0.5, ink);
    }
    pr->y += height + (items->n ? gap : 0);
}

static void put_note(press *pr, str text, double tail)
{
    flow_text(pr, &pr->small, text, 2 * pr->small.size, 0, tail);
    if (tail > 0 || pr->kind != PAPER_FORM)
        page_snap(pr);
}

static void put_block(press *pr, const view *block, double tail)
{
    static const struct { const char *key; face face; } heads[] = {
        {"h1", FACE_HEI}, {"h2", FACE_KAI}, {"h3", FACE_FANG}};
    for (size i = 0; i < countof(heads); i++) {
        str text = view_get_text(block, str_of(heads[i].key));
        if (text.n)
            put_heading(pr, pr->kind == PAPER_FORM && i > 0 ? FACE_HEI : heads[i].face, text, tail);
    }
    const view *v;
    str text = view_get_text(block, S("p"));
    if (text.n)
        put_paragraph(pr, block, text, tail);
    if ((v = view_get(block, S("list"))))
        put_list(pr, v, tail);
    if ((v = view_get(block, S("table"))))
        flow_table(pr, v, tail);
    if ((v = view_get(block, S("facts"))))
        flow_facts(pr, v, str_eqz(view_get_text(block, S("pairs")), "2") ? 2 : 1, tail);
    if ((v = view_get(block, S("sign"))))
        put_sign(pr, v, tail);
    if ((text = view_get_text(block, S("note"))).n)
        put_note(pr, text, tail);
    if (paper_flag(block, S("gap")) && page_room(pr) > pr->body.pitch)
        pr->y += pr->body.pitch;
    if (paper_flag(block, S("break")))
        page_new(pr, pr->wide);
}

static str heading_of(const view *block)
{
    static const char *const keys[] = {"h1", "h2", "h3"};
    str s = {0};
    for (size i = 0; i < countof(keys) && !s.n; i++)
        s = view_get_text(block, str_of(keys[i]));
    return s;
}

/* What must stand on the page with the last lines of the block before `next`: lines to sign on
 * never stand alone. */
static double tail_before(press *pr, const view *next, double tail)
{
    if (!next)
        return tail;
    const view *sign = view_get(next, S("sign"));
    return sign ? sign_lines_height(pr, sign) : 0;
}

/* What a heading needs of the blocks after it on its page. */
static double keep_with_heading(press *pr, const view *next, double tail)
{
    if (!next)
        return tail;
    double pitch = pr->body.pitch, after = tail_before(pr, next->next, tail);
    str text = view_get_text(next, S("p"));
    if (heading_of(next).n)
        return 2 * pitch;
    bool ruled = view_get(next, S("table")) || view_get(next, S("facts"));
    if (!text.n)
        return ruled ? 5 * pr->cell.pitch : pitch;
    int lines = text_break(pr, &pr->body, text, pr->width, indent_of(pr), 0).n;
    return lines <= 2 ? lines * pitch + after : pitch;
}

void flow_blocks(press *pr, const view *blocks, double tail)
{
    for (const view *b = blocks ? blocks->first : NULL; b && !pr->too_long; b = b->next)
        put_block(pr, b, heading_of(b).n ? keep_with_heading(pr, b->next, tail)
                                         : tail_before(pr, b->next, tail));
}

/* ---- annexes -------------------------------------------------------------------------------- */

/* 附件1 in 3号 黑体 on the first line, the title on the third; each annex on a new page. */
void annexes_put(press *pr)
{
    const view *annexes = view_get(pr->paper, S("annexes"));
    int n = 0;
    for (const view *v = annexes ? annexes->first : NULL; v && !pr->too_long; v = v->next) {
        style st = pr->body;
        st.face = FACE_HEI;
        st.align = ALIGN_LEFT;
        const char *word = pr->english ? "Annex" : "附件";
        n++;
        str label = annexes->n == 1 ? str_of(word)
                                    : str_fmt(pr->a, pr->english ? "%s %d" : "%s%d", word, n);
        page_new(pr, paper_flag(v, S("wide")));
        text_one(pr, &st, label, pr->left, pr->y, pr->width);
        pr->y += 2 * st.pitch;
        flow_title(pr, view_get_text(v, S("title")), pr->kind == PAPER_FORM ? 15 : 22);
        pr->y += pr->kind == PAPER_FORM ? 6 : st.pitch / 2;
        page_snap(pr);
        flow_blocks(pr, view_get(v, S("body")), 0);
    }
}
