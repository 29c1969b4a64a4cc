#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# browser.sh PROGRAM [OPTIONS of run.mjs...]: starts the program with a demonstration of its own, lets the browser tests look
# at every page, stops it. Ends with "N passed, N failed".
set -eu
program=$(realpath "$1")
shift
cd "$(dirname "$0")/.."
work=$(mktemp -d)
server=
stop() {
    [ -z "$server" ] || { kill "$server" 2> /dev/null && wait "$server" 2> /dev/null; } || :
    rm -rf "$work"
}
trap stop EXIT
trap 'exit 1' INT TERM
"$program" serve --demo --data "$work/data" --listen 127.0.0.1:0 > "$work/out" 2> "$work/log" &
server=$!
url=
for _ in $(seq 600); do
    url=$(sed -n 's/^listening on //p' "$work/out")
    [ -z "$url" ] || break
    kill -0 "$server" 2> /dev/null || break
    sleep 0.1
done
if [ -z "$url" ]; then
    cat "$work/out" "$work/log" >&2
    echo "0 passed, 1 failed"
    exit 1
fi
code=0
tool/node.sh test/browser/run.mjs --url "$url" "$@" || code=$?
# what the server said of its own faults belongs to the result
if grep -E ' status=5[0-9][0-9] |runtime error|AddressSanitizer|^job=.* error=' "$work/log" >&2; then
    echo "the server had faults: see above"
    code=1
fi
exit $code
