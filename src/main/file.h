/* SPDX-License-Identifier: Apache-2.0 */
/* file.h: whole files in and out, for commands. */
#ifndef MAIN_FILE_H
#define MAIN_FILE_H
#include "base/base.h"
MUST_CHECK err file_read(arena *a, const char *path, str *out);  /* ERR_MISSING, ERR_LARGE over 256 MB; "-" is standard input */
MUST_CHECK err file_write(const char *path, str bytes);
#endif
