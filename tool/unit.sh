#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# unit.sh PROGRAMS...: runs the test programs, shows what failed or was skipped, and ends with
# "N passed, N failed, N skipped". A program that dies counts as a failure.
set -u
: "${CMOCKA_MESSAGE_OUTPUT:=STDOUT}"
: "${UNIT_SECONDS:=600}" # of one program: a test that hangs is a failure too
export CMOCKA_MESSAGE_OUTPUT
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0
for program in "$@"; do
    timeout "$UNIT_SECONDS" "$program" > "$work/said" 2>&1
    code=$?
    # the counts come out on the last line; what to show, before
    LC_ALL=C awk -v program="$program" -v code="$code" '
    function show(    i) { for (i = 1; i <= n; i++) print held[i] }
    /^\[ +RUN +\]/ { n = 0 }
    { held[++n] = $0; if (n > 2000) n = 2000 }
    /^\[==========\].* test\(s\) run/ { ended = 1; n = 0 }
    !ended && /^\[ +OK \]/ {
        passed++
        for (i = 1; i <= n; i++) if (held[i] ~ /^skipped/) print program ": " held[i]
        n = 0
    }
    !ended && /^\[ +SKIPPED +\]/ {
        skipped++
        for (i = 1; i <= n; i++) if (held[i] ~ /[Ss]kipped/) print program ": " held[i]
        n = 0
    }
    !ended && /^\[ +(FAILED|ERROR) +\]/ && !/^\[ +ERROR +\] ---/ {
        failed++
        print program ":"
        show()
        n = 0
    }
    END {
        if (!ended || (code && !failed)) {
            failed++
            print program ": ended with " code (code == 124 ? " (too slow)" : "") \
                  (ended ? "" : ", before its last test")
            for (i = n > 40 ? n - 39 : 1; i <= n; i++) print held[i]
        }
        print passed + 0, failed + 0, skipped + 0
    }' "$work/said" > "$work/found"
    sed '$d' "$work/found"
    read -r p f s <<EOF
$(tail -n 1 "$work/found")
EOF
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
