/* SPDX-License-Identifier: Apache-2.0 */
/* application.h: inside the room: forms of an application, and what its journey and batches share. */
#ifndef APPLICATION_H
#define APPLICATION_H

#include "room/deficiency/deficiency.h"
#include "room/policy/policy.h"
#include "room/subsidy/subsidy.h"

extern const shape application_start_shape, application_draft_shape, application_ref_shape, application_move_shape, batch_move_shape;
extern const struct choice application_items[];

/* The facts as one text: what the enterprise confirms and what versions are compared by. */
str application_facts(ctx *c, const application *a);
/* The agency or the alliance, as the policy says. */
MUST_CHECK err application_payee(ctx *c, const policy_version *p, int64_t agency, int64_t *out);
/* Everything a submission needs; ERR_INPUT with every fault in ctx->errors. */
MUST_CHECK err application_complete(ctx *c, const application *a);
/* The month whose call takes it today; *rolled: today's call is closed, so it rides the next. */
MUST_CHECK err call_for(ctx *c, int64_t *month, bool *rolled);
/* Inside an act: its outcomes are its own from now on, for ever; refused where one is another's. */
MUST_CHECK err application_claim(ctx *c, const application *a);
/* Inside an act: numbers, month, version, claims, the receipt paper. */
MUST_CHECK err application_submit(ctx *c, const application *a);
MUST_CHECK err application_differences(ctx *c, const application *a, view *into);
/* list `name` of [{field (code), value}]: the facts as they are stored now. */
MUST_CHECK err application_show_facts(ctx *c, const application *a, view *into, str name);
/* The same outcome elsewhere, the same file elsewhere: lists "twin_numbers", "twin_files"; bool "twins". For reviewers. */
MUST_CHECK err application_twins(ctx *c, const application *a, view *into);
/* "step", "tone" and, at a task, "role". */
void application_show_step(const ctx *c, view *row, const flow *f, str node);
/* Rows of a list of applications: their steps, months and kinds by name, and whether they are late. */
MUST_CHECK err application_finish_rows(ctx *c, view *items);

extern const flow_kind subsidy_flow;       /* journey.c */
/* Inside an act: what each choice means before and after the case moves. */
/* Refused or withdrawn: what is bound goes back to the agreement's hold, and on to the line when the agreement has ended. */
MUST_CHECK err journey_unbind(ctx *c, const application *a);
MUST_CHECK err journey_before(ctx *c, const application *a, const flow_edge *choice, str note);
/* batch.c: cases that came to rest at a batch task find their batch. */
MUST_CHECK err batch_arrive(ctx *c, const flow_move *m);
/* The applications that rest where the batch rests. */
MUST_CHECK err batch_cases(ctx *c, const batch *b, int64_t **ids, int *n);
MUST_CHECK err batch_went_on(ctx *c, const flow_move *m);

extern const route application_routes[], many_routes[], batch_routes[], flow_routes[];
MUST_CHECK err application_todo(ctx *c, view *out);
MUST_CHECK err batch_todo(ctx *c, view *out);
MUST_CHECK err application_waiting(ctx *c, int64_t *out);
#endif
