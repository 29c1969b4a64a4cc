/* SPDX-License-Identifier: Apache-2.0 */
/* embed.h: files that stand inside the program: templates, flows, schemas, data, browser parts.
 *
 * A path is that in the source without "src/": "room/zone/settings.html", "data/cn_workdays.csv";
 * what the browser's build made is "assets/NAME". A NUL follows the bytes and is not counted.
 */
#ifndef EMBED_H
#define EMBED_H

#include "base/base.h"

typedef struct { str path, bytes; } embedded;

extern const embedded embedded_files[]; /* in byte order of the paths */
extern const int embedded_count;

const embedded *embed_find(str path);   /* NULL if there is none */

#endif
