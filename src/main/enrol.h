/* SPDX-License-Identifier: Apache-2.0 */
/* enrol.h: a person and the person's organisation added in one act: how an empty zone gets its first account. */
#ifndef ENROL_H
#define ENROL_H

#include "base/base.h"
#include "store/store.h"

/* uscc: of an organisation that is not there yet, in its normal form; its kind follows from the role. */
typedef struct enrolment {
    str uscc, org_name, login, name, verifier, role;
    int64_t org, person, post; /* results */
} enrolment;
extern const action account_enrol;

#endif
