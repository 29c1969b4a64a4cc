/* SPDX-License-Identifier: Apache-2.0 */
/* qr.h: a QR code (ISO/IEC 18004) as SVG. */
#ifndef QR_H
#define QR_H

#include "base/base.h"

/* One <svg> element, black on white with the quiet zone of four modules, error correction M. No
 * style attribute or script, so that the strictest CSP shows it inline. It has no size of its own
 * (viewBox only) and is hidden from screen readers: put the text beside it. Empty if the text is
 * empty or longer than 2,331 bytes (the most that a code of level M holds). */
str qr_svg(arena *a, str text);

#endif
