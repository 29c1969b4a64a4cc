#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# postgres.sh PROGRAM: the commands on a store in PostgreSQL, as a person would run them, and a zone moved there and back. Under
# tool/test_pg.sh, which says where the server is. Ends with "N passed, N failed".
set -u
export LC_ALL=C.UTF-8
lingfei=$(realpath "${1:-build/lingfei}")
work=$(mktemp -d)
cd "$work" || exit 1
passed=0 failed=0
server=
url_of() { echo "${TEST_STORE/\%s/$1}"; }
database() { psql -q "$(url_of postgres)" -c "$1 DATABASE $2" > /dev/null; }
made=
make_database() { database CREATE "$1" && made="$made $1"; }
cleanup() {
    [ -z "$server" ] || kill "$server" 2> /dev/null
    wait
    for name in $made; do database DROP "$name"; done
    rm -rf "$work"
}
trap cleanup EXIT

# holds CODE PATTERN ARGUMENT...: the command ends so and says a line like this, on whichever output
holds() {
    local want=$1 pattern=$2 code
    shift 2
    timeout 60 "$lingfei" "$@" > said 2>&1 < "${input:-/dev/null}"
    code=$?
    if [ "$code" = "$want" ] && { [ -z "$pattern" ] || grep -Eq -- "$pattern" said; }; then passed=$((passed + 1)); return; fi
    failed=$((failed + 1))
    echo "failed: lingfei $*: wanted $want and '$pattern', got $code '$(cat said)'"
}
so() { # so SENTENCE COMMAND...
    local what=$1
    shift
    if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)) && echo "failed: $what"; fi
}
head_of() { "$lingfei" verify --data "$1" --json | jq -r .head; }

make_database lingfei_commands
url=$(url_of lingfei_commands)
holds 3 'no such database' verify --data "$(url_of lingfei_nowhere)"
holds 3 'There is no store in postgresql' verify --data "$url"
holds 0 '' init --data "$url" --zone 试验区
holds 1 'holds a store already' init --data "$url"
printf 'correct horse battery\n' > password
input=password holds 0 '^admin: person' account add admin --name 管理员 --org 91410100MA0000000T --org-name 管委会 --role admin --data "$url"
holds 0 '^lf_' account token admin --data "$url"
holds 0 '^admin +active' account list --data "$url"
holds 0 '^unbroken: ' verify --data "$url"
holds 1 'pg_dump' backup file --data "$url"
holds 1 'pg_restore' restore file --data "$url"
holds 1 'database of its own' serve --demo --data "$(make_database lingfei_empty && "$lingfei" init --data "$(url_of lingfei_empty)" && url_of lingfei_empty)" --listen 127.0.0.1:0
make_database lingfei_again
holds 0 '^rebuilt: every table equals' rebuild "$(url_of lingfei_again)" --data "$url"

# a zone with all that a demonstration holds goes over, and comes back
: > out
"$lingfei" serve --demo --data folder --listen 127.0.0.1:0 > out 2> log &
server=$!
for ((i = 0; i < 600; i++)); do grep -q '^listening' out && break; sleep 0.1; done
kill "$server" && wait "$server"
server=
make_database lingfei_moved
moved=$(url_of lingfei_moved)
rm -f lingfei.key # of the zone before
holds 0 '^copied: [0-9]{4,} rows, every table equal, ledger balanced' copy folder "$moved"
holds 1 'holds a store already' copy folder "$moved"
holds 0 '^copied: [0-9]{4,} rows' copy "$moved" back
so 'the head of the record is the same in all three' [ "$(head_of folder) $(head_of back)" = "$(head_of "$moved") $(head_of "$moved")" ]
psql -q "$moved" -c 'SET session_replication_role = replica' -c "UPDATE audit_entry SET act = 'x' WHERE seq = 100"
holds 1 'seq 100' verify --data "$moved"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
