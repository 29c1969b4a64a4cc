/* SPDX-License-Identifier: Apache-2.0 */
/* qr.c: a QR code as one SVG path, by libqrencode. */
#include "format/qr.h"

#include <qrencode.h>

enum { QUIET = 4, LEVEL_M_MAX = 2331 };

static void give_back(void *what)
{
    QRcode **code = what;
    if (*code) QRcode_free(*code);
    *code = NULL;
}

/* Each run of dark modules of a row is one rectangle of the path. */
static void draw(buf *b, const QRcode *code)
{
    for (int y = 0; y < code->width; y++) {
        const unsigned char *row = code->data + y * code->width;
        for (int x = 0, from; x < code->width; x++) {
            if (!(row[x] & 1)) continue;
            for (from = x; x < code->width && row[x] & 1; x++) {}
            buf_fmt(b, "M%d %dh%dv1h-%dz", from + QUIET, y + QUIET, x - from, x - from);
        }
    }
}

str qr_svg(arena *a, str text)
{
    if (!text.n || text.n > LEVEL_M_MAX) return (str){0};
    QRcode **code = new(a, QRcode *);
    arena_cleanup(a, give_back, code); /* before there is anything to lose */
    *code = QRcode_encodeData((int)text.n, (const unsigned char *)text.p, 0, QR_ECLEVEL_M);
    if (!*code) return (str){0};
    int side = (*code)->width + 2 * QUIET;
    buf b = buf_new(a, 4096);
    buf_fmt(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
                "shape-rendering=\"crispEdges\" aria-hidden=\"true\">"
                "<path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path fill=\"#000\" d=\"",
            side, side, side, side);
    draw(&b, *code);
    buf_putz(&b, "\"/></svg>");
    give_back(code);
    return buf_str(&b);
}
