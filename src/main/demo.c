/* SPDX-License-Identifier: Apache-2.0 */
/* demo.c: the demonstration zone, made by the same acts as real use. */
#include "main/demo.h"

#include "main/cast.h"
#include "main/demo_story.h"
#include "room/account/account.h"

/* A new demonstration begins where its story does; one that is there goes on where it stopped. */
int64_t demo_first_day(const house_options *o)
{
    return store_exists(o->data ? o->data : "lingfei-data") ? 0 : demo_story_first();
}

err demo_load(house *h, ctx *c, bool *fresh)
{
    person p;
    str verifier;
    TRY(house_begin_days(c));
    *fresh = account_of_login(c, S("agency1"), &p).kind == ERR_MISSING;
    if (!*fresh) return NO_ERR;
    TRY(account_verifier(c, S(CAST_PASSWORD), &verifier));
    TRY(cast_make(c, verifier));
    return demo_story(h);
}

void demo_print_accounts(FILE *out)
{
    fputs("demonstration accounts (password " CAST_PASSWORD "):\n", out);
    for (const cast_person *p = cast_people; p->login; p++) fprintf(out, "  %-12s %-11s %s\n", p->login, p->role, p->name);
}
