/* SPDX-License-Identifier: Apache-2.0 */
/* pdf.h: a paper (official paper, letter, notice, form) from its description into PDF bytes.
 *
 * The server never lays out text itself: pango, cairo and the CJK fonts take some 140 MB and read
 * text that strangers wrote. pdf_in_child starts this same program again with the one argument
 * `pdf-worker`, hands it the description as JSON on standard input and takes the PDF from its
 * standard output. doc/decisions/0001-pdf-in-a-child.md says why.
 *
 * The same description gives the same bytes (the only date inside is the paper's own), so the
 * SHA-256 of a paper can be kept and the paper made again. It holds for one release of cairo and of
 * the fonts: what was issued is kept as a file, not made anew.
 *
 * ---- the description --------------------------------------------------------------------------
 * A map. A text may also be a number, day, instant, money or code: money is written 12,345.00, a
 * day 2018-11-05 in cells, an instant 2018-11-05 14:30 (Beijing). Control and direction characters
 * are dropped; "\n" begins a new line. Unknown keys are refused, so that a slip is not silent.
 *
 *   kind         "official" red issuer mark, number, red line, title: GB/T 9704-2012 section 7
 *                "letter"   函, the letter format of its section 10.1: double red lines
 *                "plain"    the official text layout without red head: public notices
 *                "form"     receipts, claims, lists: 12 pt, "page n of m", issuer and number small
 *   lang         "zh-CN" (default) or "en": the fixed words (附件, 抄送, 印发, page n) and the date
 *   issuer       发文机关; the red mark, and the author in the PDF's properties
 *   mark         the red mark if it is not the issuer: "…科技创新局文件"
 *   number       "大高新科〔2018〕12号"
 *   approver     签发人 of an upward document: the number then stands left and this right
 *   secret, urgent   密级, 紧急程度: top left
 *   title        "\n" breaks it by meaning; else long ones are balanced over their lines
 *   to           主送, without the colon
 *   body         list of blocks, below
 *   attachments  list of texts: 附件说明 after the body
 *   signer       发文机关署名 over the date; absent: neither is drawn ("form" shows no date then)
 *   date         day (a day, or "2018-11-05"): 成文日期, and the only date in the PDF's properties
 *   seal         small text under the date: "（盖章）"
 *   remark       附注: "此件公开发布" (the brackets are added)
 *   annexes      list of {title, wide: true for landscape, body: blocks}: each on a new page
 *   copy         抄送: what stands after the word, at the foot of the last (even) page
 *   printed      {by, date}: 印发机关 and 印发日期; stands with `copy` (版记)
 *   qr           {text, caption}: code at the foot of the last page of text
 *   verify       "SHA-256 …": small beside the code
 *
 * A block is a map with one of these keys (and the others named with it):
 *   p            paragraph, indented 2; align: "left" (not indented), "center", "right"
 *   h1 h2 h3     一、黑体 · （一）楷体 · 1. ; never the last line of a page
 *   list         list of texts: numbered 1. 2. 3. paragraphs
 *   note         small text, indented 2: 注：…
 *   table        {columns, rows, total, capitals, caption, unit}; no columns: not drawn
 *                columns: list of {title, align: "left" "center" "right", width: characters (0: by
 *                  its content), mono: true for hashes and codes, label: true for a heading column}
 *                rows: list of lists of cells, `total` one such list: bold; `capitals` a line
 *                  below it over the whole width: "合计（大写）：人民币…元整"
 *                The head repeats on each page; a row is split only if it is taller than a page.
 *   facts        list of {name, value}: a ruled two-column grid; pairs: 2 puts two in each row
 *   sign         list of texts: lines to fill in by hand, two in each row: "经办人（签字）："
 *   break        true: a new page
 *   gap          true: an empty line
 *
 * Fonts: of each face the first family that is installed (paper_text.c): 仿宋 FangSong …, 楷体 KaiTi …,
 * 黑体 SimHei …, 小标宋 FZXiaoBiaoSong …, and Debian's Noto Serif/Sans CJK SC in their stead.
 */
#ifndef PDF_H
#define PDF_H

#include "format/child.h"

enum {
    PDF_PAGES_MAX = 2000,
    PDF_BYTES_MAX = 32 << 20,
};

/* Is it a description as said above? ERR_INPUT names the key; ERR_LARGE: a text over 100,000
 * characters. Both functions below check first. */
MUST_CHECK err pdf_check(arena *a, const view *paper);

/* In this process: for the worker and for tests. ERR_LARGE: over PDF_PAGES_MAX or PDF_BYTES_MAX. */
/* A family of which no face, nor one that stands for it, is installed; NULL: all are. */
const char *paper_font_missing(void);
MUST_CHECK err pdf_make(arena *a, const view *paper, str *pdf);

/* In a child: child.h says what may go wrong. */
MUST_CHECK err pdf_in_child(child_pool *pool, arena *a, const view *paper, str *pdf);

/* main() of the child: limits itself, reads, makes, writes. Its result is the exit code. */
#define PDF_WORKER_WORD "pdf-worker"
int pdf_worker_main(void);

#endif
