/* SPDX-License-Identifier: Apache-2.0 */
/* enrol.c: a person and the person's organisation added in one act: how an empty zone gets its first account. */
#include "main/enrol.h"

#include "room/account/account.h"
#include "room/member/member.h"

static const field fields[] = {
    FIELD(enrolment, uscc, F_TEXT, .flags = F_REQUIRED, .max = 30),
    FIELD(enrolment, org_name, F_TEXT, .flags = F_REQUIRED, .max = 120),
    FIELD(enrolment, login, F_TEXT, .flags = F_REQUIRED, .min = 2, .max = 40),
    FIELD(enrolment, name, F_TEXT, .flags = F_REQUIRED | F_PRIVATE, .max = 60),
    FIELD(enrolment, verifier, F_TEXT, .flags = F_PRIVATE),
    FIELD(enrolment, role, F_TEXT, .flags = F_REQUIRED),
    FIELD(enrolment, org, F_ID, .flags = F_RESULT),
    FIELD(enrolment, person, F_ID, .flags = F_RESULT),
    FIELD(enrolment, post, F_ID, .flags = F_RESULT),
};
static const shape enrolment_shape = {"enrolment", fields, countof(fields), sizeof(enrolment)};

static str kind_for(str role_name)
{
    static const char *const same[] = {"agency", "enterprise", "alliance"};
    for (int i = 0; i < countof(same); i++)
        if (str_eqz(role_name, same[i])) return role_name;
    return S("government");
}

static err enrol(ctx *c, void *in)
{
    enrolment *n = in;
    org_new o = {.uscc = n->uscc, .name = n->org_name, .kind = kind_for(n->role)};
    TRY(store_also(c, &member_add, &o));
    account_new a = {n->login, n->name, n->verifier, n->role, o.id, 0, 0};
    TRY(store_also(c, &account_add, &a));
    n->org = o.id, n->person = a.person, n->post = a.post;
    return NO_ERR;
}
const action account_enrol = {"account_enrol", &enrolment_shape, enrol, 0};
