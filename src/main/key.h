/* SPDX-License-Identifier: Apache-2.0 */
/* key.h: the file of the key with which values stand sealed in the store. */
#ifndef KEY_H
#define KEY_H
#include "format/seal.h"
/* Where the key of a store is: `file`, or if that is NULL its place by default. */
const char *key_path(arena *a, const char *data, const char *file);
/* From `file`; if it is NULL from DATA/lingfei.key (of a database: lingfei.key in the current folder), which is made (0400) where it is
 * not. Refuses a file that others may read. */
MUST_CHECK err key_load(arena *a, const char *data, const char *file, vault *out);
/* The same key for a new store at its place by default; nothing if it stands there already, refused if another does. */
MUST_CHECK err key_copy(arena *a, const char *from, const char *data);
MUST_CHECK err key_make(arena *a, const char *path); /* nothing if there is one */
#endif
