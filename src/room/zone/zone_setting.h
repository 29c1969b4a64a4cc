/* SPDX-License-Identifier: Apache-2.0 */
/* zone_setting.h: the table of settings, for zone.c and its page. */
#ifndef ZONE_SETTING_H
#define ZONE_SETTING_H
#include "base/base.h"

typedef struct {
    const char *name, *otherwise; /* the default */
    bool number;
    int64_t min, max;             /* of a number; a text: at most max characters */
    const char *says;             /* message id */
    bool roles;                   /* codes of roles with commas between, or none */
} zone_setting;
extern const zone_setting zone_settings[]; /* ends with {0} */
#endif
