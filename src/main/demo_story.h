/* SPDX-License-Identifier: Apache-2.0 */
/* demo_story.h: what happened in the demonstration zone before one opens it. */
#ifndef DEMO_STORY_H
#define DEMO_STORY_H

#include "main/house.h"

/* Tells the story from its first day to its last by the requests of its people, each on its day; leaves the business day at the last. The
 * cast must be there, the store on demo_story_first(). */
MUST_CHECK err demo_story(house *h);
int64_t demo_story_first(void), demo_story_last(void);

#endif
