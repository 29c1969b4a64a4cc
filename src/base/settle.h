/* SPDX-License-Identifier: Apache-2.0 */
/* settle.h: after a start, memory that only the start needed goes back to the system. */
#ifndef SETTLE_H
#define SETTLE_H

/* The read-only pages of the program and its libraries (what the loader bound, what was hashed and compiled once) and free heap. A page
 * that is asked for again comes from its file; nothing that was written is touched. */
void memory_settle(void);
#endif
