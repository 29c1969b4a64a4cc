#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# import.sh PROGRAM GENERATOR [ROWS]: a registry's export into the register, beside the sqlite3 shell's .import of the same file: each
# three times in turn, the best of each; how often as long (at most 3), and the most memory (at most 100 MB).
set -eu
program=$1 generator=$2 rows=${3:-1000000}
tmp=$(mktemp -d "${TMPDIR:-/tmp}/lingfei-import-XXXXXX")
trap 'rm -rf "$tmp"' EXIT
"$generator" "$rows" > "$tmp/firms.csv"

# seconds and kilobytes of a command: "3.52 79404"
measure() { /usr/bin/time -f '%e %M' -o "$tmp/time" "$@" > "$tmp/said" && cat "$tmp/time"; }

for round in 1 2 3; do
    rm -rf "$tmp/plain.db" "$tmp/store"
    measure sqlite3 "$tmp/plain.db" -cmd '.mode csv' ".import $tmp/firms.csv firms" >> "$tmp/plain"
    measure "$program" import registrations "$tmp/firms.csv" --data "$tmp/store" --json >> "$tmp/ours"
    grep -q "\"imported\":$rows" "$tmp/said" || { cat "$tmp/said"; exit 1; }
done
measure "$program" import registrations "$tmp/firms.csv" --data "$tmp/store" --json >> "$tmp/again"
grep -q "\"unchanged\":$rows" "$tmp/said" || { cat "$tmp/said"; exit 1; }

best() { sort -n "$1" | head -1 | cut -d' ' -f1; }
most() { cut -d' ' -f2 "$1" | sort -n | tail -1; }
awk -v rows="$rows" -v plain="$(best "$tmp/plain")" -v ours="$(best "$tmp/ours")" -v again="$(best "$tmp/again")" -v kb="$(most "$tmp/ours")" 'BEGIN {
    printf "import of %d firms: %.1f s, .import %.1f s: %.2f as long (at most 3); the same file again %.1f s; %d MB (at most 100)\n", rows, ours, plain, ours / plain, again, kb / 1024
    exit ours > 3 * plain || kb > 100 * 1024
}'
