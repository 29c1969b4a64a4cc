/* SPDX-License-Identifier: Apache-2.0 */
/* key.h: the file of the key with which values stand sealed in the store. */
#ifndef KEY_H
#define KEY_H
#include "format/seal.h"
/* From `file`, or DATA/lingfei.key if it is NULL, which is made (0400) where it is not. Refuses a file that others may read. */
MUST_CHECK err key_load(arena *a, const char *data, const char *file, vault *out);
#endif
