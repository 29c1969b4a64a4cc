/* SPDX-License-Identifier: Apache-2.0 */
/* fill.c FILE N: for measuring: multiplies the paid applications of a demonstration store until there are N, with their cases and the
 * last two lines of their history, as the program itself writes them. Not a way to make data: the record does not know them. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

static void run(sqlite3 *db, const char *sql)
{
    char *why = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &why) == SQLITE_OK) return;
    fprintf(stderr, "%s\n%s\n", sql, why);
    exit(1);
}

static int count_of(void *out, int n, char **values, char **names)
{
    (void)n, (void)names;
    *(long long *)out = atoll(values[0]);
    return 0;
}

int main(int argc, char **argv)
{
    sqlite3 *db;
    long long wanted = argc > 2 ? atoll(argv[2]) : 0, have = 0;
    if (wanted < 1 || sqlite3_open(argv[1], &db)) return 2;
    run(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; BEGIN");
    run(db, "CREATE TEMP TABLE pattern AS SELECT row_number() OVER (ORDER BY a.id) - 1 AS place, a.id FROM application a JOIN flow_case k USING (zone_id, id) WHERE k.node = 'paid'");
    if (sqlite3_exec(db, "SELECT count(*) FROM pattern", count_of, &have, NULL) || !have) return 3;
    char sql[4096];
    snprintf(sql, sizeof sql,
             "CREATE TEMP TABLE copy AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %lld)"
             " SELECT n.i + 1000000 AS new_id, pattern.id AS old_id, n.i AS i FROM n JOIN pattern ON pattern.place = n.i %% %lld",
             wanted, have);
    run(db, sql);
    run(db, "INSERT INTO flow_case SELECT k.zone_id, c.new_id, k.flow_id, k.flow, k.node, k.version, 0, k.since_at, k.since_day, k.due_day, k.timer, k.timer_day, k.left_days,"
            " k.closed_at, k.started_by, k.moved_by FROM copy c JOIN flow_case k ON k.id = c.old_id ORDER BY c.new_id");
    run(db, "INSERT INTO flow_history SELECT h.zone_id, c.new_id, h.n, h.at, h.on_day, h.flow, h.from_node, h.to_node, h.choice, h.message, h.note, h.person, h.for_person, h.org, h.role,"
            " h.waited FROM copy c JOIN flow_history h ON h.case_id = c.old_id JOIN flow_case k ON k.id = c.old_id WHERE h.n > k.version - 2 ORDER BY c.new_id, h.n");
    run(db, "INSERT INTO application SELECT a.zone_id, c.new_id, 'S2026-' || printf('%02d', 1 + c.i % 9) || '-' || (100000 + c.i), a.agreement_id, a.agency_id, a.enterprise_id,"
            " a.policy_version_id, a.month, a.outcome_kind, a.outcome_number, a.outcome_normal, a.outcome_day, a.service_from, a.service_to, a.quantity, a.base_fen, a.grade,"
            " a.amount_fen, a.reward_fen, a.standard_fen, a.explained, a.payee_id, a.contract_doc, a.letter_doc, a.proof_doc, a.draft, a.confirmed_at, a.confirmed_by,"
            " a.confirmed_facts, a.submitted_day, a.submitted_by, a.round, 0 FROM copy c JOIN application a ON a.id = c.old_id ORDER BY c.new_id");
    run(db, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
    return sqlite3_close(db);
}
