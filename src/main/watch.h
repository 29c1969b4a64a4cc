/* SPDX-License-Identifier: Apache-2.0 */
/* watch.h: what the doors tell the access room: refusals, from threads that may not wait, and every act of an administrator. */
#ifndef WATCH_H
#define WATCH_H
#include "store/store.h"
/* web_hooks.refused: keeps a line until watch_write, the oldest 512 of a second; of the rest only the number. */
void watch_refused(const ctx *c, str path);
err watch_write(ctx *c);                                       /* a job */
err watch_journal(ctx *c, const action *act, const void *in);  /* the record's entry, and a line if an administrator did it */
#endif
