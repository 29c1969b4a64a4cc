#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes ASCII , : ; ? ! ( ) beside a Chinese character full-width in the translations of .po files:
#   tool/fullwidth.sh po/zh_CN/noun.po...     rewrites those files that need it
#   tool/fullwidth.sh --check FILE...         only says which lines do; exit 1 if any
# The marks are written by number here so that no editor can make them ASCII again.
set -eu
LC_ALL=C # bytes: three of them make a character
export LC_ALL
check=
[ "${1:-}" = --check ] && { check=1; shift; }
near='(\xE2\x80[\x98-\x9D]|[\xE3-\xE9][\x80-\xBF]{2}|\xEF\xBC[\x80-\xBF])'

script=
while read -r ascii full; do
    full=$(printf "$full")
    script="$script
s/$near[$ascii]/\\1$full/g
s/[$ascii]$near/$full\\1/g"
done <<'TABLE'
, \357\274\214
: \357\274\232
; \357\274\233
? \357\274\237
! \357\274\201
( \357\274\210
) \357\274\211
TABLE

new=$(mktemp)
trap 'rm -f "$new"' EXIT
bad=0
for file; do
    # twice: a mark made full-width is itself a neighbour
    sed -E "/^msgid/,/^msgstr/{/^msgstr/!b}
$script
$script" "$file" > "$new"
    cmp -s "$file" "$new" && continue
    bad=1
    if [ "$check" ]; then
        diff "$file" "$new" | sed -n "s|^< |$file: not full-width: |p"
    else
        cat "$new" > "$file"
    fi
done
[ ! "$check" ] || exit $bad
