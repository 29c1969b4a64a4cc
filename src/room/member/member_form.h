/* SPDX-License-Identifier: Apache-2.0 */
/* member_form.h: inside the room: the forms of its pages. */
#ifndef MEMBER_FORM_H
#define MEMBER_FORM_H
#include "room/member/member.h"
extern const struct choice org_kinds[];
extern const shape org_new_shape, org_change_shape, account_change_shape, account_verdict_shape;
extern const action member_change;
extern const route people_routes[];
/* list "people" of an organisation: name, role, open. */
MUST_CHECK err member_people(ctx *c, int64_t org, view *into);
#endif
