/* SPDX-License-Identifier: Apache-2.0 */
/* message.h: the inbox: what concerns you, with a link. The inbox is the truth; mail will be a copy.
 * table message(zone_id, id, person_id, at, text_id, arg0, arg1, arg2, href, read_at). */
#ifndef MESSAGE_H
#define MESSAGE_H

#include "web/room.h"

extern const room message_room;

/* Inside an act: to every person who holds a post in the organisation. text: N_("… {0} …"), shown in the reader's language. */
MUST_CHECK err message_org(ctx *c, int64_t org, const char *text, str a, str b, str d, str href);
MUST_CHECK err message_role(ctx *c, role to, const char *text, str a, str b, str d, str href);
MUST_CHECK err message_person(ctx *c, int64_t person, const char *text, str a, str b, str d, str href);
/* Inside an act: about the person's own account, also to whoever did it himself: a thief would be he. */
MUST_CHECK err message_owner(ctx *c, int64_t person, const char *text, str href);
/* Inside an act: the inbox of who leaves goes to the successor; how many messages moved. */
MUST_CHECK err message_hand_over(ctx *c, int64_t from, int64_t to, int64_t *moved);
#endif
