#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# floors.sh: checks each #include of src/ against FLOORS, which says who may include whom.
# A room sees another one only through its door, room/x/x.h; main and tests may include everything.
set -eu
cd "${1:-$(dirname "$0")/..}"
find src -name '*.[ch]' ! -name '*_test.c' ! -path 'src/main/*' | LC_ALL=C sort > "${TMPDIR:-/tmp}/floors.$$"
trap 'rm -f "${TMPDIR:-/tmp}/floors.$$"' EXIT
awk '
function folder_of(path) { sub(/\/[^\/]*$/, "", path); return path }
function bad(why) { print at ": " why; wrong = 1 }

FILENAME == "FLOORS" {
    sub(/#.*/, "")
    if ($1 == "") next
    if ($1 !~ /:$/) { print "FLOORS:" FNR ": a folder and a colon are expected: " $1; wrong = 1; next }
    folder = substr($1, 1, length($1) - 1)
    if (folder in known) { print "FLOORS:" FNR ": " folder " stands here twice"; wrong = 1 }
    known[folder] = 1
    for (i = 2; i <= NF; i++) may[folder, $i] = 1
    next
}
{
    files[++n] = $0
}
END {
    for (k = 1; k <= n; k++) check(files[k])
    exit wrong
}

function check(file,    own, line, number, got, path, to, door) {
    own = folder_of(substr(file, 5))
    if (!(own in known)) {
        if (!(own in told)) { print "FLOORS:1: a line for " own " is missing"; wrong = 1 }
        told[own] = 1
        return
    }
    while ((got = getline line < file) > 0) {
        number++
        if (line !~ /^[ \t]*#[ \t]*include[ \t]*"/) continue
        at = file ":" number
        path = line
        sub(/^[^"]*"/, "", path)
        sub(/".*/, "", path)
        to = folder_of(path)
        if (path !~ /\// || path ~ /(^|\/)\.\.?\//) { bad("write it from src/: " path); continue }
        if (to == own) continue
        if (path ~ /^gen\//) {
            if (folder_of(substr(path, 5)) != own && path ~ /^gen\/.*\//)
                bad("made for " folder_of(substr(path, 5)) ", not for " own ": " path)
            continue
        }
        if (!((own, to) in may)) { bad(own " may not include " path " (FLOORS)"); continue }
        door = to
        sub(/.*\//, "", door)
        if (to ~ /^room\// && path != to "/" door ".h")
            bad("a room is seen through its door " to "/" door ".h, not " path)
    }
    close(file)
    if (got < 0) { print file ":1: cannot be read"; wrong = 1 }
}
' FLOORS "${TMPDIR:-/tmp}/floors.$$"
