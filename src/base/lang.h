/* SPDX-License-Identifier: Apache-2.0 */
/* lang.h: the catalogue of messages, made from po/ by tool/catalogue at build time. */
#ifndef LANG_H
#define LANG_H

#include "base/base.h"

struct catalogue_entry { str id, text; };

/* In byte order of the ids; without the untranslated ones. English is the id itself. */
extern const struct catalogue_entry catalogue_zh[];
extern const int catalogue_zh_count;

#endif
