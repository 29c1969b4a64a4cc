#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Which message ids of the sources have no Chinese, and which Chinese nobody asks for.
#   BUILD=build tool/check_messages.sh [--quiet-unused]
# Needs $BUILD/tool/messages and $BUILD/zh_CN.po (make makes both). Exit 1 if a translation is
# missing or has other {0}… than its id; unused ones are only told.
set -eu
build=${BUILD:-build}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
LC_ALL=C
export LC_ALL

bad=0
find src \( -name '*.html' -o -name '*.c' -o -name '*.h' \) ! -name '*_test.c' | sort |
    xargs "$build/tool/messages" > "$dir/asked"
"$build/tool/messages" --po "$build/zh_CN.po" > "$dir/told.all" || bad=1
sort -u "$dir/told.all" > "$dir/told"
cut -f2- "$dir/asked" | sort -u > "$dir/ids"

comm -23 "$dir/ids" "$dir/told" > "$dir/missing"
comm -13 "$dir/ids" "$dir/told" > "$dir/unused"

# each missing id once, with the first place that asks for it
awk -F '\t' 'NR == FNR { missing[$0] = 1; next }
    $2 in missing { print $1 ": no Chinese for: " $2; delete missing[$2] }' "$dir/missing" "$dir/asked"
if [ "${1:-}" != --quiet-unused ]; then
    sed 's/^/unused in the catalogue: /' "$dir/unused"
fi
echo "messages: $(wc -l < "$dir/ids") ids, $(wc -l < "$dir/missing") without Chinese," \
    "$(wc -l < "$dir/unused") translations unused"
[ ! -s "$dir/missing" ] || bad=1
exit $bad
