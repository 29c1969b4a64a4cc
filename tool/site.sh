#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# site.sh PROGRAM [DATA]: asks the real program, its store in a folder of its own or at DATA, what test/site/*.txt ask. A case
# there is "GET|HEAD|POST ADDRESS [as|by LOGIN]" (as: a program with a token; by: a browser with a session), then lines
# (an address may name an application by its number: {S2026-10-0008}),
# "Header: value" to send, "> body", "< FIELD FILE" (a form's field, its text from test/), "= status", "~ extended regular
# expression" in head or body, "! expression" in neither.
set -u
export LC_ALL=C.UTF-8
lingfei=$(realpath "${1:-build/lingfei}")
data=${2:-data}
cases=$(realpath "$(dirname "$0")/../test/site")
work=$(mktemp -d)
cd "$work" || exit 1
"$lingfei" serve --demo --data "$data" --listen 127.0.0.1:0 > out 2> log &
server=$!
trap 'kill "$server" 2> /dev/null; wait "$server" 2> /dev/null; rm -rf "$work"' EXIT
site=
for ((i = 0; i < 600 && ${#site} == 0; i++)); do
    kill -0 "$server" 2> /dev/null || break
    sleep 0.1
    site=$(sed -n 's/^listening on //p' out)
done
if [ -z "$site" ]; then
    cat log
    echo "0 passed, 1 failed"
    exit 1
fi
passed=0 failed=0 status=
declare -A token
tell() { # tell WHERE SENTENCE COMMAND...
    local where=$1 what=$2
    shift 2
    if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)) && echo "$where: $what"; fi
}
ask() {
    [ ${#request[@]} -gt 0 ] || return 0
    status=$(curl -s -D head -o body -w '%{http_code}' "${request[@]}")
    { tr -d '\r' < head; cat body; } > answer
    request=()
}
request=()
for file in "$cases"/*.txt; do
    [ "$(basename "$file")" != matrix.txt ] || continue
    number=0
    while IFS= read -r line; do
        number=$((number + 1))
        here="$(basename "$file"):$number"
        case $line in
        '' | '#'*) ;;
        'GET '* | 'HEAD '* | 'POST '*)
            read -r method path how who <<< "$line"
            : > body
            if [[ $path =~ \{(S[0-9-]+)\} ]]; then
                [ -n "${token[auditor1]:-}" ] || token[auditor1]=$("$lingfei" account token auditor1 --data "$data")
                id=$(curl -s -L -H "Authorization: Bearer ${token[auditor1]}" "$site/applications?number=${BASH_REMATCH[1]}" | jq .id)
                path=${path/"{${BASH_REMATCH[1]}}"/$id}
            fi
            request=("$site$path")
            [ "$method" = GET ] || { [ "$method" = HEAD ] && request+=(-I) || request+=(-X "$method"); }
            if [ "$how" = by ]; then
                [ -s "jar-$who" ] || curl -s -o /dev/null -c "jar-$who" -H 'Content-Type: application/json' \
                    -d "{\"login\":\"$who\",\"password\":\"lingfei-demo-2018\"}" "$site/login"
                request+=(-b "jar-$who")
            elif [ -n "$who" ]; then
                [ -n "${token[$who]:-}" ] || token[$who]=$("$lingfei" account token "$who" --data "$data")
                request+=(-H "Authorization: Bearer ${token[$who]}")
            fi ;;
        '= '*) ask; tell "$here" "wanted ${line#= }, got $status" test "$status" = "${line#= }" ;;
        '~ '*) tell "$here" "nowhere ${line#\~ }" grep -qiE -- "${line#\~ }" answer ;;
        '! '*) tell "$here" "there is ${line#! }" sh -c '! grep -qiE -- "$1" answer' - "${line#! }" ;;
        '< '*)
            read -r _ field from <<< "$line"
            request+=(--data-urlencode "$field@$cases/../$from") ;;
        '> '*) request+=(--data-binary "${line#> }") ;;
        *) request+=(-H "$line") ;;
        esac
    done < "$file"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
