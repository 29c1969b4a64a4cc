/* SPDX-License-Identifier: Apache-2.0 */
/* beside.c: what rooms above a page's own room add to it. */
#include "web/room.h"

err room_beside(ctx *c, str object, int64_t id, view *v)
{
    const house_face *house = (const void *)c->house;
    for (const room *const *r = house->rooms; *r; r++)
        if ((*r)->beside) TRY((*r)->beside(c, object, id, v));
    return NO_ERR;
}
