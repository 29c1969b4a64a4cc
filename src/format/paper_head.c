/* SPDX-License-Identifier: Apache-2.0 */
/* paper_head.c: what stands over the body: issuer mark, number, red lines, title, addressee. */
#include "format/paper.h"

static const double RED[3] = {0.85, 0.0, 0.07};

/* Centred, at most `most` wide: long names are set narrow, as printed heads do, before small. */
static void put_mark(press *pr, double y, double points, double most, double *height)
{
    str mark = view_get_text(pr->paper, S("mark"));
    if (!mark.n)
        mark = view_get_text(pr->paper, S("issuer"));
    style st = {.face = FACE_TITLE, .size = points, .pitch = points, .align = ALIGN_LEFT};
    memcpy(st.ink, RED, sizeof st.ink);
    double natural = text_width(pr, &st, mark), narrow = natural > 0 ? most / natural : 1;
    if (narrow > 1)
        narrow = 1;
    if (narrow < 0.6) {
        st.size = st.pitch = points * narrow / 0.6;
        natural = text_width(pr, &st, mark);
        narrow = 0.6;
    }
    cairo_save(pr->cr);
    cairo_translate(pr->cr, pr->left + (pr->width - natural * narrow) / 2, y);
    cairo_scale(pr->cr, narrow, 1);
    text_one(pr, &st, mark, 0, 0, natural);
    cairo_restore(pr->cr);
    *height = st.size;
}

/* 密级 and 紧急程度: 3号 黑体, from the left edge, one under the other. */
static double put_secrecy(press *pr, double y)
{
    style st = pr->body;
    st.face = FACE_HEI;
    st.align = ALIGN_LEFT;
    static const char *const keys[] = {"secret", "urgent"};
    for (size i = 0; i < countof(keys); i++) {
        str s = view_get_text(pr->paper, str_of(keys[i]));
        if (s.n) {
            text_one(pr, &st, s, pr->left, y, pr->width);
            y += st.pitch;
        }
    }
    return y;
}

/* Centred; in an upward document left, with 签发人 right. */
static void put_number(press *pr, double y)
{
    style st = pr->body;
    str number = view_get_text(pr->paper, S("number"));
    str approver = view_get_text(pr->paper, S("approver"));
    double in = st.size;
    st.align = approver.n ? ALIGN_LEFT : ALIGN_CENTER;
    text_one(pr, &st, number, pr->left + (approver.n ? in : 0), y, pr->width);
    if (!approver.n)
        return;
    style name = st;
    name.face = FACE_KAI;
    str word = pr->english ? S("Approved by: ") : S("签发人：");
    double right = pr->left + pr->width - in, w = text_width(pr, &name, approver);
    text_one(pr, &name, approver, right - w, y, w);
    double v = text_width(pr, &st, word);
    text_one(pr, &st, word, right - w - v, y, v);
}

static void put_title_and_addressee(press *pr, double points)
{
    str title = view_get_text(pr->paper, S("title")), to = view_get_text(pr->paper, S("to"));
    flow_title(pr, title, points);
    if (title.n) {
        pr->y += pr->kind == PAPER_FORM ? 4 : pr->body.pitch * 0.6;
        page_snap(pr);
    }
    if (!to.n)
        return;
    style st = pr->body;
    st.align = ALIGN_LEFT;
    flow_text(pr, &st, str_join(pr->a, to, pr->english ? S(":") : S("：")), 0, 0, 0);
}

static void put_official_head(press *pr)
{
    double pitch = pr->body.pitch, size_of = 0, y = pr->top + 35 * MM;
    put_secrecy(pr, pr->top);
    put_mark(pr, y, 46, pr->width * 0.96, &size_of);
    y += size_of + 2 * pitch;
    put_number(pr, y);
    y += (pitch + pr->body.size) / 2 + 4 * MM;
    page_rule(pr, pr->left, y, pr->width, 1.6, RED);
    pr->y = y + 2 * pitch - 8; /* the title's own line is higher than its letters */
    put_title_and_addressee(pr, 22);
}

/* Section 10.1 (from memory, unverified): the mark 30 mm below the page's edge, a double line of
 * 170 mm 4 mm below it, its fellow 20 mm over the lower edge; the number right, under the line. */
static void put_letter_head(press *pr)
{
    double size_of = 0, wide = 170 * MM, x = (210 * MM - wide) / 2, y = 30 * MM;
    put_mark(pr, y, 38, pr->width * 0.96, &size_of);
    y += size_of + 4 * MM;
    page_rule(pr, x, y, wide, 1.8, RED);
    page_rule(pr, x, y + 3.2, wide, 0.7, RED);
    page_rule(pr, x, 277 * MM - 3.2, wide, 0.7, RED);
    page_rule(pr, x, 277 * MM - 1.8, wide, 1.8, RED);
    y += 4 + pr->body.size * 7 / 8 - (pr->body.pitch - pr->body.size) / 2;
    style st = pr->body;
    st.align = ALIGN_RIGHT;
    text_one(pr, &st, view_get_text(pr->paper, S("number")), pr->left, y, pr->width);
    double below = put_secrecy(pr, y);
    pr->y = (below > y ? below : y + pr->body.pitch) + 2 * pr->body.pitch - 8;
    put_title_and_addressee(pr, 22);
}

static void put_plain_head(press *pr)
{
    str number = view_get_text(pr->paper, S("number"));
    pr->y += pr->body.pitch;
    if (!number.n) {
        put_title_and_addressee(pr, 22);
        return;
    }
    flow_title(pr, view_get_text(pr->paper, S("title")), 22);
    put_number(pr, pr->y + 4);
    pr->y += pr->body.pitch * 1.7;
    page_snap(pr);
    str to = view_get_text(pr->paper, S("to"));
    if (to.n)
        flow_text(pr, &pr->body, str_join(pr->a, to, pr->english ? S(":") : S("：")), 0, 0, 0);
}

static void put_form_head(press *pr)
{
    style st = {.face = FACE_SONG, .size = 12, .pitch = 20, .align = ALIGN_CENTER};
    str number = view_get_text(pr->paper, S("number"));
    text_one(pr, &st, view_get_text(pr->paper, S("issuer")), pr->left, pr->y, pr->width);
    pr->y += st.pitch + 4;
    flow_title(pr, view_get_text(pr->paper, S("title")), 20);
    pr->y += 6;
    style small = {.face = FACE_SONG, .size = 10.5, .pitch = 18, .align = ALIGN_RIGHT};
    if (number.n) {
        text_one(pr, &small, str_join(pr->a, pr->english ? S("No. ") : S("编号："), number), pr->left,
                 pr->y, pr->width);
        pr->y += small.pitch + 2;
    }
    str to = view_get_text(pr->paper, S("to"));
    if (to.n)
        flow_text(pr, &pr->body, str_join(pr->a, to, pr->english ? S(":") : S("：")), 0, 0, 0);
}

void head_put(press *pr)
{
    switch (pr->kind) {
    case PAPER_OFFICIAL: put_official_head(pr); break;
    case PAPER_LETTER: put_letter_head(pr); break;
    case PAPER_PLAIN: put_plain_head(pr); break;
    case PAPER_FORM: put_form_head(pr); break;
    }
}
