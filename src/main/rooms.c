/* SPDX-License-Identifier: Apache-2.0 */
/* rooms.c: the list of rooms, in order of dependency; adding a capability is a folder and one line here. */
#include "main/house.h"
#include "room/access/access.h"
#include "room/account/account.h"
#include "room/admission/admission.h"
#include "room/advance/advance.h"
#include "room/audit/audit.h"
#include "room/budget/budget.h"
#include "room/catalogue/catalogue.h"
#include "room/counter/counter.h"
#include "room/deficiency/deficiency.h"
#include "room/deputy/deputy.h"
#include "room/desk/desk.h"
#include "room/document/document.h"
#include "room/matching/matching.h"
#include "room/member/member.h"
#include "room/message/message.h"
#include "room/notice/notice.h"
#include "room/outcome/outcome.h"
#include "room/pair/pair.h"
#include "room/phrase/phrase.h"
#include "room/policy/policy.h"
#include "room/portal/portal.h"
#include "room/rating/rating.h"
#include "room/registration/registration.h"
#include "room/signin/signin.h"
#include "room/subsidy/subsidy.h"
#include "room/workdays/workdays.h"
#include "room/zone/zone.h"

const room *const rooms[] = {
    &main_room,      &audit_room,  &zone_room,       &account_room, &access_room, &workdays_room, &message_room, &signin_room, &phrase_room, &deputy_room, &member_room,  &document_room, &counter_room, &registration_room, &policy_room,
    &catalogue_room, &budget_room, &deficiency_room, &admission_room, &pair_room,    &notice_room,   &outcome_room, &subsidy_room, &rating_room,  &matching_room,     &advance_room,  &desk_room,
    &portal_room,    NULL,
};
