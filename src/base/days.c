/* SPDX-License-Identifier: Apache-2.0 */
/* days.c: calendar days and instants as text. */
#include "base/days.h"

/* Civil from days and back: the year begins in March, so that the leap day is its last (Hinnant's
 * arithmetic). */
int64_t day_of(int y, int m, int d)
{
    int64_t year = m <= 2 ? y - 1 : y;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void day_split(int64_t day, int *y, int *m, int *d)
{
    int64_t z = day + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t of_era = z - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t mp = (5 * of_year + 2) / 153;
    *d = (int)(of_year - (153 * mp + 2) / 5 + 1);
    *m = (int)(mp < 10 ? mp + 3 : mp - 9);
    *y = (int)(year + era * 400 + (*m <= 2));
}

int day_weekday(int64_t day)
{
    int64_t w = (day + 3) % 7; /* 1970-01-01 was a Thursday */
    return (int)(w < 0 ? w + 7 : w) + 1;
}

static bool digits(str *s, int least, int most, int *out)
{
    int n = 0;
    for (*out = 0; n < most && n < s->n && s->p[n] >= '0' && s->p[n] <= '9'; n++)
        *out = *out * 10 + (s->p[n] - '0');
    *s = str_from(*s, n);
    return n >= least;
}

static bool take(str *s, str what)
{
    if (!str_starts(*s, what)) return false;
    *s = str_from(*s, what.n);
    return true;
}

static bool exists(int y, int m, int d)
{
    int y2, m2, d2;
    if (y < 1900 || y > 2999 || m < 1 || m > 12 || d < 1 || d > 31) return false;
    day_split(day_of(y, m, d), &y2, &m2, &d2);
    return y == y2 && m == m2 && d == d2;
}

bool day_parse(str s, int64_t *out)
{
    static const struct { const char *sep[3]; int least; } forms[] = {
        {{"-", "-", ""}, 2}, {{"/", "/", ""}, 1}, {{"年", "月", "日"}, 1},
    };
    for (int i = 0; i < countof(forms); i++) {
        str rest = s;
        int y, m, d;
        int least = forms[i].least;
        if (digits(&rest, 4, 4, &y) && take(&rest, str_of(forms[i].sep[0])) &&
            digits(&rest, least, 2, &m) && take(&rest, str_of(forms[i].sep[1])) &&
            digits(&rest, least, 2, &d) && take(&rest, str_of(forms[i].sep[2])) &&
            !rest.n && exists(y, m, d)) {
            *out = day_of(y, m, d);
            return true;
        }
    }
    return false;
}

str day_text(arena *a, int64_t day)
{
    int y, m, d;
    day_split(day, &y, &m, &d);
    return str_fmt(a, "%04d-%02d-%02d", y, m, d);
}

static const char *const months[] = {
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
};

str day_words(arena *a, int64_t day, lang l)
{
    int y, m, d;
    day_split(day, &y, &m, &d);
    return l == LANG_ZH ? str_fmt(a, "%d年%d月%d日", y, m, d)
                        : str_fmt(a, "%d %.3s %d", d, months[m - 1], y);
}

/* ---- instants ---------------------------------------------------------------------------- */

#define SECOND ((int64_t)1000000)
#define DAY (86400 * SECOND)
#define SHANGHAI (8 * 3600 * SECOND)

static int64_t floor_div(int64_t x, int64_t by) { return x / by - (x % by < 0); }

int64_t day_of_time(int64_t us) { return floor_div(us + SHANGHAI, DAY); }

int64_t day_start(int64_t day) { return day * DAY - SHANGHAI; }

str time_text(arena *a, int64_t us)
{
    int64_t day = floor_div(us, DAY), rest = us - day * DAY, s = rest / SECOND;
    int y, m, d;
    day_split(day, &y, &m, &d);
    str head = str_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02d", y, m, d, (int)(s / 3600),
                       (int)(s / 60 % 60), (int)(s % 60));
    int part = (int)(rest % SECOND);
    return part ? str_fmt(a, SF ".%06dZ", SA(head), part) : str_join(a, head, S("Z"));
}

static bool clock_parse(str *s, int64_t *us)
{
    int h, m, sec;
    if (!digits(s, 2, 2, &h) || !take(s, S(":")) || !digits(s, 2, 2, &m) || !take(s, S(":")) ||
        !digits(s, 2, 2, &sec))
        return false;
    if (h > 23 || m > 59 || sec > 59) return false;
    *us = ((int64_t)h * 3600 + m * 60 + sec) * SECOND;
    if (!take(s, S("."))) return true;
    str before = *s;
    int part;
    if (!digits(s, 1, 6, &part)) return false;
    for (size n = before.n - s->n; n < 6; n++) part *= 10;
    *us += part;
    while (s->n && s->p[0] >= '0' && s->p[0] <= '9') *s = str_from(*s, 1);
    return true;
}

bool time_parse(str s, int64_t *out)
{
    int64_t day, us;
    int h = 0, m = 0;
    if (s.n < 20 || s.p[4] != '-' || !day_parse(str_head(s, 10), &day)) return false;
    str rest = str_from(s, 10);
    if (!take(&rest, S("T")) || !clock_parse(&rest, &us)) return false;
    if (!take(&rest, S("Z"))) {
        bool minus = str_starts(rest, S("-"));
        if (!minus && !str_starts(rest, S("+"))) return false;
        rest = str_from(rest, 1);
        if (!digits(&rest, 2, 2, &h) || !take(&rest, S(":")) || !digits(&rest, 2, 2, &m))
            return false;
        if (h > 23 || m > 59) return false;
        int64_t offset = ((int64_t)h * 3600 + m * 60) * SECOND;
        us -= minus ? -offset : offset;
    }
    if (rest.n) return false;
    *out = day * DAY + us;
    return true;
}

str time_words(arena *a, int64_t us, lang l)
{
    int64_t day = day_of_time(us), minutes = (us - day_start(day)) / (60 * SECOND);
    str words = day_words(a, day, l);
    return str_fmt(a, SF "%s %02d:%02d", SA(words), l == LANG_ZH ? "" : ",", (int)(minutes / 60),
                   (int)(minutes % 60));
}

/* ---- months ------------------------------------------------------------------------------ */

int64_t month_of(int64_t day)
{
    int y, m, d;
    day_split(day, &y, &m, &d);
    return (int64_t)y * 12 + m - 1;
}

int64_t month_first(int64_t month) { return day_of((int)(month / 12), (int)(month % 12) + 1, 1); }

bool month_parse(str s, int64_t *out)
{
    int y, m;
    if (!digits(&s, 4, 4, &y) || !take(&s, S("-")) || !digits(&s, 2, 2, &m) || s.n) return false;
    if (!exists(y, m, 1)) return false;
    *out = (int64_t)y * 12 + m - 1;
    return true;
}

str month_text(arena *a, int64_t month)
{
    return str_fmt(a, "%04d-%02d", (int)(month / 12), (int)(month % 12) + 1);
}

str month_words(arena *a, int64_t month, lang l)
{
    int y = (int)(month / 12), m = (int)(month % 12);
    return l == LANG_ZH ? str_fmt(a, "%d年%d月", y, m + 1) : str_fmt(a, "%s %d", months[m], y);
}
