#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# disk.sh PROGRAM DISK.so GENERATOR [STEP]: an import under a disk that fails (test/fault/disk.c) at each STEP-th operation, once in each way. After each:
# the record is unbroken, the ledger even, what the import called done is there, and the same import, again on a good disk, ends with all of it.
# Ends with "N passed, N failed".
set -u
export LC_ALL=C.UTF-8
lingfei=$(realpath "$1") disk=$(realpath "$2") generator=$(realpath "$3") step=${4:-1}
rows=700 # two groups of rows: what the first one keeps stands when the second one fails
work=$(mktemp -d "${TMPDIR:-/tmp}/lingfei-disk-XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
passed=0 failed=0

fail() {
    failed=$((failed + 1))
    echo "FAILED $*"
}
check() {
    local what=$1
    shift
    if "$@" > check.out 2>&1; then passed=$((passed + 1)); else fail "$what: $(tail -n 3 check.out)"; fi
}
import() { "$lingfei" import registrations firms.csv --data try --json; }
all_there() { import > out && [ "$(jq '.read + 0 == '$rows' and .imported + .unchanged == '$rows out)" = true ]; }
alike() { [ "$(sqlite3 "$1/lingfei.sqlite" "SELECT count(*), total(length(name)) FROM registration")" = "$(cat whole)" ]; }

# fault KIND N [SEED]: 1 when the disk had fewer operations than N
fault() {
    rm -rf try said
    cp -r base try
    LD_PRELOAD=$disk LINGFEI_FAULT=$1:$2${3:+:$3} LINGFEI_FAULT_SAID=said import > first 2> first.err
    local code=$?
    grep -q '^acted' said || return 1
    check "$1 $2: the program ends with a reason, not $code: $(head -c 300 first.err)" grep -Eqx '0|3|99' <<< "$code"
    check "$1 $2: verify" "$lingfei" verify --data try
    # it said done although the disk failed: at the log's way into the file, after the commit
    if [ $code = 0 ]; then check "$1 $2: what was called done is there" alike try; fi
    check "$1 $2: once more, on a good disk" all_there
    check "$1 $2: the register is as without the fault" alike try
}

# sweep KIND: every STEP-th operation until there is none left
sweep() {
    local n=1 faults=0
    while fault "$1" "$n" "${2:+$n}"; do
        faults=$((faults + 1))
        n=$((n + ${3:-$step}))
    done
    echo "$1: $faults faults over $(sed 's/none: //' said), $failed failures so far"
    [ "$faults" -gt 0 ] || fail "$1 never acted"
}

"$generator" "$rows" > firms.csv
"$lingfei" init --data base --zone 试验区
cp -r base try
import > out
sqlite3 try/lingfei.sqlite "SELECT count(*), total(length(name)) FROM registration" > whole
sweep sync '' 1
sweep write
sweep full
sweep cut seed
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
