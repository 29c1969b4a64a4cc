#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# stages.sh TARGET...: makes one target after the other, all of them, and ends with the sum of what they told in
# lines "N passed, N failed"; a target that tells none counts as one.
set -u
log=$(mktemp)
trap 'rm -f "$log" "$log.code"' EXIT
passed=0 failed=0
for target in "$@"; do
    echo "== $target"
    { ${MAKE:-make} -s "$target" 2>&1; echo $? > "$log.code"; } | tee "$log"
    code=$(cat "$log.code")
    set_of=$(sed -nE 's/^([a-z]+: )?([0-9]+) passed, ([0-9]+) failed.*/\2 \3/p' "$log" | awk '{ p += $1; f += $2 } END { if (NR) print p, f }')
    p=${set_of% *} f=${set_of#* }
    [ -n "$set_of" ] || p=$((code == 0)) f=0
    if [ "$code" -ne 0 ] && [ "$f" -eq 0 ]; then
        echo "$target: ended with $code"
        f=1
    fi
    passed=$((passed + p)) failed=$((failed + f))
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
