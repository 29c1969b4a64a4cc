/* SPDX-License-Identifier: Apache-2.0 */
/* screen.c: the rules of screening as a trie of their words, and the mark that they give a firm. */
#include "room/registration/screen.h"

#include "base/embed.h"
#include "format/csv.h"

enum { RULES_MOST = 2000, NODES_MOST = 12000, CLASSES = 8, NO_CLASS = CLASSES, THRESHOLD = 6 };

/* The eight fields of 国科发火〔2016〕32号, annex. */
const struct choice screening_classes[] = {
    {"electronics", N_("Electronics and information")}, {"biomedicine", N_("Biology and new medicine")}, {"aerospace", N_("Aviation and space")},
    {"materials", N_("New materials")}, {"services", N_("High-technology services")}, {"energy", N_("New energy and saving energy")},
    {"environment", N_("Resources and environment")}, {"manufacturing", N_("Advanced manufacturing and automation")}, {0},
};
_Static_assert(countof(screening_classes) == CLASSES + 1, "a sum for each class");

enum { SCOPE, NAME, INDUSTRY, LIMIT, KINDS };
static const char *const kind_names[KINDS] = {[SCOPE] = "scope", [NAME] = "name", [INDUSTRY] = "industry", [LIMIT] = "threshold"};

typedef struct { str text; int class; int64_t weight; } rule;
struct screening {
    rule *rules; int n;
    uint16_t (*next)[256]; int nodes;  /* 0: no way on */
    uint16_t *ends[LIMIT];             /* by node: the rule whose word ends there, from 1; a trie for all kinds */
    int64_t threshold;
};

/* ---- loading ------------------------------------------------------------------------------------------------------------------- */

static int place(const char *const *names, int n, str name)
{
    int i = 0;
    while (i < n && !str_eqz(name, names[i])) i++;
    return i;
}

static int class_of(str code)
{
    int i = 0;
    while (i < CLASSES && !str_eqz(code, screening_classes[i].code)) i++;
    return i;
}

static bool add_word(screening *s, int kind, str word)
{
    int at = 0;
    for (size i = 0; i < word.n; i++) {
        uint16_t *on = &s->next[at][(unsigned char)word.p[i]];
        if (!*on) {
            if (s->nodes == NODES_MOST) return false;
            *on = (uint16_t)s->nodes++;
        }
        at = *on;
    }
    s->ends[kind][at] = (uint16_t)s->n;
    return true;
}

static err wrong(arena *a, const csv_reader *r, const char *text)
{
    return err_with(ERR_INPUT, "rules", text, str_fmt(a, "%lld", (long long)r->line), (str){0}, (str){0});
}

static err add_rule(arena *a, screening *s, const csv_reader *r, const str *cells, int n)
{
    rule *one = &s->rules[s->n];
    int kind = n >= 4 ? place(kind_names, KINDS, cells[0]) : KINDS;
    if (kind == KINDS) return wrong(a, r, N_("Line {0}: a rule has a kind (scope, name, industry, threshold), a word, a class, a weight and an example."));
    one->text = str_trim(cells[1]), one->class = class_of(cells[2]);
    bool named = one->class != NO_CLASS || str_eqz(cells[2], "any");
    if (!str_int(cells[3], &one->weight) || one->weight < -100 || one->weight > 100) return wrong(a, r, N_("Line {0}: a weight is a whole number from -100 to 100."));
    if (kind == LIMIT) return s->threshold = one->weight, NO_ERR;
    if (!one->text.n) return wrong(a, r, N_("Line {0}: the word is missing."));
    if (!named && (cells[2].n || one->weight > 0)) return wrong(a, r, N_("Line {0}: there is no such class; only what speaks against may be without."));
    if (n > 4 && cells[4].n && str_find(cells[4], one->text) < 0) return wrong(a, r, N_("Line {0}: the word does not stand in its example."));
    s->n++;
    return s->n < RULES_MOST && add_word(s, kind, one->text) ? NO_ERR : wrong(a, r, N_("Line {0}: these are too many rules."));
}

err screening_load(arena *a, str csv, screening **out)
{
    str cells[8];
    int n;
    csv_reader r;
    screening *s = *out = new(a, screening);
    *s = (screening){.rules = new_n(a, rule, RULES_MOST + 1), .next = arena_alloc(a, NODES_MOST, sizeof *s->next, 8), .nodes = 1, .threshold = THRESHOLD};
    for (int i = 0; i < LIMIT; i++) s->ends[i] = new_n(a, uint16_t, NODES_MOST);
    csv_open(&r, a, csv);
    TRY(csv_read_row(&r, cells, countof(cells), &n)); /* the header */
    for (;;) {
        TRY(csv_read_row(&r, cells, countof(cells), &n));
        if (!n) break;
        if (!str_starts(cells[0], S("#"))) TRY(add_rule(a, s, &r, cells, n));
    }
    return s->n ? NO_ERR : err_of(ERR_INPUT, "rules", N_("There are no rules in this text."));
}

str screening_built_in(void)
{
    const embedded *e = embed_find(S("data/screening.csv"));
    assert(e);
    return e->bytes;
}

/* ---- asking ------------------------------------------------------------------------------------------------------------------------ */

typedef struct {
    const screening *s;
    int64_t sum[CLASSES + 1], score;
    uint64_t counted[RULES_MOST / 64 + 1];
    buf words;
} asking;

static void count_rule(asking *q, int number)
{
    const rule *one = &q->s->rules[number - 1];
    uint64_t bit = (uint64_t)1 << (number % 64), *mine = &q->counted[number / 64];
    if (*mine & bit) return;
    *mine |= bit;
    q->sum[one->class] += one->weight;
    q->score += one->weight;
    if (q->words.n) buf_put(&q->words, S("、"));
    buf_put(&q->words, one->text);
    buf_putz(&q->words, one->weight < 0 ? " " : " +");
    buf_int(&q->words, one->weight);
}

/* The longest word that begins at p: its rule, and its length. */
static int longest(const screening *s, int kind, const char *p, const char *end, size *n)
{
    int found = 0, at = 0;
    for (const char *q = p; q < end && (at = s->next[at][(unsigned char)*q]);) {
        q++;
        if (s->ends[kind][at]) found = s->ends[kind][at], *n = q - p;
    }
    return found;
}

/* "(不含危险品)": what a firm must not do says nothing of what it does. The length of such a remark at p. */
static size exclusion(const char *p, const char *end)
{
    static const struct { str open, close; } brackets[] = {{S("（"), S("）")}, {S("("), S(")")}};
    str rest = {p, end - p};
    for (int i = 0; i < countof(brackets); i++) {
        if (!str_starts(rest, brackets[i].open)) continue;
        str inside = str_from(rest, brackets[i].open.n);
        size n = str_find(inside, brackets[i].close);
        bool excludes = str_starts(inside, S("不含")) || str_starts(inside, S("不包括")) || str_starts(inside, S("除"));
        if (excludes && n >= 0) return brackets[i].open.n + n + brackets[i].close.n;
    }
    return 0;
}

static void search(asking *q, int kind, str text)
{
    for (const char *p = text.p, *end = text.p + text.n; p < end;) {
        size n = *p == '(' || *p == '\xEF' ? exclusion(p, end) : 0;
        int found = n ? 0 : longest(q->s, kind, p, end, &n);
        if (found) count_rule(q, found);
        p += n ? n : 1;
    }
}

/* The most particular rule for the code: "I6510" is found by I6510, I65, I. */
static void search_industry(asking *q, str code)
{
    size n = 0;
    bool letter = code.n && code.p[0] >= 'A' && code.p[0] <= 'Z';
    if (letter && code.n > 1) code = str_from(code, 1);
    int found = longest(q->s, INDUSTRY, code.p, code.p + code.n, &n);
    if (found) count_rule(q, found);
}

void screening_ask(arena *a, const screening *s, const screened *of, mark *out)
{
    asking q = {.s = s, .words = buf_new(a, 0)};
    int best = 0;
    search_industry(&q, of->industry);
    search(&q, NAME, of->name);
    search(&q, SCOPE, of->scope);
    for (int i = 1; i < CLASSES; i++)
        if (q.sum[i] > q.sum[best]) best = i;
    *out = (mark){.score = q.score, .words = buf_str(&q.words)};
    if (q.sum[best] <= 0) best = class_of(S("services")); /* only words that speak for any field */
    if (q.score >= s->threshold) out->class = str_of(screening_classes[best].code);
}
