/* SPDX-License-Identifier: Apache-2.0 */
/* paper_page.c: the press: the PDF surface, pages with their type area and numbers, the grid. */
#include "format/paper.h"

#include "format/pdf.h"

#include <cairo-pdf.h>

/* GB/T 9704-2012: A4, head 37 mm, binding edge 28 mm, type area 156 × 225 mm, 22 lines of 28
 * characters. A form is ours: it holds more. */
static const double PAGE_W = 210 * MM, PAGE_H = 297 * MM;
enum { LINES = 22, CHARACTERS = 28 };

/* ---- pages ---------------------------------------------------------------------------------- */

double page_bottom(const press *pr) { return pr->top + pr->height; }
double page_room(const press *pr) { return page_bottom(pr) - pr->y + 0.1; }

void page_rule(press *pr, double x, double y, double width, double thick, const double ink[3])
{
    cairo_set_source_rgb(pr->cr, ink[0], ink[1], ink[2]);
    cairo_rectangle(pr->cr, x, y, width, thick);
    cairo_fill(pr->cr);
}

/* "— 7 —" in 4号 宋体, its dash 7 mm below the type area, one character in from the outer edge: odd
 * pages right, even left. On a page that lies it stays where the bound volume has it: the table's
 * head is at the left of the upright page, so the number stands at the left, turned. */
static void put_official_number(press *pr)
{
    style st = {.face = FACE_SONG, .size = 14, .pitch = 14,
                .align = pr->page % 2 ? ALIGN_RIGHT : ALIGN_LEFT};
    str number = str_fmt(pr->a, "— %d —", pr->page);
    double left = 28 * MM + 14, width = 156 * MM - 28, y = 262 * MM + 7 * MM - 14 * 0.49;
    cairo_save(pr->cr);
    if (pr->wide) {            /* the upright page's (x, y) stands at (PAGE_H − y, x) */
        cairo_translate(pr->cr, PAGE_H, 0);
        cairo_rotate(pr->cr, G_PI / 2);
    }
    text_one(pr, &st, number, left, y, width);
    cairo_restore(pr->cr);
}

/* A loose sheet of a form must say what it belongs to and how many there are. */
static void put_form_number(press *pr)
{
    style st = {.face = FACE_SONG, .size = 9, .pitch = 12, .ink = {0.3, 0.3, 0.3}};
    double y = page_bottom(pr) + 4 * MM;
    str of = str_fmt(pr->a, pr->english ? "Page %d of %d" : "第 %d 页，共 %d 页", pr->page,
                     pr->pages ? pr->pages : pr->page);
    st.align = ALIGN_RIGHT;
    text_one(pr, &st, of, pr->left, y, pr->width);
    st.align = ALIGN_LEFT;
    text_one(pr, &st, view_get_text(pr->paper, S("number")), pr->left, y, pr->width);
}

/* The number is drawn last: what reads the page aloud meets the text first. */
static void page_close(press *pr)
{
    if (pr->numbered && pr->kind == PAPER_FORM)
        put_form_number(pr);
    else if (pr->numbered)
        put_official_number(pr);
    pr->numbered = false;
    if (pr->page > 0)
        cairo_show_page(pr->cr);
}

static void set_area(press *pr, bool wide)
{
    pr->wide = wide;
    if (pr->kind == PAPER_FORM) {
        pr->left = 22 * MM;
        pr->top = 20 * MM;
        pr->width = (wide ? PAGE_H : PAGE_W) - 44 * MM;
        pr->height = (wide ? PAGE_W : PAGE_H) - 42 * MM;
    } else if (wide) {         /* the upright area turned, its head at the left edge */
        pr->left = 35 * MM;
        pr->top = 28 * MM;
        pr->width = 225 * MM;
        pr->height = 156 * MM;
    } else {
        pr->left = 28 * MM;
        pr->top = 37 * MM;
        pr->width = 156 * MM;
        pr->height = 225 * MM;
    }
    pr->y = pr->top;
}

void page_blank(press *pr)
{
    page_close(pr);
    pr->page++;
    cairo_pdf_surface_set_size(pr->surface, PAGE_W, PAGE_H);
    set_area(pr, false);
}

void page_new(press *pr, bool wide)
{
    if (pr->page >= PDF_PAGES_MAX) {
        pr->too_long = true;
        pr->y = pr->top;
        return;
    }
    page_blank(pr);
    if (wide) {
        cairo_pdf_surface_set_size(pr->surface, PAGE_H, PAGE_W);
        set_area(pr, true);
    }
    pr->numbered = pr->kind != PAPER_LETTER || pr->page > 1; /* a letter's first page shows none */
}

void page_need(press *pr, double height)
{
    if (height > page_room(pr) && pr->y > pr->top + 0.1)
        page_new(pr, pr->wide);
}

void page_snap(press *pr)
{
    if (pr->kind == PAPER_FORM || pr->wide)
        return;                /* no grid there */
    double whole = (double)(int)((page_room(pr) - 0.1) / pr->body.pitch + 0.02);
    pr->y = page_bottom(pr) - whole * pr->body.pitch;
}

/* ---- begin and end -------------------------------------------------------------------------- */

static cairo_status_t take_bytes(void *out, const unsigned char *bytes, unsigned n)
{
    GString *to = out; /* not the arena: its jump must not cross cairo */
    if (to->len + n > PDF_BYTES_MAX)
        return CAIRO_STATUS_WRITE_ERROR;
    g_string_append_len(to, (const char *)bytes, n);
    return CAIRO_STATUS_SUCCESS;
}

static void press_drop(void *what)
{
    press *pr = what;
    for (int f = 0; f < FACES; f++)
        if (pr->font[f])
            pango_font_description_free(pr->font[f]);
    g_clear_object(&pr->layout);
    g_clear_object(&pr->context);
    if (pr->cr)
        cairo_destroy(pr->cr);
    if (pr->surface)
        cairo_surface_destroy(pr->surface);
    if (pr->out)
        g_string_free(pr->out, TRUE);
    *pr = (press){0};
}

static void put_property(press *pr, cairo_pdf_metadata_t which, str s)
{
    cairo_pdf_surface_set_metadata(pr->surface, which, str_z(pr->a, s));
}

/* Cairo would write the time of making; the paper's own day stands there instead, so that the
 * same paper is the same bytes. Without a day there is none. */
static void put_properties(press *pr)
{
    str day = view_get_text(pr->paper, S("date"));
    str at = day.n == 10 ? str_join(pr->a, day, S("T00:00:00+08:00")) : S("");
    put_property(pr, CAIRO_PDF_METADATA_TITLE,
                 str_replace(pr->a, view_get_text(pr->paper, S("title")), S("\n"), S("")));
    put_property(pr, CAIRO_PDF_METADATA_AUTHOR, view_get_text(pr->paper, S("issuer")));
    put_property(pr, CAIRO_PDF_METADATA_SUBJECT, view_get_text(pr->paper, S("number")));
    put_property(pr, CAIRO_PDF_METADATA_CREATOR, S("Lingfei"));
    put_property(pr, CAIRO_PDF_METADATA_CREATE_DATE, at);
    put_property(pr, CAIRO_PDF_METADATA_MOD_DATE, at);
}

static void set_styles(press *pr)
{
    if (pr->kind == PAPER_FORM) {
        pr->body = (style){.face = FACE_SONG, .size = 12, .pitch = 20, .align = ALIGN_JUSTIFY};
        pr->small = (style){.face = FACE_SONG, .size = 9, .pitch = 14, .align = ALIGN_JUSTIFY};
        pr->cell = (style){.face = FACE_SONG, .size = 10, .pitch = 15};
    } else {
        pr->body = (style){.face = FACE_FANG, .size = 16, .pitch = 225 * MM / LINES,
                           .advance = 156 * MM / CHARACTERS, .align = ALIGN_JUSTIFY};
        pr->small = (style){.face = FACE_FANG, .size = 12, .pitch = 20, .align = ALIGN_JUSTIFY};
        pr->cell = (style){.face = FACE_SONG, .size = 10.5, .pitch = 15.5};
    }
    if (pr->english)
        pr->body.advance = 0;
}

static void open_context(press *pr)
{
    pr->context = pango_cairo_create_context(pr->cr);
    pango_cairo_context_set_resolution(pr->context, 72); /* a unit is a point */
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(pr->context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(pr->context, FALSE);
    pango_context_set_base_dir(pr->context, PANGO_DIRECTION_LTR);
    /* 汉字 as China writes them, and full-width “ ”: never by the server's locale */
    pango_context_set_language(pr->context,
                               pango_language_from_string(pr->english ? "en" : "zh-cn"));
    pr->layout = pango_layout_new(pr->context);
    pango_layout_set_auto_dir(pr->layout, FALSE);
    pango_layout_set_single_paragraph_mode(pr->layout, TRUE);
    PangoAttrList *attrs = pango_attr_list_new();
    pango_attr_list_insert(attrs, pango_attr_font_features_new("tnum=1")); /* columns of figures */
    pango_layout_set_attributes(pr->layout, attrs);
    pango_attr_list_unref(attrs);
}

err press_begin(press *pr, arena *a, const view *plain)
{
    *pr = (press){.a = a, .paper = plain, .kind = paper_kind_of(plain),
                  .english = paper_is_english(plain)};
    arena_cleanup(a, press_drop, pr);
    pr->out = g_string_new(NULL);
    pr->surface = cairo_pdf_surface_create_for_stream(take_bytes, pr->out, PAGE_W, PAGE_H);
    pr->cr = cairo_create(pr->surface);
    if (cairo_status(pr->cr) != CAIRO_STATUS_SUCCESS)
        return err_of(ERR_FAULT, "", N_("The PDF could not be made."));
    put_properties(pr);
    set_styles(pr);
    open_context(pr);
    text_fonts(pr);
    return NO_ERR;
}

err press_end(press *pr, str *pdf)
{
    page_close(pr);
    cairo_surface_finish(pr->surface);
    cairo_status_t status = cairo_status(pr->cr) ? cairo_status(pr->cr)
                                                 : cairo_surface_status(pr->surface);
    err e = NO_ERR;
    if (pr->too_long || status == CAIRO_STATUS_WRITE_ERROR)
        e = err_of(ERR_LARGE, "", N_("The paper is too long for one PDF."));
    else if (status != CAIRO_STATUS_SUCCESS)
        e = err_of(ERR_FAULT, "", N_("The PDF could not be made."));
    else if (pdf)
        *pdf = str_dup(pr->a, (str){pr->out->str, (size)pr->out->len});
    g_string_truncate(pr->out, 0);
    return e;
}
