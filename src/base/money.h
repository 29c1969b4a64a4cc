/* SPDX-License-Identifier: Apache-2.0 */
/* money.h: amounts are whole fen in int64_t; yuan only as text, at the edge. No doubles. */
#ifndef MONEY_H
#define MONEY_H

#include "base/base.h"

#define FEN_MAX ((int64_t)9000000000000000) /* 90 trillion yuan: a thousand still fit an int64 */

/* "12345.67", "12,345.6", "¥12,345"; digits, comma, point and ¥ of full width too. False: more than
 * two decimals, a sign, commas not at the thousands, over FEN_MAX, anything else. */
bool fen_parse(str yuan, int64_t *out);
str fen_text(arena *a, int64_t fen);              /* 12345.67 */
str fen_words(arena *a, int64_t fen);             /* ¥12,345.67 */
/* False: the result would be over FEN_MAX in size; then *out is nothing to use. */
bool fen_add(int64_t x, int64_t y, int64_t *out);
bool fen_mul(int64_t fen, int64_t n, int64_t *out);

#endif
