/* SPDX-License-Identifier: Apache-2.0 */
/* days.h: calendar days, instants as text, and the working days of China.
 *
 * A day is an int64_t: days since 1970-01-01 of the calendar of Asia/Shanghai (UTC+8, no summer time since 1991).
 * Working days: the State Council's papers where they name a day, else Monday to Friday. A deadline's first day is never
 * counted: the n-th working day after D (民法典 art. 201; features.md, Decisions e). */
#ifndef DAYS_H
#define DAYS_H

#include "base/base.h"

int64_t day_of(int y, int m, int d);                    /* proleptic Gregorian; the date must exist */
void day_split(int64_t day, int *y, int *m, int *d);
int day_weekday(int64_t day);                           /* 1 Monday … 7 Sunday */
bool day_parse(str s, int64_t *out);                    /* 2018-11-05, 2018/11/5, 2018年11月5日; must exist, years 1900–2999 */
str day_text(arena *a, int64_t day);                    /* 2018-11-05 */
str day_words(arena *a, int64_t day, lang l);           /* 2018年11月5日, 5 Nov 2018 */

int64_t day_of_time(int64_t us);                        /* the Shanghai day of an instant */
int64_t day_start(int64_t day);                         /* its first instant, µs UTC */
str time_text(arena *a, int64_t us);                    /* RFC 3339 UTC; six decimals unless all are 0 */
bool time_parse(str s, int64_t *out);                   /* RFC 3339 with Z or an offset */
str time_words(arena *a, int64_t us, lang l);           /* Shanghai time: 2018年11月5日 11:04, 5 Nov 2018, 11:04 */

/* A month is an int64_t: year * 12 + month - 1. */
int64_t month_of(int64_t day);
int64_t month_first(int64_t month);                     /* its first day */
bool month_parse(str s, int64_t *out);                  /* 2018-11 */
str month_text(arena *a, int64_t month);
str month_words(arena *a, int64_t month, lang l);       /* 2018年11月, November 2018 */

/* ---- working days ------------------------------------------------------------------------------ */

typedef struct calendar calendar;                       /* immutable once loaded */

/* Rows `date,name,kind,source_paper` with kind holiday or workday, in order of dates; `#` lines are comments. A wrong row
 * is ERR_INPUT naming its line. */
MUST_CHECK err calendar_load(arena *a, str csv, calendar **out);
str calendar_version(const calendar *k);                /* 16 hex digits of its rows (FNV-1a): which calendar a date was counted by */
/* A year is known when a row falls on its 1 January (every yearly paper names it); a December date that a paper names is
 * known by itself. An unknown year: ERR_INPUT with its number. */
MUST_CHECK err calendar_is_workday(const calendar *k, int64_t day, bool *out);
MUST_CHECK err workday_add(const calendar *k, int64_t day, int64_t n, int64_t *out);     /* n-th working day after; 0: the day itself */
MUST_CHECK err workday_between(const calendar *k, int64_t a, int64_t b, int64_t *out);   /* after a, up to and including b; b < a: negative */
/* list of {day, weekday, counted, number, reason, name, source}: each day after `from` up to `to`, and why it counts. */
void workday_strip(const calendar *k, int64_t from, int64_t to, lang l, view *out);

#endif
