/* SPDX-License-Identifier: Apache-2.0 */
/* html.h: text into HTML: escaped by default, raw only under a name that says so. */
#ifndef HTML_H
#define HTML_H

#include "base/base.h"

/* The text with & < > " ' as character references: safe as text and inside a quoted attribute. */
void html_text(buf *b, str s);
/* The same, with each line break as <br>: CR LF, LF or CR. */
void html_lines(buf *b, str s);
/* A sentence written by us (a message id or its translation) that may hold character references:
 * < > " ' are escaped and so is an & that begins no reference. */
void html_message(buf *b, str s);
/* As it is. Only for bytes that this program itself wrote as HTML. */
void html_raw_i_know_it_is_safe(buf *b, str s);

#endif
