/* SPDX-License-Identifier: Apache-2.0 */
/* member_form.h: inside the room: the forms of its pages. */
#ifndef MEMBER_FORM_H
#define MEMBER_FORM_H
#include "room/member/member.h"
extern const struct choice org_kinds[];
extern const shape org_new_shape, org_change_shape, account_change_shape, account_verdict_shape;
extern const action member_change;
#define EARNERS (WHO(ROLE_AGENCY) | WHO(ROLE_ENTERPRISE) | WHO(ROLE_ALLIANCE)) /* who is paid: has a bank account */
/* Of one's own organisation, or for finance and the auditor; else ERR_MISSING. */
MUST_CHECK err account_get(ctx *c, int64_t id, bank_account *out);
bool account_decides(const ctx *c, const bank_account *b); /* is this one to compare it with its proof? */
typedef struct account_reading { int64_t id; str reason; } account_reading;
extern const shape account_reading_shape;
extern const action member_read_account;
MUST_CHECK err member_accounts_to_confirm(ctx *c, int64_t *out);
extern const route account_routes[], people_routes[], hand_over_routes[];
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
