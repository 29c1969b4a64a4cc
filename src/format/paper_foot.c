/* SPDX-License-Identifier: Apache-2.0 */
/* paper_foot.c: what ends a paper: attachments, signature and date, 版记, the code and the hash. */
#include "format/paper.h"

#include <qrencode.h>

static const double BLACK[3] = {0};

/* ---- 附件说明 ----------------------------------------------------------------------------------- */

static str attachments_word(const press *pr) { return pr->english ? S("Attachments: ") : S("附件："); }

static double em(const press *pr)
{
    return pr->body.advance > 0 ? pr->body.advance : pr->body.size;
}

/* Puts (or only counts) the lines; names of several lines align under their first character. */
static int attachments(press *pr, bool put)
{
    const view *items = view_get(pr->paper, S("attachments"));
    style st = pr->body;
    st.align = ALIGN_LEFT;
    str word = attachments_word(pr);
    double at = 2 * em(pr) + text_width(pr, &st, word);
    int n = 1, lines = 0;
    for (const view *v = items ? items->first : NULL; v; v = v->next, n++) {
        str number = items->n > 1 ? str_fmt(pr->a, pr->english ? "%d. " : "%d.", n) : S("");
        double in = at + text_width(pr, &st, number);
        text_lines l = text_break(pr, &st, v->s, pr->width - in, 0, 0);
        for (int i = 0; i < l.n && put; i++) {
            page_need(pr, st.pitch);
            if (n == 1 && i == 0)
                text_one(pr, &st, word, pr->left + 2 * em(pr), pr->y, pr->width);
            if (i == 0)
                text_one(pr, &st, number, pr->left + at, pr->y, pr->width);
            text_put(pr, &st, &l.at[i], pr->left + in, pr->y, pr->width - in);
            pr->y += st.pitch;
        }
        lines += l.n;
    }
    return lines;
}

/* ---- signature ------------------------------------------------------------------------------ */

static int lines_of(str s)
{
    int n = 0;
    str part;
    while (s.n && str_split(&s, '\n', &part))
        n++;
    return n;
}

/* Empty lines over the signature: the seal (42 mm) then stands over name and date with its upper
 * edge less than a line below the text. */
static int empty_lines(const press *pr) { return pr->kind == PAPER_FORM ? 1 : 2; }

double sign_height(press *pr)
{
    int n = attachments(pr, false), signers = lines_of(view_get_text(pr->paper, S("signer")));
    double lines = n ? n + 1 : 0;
    if (signers)
        lines += empty_lines(pr) + signers + 1 + (view_get_text(pr->paper, S("seal")).n > 0);
    if (view_get_text(pr->paper, S("remark")).n)
        lines += 1;
    return lines * pr->body.pitch;
}

/* The date ends 4 characters before the edge; the names are centred over it. */
static void put_signature(press *pr, str signer)
{
    style st = pr->body;
    st.align = ALIGN_LEFT;
    str date = paper_date(pr->a, view_get_text(pr->paper, S("date")), pr->english), name;
    double right = pr->left + pr->width, most = pr->width - 4 * em(pr);
    double w = text_width(pr, &st, date);
    w = w < most ? w : most;
    double middle = right - 4 * em(pr) - w / 2;
    page_need(pr, (lines_of(signer) + 1) * st.pitch);
    while (str_split(&signer, '\n', &name)) {
        double v = text_width(pr, &st, name);
        v = v < pr->width ? v : pr->width;
        double x = middle - v / 2;
        if (x + v > right)
            x = right - v;
        text_one(pr, &st, name, x, pr->y, v);
        pr->y += st.pitch;
    }
    text_one(pr, &st, date, middle - w / 2, pr->y, w);
    pr->y += st.pitch;
    str seal = view_get_text(pr->paper, S("seal"));
    if (seal.n) {
        style small = {.face = FACE_FANG, .size = 10.5, .pitch = st.pitch, .ink = {0.4, 0.4, 0.4}};
        double v = text_width(pr, &small, seal);
        text_one(pr, &small, seal, middle - v / 2, pr->y, v);
        pr->y += st.pitch;
    }
}

void sign_put(press *pr)
{
    double pitch = pr->body.pitch;
    str signer = view_get_text(pr->paper, S("signer"));
    const view *items = view_get(pr->paper, S("attachments"));
    if (items && items->n > 0) {
        if (pr->y > pr->top + 0.1)
            pr->y += pitch;
        attachments(pr, true);
    }
    if (signer.n) {
        pr->y += empty_lines(pr) * pitch;
        put_signature(pr, signer);
    }
    str remark = view_get_text(pr->paper, S("remark"));
    if (remark.n)
        flow_text(pr, &pr->body,
                  str_fmt(pr->a, pr->english ? "(" SF ")" : "（" SF "）", SA(remark)), 2 * em(pr),
                  0, 0);
}

/* ---- code and hash -------------------------------------------------------------------------- */

static const double CODE = 21 * MM;

static bool has_code(const press *pr)
{
    return view_get(pr->paper, S("qr")) || view_get_text(pr->paper, S("verify")).n;
}

static void put_code(press *pr, str text, double x, double y)
{
    QRcode *code = text.n ? QRcode_encodeString8bit(str_z(pr->a, text), 0, QR_ECLEVEL_M) : NULL;
    if (!code)
        return;                /* longer than a code can hold: the caption and the hash are there */
    double module = CODE / code->width;
    cairo_set_source_rgb(pr->cr, 0, 0, 0);
    for (int i = 0; i < code->width; i++) {
        for (int j = 0, k; j < code->width; j = k + 1) {
            for (k = j; k < code->width && code->data[i * code->width + k] & 1; k++)
                ;
            if (k > j)
                cairo_rectangle(pr->cr, x + j * module, y + i * module, (k - j) * module, module);
        }
    }
    cairo_fill(pr->cr);
    QRcode_free(code);
}

/* From `in` to `out` points inside the edges of the type area. */
static void put_code_and_hash(press *pr, double y, double in, double out)
{
    const view *qr = view_get(pr->paper, S("qr"));
    style st = {.face = FACE_SONG, .size = 9, .pitch = 13, .align = ALIGN_LEFT,
                .ink = {0.25, 0.25, 0.25}};
    style mono = st;
    mono.face = FACE_MONO;
    mono.size = 7.5;
    str code = qr ? view_get_text(qr, S("text")) : S("");
    double x = code.n ? CODE + 4 * MM : 0, at = y + 4;
    double left = pr->left + in, width = pr->width - in - (in > 0 ? 0 : out) - x;
    put_code(pr, code, left, y);
    str texts[] = {qr ? view_get_text(qr, S("caption")) : S(""),
                   view_get_text(pr->paper, S("verify"))};
    for (size t = 0; t < countof(texts); t++) {
        const style *as = t ? &mono : &st;
        text_lines l = text_break(pr, as, texts[t], width, 0, 0);
        for (int i = 0; texts[t].n && i < l.n && at + as->pitch <= y + CODE + 8; i++) {
            text_put(pr, as, &l.at[i], left + x, at, width);
            at += as->pitch;
        }
    }
}

/* ---- 版记 ------------------------------------------------------------------------------------- */

/* 4号 仿宋, at the foot of the last page, which is even; lines of 0.35, 0.25, 0.35 mm. A letter's
 * has neither lines nor printer and stands on its last page. */
struct record { style st; str copy; text_lines lines; double word, height; bool ruled, printed; };

static struct record record_of(press *pr)
{
    struct record r = {.copy = view_get_text(pr->paper, S("copy")),
                       .ruled = pr->kind != PAPER_LETTER && pr->kind != PAPER_FORM};
    r.st = (style){.face = FACE_FANG, .size = 14, .pitch = 22, .align = ALIGN_JUSTIFY};
    if (pr->kind == PAPER_FORM)
        r.st.size = 10.5, r.st.pitch = 16;
    str word = pr->english ? S("Copy to: ") : S("抄送：");
    r.printed = r.ruled && view_get(pr->paper, S("printed"));
    r.word = text_width(pr, &r.st, word);
    if (r.copy.n)
        r.lines = text_break(pr, &r.st, r.copy, pr->width - 2 * r.st.size - r.word, 0, 0);
    r.height = (r.lines.n + r.printed) * r.st.pitch + (r.ruled ? 6 : 0);
    if (!r.lines.n && !r.printed)
        r.height = 0;
    return r;
}

static void put_record(press *pr, const struct record *r)
{
    double y = page_bottom(pr) - r->height, x = pr->left + r->st.size;
    double room = pr->width - 2 * r->st.size;
    if (r->ruled)
        page_rule(pr, pr->left, y, pr->width, 0.35 * MM, BLACK);
    y += r->ruled ? 2 : 0;
    if (r->lines.n)
        text_one(pr, &r->st, pr->english ? S("Copy to: ") : S("抄送："), x, y, room);
    for (int i = 0; i < r->lines.n; i++, y += r->st.pitch)
        text_put(pr, &r->st, &r->lines.at[i], x + r->word, y, room - r->word);
    if (r->ruled && r->lines.n && r->printed)
        page_rule(pr, pr->left, y + 1, pr->width, 0.25 * MM, BLACK);
    y += r->lines.n && r->printed ? 2 : 0;
    if (r->printed) {
        const view *p = view_get(pr->paper, S("printed"));
        str day = paper_date(pr->a, view_get_text(p, S("date")), pr->english);
        style right = r->st;
        right.align = ALIGN_RIGHT;
        text_one(pr, &r->st, view_get_text(p, S("by")), x, y, room);
        day = str_fmt(pr->a, pr->english ? "Issued " SF : SF "印发", SA(day));
        if (view_get_text(p, S("date")).n)
            text_one(pr, &right, day, x, y, room);
    }
    if (r->ruled)
        page_rule(pr, pr->left, page_bottom(pr) - 0.35 * MM, pr->width, 0.35 * MM, BLACK);
}

static bool may_hold(const press *pr, const struct record *r)
{
    return !pr->wide && (!r->ruled || pr->page % 2 == 0);
}

/* Where there is no room on the last page of text the code stands in its lower margin, on the side
 * away from the page number: it costs no page. A letter's red line and a lying page leave none. */
static bool margin_is_free(const press *pr)
{
    return pr->kind != PAPER_FORM && !pr->wide && !(pr->kind == PAPER_LETTER && pr->page == 1);
}

static void place_code(press *pr, const struct record *r)
{
    double high = CODE + 12, under = 0, line = pr->body.pitch / 2;
    if (page_room(pr) < high && margin_is_free(pr)) {
        put_code_and_hash(pr, page_bottom(pr) + 4 * MM, pr->page % 2 ? 0 : 28 * MM, 28 * MM);
        return;
    }
    page_need(pr, high);
    if (r->height > 0 && may_hold(pr, r) && page_room(pr) >= high + r->height + line)
        under = r->height + line;
    put_code_and_hash(pr, page_bottom(pr) - under - high + 8, 0, 0);
    pr->y = page_bottom(pr) - under;
}

void foot_put(press *pr)
{
    struct record r = record_of(pr);
    if (has_code(pr))
        place_code(pr, &r);
    if (r.height <= 0)
        return;
    if (!may_hold(pr, &r) || page_room(pr) < r.height + pr->body.pitch / 2) {
        do                     /* an empty page and the page of the 版记 carry no number */
            page_blank(pr);
        while (r.ruled && pr->page % 2);
    }
    put_record(pr, &r);
}
