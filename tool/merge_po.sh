#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# merge_po.sh OUT FIRST.po FILES...: one catalogue of many; a file without a header is UTF-8.
# An id that two files translate differently is pointed out, and an error where CI is set.
set -eu
out=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
i=1000
for f in "$@"; do
    i=$((i + 1))
    to=$work/$i-$(basename "$f")
    if ! grep -q 'charset=UTF-8' "$f"; then
        printf 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n' > "$to"
    fi
    cat "$f" >> "$to"
    msgfmt -o /dev/null "$to" || { echo "$f: see above (a file without a header: 3 lines off)" >&2; exit 1; }
done
msgcat --use-first --no-location -o "$work/merged" "$work"/*.po
# msgcat joins different texts with "#-#-#"; it does so with the headers too, which have the empty id
msgcat --no-wrap --no-location "$work"/*.po | awk '
    /^msgid "/ { id = $0 }
    /#-#-#-#-#/ && id != "msgid \"\"" && id != last { print "translated in two ways: " id; last = id }
' > "$work/twice"
if [ -s "$work/twice" ]; then
    cat "$work/twice" >&2
    [ -z "${CI:-}" ] || exit 1
fi
mv "$work/merged" "$out"
