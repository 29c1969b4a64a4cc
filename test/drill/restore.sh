#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# restore.sh PROGRAM: a backup while people work, put back into an empty folder: every table has the rows it had, the ledger and the record's head are
# those of that moment, the record is rebuilt from itself, people sign in there; and what came afterwards is known to be missing.
# Ends with "N passed, N failed".
set -u
export LC_ALL=C.UTF-8
lingfei=$(realpath "$1")
work=$(mktemp -d "${TMPDIR:-/tmp}/lingfei-restore-XXXXXX")
server=
trap '[ -z "$server" ] || kill "$server" 2> /dev/null; rm -rf "$work"' EXIT
cd "$work" || exit 1
passed=0 failed=0

check() {
    local what=$1
    shift
    if "$@" > check.out 2>&1; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED $what: $(tail -n 3 check.out)"; fi
}
start() {
    rm -f serve.out # under load the next one may be opened later than it is looked for
    "$lingfei" serve --demo --listen 127.0.0.1:0 --data "$1" > serve.out 2> serve.err &
    server=$!
    for _ in $(seq 300); do
        address=$(sed -n 's/^listening on //p' serve.out 2> /dev/null)
        [ -z "$address" ] || return 0
        kill -0 "$server" 2> /dev/null || break
        sleep 0.1
    done
    echo "FAILED the server does not start: $(tail -n 3 serve.err)"
    echo '0 passed, 1 failed'
    exit 1
}
stop() {
    kill "$server"
    wait "$server"
    server=
}
# write_on TOKEN ITEM FIRM: agreements, as fast as one client drafts them, until there are enough
write_on() {
    local n=0
    while [ ! -e "$work/enough" ]; do
        curl -sf -o /dev/null -H "Authorization: Bearer $1" -H 'Content-Type: application/json' -H 'Accept: application/json' \
            -d '{"subject":"drill '"$n"'","quantity":1,"fee_fen":0,"from_day":"2026-10-19","to_day":"2026-12-31","pay_year":2026,"item":'"$2"',"enterprise":'"$3"'}' \
            "$address/agreements" && n=$((n + 1))
    done
    echo "$n" > "$work/written"
}
ask() { curl -sf -H "Authorization: Bearer $1" -H 'Accept: application/json' "$address$2"; }
counts() {
    for table in $(sqlite3 "$1" "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"); do
        echo "$table $(sqlite3 "$1" "SELECT count(*) FROM \"$table\"")"
    done
}
ledger() { sqlite3 "$1" 'SELECT * FROM budget_line ORDER BY 1, 2'; }

begun=$(date +%s%N)
since() { echo $((($(date +%s%N) - begun) / 1000000)); }

start live
token=$("$lingfei" account token agency1 --data live)
item=$(ask "$token" /services | jq '.items[0].id')
firm=$(ask "$token" '/organisations?kind=enterprise' | jq '.items[0].id')
write_on "$token" "$item" "$firm" &
writer=$!
sleep 1
begun=$(date +%s%N)
check 'a backup while people work' "$lingfei" backup copy.sqlite --data live
echo "backup of $(stat -c %s copy.sqlite) bytes: $(since) ms"
sleep 0.5
touch enough
wait "$writer"
check 'work went on meanwhile' [ "$(cat written)" -gt 10 ]
stop
live_head=$("$lingfei" verify --data live --json | jq -r .head)

begun=$(date +%s%N)
check 'restore into an empty folder' "$lingfei" restore copy.sqlite --data again
cp live/lingfei.key again/ # kept apart from the backups
check 'the restored record is unbroken' "$lingfei" verify --data again
echo "restored and verified: $(since) ms"
cp copy.sqlite as_backed_up.sqlite
counts as_backed_up.sqlite > counts.copy
counts again/lingfei.sqlite > counts.again
check 'every table has the rows of the backup' cmp counts.copy counts.again
echo "$(wc -l < counts.again) tables, $(awk '{ n += $2 } END { print n }' counts.again) rows"
ledger as_backed_up.sqlite > ledger.copy
ledger again/lingfei.sqlite > ledger.again
check 'there is a ledger' [ -s ledger.again ]
check 'the ledger is that of the backup' cmp ledger.copy ledger.again
head=$("$lingfei" verify --data again --json | jq -r .head)
check 'its head is one that the live record went through' "$lingfei" verify --data live --head "$head"
"$lingfei" verify --data again --head "$live_head" > lost.out 2>&1
check 'that later entries are missing is said' [ $? = 1 ]
echo "$((${live_head%%:*} - ${head%%:*})) entries came after the backup"
check 'every act again from the record gives the same tables' "$lingfei" rebuild anew --data again
start again
check 'people sign in there' [ "$(curl -s -o /dev/null -w '%{http_code}' -d 'login=agency1&password=lingfei-demo-2018' "$address/login")" = 303 ]
check 'a token of before the backup is good' ask "$token" /agreements
stop
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
