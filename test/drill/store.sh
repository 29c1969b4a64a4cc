#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# store.sh PROGRAM CLOCK.so: a running server whose store is locked by another, whose disk is full (a small tmpfs; as root), whose clock jumps; and a
# store that may not be written. Each time: what is refused is refused with a reason, what was acknowledged is there, the record is unbroken, and all
# goes on when the cause is gone. Ends with "N passed, N failed".
set -u
export LC_ALL=C.UTF-8
lingfei=$(realpath "$1") clock=$(realpath "$2")
work=$(mktemp -d "${TMPDIR:-/tmp}/lingfei-store-XXXXXX")
server=
end() {
    [ -z "$server" ] || kill "$server" 2> /dev/null
    wait
    ! mountpoint -q "$work/small" || umount "$work/small"
    rm -rf "$work"
}
trap end EXIT
cd "$work" || exit 1
passed=0 failed=0

check() {
    local what=$1
    shift
    if "$@" > check.out 2>&1; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED $what: $(tail -n 3 check.out) $(head -c 300 body)"; fi
}
# start DATA VARIABLE=VALUE...: the server with these in its environment
start() {
    local data=$1
    shift
    rm -f serve.out # under load the next one may be opened later than it is looked for
    env "$@" "$lingfei" serve --listen 127.0.0.1:0 --data "$data" > serve.out 2> serve.err &
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
ask() { status=$(curl -s -m 30 -o body -w '%{http_code}' -H "Authorization: Bearer $token" -H 'Accept: application/json' -H 'Accept-Language: en' "$@"); }
# An act of the administrator's: a new account. Counts the acknowledged ones.
acknowledged=0
act() {
    ask -d "login=drill.$RANDOM$RANDOM" -d name=演练 -d role=admin -d org=1 --data-urlencode "password=correct horse battery" "$address/accounts"
    [ "$status" = 201 ] && acknowledged=$((acknowledged + 1))
}
is() { [ "$status" = "$1" ]; }
zone() { # zone DATA: an empty zone with its administrator
    "$lingfei" init --data "$1" --zone 试验区
    echo 'correct horse battery staple' | "$lingfei" account add admin --data "$1" --name 管理员 --org 919900019000000147 --org-name 创新局 --role admin > /dev/null
    token=$("$lingfei" account token admin --data "$1")
    acknowledged=0
}
accounts_there() { [ "$("$lingfei" account list --data "$1" --json | jq '[.[] | select(.login | startswith("drill."))] | length')" = "$acknowledged" ]; }
whole() {
    check "$2: verify" "$lingfei" verify --data "$1"
    check "$2: the $acknowledged acknowledged acts are there, and no other" accounts_there "$1"
}

locked() {
    zone data
    start data
    act
    check 'an act before' is 201
    { echo 'BEGIN EXCLUSIVE;'; sleep 12; } | sqlite3 data/lingfei.sqlite &
    local holder=$! begun=$SECONDS
    sleep 0.5
    ask "$address/accounts"
    check 'locked: reading goes on' is 200
    act
    check 'locked: an act is refused, to be tried again' is 503
    echo "locked by another: reading goes on, an act answered $status after $((SECONDS - begun)) s"
    wait "$holder"
    act
    check 'locked no more: acts go on' is 201
    stop
    whole data locked
}

full() {
    if ! { [ "$(id -u)" = 0 ] && mkdir small && mount -t tmpfs -o size=6m,mode=700 none small; } 2> /dev/null; then
        echo 'skipped: no small disk could be mounted here'
        return
    fi
    zone small/data
    start small/data
    act
    check 'an act before' is 201
    head -c 16M /dev/zero > small/ballast 2> /dev/null
    local refused=0
    for _ in 1 2 3 4 5 6; do
        act
        is 201 || refused=$((refused + 1))
    done
    check 'full: acts are refused' [ "$refused" -gt 0 ]
    check 'full: as a disk that is full' grep -q 'disk is full' body
    ask "$address/accounts"
    check 'full: reading goes on' is 200
    check 'full: the server still stands' kill -0 "$server"
    rm small/ballast
    act
    check 'room again: acts go on' is 201
    stop
    whole small/data 'full disk'
    echo "full disk: $refused acts refused, $acknowledged kept"
}

read_only() {
    zone fixed
    if [ "$(id -u)" != 0 ]; then
        echo 'skipped: only root can become somebody else'
        return
    fi
    chmod -R a+rX . && chmod 755 "$work" && chmod 444 fixed/*
    setpriv --reuid 65534 --clear-groups "$lingfei" serve --data fixed --listen 127.0.0.1:0 > out 2> err
    check 'a store that may not be written is refused' [ $? = 3 ]
    check 'by a sentence' grep -Eq 'lingfei: .*(cannot be|rights)' err
    echo "read-only: $(tail -n 1 err)"
    chmod 700 fixed && chmod 600 fixed/* && chmod 400 fixed/lingfei.key
    whole fixed 'read-only'
}

jumps() {
    zone jumped
    echo 0 > offset
    start jumped LD_PRELOAD="$clock" LINGFEI_CLOCK=offset
    act
    check 'an act before' is 201
    local first later
    first=$(curl -s "$address/healthz" | jq -r .today)
    echo $((40 * 86400)) > offset
    for _ in $(seq 50); do
        sleep 0.2
        [ "$(sqlite3 jumped/lingfei.sqlite 'SELECT begun_day FROM zone')" != "$(($(date -d "$first + 40 days" +%s) / 86400))" ] || break
    done
    later=$(curl -s "$address/healthz" | jq -r .today)
    check 'forwards: it is forty days later' [ "$later" = "$(date -d "$first + 40 days" +%F)" ]
    check 'forwards: every day was begun, each once' [ "$(sqlite3 jumped/lingfei.sqlite "SELECT count(*) || ' ' || count(DISTINCT today) FROM audit_entry WHERE act = 'day_begin' AND today > $(($(date -d "$first" +%s) / 86400))")" = '40 40' ]
    act
    check 'forwards: acts go on' is 201
    echo $((-10 * 86400)) > offset
    sleep 2.5
    act
    check 'backwards: acts go on' is 201
    check 'backwards: no day is begun again' [ "$(sqlite3 jumped/lingfei.sqlite "SELECT count(*) - count(DISTINCT today) FROM audit_entry WHERE act = 'day_begin'")" = 0 ]
    stop
    "$lingfei" doctor --data jumped > doctor.out
    check 'lingfei doctor says that the record has acts of the future' grep -q '^bad   clock' doctor.out
    whole jumped 'clock jumps'
    echo "clock jumps: $first, $later, and fifty days back: $acknowledged acts kept"
}

locked
full
read_only
jumps
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
