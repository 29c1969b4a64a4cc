/* SPDX-License-Identifier: Apache-2.0 */
/* money.c: whole fen and their writing in yuan. */
#include "base/money.h"

/* Full-width digits and signs as their ASCII fellows; the yuan sign falls away. */
static uint32_t plain(uint32_t ch)
{
    if (ch >= 0xFF10 && ch <= 0xFF19) return ch - 0xFF10 + '0';
    if (ch == 0xFF0C) return ',';
    if (ch == 0xFF0E || ch == 0x3002) return '.';
    if (ch == 0xA5 || ch == 0xFFE5) return '$';
    return ch;
}

bool fen_parse(str yuan, int64_t *out)
{
    int64_t fen = 0;
    int whole = 0, decimals = -1, since_comma = -1; /* -1: no point, no comma yet */
    bool first = true;
    for (str rest = str_trim(yuan); rest.n; first = false) {
        uint32_t ch = plain(str_next_char(&rest));
        if (ch == '$' && first) continue;
        if (ch == ',' && decimals < 0 && whole && (since_comma < 0 || since_comma == 3)) {
            since_comma = 0;
            continue;
        }
        if (ch == '.' && decimals < 0 && whole) {
            if (since_comma >= 0 && since_comma != 3) return false;
            decimals = 0;
            continue;
        }
        if (ch < '0' || ch > '9' || decimals == 2 || fen > FEN_MAX / 10) return false;
        fen = fen * 10 + (int64_t)(ch - '0');
        if (decimals >= 0) decimals++;
        else whole++, since_comma += since_comma >= 0;
    }
    if (!whole || decimals == 0 || (decimals < 0 && since_comma >= 0 && since_comma != 3)) return false;
    for (int d = decimals < 0 ? 0 : decimals; d < 2; d++) fen = fen > FEN_MAX / 10 ? FEN_MAX + 1 : fen * 10;
    if (fen > FEN_MAX) return false;
    *out = fen;
    return true;
}

str fen_text(arena *a, int64_t fen)
{
    uint64_t size_of = fen < 0 ? 0 - (uint64_t)fen : (uint64_t)fen;
    return str_fmt(a, "%s%llu.%02d", fen < 0 ? "-" : "", (unsigned long long)(size_of / 100), (int)(size_of % 100));
}

str fen_words(arena *a, int64_t fen)
{
    str text = fen_text(a, fen < 0 ? -fen : fen);
    buf b = buf_new(a, text.n * 2 + 4);
    buf_put(&b, fen < 0 ? S("-¥") : S("¥"));
    for (size i = 0; i < text.n; i++) {
        size left = text.n - 3 - i; /* digits from here to the point */
        if (i && left > 0 && left % 3 == 0) buf_byte(&b, ',');
        buf_byte(&b, text.p[i]);
    }
    return buf_str(&b);
}

bool fen_add(int64_t x, int64_t y, int64_t *out)
{
    return !__builtin_add_overflow(x, y, out) && *out <= FEN_MAX && *out >= -FEN_MAX;
}

bool fen_mul(int64_t fen, int64_t n, int64_t *out)
{
    return !__builtin_mul_overflow(fen, n, out) && *out <= FEN_MAX && *out >= -FEN_MAX;
}
