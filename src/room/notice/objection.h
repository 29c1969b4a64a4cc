/* SPDX-License-Identifier: Apache-2.0 */
/* objection.h: inside the room: objections, for the pages. */
#ifndef OBJECTION_H
#define OBJECTION_H
#include "room/notice/notice.h"
typedef struct objection_new { int64_t notice, case_id; str text, name, contact, code_hash; int64_t id; } objection_new;
typedef struct objection_answer_in { int64_t id; str verdict, answer; } objection_answer_in;
extern const shape objection_new_shape, objection_answer_shape;
extern const action objection_lodge, objection_answer;
#endif
