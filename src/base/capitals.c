/* SPDX-License-Identifier: Apache-2.0 */
/* capitals.c: amounts in Chinese capitals. */
#include "base/capitals.h"

static const char *const numerals[] = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};

/* Four digits with 仟佰拾; one 零 for any run of zeros inside. */
static void group(buf *b, int n)
{
    static const char *const units[] = {"仟", "佰", "拾", ""};
    bool any = false, gap = false;
    for (int i = 0, by = 1000; i < 4; i++, by /= 10) {
        int digit = n / by % 10;
        if (!digit) {
            gap = any;
            continue;
        }
        if (gap) buf_putz(b, "零");
        buf_putz(b, numerals[digit]);
        buf_putz(b, units[i]);
        any = true, gap = false;
    }
}

str fen_capitals(arena *a, int64_t fen)
{
    static const char *const ranks[] = {"", "万", "亿", "万亿", "亿亿"};
    buf b = buf_new(a, 96);
    if (fen < 0) buf_putz(&b, "负");
    uint64_t all = fen < 0 ? 0 - (uint64_t)fen : (uint64_t)fen, yuan = all / 100;
    int jiao = (int)(all / 10 % 10), cent = (int)(all % 10);
    bool begun = false, skipped = false;
    for (int rank = 4; rank >= 0; rank--) {
        uint64_t by = 1;
        for (int i = 0; i < rank; i++) by *= 10000;
        int n = (int)(yuan / by % 10000);
        if (!n) {
            skipped = begun;
            continue;
        }
        if (begun && (n < 1000 || skipped)) buf_putz(&b, "零");
        group(&b, n);
        buf_putz(&b, ranks[rank]);
        begun = true, skipped = false;
    }
    if (begun || !all) buf_putz(&b, begun ? "元" : "零元");
    if (jiao) {
        buf_putz(&b, numerals[jiao]);
        buf_putz(&b, "角");
    }
    if (cent) {
        if (begun && !jiao) buf_putz(&b, "零");
        buf_putz(&b, numerals[cent]);
        buf_putz(&b, "分");
    }
    if (!jiao && !cent) buf_putz(&b, "整");
    return buf_str(&b);
}
