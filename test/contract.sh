#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# contract.sh PROGRAM: what programs outside may rely on at the web: JSON beside every page, forms in three ways, status
# codes, problem documents, one-time keys. Ends with "N passed, N failed".
set -u
export LC_ALL=C.UTF-8
lingfei=$(realpath "${1:-$(dirname "$0")/../build/lingfei}")
work=$(mktemp -d)
cd "$work" || exit 1
"$lingfei" serve --demo --data data --listen 127.0.0.1:0 > out 2> log &
server=$!
trap 'kill "$server" 2> /dev/null; wait "$server" 2> /dev/null; rm -rf "$work"' EXIT
passed=0 failed=0 site=
for ((i = 0; i < 600 && ${#site} == 0; i++)); do
    kill -0 "$server" 2> /dev/null || break
    sleep 0.1
    site=$(sed -n 's/^listening on //p' out)
done
if [ -z "$site" ]; then
    cat out log
    echo "0 passed, 1 failed"
    exit 1
fi

so() {
    local what=$1
    shift
    if "$@" > so.out 2>&1; then passed=$((passed + 1)); else
        failed=$((failed + 1))
        echo "failed: $what: $(head -c 400 so.out) $(head -c 400 body)"
    fi
}
declare -A token
as() { # as LOGIN CURL-ARGUMENT...: a program's request; sets status, leaves head and body
    local who=$1
    shift
    [ -n "${token[$who]:-}" ] || token[$who]=$("$lingfei" account token "$who" --data data)
    status=$(curl -s -D head -o body -w '%{http_code}' -H 'Accept: application/json' -H 'Accept-Language: en' -H "Authorization: Bearer ${token[$who]}" "$@")
}
nobody() { status=$(curl -s -D head -o body -w '%{http_code}' -H 'Accept: application/json' "$@"); }
answers() { # answers STATUS WHAT [JQ-EXPRESSION]: the last request did
    so "$2: wanted $1, got $status" test "$status" = "$1"
    [ $# -lt 3 ] || so "$2: $3" jq -e "$3" body
}
location() { tr -d '\r' < head | sed -n 's/^[Ll]ocation: //p'; }
problem() { # problem STATUS WHAT: and it is one of RFC 9457
    answers "$1" "$2" ".status == $1 and (.title | length > 0) and (.detail | length > 0)"
    so "$2: is a problem document" grep -qi '^content-type: application/problem+json' head
}

# ---- every page has a JSON twin; plural nouns are lists ------------------------------------------------------------

as admin1 "$site/api/openapi.json"
answers 200 'the description of the interface' '.openapi | startswith("3.1")'
cp body openapi.json
routes=$(jq -r '.paths | to_entries[] | select(.value.get) | .key' openapi.json)
for path in $(grep -v '[{]' <<< "$routes"); do
    case $path in /login/other* | /account/other) continue ;; esac # a provider elsewhere: test/provider.sh
    case $path in /metrics | /outcomes/template | *.*) [ "$path" = /api/openapi.json ] || continue ;; esac # text for Prometheus, feeds
    for who in auditor1 bureau1 agency1 alliance3 finance1 admin1 enterprise1 counter1; do
        as "$who" "$site$path"
        [ "$status" = 403 ] || break
    done
    answers 200 "GET $path"
    so "GET $path is JSON" jq -e 'type == "object"' body
    case $path in
    */new) so "$path shows its fields" jq -e '.form.fields | length > 0' body ;;
    # a question to the public, not a list
    /objections) ;;
    *) if grep -qx "$path/{id}" <<< "$routes"; then
           so "$path is a list" jq -e '(.items | type == "array") and has("next")' body
       fi ;;
    esac
done
nobody "$site/healthz" && answers 200 'healthz'
status=$(curl -s -o body -w '%{http_code}' "$site/metrics") && answers 200 'metrics'
so 'metrics are Prometheus text' grep -q '^# TYPE lingfei_' body

# ---- signing in ------------------------------------------------------------------------------------------------------

status=$(curl -s -c jar -o body -w '%{http_code}' -d 'login=agency1&password=lingfei-demo-2018' "$site/login")
answers 303 'POST /login'
so 'it sets the cookie of a session' grep -q '__Host-sid' jar
status=$(curl -s -o body -w '%{http_code}' -d 'login=agency1&password=wrong-wrong-wrong' "$site/login")
answers 422 'a wrong password'
nobody "$site/desk" && problem 401 'nobody'
nobody -H 'Authorization: Bearer lf_no' "$site/desk" && problem 401 'a token of nobody'

# ---- made: 201 with Location; a form in three ways -----------------------------------------------------------------

as admin1 -d uscc=919900019000000147 -d name=样例甲 -d kind=agency "$site/organisations"
answers 201 'an organisation by a form' '.uscc == "919900019000000147"'
so 'its address' test "$(location)" = "/organisations/$(jq .id body)"
as admin1 "$site$(location)"
answers 200 'it is there' '.name == "样例甲"'
as admin1 -H 'Content-Type: application/json' -d '{"uscc":"919900019000000222","name":"样例乙","kind":"agency"}' "$site/organisations"
answers 201 'as JSON' '.name == "样例乙"'
as admin1 -F uscc=91990001900000030W -F name=样例丙 -F kind=agency "$site/organisations"
answers 201 'as multipart' '.name == "样例丙"'
as admin1 -d uscc=919900019000000147 -d name=样例甲 -d kind=agency "$site/organisations"
problem 409 'the same once more'
as admin1 -d uscc=919900019000000140 -d kind=cat "$site/organisations"
problem 422 'wrong fields'
so 'each is named, with a reason' jq -e '[.errors[].field] | contains(["name", "kind"])' body
so 'in words' jq -e 'all(.errors[]; .reason | length > 0)' body
as admin1 -H 'Content-Type: application/json' -d '{"uscc":' "$site/organisations"
problem 400 'JSON that ends early'
as agency1 -d uscc=91990001900000049R -d name=样例丁 -d kind=agency "$site/organisations"
problem 403 'another role'
as admin1 "$site/organisations/999999" && problem 404 'what is not there'
as admin1 "$site/dance" && problem 404 'an address that is none'
as admin1 -X DELETE "$site/organisations/1"
problem 405 'a method that is none'
as alliance3 -d code=test-1 -d name=检测服务 -d category=5 -d mode=market "$site/services"
answers 201 'a service' '.code == "test-1" and .state == "draft"'
so 'its address' test "$(location)" = "/services/$(jq .id body)"
as alliance3 -d code=test-2 -d name=检测服务 -d category=5 -d mode=market -d steps.0.name=受理 -d steps.0.working_days=5 -d steps.2.name=检测 -d steps.2.working_days=9 "$site/services"
answers 201 'a service with its steps by a form, a row left empty' '[.steps[].working_days] == [5, 9] and .standard_days == 14'
as alliance3 -d code=test-3 -d name=检测服务 -d category=5 -d mode=market -d steps.0.name=受理 -d steps.0.working_days=many "$site/services"
problem 422 'a step with days that are no number'
so 'named by its row' jq -e '.errors[0].field == "steps.0.working_days"' body
printf '%%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%%%EOF\n' > paper.pdf
as agency1 -F file=@paper.pdf "$site/documents"
answers 201 'a file' '.type == "application/pdf"'
so 'its address' test "$(location)" = "/documents/$(jq .id body)"
document=$(jq .id body)
as agency1 "$site/documents/$document"
so 'and it comes back as it went' cmp body paper.pdf
as agency2 "$site/documents/$document" && problem 404 "another's file"
head -c 21000000 /dev/zero > big
as agency1 -F file=@big "$site/documents" && problem 413 'a file over 20 MB'
: > empty
as agency1 -F file=@empty "$site/documents" && problem 422 'an empty file'
printf 'MZ not a picture' > picture.png
as agency1 -F file=@picture.png "$site/documents" && problem 422 'a file that is not what it claims'

# ---- a file in pieces: cut off half-way, and on from there -------------------------------------------------------------------

{ cat paper.pdf; head -c 1500000 /dev/urandom; } > long.pdf
size=$(stat -c %s long.pdf)
piece() { # piece FROM TO: those bytes of it
    as agency1 -X PATCH -H "Upload-Offset: $1" -H 'Content-Type: application/offset+octet-stream' --data-binary @<(tail -c +$(($1 + 1)) long.pdf | head -c $(($2 - $1))) "$site$upload"
}
as agency1 -d name=long.pdf -d bytes="$size" "$site/uploads"
answers 201 'a file begun' '.state == "receiving" and .taken == 0'
upload=$(location)
piece 0 500000
answers 200 'a first piece' '.taken == 500000'
rate='--limit-rate 200k --max-time 1' # the second is cut off by the sender
as agency1 $rate -X PATCH -H 'Upload-Offset: 500000' -H 'Content-Type: application/offset+octet-stream' --data-binary @<(tail -c +500001 long.pdf | head -c 900000) "$site$upload" || true
as agency1 -I "$site$upload"
so 'HEAD says how far it is' grep -qi '^upload-offset: 500000' head
so 'and how long' grep -qi "^upload-length: $size" head
piece 400000 600000
problem 409 'a piece from elsewhere'
piece 500000 1300000
answers 200 'the piece again, whole' '.taken == 1300000'
piece 1300000 "$size"
answers 200 'the last piece' '.state == "accepted" and .document > 0'
as agency1 "$site/documents/$(jq .document body)"
so 'it is what was sent' test "$(sha256sum < body)" = "$(sha256sum < long.pdf)"
as agency2 "$site$upload" && problem 404 "another's upload"
as agency1 -d name=long.exe -d bytes=5 "$site/uploads" && problem 422 'a kind that is not taken, at once'
as agency1 -d name=long.pdf -d bytes=30000000 "$site/uploads" && problem 413 'a file over 20 MB, at once'
as agency1 -X PATCH "$site/documents" && problem 405 'PATCH where no piece is taken'
as agency1 "$site/agreements?format=xlsx" && answers 200 'a list as a workbook'
so 'it is one' test "$(head -c 2 body)" = PK

as admin1 -d login=cont.1 -d name=新人 -d role=agency -d org=6 --data-urlencode 'password=correct horse battery' "$site/accounts"
answers 201 'an account' '.login == "cont.1"'

# ---- one-time keys and moves ---------------------------------------------------------------------------------------------

as agency1 "$site/agreements/new"
cp body new.json
as admin1 "$site/organisations?kind=enterprise"
enterprise=$(jq 'first(.items[] | select(.kind == "enterprise")).id' body)
# the year that it runs in: a demonstration has its own day
today=$(curl -s "$site/healthz" | jq -r .today)
draft="{\"draft\":1,\"item\":1,\"enterprise\":$enterprise,\"quantity\":1,\"from_day\":\"$today\",\"to_day\":\"$today\",\"pay_year\":${today%%-*},\"subject\":\"契约测试\",\"contract\":$document}"
as agency1 -H 'Idempotency-Key: key-1' -H 'Content-Type: application/json' -d "$draft" "$site/agreements"
answers 201 'an agreement' '.subject == "契约测试"'
made=$(location)
as agency1 -H 'Idempotency-Key: key-1' -H 'Content-Type: application/json' -d "$draft" "$site/agreements"
answers 201 'the same request with the same key'
so 'makes no second one' test "$(location)" = "$made"
as agency2 -H 'Idempotency-Key: key-1' -H 'Content-Type: application/json' -d "$draft" "$site/agreements"
problem 409 "another person's key"
as agency1 "$site$made"
version=$(jq .version body)
as agency2 "$site$made" && problem 404 "a stranger's agreement"
as bureau1 "$site$made" && problem 404 'what is still being drafted, to an officer'
as bureau1 "$site/agreements"
so 'nor does the list name it' jq -e 'all(.items[]; .subject != "契约测试")' body
as agency1 -d choice=dance -d "version=$version" "$site$made/moves" && problem 422 'a choice that is none'
as agency1 -d choice=submit -d "version=$version" "$site$made/moves"
answers 200 'a move' '.node == "enterprise_sign" and .version == '"$((version + 1))"
as agency1 -d choice=submit -d "version=$version" "$site$made/moves" && problem 409 'the same move on the version before'

# ---- a person: pages, and nothing typed is lost -------------------------------------------------------------------------------

page() { status=$(curl -s -b jar -D head -o body -w '%{http_code}' -H 'Accept: text/html' -H 'Accept-Language: en' "$@"); }
page "$site/agreements/new"
answers 200 'a form as a page'
so 'is HTML' grep -qi '^content-type: text/html' head
curl -s -c person -o body -H 'Accept: text/html' "$site/login"
hidden() { grep -o "name=\"$1\" value=\"[^\"]*\"" body | tail -n 1 | cut -d'"' -f4; }
status=$(curl -s -b person -c person -o body -w '%{http_code}' -H "Origin: $site" --data-urlencode "csrf=$(hidden csrf)" -d 'login=admin1&password=lingfei-demo-2018' "$site/login")
answers 303 'a person signs in'
person() { status=$(curl -s -b person -D head -o body -w '%{http_code}' -H 'Accept: text/html' -H 'Accept-Language: en' -H "Origin: $site" "$@"); }
person "$site/organisations/new"
csrf=$(hidden csrf)
person -d uscc=919900019000000140 --data-urlencode name=不会丢失的名称 "$site/organisations"
answers 403 'a form without its key'
person --data-urlencode "csrf=$csrf" -d uscc=919900019000000140 --data-urlencode name=不会丢失的名称 -d kind=agency "$site/organisations"
answers 422 'a wrong form of a person'
so 'comes back with what was typed' grep -q 不会丢失的名称 body
person --data-urlencode "csrf=$csrf" -d uscc=91990001900000057L --data-urlencode name=样例戊 -d kind=agency "$site/organisations"
answers 303 'a right one leads on'
so 'to what was made' grep -qE '^/organisations/[0-9]+$' <<< "$(location)"
person "$site/dance"
answers 404 'a plain page for an address that is none'
so 'is HTML too' grep -qi '^content-type: text/html' head

so 'the server had no fault' sh -c '! grep -E " status=5|^job=.* error=" log'
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
