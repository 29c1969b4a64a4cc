/* SPDX-License-Identifier: Apache-2.0 */
/* publish.h: the month's public notice in words and lines, the same for the preview and for what is published. */
#ifndef SUBSIDY_PUBLISH_H
#define SUBSIDY_PUBLISH_H

#include "room/notice/notice.h"
#include "room/subsidy/subsidy.h"

/* Of these applications; `timer`: the waiting time that follows, whose days the notice stands. batch and id are the caller's. */
MUST_CHECK err publish_words(ctx *c, const flow_node *timer, const int64_t *ids, int n, notice_new *out);
/* Where a decision at this step would publish: the waiting time that follows; NULL: it would not. */
const flow_node *publish_follows(const flow_node *task);

extern const route publish_routes[];
#endif
