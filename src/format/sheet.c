/* SPDX-License-Identifier: Apache-2.0 */
/* sheet.c: CSV from a file in whatever encoding it came, row by row; XLSX is in sheet_xlsx.c. */
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/days.h"
#include "format/csv.h"
#include "format/sheet_parts.h"

enum { RAW = 256 << 10, WINDOW = CSV_ROW_MAX + 4 * RAW };

struct csv_source {
    csv_reader csv;
    int fd;
    iconv_t turn;                 /* from GB18030; (iconv_t)-1: it is UTF-8 as it stands */
    char *raw, *window;
    size raw_n;                   /* bytes of `raw` not yet turned: a character cut off */
    bool ended;
};

static void close_csv(void *of)
{
    struct csv_source *s = of;
    close(s->fd);
    if (s->turn != (iconv_t)-1) iconv_close(s->turn);
}

static size fill_raw(struct csv_source *s)
{
    size n = 0;
    while (s->raw_n < RAW) {
        ssize_t got = read(s->fd, s->raw + s->raw_n, (size_t)(RAW - s->raw_n));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) {
            s->ended = true;
            break;
        }
        s->raw_n += got, n += got;
    }
    return n;
}

/* Bytes that are no GB18030 stay as they are: they are no UTF-8 either, so their row says so. */
static size turn_into(struct csv_source *s, char *to, size room)
{
    char *in = s->raw, *out = to;
    size_t in_n = (size_t)s->raw_n, out_n = (size_t)room;
    while (in_n && out_n > 8) {
        size_t code = iconv(s->turn, &in, &in_n, &out, &out_n);
        if (code != (size_t)-1) break;
        if (errno == E2BIG || (errno == EINVAL && !s->ended)) break;
        *out++ = *in++, in_n--, out_n--;
    }
    memmove(s->raw, in, in_n);
    s->raw_n = (size)in_n;
    return out - to;
}

static size plain_into(struct csv_source *s, char *to, size room)
{
    size n = s->raw_n < room ? s->raw_n : room;
    memcpy(to, s->raw, (size_t)n);
    memmove(s->raw, s->raw + n, (size_t)(s->raw_n - n));
    s->raw_n -= n;
    return n;
}

/* What of the window was not read goes to its front, and more of the file behind it. */
static void next_window(sheet_reader *r, struct csv_source *s)
{
    size kept = s->csv.rest.n;
    if (kept) memmove(s->window, s->csv.rest.p, (size_t)kept);
    r->bytes += fill_raw(s);
    size room = WINDOW - kept;
    size more = s->turn == (iconv_t)-1 ? plain_into(s, s->window + kept, room) : turn_into(s, s->window + kept, room);
    csv_feed(&s->csv, (str){s->window, kept + more}, s->ended && !s->raw_n);
}

/* ---- which encoding ------------------------------------------------------------------------------------------------- */

/* A window may end inside a character. */
static bool is_utf8(str s)
{
    for (int cut = 0; cut < 4 && cut <= s.n; cut++)
        if (str_is_text(str_head(s, s.n - cut))) return true;
    return false;
}

static bool has_high(str s)
{
    for (size i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80) return true;
    return false;
}

static bool is_gb18030(str s)
{
    char out[4096];
    iconv_t t = iconv_open("UTF-8", "GB18030");
    char *in = (char *)(uintptr_t)s.p;
    size_t in_n = (size_t)s.n;
    bool good = t != (iconv_t)-1;
    while (good && in_n) {
        char *to = out;
        size_t room = sizeof out;
        if (iconv(t, &in, &in_n, &to, &room) == (size_t)-1 && errno != E2BIG) {
            good = errno == EINVAL && in_n < 4; /* cut off at the window's end */
            break;
        }
    }
    if (t != (iconv_t)-1) iconv_close(t);
    return good;
}

/* UTF-8, unless neither the beginning nor its first line can be that while all of it can be GB18030: one bad row is one row's fault. */
static bool wants_turning(str beginning)
{
    str rest = beginning, line;
    if (is_utf8(beginning)) return false;
    if (str_split(&rest, '\n', &line) && has_high(line) && str_is_text(line)) return false;
    return is_gb18030(beginning);
}

/* ---- a reader of CSV ------------------------------------------------------------------------------------------------- */

static err open_csv(arena *a, int fd, sheet_reader *r)
{
    struct csv_source *s = new(a, struct csv_source);
    *s = (struct csv_source){.fd = fd, .turn = (iconv_t)-1, .raw = new_n(a, char, RAW), .window = new_n(a, char, WINDOW)};
    arena_cleanup(a, close_csv, s);
    r->csv = s;
    r->bytes += fill_raw(s);
    if (wants_turning((str){s->raw, s->raw_n})) s->turn = iconv_open("UTF-8", "GB18030");
    csv_open(&s->csv, a, (str){0});
    next_window(r, s);
    return NO_ERR;
}

static err csv_row(sheet_reader *r, arena *a, str *cells, int *n)
{
    struct csv_source *s = r->csv;
    s->csv.a = a;
    for (;;) {
        err e = csv_read_row(&s->csv, cells, SHEET_CELLS, n);
        r->line = s->csv.line;
        r->raw = s->csv.row;
        if (e.kind || *n != CSV_MORE) return e;
        next_window(r, s);
    }
}

/* ---- either ------------------------------------------------------------------------------------------------------------ */

static err no_file(void) { return err_of(ERR_MISSING, "", N_("There is no such file.")); }

err sheet_open(arena *a, const char *path, sheet_reader **out)
{
    struct stat st;
    char magic[4] = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) || !S_ISREG(st.st_mode)) {
        if (fd >= 0) close(fd);
        return no_file();
    }
    sheet_reader *r = new(a, sheet_reader);
    r->size = st.st_size;
    *out = r;
    if (pread(fd, magic, 4, 0) == 4 && !memcmp(magic, "PK\3\4", 4)) {
        close(fd);
        return sheet_open_xlsx(a, path, r);
    }
    return open_csv(a, fd, r);
}

err sheet_beginning(arena *a, const char *path, size most, str *out)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return no_file();
    char *p = new_n(a, char, most);
    ssize_t n = read(fd, p, (size_t)most);
    close(fd);
    *out = (str){p, n > 0 ? (size)n : 0};
    return NO_ERR;
}

err sheet_row(sheet_reader *r, arena *a, str *cells, int *n)
{
    return r->xlsx ? sheet_row_xlsx(r, a, cells, n) : csv_row(r, a, cells, n);
}

int64_t sheet_line(const sheet_reader *r) { return r->line; }
str sheet_raw(const sheet_reader *r) { return r->raw; }
bool sheet_is_xlsx(const sheet_reader *r) { return r->xlsx != NULL; }
int64_t sheet_bytes(const sheet_reader *r) { return r->bytes < r->size ? r->bytes : r->size; }
int64_t sheet_size(const sheet_reader *r) { return r->size; }

/* Excel counts a 29 February 1900 that never was: serials before 1 March 1900 are one less. */
static bool serial_day(str cell, int64_t *out)
{
    str whole = cell, rest = cell;
    int64_t n;
    str_split(&rest, '.', &whole);
    if (!str_int(whole, &n) || n < 1 || n > 2958465) return false;
    *out = day_of(1899, 12, 31) + n - (n > 60);
    return n != 60;
}

bool sheet_day(const sheet_reader *r, str cell, int64_t *out)
{
    str day = str_trim(cell), rest = day;
    if (day_parse(day, out)) return true;
    if (str_split(&rest, str_find(day, S("T")) == 10 ? 'T' : ' ', &day) && rest.n && day_parse(day, out)) return true;
    return r->xlsx && serial_day(str_trim(cell), out);
}
