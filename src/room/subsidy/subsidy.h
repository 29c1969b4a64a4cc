/* SPDX-License-Identifier: Apache-2.0 */
/* subsidy.h: the main job: the month's call, applications, batches, the five papers, payment, reward. R14–R19.
 *
 * application.c  draft, save, confirm, submit: facts, amounts, order of dates, the outcome's claim
 * journey.c      what moving on its flow means for an application: returns, ends, batches, money
 * batch.c        the month: calls, gathering, decisions on many, single returns
 * clearing.c     what is unlike the month before is cleared with a note before a batch is signed off
 * original.c     files that were seen against their originals
 * pace.c         how long each step takes, batch by batch
 * paper.c        the five papers from frozen snapshots
 * publish.c      the words and lines of the public notice, previewed and published
 * seal.c         the sealed scan beside a paper, and the steps that wait for it
 * payment.c      payment orders, their file, bank results, retries
 * reduction.c    an amount that finance reduced in its recheck
 * reversal.c     an approval taken back before payment, by two persons
 * reward.c       the enterprise's reward after the agency's payment (reward.bpmn)
 *
 * An application's row has the id of its case on subsidy.bpmn. */
#ifndef SUBSIDY_H
#define SUBSIDY_H

#include "web/room.h"

extern const room subsidy_room;

typedef struct application {
    int64_t id, version;               /* version: of the case; counts moves */
    int64_t draft;                     /* version of what is typed; counts saves */
    str number, node;                  /* number given at the first submission: S2018-11-0007 */
    int64_t agreement, agency, enterprise, policy_version;
    int64_t month;                     /* of its call: year*12+month-1; 0 before submission */
    int64_t batch;
    str outcome_kind, outcome_number, outcome_normal; /* several numbers stand a line each; normal: spaces between */
    int64_t outcome_day, service_from, service_to;
    int64_t quantity, base_fen;        /* quantity: how many numbers, never typed */
    str grade;
    int64_t amount_fen, reward_fen, standard_fen;
    str explained;                     /* how the amount came about */
    int64_t payee;                     /* organisation: the agency or the alliance, by the policy */
    int64_t contract_doc, letter_doc, proof_doc;
    int64_t confirmed_at, confirmed_by;/* by the enterprise, of exactly these facts */
    str confirmed_facts;               /* hash of the facts confirmed */
    int64_t submitted_day, submitted_by, round; /* round: submissions so far */
    int64_t flow_id, since_day, due_day;
    str agency_name, enterprise_name, item_name, payee_name, policy_title;
} application;
extern const shape application_shape;

/* Somebody else's is missing, not denied: an agency's own, an enterprise's own, officers all that were submitted. */
MUST_CHECK err application_get(ctx *c, int64_t id, application *out);
MUST_CHECK err application_fetch(ctx *c, int64_t id, application *out);   /* no permission check */

/* "step" (code), "tone" (the badge's colour: blue waits, yellow came back, green done, red refused, secondary quiet) and, at a task, "role". */
MUST_CHECK err subsidy_name_step(ctx *c, view *row, int64_t flow_id, str node);

/* list "batch_pace": [{id, name, batches, n, left_out, p50, p90}] of each step that others than the applicant decide (of one, where `node` names
 * it): the working days that half and nine of ten of n cases of the last six batches waited there, outliers left out. Not a promise. */
MUST_CHECK err subsidy_show_pace(ctx *c, const flow *f, str node, view *into);

typedef struct application_start_in { int64_t agreement, copy; int64_t id; } application_start_in; /* copy: an earlier one, or 0 */
typedef struct application_draft_in {
    int64_t id, draft, outcome_day, service_from, service_to, base_fen, contract, letter, proof;
    str outcome_kind, outcome_number, grade;
} application_draft_in;
typedef struct application_ref { int64_t id; } application_ref;
typedef struct application_move_in { int64_t id, version; str choice, note; } application_move_in;
extern const action application_start, application_save, application_amend, application_confirm, application_move;

typedef struct batch {
    int64_t id, version, month, flow_id, made_day, moved_day;
    str number, node;                  /* number: 2018-11; node: where it rests */
} batch;
extern const shape batch_shape;
MUST_CHECK err batch_get(ctx *c, int64_t id, batch *out);
typedef struct batch_return { int64_t id; str note; int64_t reduce_fen; } batch_return; /* reduce_fen: to what finance reduces it; 0: not */
typedef struct batch_move_in { int64_t id, version; str choice, note; list returns, clear; } batch_move_in; /* clear: notes on its alerts */
extern const action batch_move;
#endif
