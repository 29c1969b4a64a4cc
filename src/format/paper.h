/* SPDX-License-Identifier: Apache-2.0 */
/* paper.h: the parts that lay out a paper, among themselves; callers use pdf.h.
 *
 * Lengths are points (1/72 inch) from the top left corner of the page. One press draws one paper,
 * page after page, never back: what must stay together is measured before it is drawn.
 */
#ifndef PAPER_H
#define PAPER_H

#include "base/base.h"

#include <pango/pangocairo.h>

#define MM (72.0 / 25.4)

/* ---- the description made plain: paper.c ---------------------------------------------------- */

typedef enum { PAPER_OFFICIAL, PAPER_LETTER, PAPER_PLAIN, PAPER_FORM } paper_kind;

/* A copy in which every value but lists, maps and booleans is a clean text. */
view *paper_plain(arena *a, const view *paper);
MUST_CHECK err paper_check(const view *plain);
paper_kind paper_kind_of(const view *plain);
bool paper_is_english(const view *plain);
bool paper_flag(const view *map, str name);     /* true, and only then */
/* "2018-11-05" as people write it: 2018年11月5日 or 5 November 2018; another text as it is. */
str paper_date(arena *a, str iso, bool english);

/* ---- text: paper_text.c --------------------------------------------------------------------- */

typedef enum { FACE_FANG, FACE_SONG, FACE_TITLE, FACE_HEI, FACE_KAI, FACE_MONO } face;
#define FACES (FACE_MONO + 1)
typedef enum { ALIGN_JUSTIFY, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT } align;

typedef struct {
    face face;
    double size, pitch;        /* of the letters; from line to line */
    double advance;            /* of a full-width character; 0: its own */
    align align;
    double ink[3];             /* red, green, blue; all 0 is black */
} style;

typedef struct {
    str text;
    double indent, width;      /* width without the indent, with what hangs out */
    double hang;               /* of the closing mark that stands in the margin, else 0 */
    bool last;                 /* of its paragraph: not spread */
} text_line;
typedef struct { text_line *at; int n; } text_lines;

/* ---- the press: paper_page.c ---------------------------------------------------------------- */

typedef struct press {
    arena *a;
    const view *paper;         /* plain and checked */
    paper_kind kind;
    bool english;
    cairo_surface_t *surface;
    cairo_t *cr;
    PangoContext *context;
    PangoLayout *layout;
    PangoFontDescription *font[FACES];
    GString *out;
    style body, small, cell;   /* 仿宋 text, notes, tables */
    double left, top, width, height; /* the type area of the page */
    double y;                  /* the next free line's upper edge */
    int page, pages;           /* pages: 0 while they are not known */
    bool wide, numbered;       /* the page lies; carries its number */
    bool too_long;             /* over PDF_PAGES_MAX: nothing more is drawn */
} press;

/* What it holds goes with the arena. */
MUST_CHECK err press_begin(press *pr, arena *a, const view *plain);
MUST_CHECK err press_end(press *pr, str *pdf);

void page_new(press *pr, bool wide);
void page_blank(press *pr);                 /* a page that carries no number */
double page_bottom(const press *pr);
double page_room(const press *pr);          /* from y to the bottom */
void page_need(press *pr, double height);   /* a new page unless there is room */
void page_snap(press *pr);                  /* y down to the grid of lines that ends at the foot */
void page_rule(press *pr, double x, double y, double width, double thick, const double ink[3]);

void text_fonts(press *pr);
text_lines text_break(press *pr, const style *st, str text, double width, double first,
                      double rest);
void text_put(press *pr, const style *st, const text_line *l, double x, double y, double width);
double text_width(press *pr, const style *st, str text); /* of one line */
/* One line at (x, y), not broken but set narrow if it is wider than the width; returns how wide. */
double text_one(press *pr, const style *st, str text, double x, double y, double width);

/* Flows over pages. `tail` points must fit under its end, with at least two of its lines. */
void flow_text(press *pr, const style *st, str text, double first, double rest, double tail);
void flow_blocks(press *pr, const view *blocks, double tail);
void flow_title(press *pr, str title, double size);
void flow_table(press *pr, const view *table, double tail);
void flow_facts(press *pr, const view *facts, int pairs, double tail);

void head_put(press *pr);                   /* what stands over the body: paper_head.c */
void foot_put(press *pr);                   /* 版记, code and hash: paper_foot.c */
double sign_height(press *pr);              /* attachments, signature, date, remark: paper_foot.c */
void sign_put(press *pr);
void annexes_put(press *pr);

#endif
