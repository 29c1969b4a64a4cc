/* SPDX-License-Identifier: Apache-2.0 */
/* paper_text.c: text into lines and lines onto the page, as Chinese official papers set them.
 *
 * Pango shapes; the lines are broken and spread here, because pango spreads a line over its spaces
 * only (one Latin space in a Chinese line would take all of it) and hangs no punctuation.
 */
#include "format/paper.h"
#include "format/pdf.h"

/* The first family that is installed is used; `bold` where it stands in for a heavier face. */
static const struct { const char *family; bool bold; } faces[FACES][7] = {
    [FACE_FANG] = {{"FangSong_GB2312"}, {"FangSong"}, {"FZFangSong-Z02S"}, {"STFangsong"},
                   {"Noto Serif CJK SC"}, {"Source Han Serif SC"}},
    [FACE_SONG] = {{"SimSun"}, {"NSimSun"}, {"STSong"}, {"Noto Serif CJK SC"},
                   {"Source Han Serif SC"}},
    [FACE_TITLE] = {{"FZXiaoBiaoSong-B05S"}, {"FZXiaoBiaoSong-B05"}, {"方正小标宋简体"},
                    {"Noto Serif CJK SC", true}, {"Source Han Serif SC", true}},
    [FACE_HEI] = {{"SimHei"}, {"STHeiti"}, {"Noto Sans CJK SC", true},
                  {"Source Han Sans SC", true}},
    [FACE_KAI] = {{"KaiTi_GB2312"}, {"KaiTi"}, {"STKaiti"}, {"Noto Serif CJK SC", true},
                  {"Source Han Serif SC", true}},
    [FACE_MONO] = {{"DejaVu Sans Mono"}, {"Noto Sans Mono CJK SC"}, {"monospace"}},
};

void text_fonts(press *pr)
{
    PangoFontMap *map = pango_context_get_font_map(pr->context);
    for (int f = 0; f < FACES; f++) {
        int k = 0;
        while (faces[f][k + 1].family && !pango_font_map_get_family(map, faces[f][k].family))
            k++;
        pr->font[f] = pango_font_description_new();
        pango_font_description_set_family_static(pr->font[f], faces[f][k].family);
        if (faces[f][k].bold)
            pango_font_description_set_weight(pr->font[f], PANGO_WEIGHT_BOLD);
    }
}

const char *paper_font_missing(void)
{
    PangoFontMap *map = pango_cairo_font_map_get_default();
    for (int f = 0; f < FACES; f++) {
        int k = 0;
        while (faces[f][k].family && !pango_font_map_get_family(map, faces[f][k].family)) k++;
        if (!faces[f][k].family) return faces[f][0].family;
    }
    return NULL;
}

static PangoLayoutLine *shape_line(press *pr, const style *st, str s)
{
    PangoFontDescription *font = pr->font[st->face];
    pango_font_description_set_absolute_size(font, st->size * PANGO_SCALE);
    pango_layout_set_font_description(pr->layout, font);
    pango_layout_set_text(pr->layout, s.n ? s.p : "", (int)s.n);
    return pango_layout_get_line(pr->layout, 0);
}

/* Chinese characters and full-width marks are as wide as they are high; some marks that Unicode
 * calls ambiguous (“ — …) are too in a Chinese font, so the font is asked, not the table. */
static bool is_square(const style *st, double width)
{
    return width > st->size * 0.985 && width < st->size * 1.015;
}

static bool has(const char *set, uint32_t c)
{
    str rest = str_of(set);
    while (rest.n)
        if (str_next_char(&rest) == c)
            return true;
    return false;
}
static bool may_hang(uint32_t c) { return has("，。、；：！？”’）》」』】〉〕", c); }
static bool is_han(uint32_t c)
{
    return (c >= 0x2E80 && c < 0xA000 && c != 0x3000) || c >= 0x20000;
}

/* ---- breaking ------------------------------------------------------------------------------- */

/* One paragraph as its code points: where each begins, how wide it is (0 inside a cluster). */
struct run { str text; int n; uint32_t *c; size *at; double *width; const PangoLogAttr *log;
             bool whole_words; };

static void measure_clusters(PangoLayoutLine *shaped, const style *st, double *at_byte)
{
    for (GSList *r = shaped->runs; r; r = r->next) {
        PangoGlyphItem *item = r->data;
        PangoGlyphItemIter it;
        gboolean more = pango_glyph_item_iter_init_start(
            &it, item, pango_layout_get_text(shaped->layout));
        for (; more; more = pango_glyph_item_iter_next_cluster(&it)) {
            int step = it.start_glyph < it.end_glyph ? 1 : -1;
            double width = 0;
            for (int g = it.start_glyph; g != it.end_glyph; g += step)
                width += item->glyphs->glyphs[g].geometry.width / (double)PANGO_SCALE;
            if (st->advance > 0 && is_square(st, width))
                width += st->advance - st->size;
            at_byte[it.start_index] = width;
        }
    }
}

static struct run run_of(press *pr, const style *st, str text)
{
    struct run r = {.text = text, .n = (int)str_chars(text), .whole_words = st->face == FACE_TITLE};
    r.c = new_n(pr->a, uint32_t, r.n + 1);
    r.at = new_n(pr->a, size, r.n + 1);
    r.width = new_n(pr->a, double, r.n + 1);
    double *at_byte = new_n(pr->a, double, text.n + 1);
    measure_clusters(shape_line(pr, st, text), st, at_byte);
    str rest = text;
    for (int i = 0; i < r.n; i++) {
        r.at[i] = text.n - rest.n;
        r.width[i] = at_byte[r.at[i]];
        r.c[i] = str_next_char(&rest);
    }
    r.at[r.n] = text.n;
    int attrs;
    r.log = pango_layout_get_log_attrs_readonly(pr->layout, &attrs);
    assert(attrs == r.n + 1);
    return r;
}

/* 回行时词意完整: a title does not part these words. There is no dictionary here; they are what the
 * titles of this platform are made of. */
static const char words[] =
    "关于 科技 服务 补贴 资金 申报 材料 企业 机构 高新 技术 园区 产业 创新 联盟 财政 管理 委员 员会 批次 公示 名单 "
    "报告 请示 奖励 认定 知识 识产 产权 支持 拨付 明细 清单 情况 初审 审核 受理 补正 通知 决定 意见 年度 资格 审查 "
    "考评 公告 回执 协议 备案 项目 专项 实施 办法 发展 促进 批复 商请 申请 材料 科学 示范 政府 大连";

static bool is_inside_word(const struct run *r, int i)
{
    str pair = {r->text.p + r->at[i - 1], (i + 1 < r->n ? r->at[i + 1] : r->text.n) - r->at[i - 1]};
    bool figure = (r->c[i - 1] < 0x80) != (r->c[i] < 0x80); /* 2018|年 */
    return (figure && has("年月日号〔〕第", r->c[i] < 0x80 ? r->c[i - 1] : r->c[i]))
           || (pair.n == 6 && str_find(str_of(words), pair) >= 0);
}

/* May a line end before character i? Unicode's rules (no closing mark first, no opening one last)
 * leave Chinese quotes alone; in Chinese text “ opens and ” closes, so these may be parted from
 * the characters outside them. */
static bool may_break(const struct run *r, int i)
{
    if (i <= 0 || i >= r->n)
        return i == r->n;
    uint32_t x = r->c[i - 1], y = r->c[i];
    if (r->whole_words && is_inside_word(r, i))
        return false;
    if (r->log[i].is_line_break)
        return true;
    if ((y == 0x201C || y == 0x2018) && is_han(x))
        return !has("（《“‘「『【〈〔", x);
    if ((x == 0x201D || x == 0x2019) && is_han(y))
        return !may_hang(y);
    return false;
}

/* The end of the line that begins at character `from`; *width without blanks at its end. */
static int line_end(const struct run *r, int from, double limit, double *width, double *hang)
{
    double w = 0, inked = 0, out = 0;
    int cut = -1, i = from;
    *width = *hang = 0;
    for (; i < r->n; i++) {
        bool blank = r->c[i] == ' ';
        double next = w + r->width[i];
        bool hangs = !blank && next > limit + 0.05 && w <= limit + 0.05 && i > from
                     && may_hang(r->c[i]) && may_break(r, i + 1);
        if (next > limit + 0.05 && !blank && !hangs)
            break;
        w = next;
        out = hangs ? r->width[i] : out;
        inked = blank ? inked : w;
        if (may_break(r, i + 1)) {
            cut = i + 1;
            *width = inked;
            *hang = out;
        }
        if (hangs)
            limit = -1;      /* nothing but blanks after it */
    }
    if (cut > from)
        return cut;
    /* no place to break: a very long word is cut between characters */
    cut = i > from ? i : from + 1;
    while (cut > from + 1 && !r->log[cut].is_char_break)
        cut--;
    while (cut < r->n && !r->log[cut].is_char_break)
        cut++;
    for (int k = from; k < cut; k++)
        *width += r->width[k];
    return cut;
}

struct growing { text_line *at; int n, cap; };

static void add_line(press *pr, struct growing *g, text_line l)
{
    if (g->n == g->cap) {
        int cap = g->cap ? 2 * g->cap : 2;
        text_line *more = new_n(pr->a, text_line, cap);
        if (g->n)
            memcpy(more, g->at, (size_t)g->n * sizeof *more);
        g->at = more;
        g->cap = cap;
    }
    g->at[g->n++] = l;
}

static void break_paragraph(press *pr, const style *st, str text, double width, double first,
                            double rest, struct growing *out)
{
    struct run r = run_of(pr, st, text);
    int from = 0;
    do {
        text_line l = {.indent = from == 0 ? first : rest};
        while (from > 0 && from < r.n && r.c[from] == ' ')
            from++;
        if (from > 0 && from == r.n)
            break;
        double limit = width - l.indent > st->size ? width - l.indent : st->size;
        int end = r.n ? line_end(&r, from, limit, &l.width, &l.hang) : 0;
        size to = r.at[end];
        while (to > r.at[from] && text.p[to - 1] == ' ')
            to--;
        l.text = (str){text.p + r.at[from], to - r.at[from]};
        l.last = end >= r.n;
        add_line(pr, out, l);
        from = end;
    } while (from < r.n);
}

text_lines text_break(press *pr, const style *st, str text, double width, double first, double rest)
{
    struct growing out = {0};
    str paragraph;
    if (text.n == 0)
        break_paragraph(pr, st, text, width, first, rest, &out);
    while (str_split(&text, '\n', &paragraph))
        break_paragraph(pr, st, paragraph, width, first, rest, &out);
    return (text_lines){out.at, out.n};
}

/* ---- drawing -------------------------------------------------------------------------------- */

/* What is done to the clusters of a line, in the order they stand: counted first, then spread. */
struct spread {
    const style *st;
    double each;               /* added at each place that may grow */
    int places;
    PangoGlyphInfo *before;    /* the last glyph of the cluster before */
    bool before_wide, apply;
    size stop;                 /* no place from this byte on: the mark that hangs */
};

static void spread_cluster(struct spread *s, PangoGlyphItem *item, const PangoGlyphItemIter *it)
{
    int step = it->start_glyph < it->end_glyph ? 1 : -1;
    double width = 0;
    for (int g = it->start_glyph; g != it->end_glyph; g += step)
        width += item->glyphs->glyphs[g].geometry.width / (double)PANGO_SCALE;
    bool blank = it->text[it->start_index] == ' ';
    bool wide = is_square(s->st, width);
    bool here = s->before && (s->before_wide || wide) && it->start_index < s->stop;
    if (here && s->apply)
        s->before->geometry.width += (int)(s->each * PANGO_SCALE);
    s->places += here;
    if (s->apply && wide && s->st->advance > 0)
        item->glyphs->glyphs[it->end_glyph - step].geometry.width +=
            (int)((s->st->advance - s->st->size) * PANGO_SCALE);
    bool right_to_left = item->item->analysis.level % 2;
    s->before = right_to_left ? NULL : &item->glyphs->glyphs[it->end_glyph - step];
    s->before_wide = wide || blank;
}

static void spread_line(PangoLayoutLine *line, struct spread *s)
{
    s->places = 0;
    s->before = NULL;
    for (GSList *r = line->runs; r; r = r->next) {
        PangoGlyphItemIter it;
        gboolean more = pango_glyph_item_iter_init_start(&it, r->data,
                                                         pango_layout_get_text(line->layout));
        for (; more; more = pango_glyph_item_iter_next_cluster(&it))
            spread_cluster(s, r->data, &it);
    }
}

void text_put(press *pr, const style *st, const text_line *l, double x, double y, double width)
{
    PangoLayoutLine *line = shape_line(pr, st, l->text);
    double room = width - l->indent - (l->width - l->hang);
    struct spread s = {.st = st, .stop = l->hang > 0 ? l->text.n - 1 : l->text.n};
    while (l->hang > 0 && s.stop > 0 && ((unsigned char)l->text.p[s.stop] & 0xC0) == 0x80)
        s.stop--;
    x += l->indent;
    if (st->align == ALIGN_JUSTIFY && !l->last && room > 0) {
        spread_line(line, &s);
        s.each = s.places ? room / s.places : 0;
        if (s.each > st->size * 0.8)     /* a hole, not a spread line */
            s.each = 0;
    }
    if (st->align == ALIGN_CENTER)
        x += room / 2;
    if (st->align == ALIGN_RIGHT)
        x += room;
    s.apply = true;
    spread_line(line, &s);
    cairo_set_source_rgb(pr->cr, st->ink[0], st->ink[1], st->ink[2]);
    cairo_move_to(pr->cr, x, y + (st->pitch - st->size) / 2 + st->size * 0.86);
    pango_cairo_show_layout_line(pr->cr, line);
}

double text_width(press *pr, const style *st, str text)
{
    struct run r = run_of(pr, st, text);
    double width = 0;
    for (int i = 0; i < r.n; i++)
        width += r.width[i];
    return width;
}

double text_one(press *pr, const style *st, str text, double x, double y, double width)
{
    text_line l = {.text = text, .width = text_width(pr, st, text), .last = true};
    if (l.width <= width + 0.5 || width <= 0) {
        text_put(pr, st, &l, x, y, width);
        return l.width;
    }
    cairo_save(pr->cr);        /* what must be one line and is too long is set narrow */
    cairo_translate(pr->cr, x, y);
    cairo_scale(pr->cr, width / l.width, 1);
    text_put(pr, st, &l, 0, 0, l.width);
    cairo_restore(pr->cr);
    return width;
}
