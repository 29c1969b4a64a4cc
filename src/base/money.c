/* SPDX-License-Identifier: Apache-2.0 */
/* money.c: whole fen and their writing in yuan. */
#include "base/money.h"

/* Full-width digits and signs as their ASCII fellows; an input method's 。 is meant as a point. */
static uint32_t plain(uint32_t ch)
{
    if (ch >= 0xFF10 && ch <= 0xFF19) return ch - 0xFF10 + '0';
    if (ch == 0xFF0C) return ',';
    if (ch == 0xFF0E || ch == 0x3002) return '.';
    return ch;
}

static bool yuan_sign(uint32_t ch) { return ch == 0xA5 || ch == 0xFFE5; }

bool fen_parse(str yuan, int64_t *out)
{
    enum { NONE = -1 }; /* no point, no comma yet */
    int64_t fen = 0;
    int whole = 0, decimals = NONE, since_comma = NONE;
    bool first = true;
    for (str rest = str_trim(yuan); rest.n; first = false) {
        uint32_t ch = plain(str_next_char(&rest));
        bool group_ends = since_comma == NONE || since_comma == 3;
        if (first && yuan_sign(ch)) continue;
        if (ch == ',') {
            if (decimals != NONE || !whole || !group_ends || (since_comma == NONE && whole > 3))
                return false;
            since_comma = 0;
        } else if (ch == '.') {
            if (decimals != NONE || !whole || !group_ends) return false;
            decimals = 0;
        } else {
            if (ch < '0' || ch > '9' || decimals == 2 || fen > FEN_MAX / 10) return false;
            fen = fen * 10 + (int64_t)(ch - '0');
            if (decimals != NONE) decimals++;
            else whole++, since_comma += since_comma != NONE;
        }
    }
    if (!whole || decimals == 0) return false;
    if (decimals == NONE && since_comma != NONE && since_comma != 3) return false;
    for (int d = decimals == NONE ? 0 : decimals; d < 2; d++)
        fen = fen > FEN_MAX / 10 ? FEN_MAX + 1 : fen * 10;
    if (fen > FEN_MAX) return false;
    *out = fen;
    return true;
}

static uint64_t size_of(int64_t fen) { return fen < 0 ? 0 - (uint64_t)fen : (uint64_t)fen; }

static str unsigned_text(arena *a, int64_t fen)
{
    uint64_t n = size_of(fen);
    return str_fmt(a, "%llu.%02d", (unsigned long long)(n / 100), (int)(n % 100));
}

str fen_text(arena *a, int64_t fen)
{
    str text = unsigned_text(a, fen);
    return fen < 0 ? str_join(a, S("-"), text) : text;
}

str fen_words(arena *a, int64_t fen)
{
    str text = unsigned_text(a, fen);
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
    return !__builtin_add_overflow(x, y, out) && size_of(*out) <= (uint64_t)FEN_MAX;
}

bool fen_mul(int64_t fen, int64_t n, int64_t *out)
{
    return !__builtin_mul_overflow(fen, n, out) && size_of(*out) <= (uint64_t)FEN_MAX;
}
