/* SPDX-License-Identifier: Apache-2.0 */
/* screen.h: inside the room: which firms are of technology, by rules kept as data; pure.
 *
 * Rules: rows `kind,text,class,weight,example`. kind: scope (a word of the business scope), name (of the firm's name), industry (the
 * beginning of its GB/T 4754 code, with or without the section's letter); threshold (the sum from which a firm is one). class: one of
 * the State's eight fields, "any" for a word that speaks for each of them; empty for one that speaks against. example: a text in which the word stands, kept for the reader. */
#ifndef REGISTRATION_SCREEN_H
#define REGISTRATION_SCREEN_H

#include "base/base.h"

typedef struct screening screening;                         /* the rules, ready to be asked; lives in the arena it was loaded into */
typedef struct mark { str class; int64_t score; str words; } mark; /* class: "electronics"; empty: none. words: "软件开发 +6、销售 -1" */
typedef struct screened { str name, scope, industry; } screened;

/* ERR_INPUT names the wrong row's line. */
MUST_CHECK err screening_load(arena *a, str csv, screening **out);
str screening_built_in(void);
/* Each word counts once; a word inside a longer one that was found does not count. The class is that with the highest sum. */
void screening_ask(arena *a, const screening *s, const screened *of, mark *out);

extern const struct choice screening_classes[];             /* code, label */
#endif
