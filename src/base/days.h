/* SPDX-License-Identifier: Apache-2.0 */
/* days.h: calendar days, instants as text, and the working days of China.
 *
 * A day is an int64_t: days since 1970-01-01 of the calendar of Asia/Shanghai, taken as UTC+8 all
 * the year (the summer time of 1986–1991 is left out: no instant of ours is so old).
 *
 * Working days: the State Council's papers where they name a day, else Monday to Friday. Entries
 * are found by their date, never by the paper's year, for a year's paper may name days of the
 * December before. A deadline's first day is never counted: the n-th working day after D (民法典
 * art. 201; features.md, Decisions e).
 */
#ifndef DAYS_H
#define DAYS_H

#include "base/base.h"

int64_t day_of(int y, int m, int d);          /* proleptic Gregorian; the date must exist */
void day_split(int64_t day, int *y, int *m, int *d);
int day_weekday(int64_t day);                 /* 1 Monday … 7 Sunday */
/* 2018-11-05, 2018/11/5 or 2018年11月5日, nothing else; false: no such date, or not of 1900–2999. */
bool day_parse(str s, int64_t *out);
str day_text(arena *a, int64_t day);          /* 2018-11-05 */
str day_words(arena *a, int64_t day, lang l); /* 2018年11月5日, 5 Nov 2018 */

int64_t day_of_time(int64_t us);              /* the Shanghai day of an instant */
int64_t day_start(int64_t day);               /* its first instant, µs UTC */
str time_text(arena *a, int64_t us);          /* RFC 3339 UTC; six decimals unless all are 0 */
/* RFC 3339 with Z or an offset; what is finer than a microsecond is cut off. */
bool time_parse(str s, int64_t *out);
/* Shanghai time to the minute: 2018年11月5日 11:04; 5 Nov 2018, 11:04 */
str time_words(arena *a, int64_t us, lang l);

/* A month is an int64_t: year * 12 + month - 1. */
int64_t month_of(int64_t day);
int64_t month_first(int64_t month);           /* its first day */
bool month_parse(str s, int64_t *out);        /* 2018-11, of 1900–2999 */
str month_text(arena *a, int64_t month);
str month_words(arena *a, int64_t month, lang l); /* 2018年11月, November 2018 */

/* ---- working days ------------------------------------------------------------------------ */

typedef struct calendar calendar; /* lives in the arena it was loaded into */

/* Rows `date,name,kind,source_paper`, kind holiday or workday, dates rising, the source a web
 * address; `#` lines are comments. A wrong row: ERR_INPUT naming its line. */
MUST_CHECK err calendar_load(arena *a, str csv, calendar **out);
/* Rows as above, of days that are added to k or put in the place of its own. Whoever asks meanwhile gets
 * the old answer or the new one. One caller at a time; a wrong row changes nothing. */
MUST_CHECK err calendar_amend(calendar *k, str csv);
/* k as it is now, whatever is amended later. Lives in `a`, and not longer than k. */
calendar *calendar_still(arena *a, const calendar *k);
/* The last day that a paper names. */
int64_t calendar_last_day(const calendar *k);
/* 16 hex digits: FNV-1a (64 bits) of every row's date and kind, which are what a deadline hangs on;
 * names, sources and comments may be bettered without a new version. Kept beside each deadline. */
str calendar_version(const calendar *k);
/* A year is known when a row names its 1 January, as each year's paper does; before it, a December
 * day that the paper names is known by itself (2006-12-30). The December of the last known year
 * counts by that year's paper until the next one comes: it may still move a day, therefore the
 * version. An unknown year: ERR_INPUT, {0} the year. */
MUST_CHECK err calendar_is_workday(const calendar *k, int64_t day, bool *out);
/* The n-th working day after `day`; 0: the day itself; a negative n is ERR_INPUT. */
MUST_CHECK err workday_add(const calendar *k, int64_t day, int64_t n, int64_t *out);
/* How many working days stand after a, up to and including b; b before a: their negative. */
MUST_CHECK err workday_between(const calendar *k, int64_t a, int64_t b, int64_t *out);
/* Each day after `from` up to `to`, and why it counts, as maps in the list `out`: {day, weekday
 * (a word), counted, number (1… of the counted ones), reason (code workday, weekend, holiday,
 * makeup or unknown), name and source_paper (if a paper names the day)}. */
void workday_strip(const calendar *k, int64_t from, int64_t to, lang l, view *out);

#endif
