#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# docs.sh: the documents against the tree: links, paths, functions, targets, commands and words that they name are there.
# Ends with "docs: N passed, N failed".
set -u
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/.." || exit 1
passed=0 failed=0
so() {
    local what=$1
    shift
    if "$@" > /dev/null 2>&1; then passed=$((passed + 1)); else
        failed=$((failed + 1))
        echo "docs: $what"
    fi
}
# everything that git would keep and is prose
mapfile -t pages < <(find . -name node_modules -prune -o -name build -prune -o -name '*.md' -print | sort)

# between back ticks, outside of fenced blocks
ticked() { awk '/^```/ { fence = !fence; next } !fence' "$1" | grep -o '`[^`]*`' | tr -d '`'; }

for page in "${pages[@]}"; do
    while read -r link; do
        [[ $link == *://* || $link == '#'* || $link == mailto:* ]] && continue
        so "$page: nothing at $link" test -e "$(dirname "$page")/${link%%#*}"
    done < <(grep -o '](\([^)]*\))' "$page" | sed 's/^](//; s/)$//')
    while read -r path; do
        so "$page: no such file: $path" compgen -G "$path"
    done < <(ticked "$page" | grep -Eo '^(src|test|tool|doc|data|po|assets)/[A-Za-z0-9_./*-]+$' | grep -v '/x/\|/NAME' | sort -u)
    while read -r target; do
        so "$page: no target: make $target" grep -Eq "^([a-z ]+ )?$target( [a-z ]+)?:" Makefile
    done < <(ticked "$page" | sed -n 's/^make \([a-z][a-z-]*\).*/\1/p' | sort -u)
    while read -r command; do
        first=${command%% *}
        so "$page: no command: lingfei $command" grep -Eq "^    \{\"($first|$command)\"" src/main/commands.c
    done < <(ticked "$page" | sed -n 's/^\(build\/\)\{0,1\}lingfei \([a-z-]*\( [a-z]*\)\{0,1\}\).*/\2/p' | sort -u)
    so "$page: a machine's path or host" bash -c '! grep -nE "/work/|/home/|registry\.|localhost:[0-9]" "$0"' "$page"
done

# the tour's functions: name(s) in back ticks that look like C
while read -r name; do
    so "doc/TOUR.md: no such name: $name" grep -rqw --include='*.[ch]' "$name" src tool
done < <(ticked doc/TOUR.md | grep -Ex '[a-z]+(_[a-z]+)*' | sort -u)

# what doc/SECURITY.md promises: each named test is there
while read -r name; do
    so "doc/SECURITY.md: there is no test $name" grep -rqE --include='*_test.c' "static void $name\(void \*\*state\)|TEST\($name\)" src
done < <(ticked doc/SECURITY.md | grep -Ex '[a-z]+(_[a-z0-9]+){2,}' | sort -u)
so 'doc/SECURITY.md names hardly a test' test "$(ticked doc/SECURITY.md | grep -Exc '[a-z]+(_[a-z0-9]+){2,}')" -gt 60

# every word of the glossary is used, in both languages
while IFS='|' read -r _ english chinese _; do
    english=$(echo $english) chinese=$(echo $chinese)
    so "doc/GLOSSARY.md: nobody says $english" grep -rqiE --include='*.[ch]' --include='*.html' --include='*.sql' --include='*.bpmn' "${english// /[ _-]?}" src
    [ "$chinese" = — ] || so "doc/GLOSSARY.md: nobody says $chinese" grep -rq --include='*.po' --include='*.bpmn' -- "$chinese" po src
done < <(grep '^| [a-z]' doc/GLOSSARY.md)

# decisions are numbered without a gap, and each says what was decided
n=0
for page in doc/decisions/*.md; do
    n=$((n + 1))
    so "$page is not number $n" test "$(basename "$page" | cut -c1-4)" = "$(printf '%04d' $n)"
    so "$page: its title has another number" grep -q "^# $n\. " "$page"
    so "$page decides nothing" grep -q '\*\*Decided\.\*\*' "$page"
done

# both faces of the project tell the same
headings() { grep -c '^#' "$1"; }
so 'README.md and README.zh-CN.md have other parts' test "$(headings README.md)" = "$(headings README.zh-CN.md)"
so 'README.md and README.zh-CN.md show other commands' diff <(grep -o '^make [a-z]*' README.md) <(grep -o '^make [a-z]*' README.zh-CN.md)
so 'LICENSE is not the Apache License 2.0' grep -q 'Version 2.0, January 2004' LICENSE
so 'the unit does not start the server' grep -q '^ExecStart=.*lingfei serve --data' doc/lingfei.service
! command -v systemd-analyze > /dev/null ||
    so 'systemd finds faults in doc/lingfei.service' bash -c '! systemd-analyze verify doc/lingfei.service 2>&1 | grep -v "is not executable" | grep "lingfei.service"'

# and rates what the unit leaves open: 0 is nothing, 10 everything
if command -v systemd-analyze > /dev/null; then
    open=$(systemd-analyze security --offline=yes doc/lingfei.service 2> /dev/null | sed -n 's/.*exposure level for lingfei.service: \([0-9.]*\).*/\1/p')
    echo "docs: exposure of the unit: ${open:-not rated}"
    so 'doc/lingfei.service leaves more open than 2.0' awk -v open="$open" 'BEGIN { exit !(open != "" && open <= 2.0) }'
fi

echo "docs: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
