#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# drill.sh PROGRAM BUILD ROUNDS STEP: each drill of test/drill in turn; what they passed and failed together in the last line.
set -u
program=$1 build=$2 rounds=$3 step=$4
passed=0 failed=0

drill() {
    echo "-- $1"
    shift
    local log last
    log=$(mktemp)
    "$@" 2>&1 | tee "$log" | sed '$d'
    last=$(grep -Eo '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -n 1)
    rm -f "$log"
    [ -n "$last" ] || last='0 passed, 1 failed'
    echo "$last"
    read -r p _ f _ <<< "$last"
    passed=$((passed + p)) failed=$((failed + f))
}

drill 'restore' test/drill/restore.sh "$program"
drill 'a disk that fails' test/drill/disk.sh "$program" "$build/fault/disk.so" "$build/bench/registrations" "$step"
drill 'locked, full, read-only, another time' test/drill/store.sh "$program" "$build/fault/clock.so"
drill 'a crowd of clients' tool/node.sh test/drill/crowd.mjs "$program" 10000
drill 'kill -9' tool/node.sh test/drill/kill.mjs "$program" "$rounds"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
