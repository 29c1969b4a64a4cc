/* SPDX-License-Identifier: Apache-2.0 */
/* base.h: memory, text, errors and the context of an act: what every floor above is built of.
 *
 * Pure: nothing here does I/O, reads a clock or keeps a mutable global.
 *
 * Ownership: everything is borrowed from an arena and goes with it; there is no free.
 * Units: money is int64_t fen; a day is a `day` (days since 1970-01-01 in Asia/Shanghai's
 * calendar); an instant is UTC microseconds since 1970.
 */
#ifndef BASE_H
#define BASE_H

#include <assert.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef ptrdiff_t size;

#define countof(a) ((size)(sizeof(a) / sizeof((a)[0])))
#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))
#define N_(text) text /* marks a message id for the catalogues; translated where it is shown */

/* ---- text ------------------------------------------------------------------------------- */

typedef struct { const char *p; size n; } str; /* borrowed, never freed, never NUL-dependent */
#define S(lit) ((str){"" lit, (size)sizeof(lit) - 1}) /* literals only */
#define SF "%.*s"                                     /* printf: SF with SA(s) */
#define SA(s) (int)(s).n, (s).p

typedef struct arena arena;

static inline str str_of(const char *z)     /* the whole NUL-terminated text; NULL gives empty */
{
    return z ? (str){z, (size)strlen(z)} : (str){0};
}
static inline bool str_eq(str a, str b)     /* names mostly differ at once */
{
    return a.n == b.n && (!a.n || (*a.p == *b.p && !memcmp(a.p, b.p, (size_t)a.n)));
}
static inline bool str_eqz(str a, const char *z) { return str_eq(a, str_of(z)); }
bool str_starts(str s, str head);
bool str_ends(str s, str tail);
int str_compare(str a, str b);              /* byte order, as memcmp */
size str_find(str s, str what);             /* index of the first, -1 if none */
#define STR_HASH 14695981039346656037u      /* a hash of nothing yet */
uint64_t str_hash(uint64_t hash, str s);    /* goes on with s: FNV-1a of 64 bits; it tells apart, it guards nothing */
str str_from(str s, size at);               /* from `at` to the end; past the end is empty */
str str_head(str s, size n);
str str_trim(str s);                        /* ASCII white space and the full-width space off */
/* Cuts the next part off *rest; false when nothing is left, so that "a,,b," has three parts and the
 * empty text none. */
bool str_split(str *rest, char sep, str *part);
str str_dup(arena *a, str s);
const char *str_z(arena *a, str s);         /* NUL-terminated copy */
str str_join(arena *a, str x, str y);
str str_fmt(arena *a, const char *format, ...) PRINTF_LIKE(2, 3);
str str_replace(arena *a, str s, str what, str with);
str str_upper(arena *a, str s);             /* ASCII only */
str str_narrow(arena *a, str s);            /* full-width characters as ASCII ones */
bool str_int(str s, int64_t *out);          /* the whole of s is a decimal int64; no sign but '-' */
bool str_is_text(str s);                    /* well-formed UTF-8 without NUL */
size str_chars(str s);                      /* code points of well-formed UTF-8 */
uint32_t str_next_char(str *rest);          /* cuts one code point off; 0xFFFD for a bad byte */

/* ---- memory ----------------------------------------------------------------------------- */

/* One per request, job or act. Grows by blocks up to its limit; at the limit it calls `oom`,
 * which does not return (it jumps to the boundary that made the arena). Never let it be called
 * from inside a library's callback: use arena_reserve before entering the library. */
struct arena {
    char *at, *end;
    struct arena_block *blocks;
    struct arena_cleanup *cleanups;
    size taken, limit;             /* bytes of all blocks, and the most there may be */
    size promised;                 /* what is left of arena_reserve */
    void (*oom)(arena *);          /* NULL: abort */
    void *owner;                   /* for oom */
};

void arena_init(arena *a, size limit, void (*oom)(arena *), void *owner);
void arena_done(arena *a);         /* runs the cleanups, last first, and gives all memory back */
void *arena_alloc(arena *a, size count, size bytes, size align); /* zeroed */
char *arena_bytes(arena *a, size n);      /* not zeroed: for text, which is written at once */
void arena_reserve(arena *a, size bytes); /* the next `bytes` cannot fail */
/* Makes the piece that ends at `end` longer where it stands; false: it is not the last one, or
 * there is no room behind it. The new bytes are not zeroed. */
bool arena_extend(arena *a, const char *end, size more);
void arena_cleanup(arena *a, void (*run)(void *), void *what);   /* for what is not memory */

#define new(a, type) ((type *)arena_alloc((a), 1, (size)sizeof(type), (size) _Alignof(type)))
#define new_n(a, type, n) \
    ((type *)arena_alloc((a), (n), (size)sizeof(type), (size) _Alignof(type)))

/* A growing text in an arena. */
typedef struct { arena *a; char *p; size n, cap; } buf;
buf buf_new(arena *a, size cap);
void buf_put(buf *b, str s);
void buf_putz(buf *b, const char *z);
void buf_byte(buf *b, char c);
void buf_int(buf *b, int64_t i);
void buf_fmt(buf *b, const char *format, ...) PRINTF_LIKE(2, 3);
str buf_str(const buf *b);
char *buf_room(buf *b, size n);    /* n writable bytes at the end; then b->n += what was used */

/* ---- errors ----------------------------------------------------------------------------- */

typedef enum {
    OK = 0,
    ERR_UNREADABLE, /* 400: it cannot be parsed at all */
    ERR_LOGIN,      /* 401: nobody is signed in */
    ERR_DENIED,     /* 403: this role may not */
    ERR_MISSING,    /* 404: not there, or not yours */
    ERR_CONFLICT,   /* 409: somebody else was first; or a rule of uniqueness */
    ERR_LARGE,      /* 413 */
    ERR_INPUT,      /* 422: a field is wrong */
    ERR_LIMIT,      /* 429 */
    ERR_FAULT,      /* 500: ours */
    ERR_BUSY,       /* 503: try again */
} err_kind;
#define ERR_KINDS (ERR_BUSY + 1)

/* The message travels with its code. `text` is an English message id, in which {0}…{2} stand
 * for the arguments; it is translated where it is shown. `field` names the form field or "". */
typedef struct { err_kind kind; const char *field, *text; str arg[3]; } err;

#define NO_ERR ((err){0})
#define TRY(call) do { err e_ = (call); if (e_.kind) return e_; } while (0)
MUST_CHECK err err_of(err_kind kind, const char *field, const char *text); /* text: N_("…") */
MUST_CHECK err err_with(err_kind kind, const char *field, const char *text, str a, str b, str c);
str err_text(arena *a, err e, str translated); /* the arguments put into the translated text */

/* ---- values: one tree for HTML, JSON and CSV ---------------------------------------------- */

/* A view is what a page shows and what JSON says. Numbers keep their meaning (money, day,
 * instant) so that each output writes them its own way: JSON fen as an integer and days as
 * "2018-11-05", HTML ¥12,345.00 and 2018年11月5日. */
typedef enum {
    V_NULL, V_BOOL, V_INT, V_FEN, V_DAY, V_TIME, V_TEXT,
    V_CODE, /* s: the code that programs read; label: what people read, already translated */
    V_LIST, V_MAP,
} view_kind;

typedef struct view view;
struct view {
    view_kind kind;
    str name;                       /* its key in the map it stands in */
    union { int64_t i; str s; struct { view *first, *last; int n; }; };
    str label;                      /* V_CODE only */
    view *next;
    arena *a;
};

view *view_map(arena *a);
view *view_list(arena *a);
view *view_get(const view *map, str name);        /* NULL if absent */
str view_get_text(const view *map, str name);     /* text or code; empty if absent or another kind */
int64_t view_get_int(const view *map, str name, int64_t otherwise);
view *view_put(view *map, str name, view_kind kind); /* adds; a second of the name replaces it */
view *view_add(view *list, view_kind kind);
/* n members of an empty map in one piece of memory: the first of them, still without name and value. */
view *view_put_all(view *map, int n);
void view_text(view *map, str name, str s);
void view_int(view *map, str name, int64_t i);
void view_bool(view *map, str name, bool b);
void view_fen(view *map, str name, int64_t fen);
void view_day(view *map, str name, int64_t day);      /* 0: null */
void view_time(view *map, str name, int64_t us);      /* 0: null */
void view_code(view *map, str name, str code, str label);
view *view_put_map(view *map, str name);
view *view_put_list(view *map, str name);
view *view_add_map(view *list);
view *view_add_list(view *list);
void view_adopt(view *map, str name, view *child); /* an existing tree; it stands in no other */
view *view_copy(arena *a, const view *v);  /* a deep copy, free-standing; of NULL: V_NULL */

/* ---- shapes: one description of a struct for forms, rows, JSON and the audit ---------------- */

typedef enum {
    F_INT, F_ID, F_BOOL,
    F_FEN,   /* int64_t fen; people type yuan with at most two decimals */
    F_DAY,   /* int64_t day number; people type 2018-11-05 */
    F_TIME,  /* int64_t µs */
    F_TEXT,  /* str, one line */
    F_LINES, /* str, several lines */
    F_CODE,  /* str, one of `choices` */
    F_SECRET,/* str, never shown, never logged: a password */
    F_FILE,  /* int64_t document id; people send a file */
    F_BLOB,  /* str, bytes */
    F_LIST,  /* struct list of `of` */
} field_kind;

enum {
    F_REQUIRED = 1,  /* must not be empty */
    F_PRIVATE = 2,   /* personal: stands beside the audit entry, salted hash inside */
    F_RESULT = 4,    /* an action's output, not its input */
    F_HIDDEN = 8,    /* carried along by the form, not typed */
    F_UNTRIMMED = 16,/* white space is meant */
};

typedef struct shape shape;
typedef struct {
    const char *name;
    field_kind kind;
    int at;                    /* offset in the struct */
    unsigned flags;
    const char *label, *hint;  /* message ids; NULL: not shown in a form */
    int64_t min, max;          /* of a number; of a text the code points (0, 0: no limit) */
    const struct choice { const char *code, *label, *tone; } *choices; /* ends with {0}; tone: the colour of its badge, NULL: none */
    const shape *of;           /* F_LIST */
} field;
struct shape { const char *name; const field *fields; int n; size bytes; };

typedef struct { void *items; int n; } list; /* of shape->of, laid out as an array */

#define FIELD(type, member, k, ...) \
    {.name = #member, .kind = k, .at = (int)offsetof(struct type, member), __VA_ARGS__}
#define SHAPE(type, ...)                                                                     \
    static const field type##_fields[] = {__VA_ARGS__};                                      \
    const shape type##_shape = {#type, type##_fields, (int)countof(type##_fields),           \
                                (size)sizeof(struct type)}

const field *shape_field(const shape *sh, str name); /* NULL if there is none */
/* Each field under its name: a day or instant of 0 as null, bytes as base64 text, a secret not. */
void shape_view(const shape *sh, const void *from, view *map);
/* The struct out of a tree; RESULT fields too if they are there. Unknown names are ignored,
 * what is absent leaves the struct as it was, null makes 0 or empty, a wrong kind is ERR_INPUT
 * naming the field ("lines.2.amount_fen" in a list). Takes what JSON has: days as "2018-11-05",
 * instants as RFC 3339 or microseconds, bytes as base64. min, max and REQUIRED are the form's to
 * check. Used for the audit's replay and for JSON. */
MUST_CHECK err shape_read(arena *a, const shape *sh, const view *map, void *out);

/* ---- who, when, where: the context of every read and act ----------------------------------- */

typedef enum {
    ROLE_PUBLIC, ROLE_AGENCY, ROLE_ENTERPRISE, ROLE_ALLIANCE, ROLE_BUREAU, ROLE_COMMITTEE,
    ROLE_FINANCE, ROLE_DEPARTMENT, ROLE_AUDITOR, ROLE_COUNTER, ROLE_ADMIN,
} role;
#define ROLES (ROLE_ADMIN + 1)
#define WHO(role) (1u << (role))
extern const char *const role_code[ROLES];  /* "agency", as in flows, commands and JSON */
extern const char *const role_label[ROLES]; /* message ids */
int role_of(str code);                      /* -1 if none */

typedef enum { LANG_ZH, LANG_EN } lang;
#define LANGS (LANG_EN + 1)
str lang_code(lang l);                      /* "zh-CN", "en" */

typedef struct {
    int64_t person, post, org;  /* 0: nobody / the system itself */
    role role;
    str name, org_name;         /* for pages and the record */
    int64_t for_person;         /* a deputy's principal, a timer's starter; 0: himself */
    int64_t mandate;            /* at the counter: the mandate under which he acts for org, in its role; 0: none */
} actor;

/* Is it this person who acts, or the one for whom he stands in? Four eyes count both. */
static inline bool actor_is(const actor *who, int64_t person)
{
    return person && (who->person == person || who->for_person == person);
}

struct calendar;                /* base/days.h */
struct store;                   /* store/store.h */
struct store_conn;
struct house;                   /* main: rooms, flows, settings; opaque to floors */

typedef struct ctx {
    arena *a;
    int64_t zone;
    actor who;
    int64_t now;                /* µs UTC, when the request came; the only clock there is */
    int64_t today;              /* business day; `--today` moves it in a rehearsal */
    lang lang;
    struct calendar *days;
    struct store *store;
    struct store_conn *db;      /* the connection this thread reads or writes with */
    struct flow_set *flows;     /* flow/flow.h: the loaded flows */
    struct gate *hashing;       /* base/gate.h: how many passwords are made at once */
    struct child_pool *makers;  /* format/child.h: how many PDF and XLSX files are made at once */
    const struct vault *vault;  /* format/seal.h: the key of what stands sealed in the store */
    const struct house *house;
    str once;                   /* one-time key of the form, or Idempotency-Key; empty: none */
    str request_id, ip;
    view *errors;               /* list of {field, reason}: every wrong field of a form */
} ctx;

/* Notes one wrong field; the form goes on checking. ctx_errors then gives the ERR_INPUT or OK. */
void ctx_wrong(ctx *c, const char *field, err e);
MUST_CHECK err ctx_errors(const ctx *c);

/* Translation: the catalogue is set once by main. Unknown ids come back as they are. */
str tr(lang l, const char *id);
str tr_str(lang l, str id);

/* The word of a code in the reader's language; a code that is not in the list is its own word. */
str choice_word(lang l, const struct choice *all, str code);
/* The text at `name` is a code: its word stands beside it from now on, and its tone under "tone" if it has one. One that is not in the
 * list stays as it is. */
void view_choice(lang l, view *map, str name, const struct choice *all);
/* For a reader of English NAME_en, where there is one, in place of NAME. */
void view_english(lang l, view *map, const char *name);

#endif
