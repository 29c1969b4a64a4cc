/* SPDX-License-Identifier: Apache-2.0 */
/* demo_requests.h: single requests of the story, each told on its day: who asks what with which words. */
#ifndef DEMO_REQUESTS_H
#define DEMO_REQUESTS_H

/* In path and json "{agency1}" stands for that organisation's id, "{service1}" for the n-th service's, any other name for what a row
 * before it made under that name. */
typedef struct { int month, day; const char *login, *path, *json, *makes; } demo_request;
extern const demo_request demo_requests[]; /* in order of the days; ends with {0} */

#endif
