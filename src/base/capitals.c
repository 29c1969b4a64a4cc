/* SPDX-License-Identifier: Apache-2.0 */
/* capitals.c: amounts in Chinese capitals. */
#include "base/capitals.h"

static const char *const numerals[] = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};

/* What stands before 亿 or 万 is itself a number, so that 10,000 times 亿 is 壹万亿. A 零 stands where
 * the rank just below is empty. */
static void number(buf *b, uint64_t n)
{
    static const struct { uint64_t of; const char *unit; } ranks[] = {
        {100000000, "亿"}, {10000, "万"}, {1000, "仟"}, {100, "佰"}, {10, "拾"},
    };
    for (int i = 0; i < countof(ranks); i++) {
        uint64_t of = ranks[i].of;
        if (n < of) continue;
        number(b, n / of);
        buf_putz(b, ranks[i].unit);
        n %= of;
        if (n && n < of / 10) buf_putz(b, numerals[0]);
    }
    if (n) buf_putz(b, numerals[n]);
}

str fen_capitals(arena *a, int64_t fen)
{
    buf b = buf_new(a, 96);
    uint64_t all = fen < 0 ? 0 - (uint64_t)fen : (uint64_t)fen, yuan = all / 100;
    int jiao = (int)(all / 10 % 10), cent = (int)(all % 10);
    if (fen < 0) buf_putz(&b, "负");
    number(&b, yuan);
    if (yuan || !all) buf_putz(&b, yuan ? "元" : "零元");
    if (jiao) {
        buf_putz(&b, numerals[jiao]);
        buf_putz(&b, "角");
    }
    if (cent) {
        if (yuan && !jiao) buf_putz(&b, numerals[0]);
        buf_putz(&b, numerals[cent]);
        buf_putz(&b, "分");
    }
    if (!jiao && !cent) buf_putz(&b, "整");
    return buf_str(&b);
}
