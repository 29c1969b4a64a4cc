/* SPDX-License-Identifier: Apache-2.0 */
/* member_form.h: inside the room: the forms of its pages. */
#ifndef MEMBER_FORM_H
#define MEMBER_FORM_H
#include "room/member/member.h"
extern const struct choice org_kinds[];
extern const shape org_new_shape, org_change_shape, account_change_shape, account_verdict_shape;
extern const action member_change;
extern const route people_routes[], hand_over_routes[];
extern const action password_reset;
/* Who may end a post of the organisation: its manager, who is whoever has held a post there longest, and the administrator. */
MUST_CHECK err hand_over_may(ctx *c, int64_t org, bool *out);
/* list "hand_overs" of an organisation, the newest first, and the form "hand_over_form" for who may. */
MUST_CHECK err hand_over_show(req *r, int64_t org, view *into);
typedef struct hand_over { int64_t org, post, successor; str reason; } hand_over;
extern const action member_hand_over;
/* list "people" of an organisation: name, role, open. */
MUST_CHECK err member_people(ctx *c, int64_t org, view *into);
#endif
