/* SPDX-License-Identifier: Apache-2.0 */
/* calendar.c: the working days of China from the State Council's papers. */
#include "base/days.h"

typedef struct { int64_t day; bool work; str name, source; } special;
enum { FIRST_YEAR = 1900, YEARS = 1100 };
struct calendar {
    const special *at;
    int n;
    char version[16];
    char years[YEARS][4]; /* as text, so that an error can name one without memory of its own */
};

/* ---- loading ------------------------------------------------------------------------------------------ */

static err bad_row(arena *a, int line, const char *what)
{
    return err_with(ERR_INPUT, "", N_("Calendar, line {0}: {1}"), str_fmt(a, "%d", line), str_of(what), (str){0});
}

static void write_years(calendar *k)
{
    for (int i = 0; i < YEARS; i++)
        for (int digit = 3, y = FIRST_YEAR + i; digit >= 0; digit--, y /= 10) k->years[i][digit] = (char)('0' + y % 10);
}

static void write_version(calendar *k, uint64_t hash)
{
    for (int i = 0; i < 16; i++) k->version[i] = "0123456789abcdef"[hash >> (60 - 4 * i) & 15];
}

static uint64_t mix(uint64_t h, str s)
{
    for (size i = 0; i < s.n; i++) h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
    return h;
}

static err read_row(arena *a, str line, int number, int64_t after, special *out)
{
    str date, name, kind, source = {0};
    if (!str_split(&line, ',', &date) || !str_split(&line, ',', &name) || !str_split(&line, ',', &kind))
        return bad_row(a, number, "a date, a name, a kind and a source are wanted");
    source = str_trim(line);
    kind = str_trim(kind);
    if (!day_parse(date, &out->day)) return bad_row(a, number, "the date does not exist");
    if (out->day <= after) return bad_row(a, number, "dates must rise and stand once");
    if (!str_eqz(kind, "holiday") && !str_eqz(kind, "workday")) return bad_row(a, number, "the kind is neither holiday nor workday");
    out->work = str_eqz(kind, "workday");
    out->name = str_dup(a, name);
    out->source = str_dup(a, source);
    return NO_ERR;
}

err calendar_load(arena *a, str csv, calendar **out)
{
    size rows = 1;
    for (size i = 0; i < csv.n; i++) rows += csv.p[i] == '\n';
    special *at = new_n(a, special, rows);
    calendar *k = new(a, calendar);
    k->at = at;
    uint64_t hash = 14695981039346656037u;
    if (str_starts(csv, S("\xEF\xBB\xBF"))) csv = str_from(csv, 3);
    int number = 0;
    str line;
    while (str_split(&csv, '\n', &line)) {
        number++;
        line = str_trim(line);
        if (!line.n || line.p[0] == '#' || str_starts(line, S("date,"))) continue;
        TRY(read_row(a, line, number, k->n ? at[k->n - 1].day : INT64_MIN, &at[k->n]));
        hash = mix(mix(hash, day_text(a, at[k->n].day)), at[k->n].work ? S("w") : S("h"));
        k->n++;
    }
    write_years(k);
    write_version(k, hash);
    *out = k;
    return k->n ? NO_ERR : bad_row(a, number, "the calendar is empty");
}

str calendar_version(const calendar *k) { return (str){k->version, 16}; }

/* ---- asking ---------------------------------------------------------------------------------------------- */

static const special *find(const calendar *k, int64_t day)
{
    int low = 0, high = k->n;
    while (low < high) {
        int mid = (low + high) / 2;
        if (k->at[mid].day < day) low = mid + 1;
        else high = mid;
    }
    return low < k->n && k->at[low].day == day ? &k->at[low] : NULL;
}

static err known(const calendar *k, int64_t day)
{
    int y, m, d;
    day_split(day, &y, &m, &d);
    if (find(k, day_of(y, 1, 1))) return NO_ERR;
    bool named = y >= FIRST_YEAR && y < FIRST_YEAR + YEARS;
    return err_with(ERR_INPUT, "", N_("The State Council's holiday calendar for {0} is not known yet."),
                    named ? (str){k->years[y - FIRST_YEAR], 4} : S("?"), (str){0}, (str){0});
}

err calendar_is_workday(const calendar *k, int64_t day, bool *out)
{
    const special *s = find(k, day);
    if (!s) TRY(known(k, day));
    *out = s ? s->work : day_weekday(day) <= 5;
    return NO_ERR;
}

err workday_add(const calendar *k, int64_t day, int64_t n, int64_t *out)
{
    while (n > 0) {
        bool work;
        TRY(calendar_is_workday(k, ++day, &work));
        n -= work;
    }
    *out = day;
    return NO_ERR;
}

err workday_between(const calendar *k, int64_t a, int64_t b, int64_t *out)
{
    int64_t from = a < b ? a : b, to = a < b ? b : a, n = 0;
    for (int64_t day = from + 1; day <= to; day++) {
        bool work;
        TRY(calendar_is_workday(k, day, &work));
        n += work;
    }
    *out = a <= b ? n : -n;
    return NO_ERR;
}

/* ---- why a day counts ------------------------------------------------------------------------------------- */

static const char *const weekdays[] = {N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday")};

void workday_strip(const calendar *k, int64_t from, int64_t to, lang l, view *out)
{
    int64_t number = 0;
    for (int64_t day = from + 1; day <= to; day++) {
        const special *s = find(k, day);
        bool weekend = day_weekday(day) > 5, work = s ? s->work : !weekend;
        const char *code = s ? (s->work ? "makeup" : "holiday") : weekend ? "weekend" : "workday";
        const char *says = s ? (s->work ? N_("make-up working day") : N_("holiday")) : weekend ? N_("weekend") : N_("working day");
        view *row = view_add_map(out);
        view_day(row, S("day"), day);
        view_text(row, S("weekday"), tr(l, weekdays[day_weekday(day) - 1]));
        view_bool(row, S("counted"), work);
        if (work) view_int(row, S("number"), ++number);
        view_code(row, S("reason"), str_of(code), tr(l, says));
        if (s) view_text(row, S("name"), s->name);
        if (s) view_text(row, S("source"), s->source);
    }
}
