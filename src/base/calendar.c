/* SPDX-License-Identifier: Apache-2.0 */
/* calendar.c: the working days of China from the State Council's papers. */
#include "base/days.h"

#include <stdatomic.h>

typedef struct { int64_t day; bool work; str name, source; } special;
enum { FIRST_YEAR = 1900, YEARS = 1100 };
typedef struct {
    const special *at; /* by rising date */
    int n;
    char version[16];
} sheet;
struct calendar {
    _Atomic(const sheet *) now; /* readers take it once an asking; amending puts another in its place */
    arena amended;              /* the sheets that came after the first */
    char years[YEARS][4]; /* as text, so that an error can name one without memory of its own */
};

/* ---- loading ----------------------------------------------------------------------------- */

static err bad_row(arena *a, int line, const char *says)
{
    return err_with(ERR_INPUT, "", says, str_fmt(a, "%d", line), (str){0}, (str){0});
}

static void write_years(calendar *k)
{
    for (int i = 0; i < YEARS; i++)
        for (int digit = 3, y = FIRST_YEAR + i; digit >= 0; digit--, y /= 10)
            k->years[i][digit] = (char)('0' + y % 10);
}


/* The source is shown as a link on public pages: nothing but a web address may stand there. */
static bool is_web_address(str s)
{
    return str_starts(s, S("http://")) || str_starts(s, S("https://"));
}

static err read_row(arena *a, str line, int number, int64_t after, special *out)
{
    str date, name, kind, source;
    if (!str_is_text(line))
        return bad_row(a, number, N_("Calendar, line {0}: the text is not UTF-8."));
    if (!str_split(&line, ',', &date) || !str_split(&line, ',', &name) ||
        !str_split(&line, ',', &kind) || !str_trim(name).n)
        return bad_row(a, number,
                       N_("Calendar, line {0}: a date, a name, a kind and a source are wanted."));
    kind = str_trim(kind);
    source = str_trim(line);
    if (!day_parse(str_trim(date), &out->day))
        return bad_row(a, number, N_("Calendar, line {0}: the date does not exist."));
    if (out->day <= after)
        return bad_row(a, number,
                       N_("Calendar, line {0}: each date stands once, in rising order."));
    if (!str_eqz(kind, "holiday") && !str_eqz(kind, "workday"))
        return bad_row(a, number,
                       N_("Calendar, line {0}: the kind is neither holiday nor workday."));
    if (!is_web_address(source))
        return bad_row(a, number,
                       N_("Calendar, line {0}: the source is the web address of the paper."));
    out->work = str_eqz(kind, "workday");
    out->name = str_dup(a, str_trim(name));
    out->source = str_dup(a, source);
    return NO_ERR;
}

static err read_rows(arena *a, str csv, sheet *out)
{
    size rows = 1;
    for (size i = 0; i < csv.n; i++) rows += csv.p[i] == '\n';
    special *at = new_n(a, special, rows);
    *out = (sheet){.at = at};
    if (str_starts(csv, S("\xEF\xBB\xBF"))) csv = str_from(csv, 3);
    int number = 0;
    str line;
    while (str_split(&csv, '\n', &line)) {
        number++;
        line = str_trim(line);
        if (!line.n || line.p[0] == '#' || str_eqz(line, "date,name,kind,source_paper")) continue;
        TRY(read_row(a, line, number, out->n ? at[out->n - 1].day : INT64_MIN, &at[out->n]));
        out->n++;
    }
    return out->n ? NO_ERR : err_of(ERR_INPUT, "", N_("The calendar has no rows."));
}

static void write_version(arena *a, sheet *s)
{
    uint64_t hash = STR_HASH;
    for (int i = 0; i < s->n; i++)
        hash = str_hash(str_hash(hash, day_text(a, s->at[i].day)), s->at[i].work ? S("w") : S("h"));
    for (int i = 0; i < 16; i++) s->version[i] = "0123456789abcdef"[hash >> (60 - 4 * i) & 15];
}

static void forget_sheets(void *of) { arena_done(&((calendar *)of)->amended); }

static calendar *begin_with(arena *a, const sheet *first)
{
    calendar *k = new(a, calendar);
    atomic_init(&k->now, first);
    arena_init(&k->amended, (size)16 << 20, NULL, NULL);
    arena_cleanup(a, forget_sheets, k);
    write_years(k);
    return k;
}

err calendar_load(arena *a, str csv, calendar **out)
{
    sheet *s = new(a, sheet);
    TRY(read_rows(a, csv, s));
    write_version(a, s);
    *out = begin_with(a, s);
    return NO_ERR;
}

calendar *calendar_still(arena *a, const calendar *k) { return begin_with(a, atomic_load(&k->now)); }

/* Two lists by rising date; of two rows for a day, the new one. */
static void merge(const sheet *old, const sheet *add, special *at, int *n)
{
    int i = 0, j = 0;
    while (i < old->n || j < add->n) {
        bool newer = i == old->n || (j < add->n && add->at[j].day <= old->at[i].day);
        if (newer && i < old->n && add->at[j].day == old->at[i].day) i++;
        at[(*n)++] = newer ? add->at[j++] : old->at[i++];
    }
}

err calendar_amend(calendar *k, str csv)
{
    sheet add, *s = new(&k->amended, sheet);
    const sheet *old = atomic_load(&k->now);
    TRY(read_rows(&k->amended, csv, &add));
    special *at = new_n(&k->amended, special, old->n + add.n);
    *s = (sheet){.at = at};
    merge(old, &add, at, &s->n);
    write_version(&k->amended, s);
    atomic_store(&k->now, s);
    return NO_ERR;
}

str calendar_version(const calendar *k) { return (str){atomic_load(&k->now)->version, 16}; }

int64_t calendar_last_day(const calendar *k)
{
    const sheet *s = atomic_load(&k->now);
    return s->at[s->n - 1].day;
}

/* ---- asking ------------------------------------------------------------------------------ */

static const special *find(const calendar *k, int64_t day)
{
    const sheet *s = atomic_load_explicit(&k->now, memory_order_acquire);
    int low = 0, high = s->n;
    while (low < high) {
        int mid = low + (high - low) / 2;
        if (s->at[mid].day < day) low = mid + 1;
        else high = mid;
    }
    return low < s->n && s->at[low].day == day ? &s->at[low] : NULL;
}

static err known(const calendar *k, int64_t day)
{
    int y, m, d;
    day_split(day, &y, &m, &d);
    if (find(k, day_of(y, 1, 1))) return NO_ERR;
    bool named = y >= FIRST_YEAR && y < FIRST_YEAR + YEARS;
    return err_with(ERR_INPUT, "",
                    N_("The State Council's holiday calendar for {0} is not known yet."),
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
    if (n < 0) return err_of(ERR_INPUT, "", N_("The number of days is 0 or more."));
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

/* ---- why a day counts -------------------------------------------------------------------- */

static const char *const weekdays[] = {
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"),
    N_("Sunday"),
};

enum reason { WORKDAY, WEEKEND, HOLIDAY, MAKEUP, UNKNOWN };
static const struct choice reasons[] = {
    [WORKDAY] = {"workday", N_("working day")},
    [WEEKEND] = {"weekend", N_("weekend")},
    [HOLIDAY] = {"holiday", N_("holiday")},
    [MAKEUP] = {"makeup", N_("make-up working day")},
    [UNKNOWN] = {"unknown", N_("not known yet")},
};
_Static_assert(countof(reasons) == UNKNOWN + 1, "every reason has its words");

static enum reason why(const calendar *k, int64_t day, const special *s)
{
    if (s) return s->work ? MAKEUP : HOLIDAY;
    if (known(k, day).kind) return UNKNOWN;
    return day_weekday(day) > 5 ? WEEKEND : WORKDAY;
}

void workday_strip(const calendar *k, int64_t from, int64_t to, lang l, view *out)
{
    int64_t number = 0;
    for (int64_t day = from + 1; day <= to; day++) {
        const special *s = find(k, day);
        enum reason r = why(k, day, s);
        bool work = r == WORKDAY || r == MAKEUP;
        view *row = view_add_map(out);
        view_day(row, S("day"), day);
        view_text(row, S("weekday"), tr(l, weekdays[day_weekday(day) - 1]));
        view_bool(row, S("counted"), work);
        if (work) view_int(row, S("number"), ++number);
        view_code(row, S("reason"), str_of(reasons[r].code), tr(l, reasons[r].label));
        if (s) view_text(row, S("name"), s->name);
        if (s) view_text(row, S("source_paper"), s->source);
    }
}
