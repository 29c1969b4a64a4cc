/* SPDX-License-Identifier: Apache-2.0 */
/* known.h: inside the room: browsers in which a person has signed in before: strangers' wrong tries do not make them wait. */
#ifndef KNOWN_H
#define KNOWN_H
#include "web/web.h"
str known_browser(const req *r, str login);   /* its mark; empty: this person has not signed in here before */
void known_remember(req *r, str login);       /* by a cookie, for a year */
#endif
