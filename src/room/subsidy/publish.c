/* SPDX-License-Identifier: Apache-2.0 */
/* publish.c: the words and lines of the month's public notice. */
#include "room/subsidy/publish.h"

static int64_t days_of(const flow_node *n) { return n->kind == NODE_TIMER ? n->timer_days : 7; }

err publish_words(ctx *c, const flow_node *timer, const int64_t *ids, int n, notice_new *out)
{
    notice_line *lines = new_n(c->a, notice_line, n + 1);
    int64_t month = 0;
    for (int i = 0; i < n; i++) {
        application a;
        TRY(application_fetch(c, ids[i], &a));
        if (!i) month = a.month;
        lines[i] = (notice_line){.case_id = a.id, .place = i + 1, .number = a.number, .agency = a.agency_name, .enterprise = a.enterprise_name,
                                 .item = a.item_name, .payee = a.payee_name, .amount_fen = a.amount_fen};
    }
    *out = (notice_new){.kind = S("subsidy"), .days = days_of(timer), .lines = lines, .n = n,
                        .title = str_fmt(c->a, "关于%d年%d月拟拨付科技创新服务补贴的公示", (int)(month / 12), (int)(month % 12) + 1), .basis = S("大高管发〔2018〕22号")};
    return NO_ERR;
}

const flow_node *publish_follows(const flow_node *task)
{
    const flow_edge *all[16];
    for (int i = 0, n = flow_choices(task, all, 16); i < n; i++) {
        const flow_node *to = all[i]->to;
        if (to->kind == NODE_ACTION && str_eqz(to->action, "publish_notice")) return to->out[0]->to;
    }
    return NULL;
}
