/* SPDX-License-Identifier: Apache-2.0 */
/* mustache.h: templates in Mustache (its specification's core, all of it) over a view.
 *
 * {{name}} is escaped for HTML, {{{name}}} and {{& name}} are not; {{#list}}…{{/list}} repeats,
 * {{^list}}…{{/list}} is shown when there is nothing, {{> partial}}, {{! comment}}, {{=<% %>=}},
 * {{a.b}} looks inside, {{.}} is the item itself. A name is looked for in the innermost section
 * first and in the globals last; one that is not there is empty.
 *
 * Nothing, for a section: absent, null, false, 0, no money, an empty text, an empty list. To ask
 * whether a number is there at all, let the view say so with a bool.
 *
 * Values are written by their kind and the page's language:
 *   money  ¥12,345.00        day   2018年11月5日 / 5 Nov 2018    instant  2018年11月5日 14:30 (Shanghai)
 *   code   its label         int   12345                         bool     true, false
 * A last part after a dot asks for another writing of a value that is no map:
 *   amount.raw  1234500 (fen; of any number, day or instant the number inside)
 *   amount.yuan 12345.00         amount.capitals 壹万贰仟叁佰肆拾伍元整
 *   day.iso     2018-11-05       at.iso  2018-11-05T14:30:00+08:00  (for <time datetime>)
 *   at.day      2018年11月5日    at.time 14:30      day.month, at.month  2018年11月 / November 2018
 *   step.code   the code of a code, step.label its label
 *   text.lines  line breaks as <br>    text.url  percent-encoded, for a query or a path segment
 *   n.grouped   12,345           list.count   how many (as a section: once, if there are any)
 * In a list {{@index}} counts from 1; {{#@first}}, {{#@last}} and their inverses make separators.
 *
 * {{#_}}Page {{n}} of {{total}}{{/_}} is a message: its id is "Page {0} of {1}" with the names
 * numbered in order, white space runs made one space and the ends trimmed (they stay outside). Only
 * texts, names and comments may stand inside. It is translated at every rendering; arguments are
 * escaped. An id that holds a '<' is HTML and its translation is written as it is; all others are
 * plain text (they may hold character references such as &nbsp;), so they are safe in attributes.
 */
#ifndef MUSTACHE_H
#define MUSTACHE_H

#include "base/base.h"

enum {
    TEMPLATE_NESTING_MAX = 32,   /* sections inside each other, of one template */
    TEMPLATE_PARTIALS_MAX = 64,  /* partials inside each other; deeper ones are left out */
    TEMPLATE_PARTIALS_ALL = 1 << 20, /* of one rendering: one that holds itself twice must end too */
};

typedef struct template template; /* never changes once compiled: threads may share it */

/* `text` and `name` are kept, not copied. Errors (ERR_INPUT) are NAME:LINE: and a sentence. */
MUST_CHECK err template_compile(arena *a, str name, str text, template **out);

typedef struct {
    const template *(*partial)(void *what, str name); /* NULL if there is none: renders empty */
    void *what;
    const view *globals;         /* map looked in last; NULL: none */
    lang lang;
    bool plain;                  /* no HTML: nothing is escaped (mails) */
} template_env;

void template_render(const template *t, const view *data, const template_env *env, buf *out);

/* Every name the template uses, in order, so that a test can hold it against the views. */
typedef struct {
    enum { KEY_VALUE, KEY_SECTION, KEY_INVERTED, KEY_PARTIAL, KEY_MESSAGE } kind;
    str name;                    /* "amount.yuan"; of a message its id */
    str inside;                  /* the sections it stands in: "", "items", "items/steps" */
    int line;
} template_key;
void template_keys(const template *t, void (*each)(void *what, const template_key *k), void *what);

#endif
