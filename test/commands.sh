#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# commands.sh PROGRAM: runs the program's commands as a person or a script would and compares what they print, where, and
# how they end. Whole files of public vectors too, where SHARED names their folder. Ends with "N passed, N failed".
set -u
export LC_ALL=C.UTF-8 # messages in English
top=$(cd "$(dirname "$0")/.." && pwd)
lingfei=$(realpath "${1:-$top/build/lingfei}")
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2> /dev/null; rm -rf "$work"' EXIT
cd "$work" || exit 1
passed=0 failed=0

fail() {
    failed=$((failed + 1))
    printf 'failed: %s\n' "$*"
}
pass() { passed=$((passed + 1)); }

# run ARGUMENT...: sets code, out and said
run() {
    timeout 60 "$lingfei" "$@" > out 2> said < "${input:-/dev/null}"
    code=$?
    out=$(cat out) said=$(cat said)
}
# is CODE OUT ARGUMENT...: ends so and prints exactly this
is() {
    local want=$1 text=$2
    shift 2
    run "$@"
    if [ "$code" = "$want" ] && [ "$out" = "$text" ]; then pass; else fail "lingfei $*: wanted $want '$text', got $code '$out' ($said)"; fi
}
# says CODE PATTERN ARGUMENT...: nothing on standard output, a sentence like this on standard error
says() {
    local want=$1 pattern=$2
    shift 2
    run "$@"
    if [ "$code" = "$want" ] && [ -z "$out" ] && grep -Eq -- "$pattern" said; then pass; else fail "lingfei $*: wanted $want and '$pattern', got $code '$said' ($out)"; fi
}
# holds CODE PATTERN ARGUMENT...: a line of standard output is like this
holds() {
    local want=$1 pattern=$2
    shift 2
    run "$@"
    if [ "$code" = "$want" ] && grep -Eq -- "$pattern" out; then pass; else fail "lingfei $*: wanted $want and '$pattern', got $code '$out' ($said)"; fi
}
# so SENTENCE COMMAND...: the command is true
so() {
    local what=$1
    shift
    if "$@" > so.out 2>&1; then pass; else fail "$what: $(head -c 2000 so.out)"; fi
}

# ---- usage and help -----------------------------------------------------------------------------------------------

commands() { "$lingfei" help | sed -n 's/^  \([a-z][a-z -]*[a-z]\)  .*/\1/p'; }

usage() {
    says 2 'usage: lingfei COMMAND'
    says 2 "no command 'dance'" dance
    says 2 "no command 'check dance'" check dance
    says 2 '^  account token ' account
    says 2 'needs FEN' yuan
    says 2 'too much: 2' yuan 1 2
    says 2 'no option --dance' yuan 1 --dance
    says 2 'no option --data' yuan 1 --data=x
    says 2 'nothing stands behind --data' backup f --data
    says 2 'nothing may stand behind --json' yuan 1 --json=yes
    says 2 'needs --data' restore f
    says 2 'needs --name' account add x --org 1 --role agency
    says 2 'needs --role' account add x --org 1 --name y
    holds 0 '^lingfei COMMAND' --help
    holds 0 '^  account add ' account --help
    holds 0 '^  serve ' help
    is 0 "$("$lingfei" yuan --help)" help yuan
    says 2 "no command 'dance'" help dance
    is 0 壹分 yuan -- 1
    so 'twenty-five commands are listed' [ "$(commands | wc -l)" = 25 ]
    while read -r command; do
        # shellcheck disable=SC2086
        holds 0 "^lingfei $command( |$)" $command --help
        # shellcheck disable=SC2086
        says 2 'there is no option --no-such-option' $command --no-such-option
        # shellcheck disable=SC2086
        env LC_ALL=zh_CN.UTF-8 "$lingfei" $command --help > out
        so "$command --help in Chinese" grep -Pq '\p{Han}' out
    done < <(commands)
    "$lingfei" yuan 5 > /dev/full 2> said
    so 'a full disk is 3' [ $? = 3 ]
}

# ---- pure calculations ----------------------------------------------------------------------------------------------

calculations() {
    is 0 2018-11-14 workdays add 2018-11-05 7
    is 0 2018-12-29 workdays add 2018-12-20 7
    is 0 2019-02-03 workdays add 2019-01-25 7
    is 0 2018-11-05 workdays add 2018-11-05 0
    is 0 '{"day":"2018-11-14"}' workdays add 2018-11-05 7 --json
    is 0 7 workdays between 2018-11-05 2018-11-14
    is 0 0 workdays between 2018-11-05 2018-11-05
    is 0 '{"days":7}' workdays between 2018-11-05 2018-11-14 --json
    says 1 '2018-02-30 is not a date' workdays add 2018-02-30 1
    says 1 "many is not a number of days" workdays add 2018-02-20 many
    says 1 '2027 is not known' workdays add 2026-12-30 7
    says 1 '1999 is not known' workdays between 1999-05-04 2008-05-04
    printf 'date,name,kind,source_paper\n2027-01-01,元旦,holiday,https://example.org/2027\n' > 2027.csv
    is 0 2027-01-05 workdays add 2026-12-31 2 --calendar 2027.csv
    printf 'date,name,kind,source_paper\n2027-01-01,元旦,feast,https://example.org/2027\n' > bad.csv
    says 1 'bad.csv: .*[Ll]ine 2' workdays add 2026-12-31 2 --calendar bad.csv
    says 1 'none.csv cannot be opened' workdays add 2026-12-31 2 --calendar none.csv

    is 0 '919900019000000147 ok' check uscc 919900019000000147
    is 1 "$(printf '919900019000000147 ok\n919900019000000140 bad: the check character should be 7')" check uscc 919900019000000147 919900019000000140
    is 1 '[{"code":"919900019000000140","ok":false,"says":"the check character should be 7"}]' check uscc --json 919900019000000140
    holds 1 '^1234 bad: .*4 characters' check uscc 1234
    is 0 'ZL201310033299.6 ok' check patent ZL201310033299.6
    holds 1 '^ZL201310033299.5 bad: .*check character' check patent ZL201310033299.5
    is 0 '[{"code":"ZL201310033299.6","ok":true,"says":""}]' check patent ZL201310033299.6 --json
    holds 1 '^CN110941994B bad: This is a publication number' check patent CN110941994B

    is 0 壹仟贰佰叁拾肆元伍角陆分 yuan 123456
    is 0 零元整 yuan 0
    is 0 负伍分 yuan -5
    is 0 '{"fen":123456,"capitals":"壹仟贰佰叁拾肆元伍角陆分"}' yuan 123456 --json
    says 1 'is not a whole number of fen' yuan 12.50
    says 1 'is not a whole number of fen' yuan 99999999999999999999
}

vectors() {
    local csv=$1
    while IFS=, read -r start n expected _; do
        is 0 "$expected" workdays add "$start" "$n"
    done < <(tail -n +2 "$csv/workdays.csv")
    while IFS=, read -r kind value expected _; do
        case $kind:$expected in
        application_number*:valid) is 0 "$value ok" check patent "$value" ;;
        application_number*:invalid) holds 1 "^$value bad: ." check patent "$value" ;;
        esac
    done < <(tail -n +2 "$csv/patent.csv")
    while IFS=, read -r code expected _; do
        case $expected in
        valid*) is 0 "$code ok" check uscc "$code" ;;
        *) holds 1 "^$code bad: ." check uscc "$code" ;;
        esac
    done < <(tail -n +2 "$csv/uscc.csv")
    while IFS=, read -r amount capitals _; do
        is 0 "$capitals" yuan "$(printf '%s' "$amount" | tr -d . | sed 's/^0*\([0-9]\)/\1/')"
    done < <(tail -n +2 "$csv/rmb.csv")
}

# ---- flows and templates ----------------------------------------------------------------------------------------------

flows() {
    local f
    for f in "$top"/src/room/*/*.bpmn "$top"/test/flow/*.bpmn; do
        holds 0 "^$f: [a-z]+ sound, [0-9]+ nodes, version [0-9a-f]{64}$" flow check "$f"
    done
    f=$top/src/room/subsidy/subsidy.bpmn
    sed 's/<bpmn:userTask /<bpmn:task /; s/<userTask /<task /' "$f" > element.bpmn
    says 1 '^element.bpmn:[0-9]+: ' flow check element.bpmn
    head -n 40 "$f" > cut.bpmn
    says 1 '^cut.bpmn:[0-9]+: ' flow check cut.bpmn
    sed '0,/potentialOwner\|lf:roles="[a-z ]*"\|lf:role="[a-z ]*"/s/lf:roles\{0,1\}="[a-z ]*"/lf:role="dancer"/' "$f" > role.bpmn
    says 1 '^role.bpmn:[0-9]+: .*dancer' flow check role.bpmn
    says 1 'none.bpmn cannot be opened' flow check none.bpmn
    run flow check "$f" cut.bpmn
    so 'one good and one bad flow: each is told, the end is 1' test "$code" = 1 -a -n "$out" -a -n "$said"
    run flow check cut.bpmn --json
    so 'flow check --json' test "$code" = 1 -a "$(jq -r '.[0] | .ok, (.says | test("^cut.bpmn:[0-9]+: "))' out | tr '\n' ' ')" = 'false true '
}

templates() {
    mkdir -p page
    printf '{{> head}}<p>{{name}} {{{name}}} {{price}}</p>{{#rows}}<i>{{.}}</i>{{/rows}}\n' > page/one.html
    printf '<h1>{{name}}</h1>\n' > page/head.html
    printf '{"name":"A & B","price":1.50,"rows":[1,2]}' > data.json
    is 0 "$(printf '<h1>A &amp; B</h1>\n<p>A &amp; B A & B 1.50</p><i>1</i><i>2</i>')" render page/one.html data.json
    printf '{"name":\n oops}' > wrong.json
    says 1 'wrong.json: .*[Ll]ine 2' render page/one.html wrong.json
    printf 'x\n{{#open}}\n' > page/open.html
    says 1 'page/open.html:[0-9]+: ' render page/open.html data.json
    printf '{{> open}}' > page/holds.html
    says 1 'page/open.html:[0-9]+: ' render page/holds.html data.json
    says 1 'none.html cannot be opened' render none.html data.json
}

specification() {
    local file n i
    for file in "$1"/[a-z]*.json; do
        n=$(jq '.tests | length' "$file")
        for ((i = 0; i < n; i++)); do
            rm -rf spec && mkdir spec
            jq -j ".tests[$i].template" "$file" > spec/template.mustache
            jq ".tests[$i].data" "$file" > spec/data.json
            jq -j ".tests[$i].expected" "$file" > spec/expected
            while read -r partial; do
                jq -j --arg p "$partial" ".tests[$i].partials[\$p]" "$file" > "spec/$partial.mustache"
            done < <(jq -r ".tests[$i].partials // {} | keys[]" "$file")
            "$lingfei" render spec/template.mustache spec/data.json > out 2> said
            so "$(basename "$file") $(jq -r ".tests[$i].name" "$file"): $(cat said)" cmp out spec/expected
        done
    done
}

# ---- a store ---------------------------------------------------------------------------------------------------------------

uscc=919900019000000147 other=919900019000000222
people() {
    printf 'correct horse battery\n' > password
    input=password holds 0 '^admin: person 1, post 1$' account add admin --name 管理员 --org $uscc --role admin --data store
    input=password says 1 "No organisation has the code $other" account add a --name 甲 --org $other --role agency --data store
    input=password is 0 '{"person":2,"post":2,"org":2}' account add agency --name 甲 --org $other --org-name 示例机构 --role agency --data store --json
    is 0 'agency: person 2, post 3' account add agency --name 甲 --org $other --role enterprise --data store
    input=password says 1 'the last would be' account add bb --name 乙 --org 919900019000000140 --role agency --data store
    input=password says 1 'no such role' account add bb --name 乙 --org $uscc --role dancer --data store
    printf 'short\n' > short
    input=short says 1 '12' account add bb --name 乙 --org $uscc --role agency --data store
    says 1 'password is read from standard input' account add bb --name 乙 --org $uscc --role agency --data store
    input=password says 1 'login is' account add 'b b' --name 乙 --org $uscc --role agency --data store
    holds 0 '^admin +active +admin +管理员$' account list --data store
    run account list --data store --json
    so 'account list --json' test "$(jq -r '.[].login' out | tr '\n' ' ')" = 'admin agency '
    holds 0 '^lf_[A-Za-z0-9_-]{43,}$' account token admin --data store
    holds 0 '^\{"token":"lf_[A-Za-z0-9_-]{43,}"\}$' account token admin --data store --json
    says 1 'no person with the login' account token nobody --data store
    printf 'another horse battery\n' > password2
    input=password2 is 0 '' account password agency --data store
    says 1 'no person with the login' account password nobody --data store
    is 0 '' account disable agency --data store
    holds 0 '^agency +disabled ' account list --data store
}

stores() {
    says 3 'There is no store in none.*lingfei init' verify --data none
    says 3 'There is no store' account list --data none
    says 3 'There is no store' backup f --data none
    so 'and none is made' [ ! -e none ]
    says 3 'database server does not answer' verify --data postgresql://localhost:1/x
    says 3 'password does not belong' verify --data postgresql://me:secret@localhost/x
    is 0 '' init --data store --zone 试验区
    says 1 'store holds a store already' init --data store
    holds 0 '^unbroken: [0-9]+ entries, head [0-9]+:[A-Za-z0-9_-]{43}$' verify --data store
    "$lingfei" verify --data store --json > first.json
    people
    holds 0 '^unbroken: ' verify --data store --head "$(jq -r .head first.json)"
    is 0 'rebuilt: every table equals the one made anew from the record' rebuild anew --data store
    says 1 'anew holds a store already' rebuild anew --data store
    is 0 '{"ok":true,"different":""}' rebuild anew2 --data store --json
    holds 0 '^copied: [0-9]+ rows, every table equal, ledger balanced, head [0-9]+:' copy store moved
    so 'and verifies to the same head' [ "$("$lingfei" verify --data moved --json | jq -r .head)" = "$("$lingfei" verify --data store --json | jq -r .head)" ]
    holds 0 '^unbroken: ' verify --data moved # the key went along
    holds 0 '^unbroken: ' verify --data anew
    says 1 'moved holds a store already' copy store moved
    says 3 'There is no store in none' copy none moved2
    (mkdir here && cd here && "$lingfei" init && [ -f lingfei-data/lingfei.sqlite ])
    so 'the default is lingfei-data in the current folder' [ $? = 0 ]
    printf 'junk' > junk
    mkdir damaged && cp junk damaged/lingfei.sqlite
    says 3 'damaged.*lingfei restore' verify --data damaged
    says 3 'damaged' serve --data damaged
}

damage() {
    "$lingfei" verify --data store --json > now.json
    cp -r store flipped
    sqlite3 flipped/lingfei.sqlite "DROP TRIGGER audit_entry_stays; UPDATE audit_entry SET input = replace(input, '试验区', '实验区') WHERE seq = 1"
    says 1 '^seq 1: ' verify --data flipped
    run verify --data flipped --json
    so 'verify --json of a broken record' test "$code" = 1 -a "$(jq .ok out)" = false
    cp -r store short-tail
    sqlite3 short-tail/lingfei.sqlite "DROP TRIGGER audit_entry_remains; DELETE FROM audit_entry WHERE seq = (SELECT max(seq) FROM audit_entry)"
    run verify --data short-tail --head "$(jq -r .head now.json)"
    so 'a cut-off tail is found against a head kept outside' [ "$code" = 1 ]
}

backups() {
    is 0 '' backup copy --data store
    is 0 '' restore copy --data copied
    is 0 "$("$lingfei" account list --data store)" account list --data copied
    says 1 'junk is no whole backup' restore junk --data copied
    says 1 'none is no whole backup' restore none --data copied
    says 1 'take the place of the store itself' backup store/lingfei.sqlite --data store
    says 3 'could not be written' backup nowhere/copy --data store
}

doctor() {
    says 2 'too much' doctor store --data store
    holds 1 '^bad   folder    There is no folder none' doctor --data none
    so 'and none is made' [ ! -e none ]
    "$lingfei" init --data well --zone 试验区
    holds 0 '^ok    store     ' doctor --data well
    holds 0 '^warn  backup    No backup was made' doctor --data well
    is 0 '' backup well.copy --data well
    holds 0 '^ok    backup    ' doctor --data well
    touch -d '3 days ago' well/last-backup
    holds 0 '^warn  backup    .* 3 days old' doctor --data well
    touch -d '9 days ago' well/last-backup
    holds 1 '^bad   backup    .* 9 days old' doctor --data well
    run doctor --data well --json
    so 'doctor --json names each check' [ "$code:$(jq -r '[.[] | select(.verdict == "bad").check] | join(" ")' out):$(jq length out)" = 1:backup:9 ]
    touch well/last-backup
    chmod 750 well && holds 0 '^warn  folder    .*chmod 700' doctor --data well && chmod 700 well
    chmod 440 well/lingfei.key && holds 1 '^bad   key       .*chmod 400' doctor --data well && chmod 400 well/lingfei.key
    echo 'dance = 1' > wrong.conf
    holds 1 '^bad   config    Line 1 ' doctor --data well --config wrong.conf
    printf 'date,name,kind,source_paper\n2018-01-01,元旦,holiday,https://example.org/2018\n' > 2018.csv
    holds 1 '^bad   calendar  .*not known' doctor --data well --calendar 2018.csv
    mv well/lingfei.key away
    holds 1 '^bad   key       .*Put its copy back' doctor --data well
    holds 1 '^bad   store     .*not opened without its key' doctor --data well
    so 'and no key is made' [ ! -e well/lingfei.key ]
    mv away well/lingfei.key
    sqlite3 well/lingfei.sqlite "UPDATE zone SET begun_day = begun_day + 400"
    holds 1 '^bad   clock     ' doctor --data well
    echo junk > well/lingfei.sqlite
    holds 1 '^bad   store     .*damaged' doctor --data well
}

# ---- the server ----------------------------------------------------------------------------------------------------------------

# serve OPTION...: starts it, sets address when it is ready
serve() {
    rm -f serve.out # under load the next one may be opened later than it is looked for
    "$lingfei" serve --listen 127.0.0.1:0 "$@" > serve.out 2> serve.said &
    server=$!
    local i
    for ((i = 0; i < 300; i++)); do
        address=$(sed -n 's/^listening on //p' serve.out 2> /dev/null)
        [ -z "$address" ] || return 0
        kill -0 "$server" 2> /dev/null || return 1
        sleep 0.1
    done
    return 1
}
stop() {
    kill "$server"
    wait "$server"
    code=$?
    server=
    so 'the server ends well when it is told to' [ "$code" = 0 ]
}

served() {
    so 'it says where it listens' serve --data store
    so 'the address is whole' grep -Eq '^listening on http://127\.0\.0\.1:[0-9]+$' serve.out
    so 'and answers there' curl -sf "$address/healthz"
    says 3 'in use' restore copy --data store
    is 0 '' backup while --data store
    local token
    token=$("$lingfei" account token admin --data store)
    so 'a token made beside the server signs in' sh -c "curl -sf -H 'Accept: application/json' -H 'Authorization: Bearer $token' '$address/accounts' | jq -e '.items | length == 2'"
    is 0 '' account disable admin --data store
    so 'a closed access is closed at once' [ "$(curl -s -o /dev/null -w '%{http_code}' -H 'Accept: application/json' -H "Authorization: Bearer $token" "$address/accounts")" = 401 ]
    says 3 'cannot listen' serve --data store2 --listen "${address#http://}"
    says 3 'cannot listen' serve --data store2 --listen nowhere
    stop
    holds 0 '^unbroken: ' verify --data store
}

demonstration() {
    says 1 'a store of its own' serve --demo --data store
    says 1 'only in a rehearsal store' serve --today 2018-11-05 --data store
    says 1 'is not a date' serve --today 2018-11-31 --data other
    so 'a bad day makes no store' [ ! -e other ]
    is 0 '' init --data demo
    so 'the demonstration goes into an empty store' serve --demo --data demo
    so 'and tells its accounts' grep -Eq '^  agency1 +agency ' serve.out
    local cookies=$work/cookies sign_in='login=agency1&password=lingfei-demo-2018'
    so 'which sign in' [ "$(curl -s -o /dev/null -c "$cookies" -w '%{http_code}' -d "$sign_in" "$address/login")" = 303 ]
    stop
    so 'it starts again' serve --demo --data demo
    stop
    holds 0 '^unbroken: ' verify --data demo
    so 'a rehearsal has its own day' serve --data rehearsal --today 2018-11-05
    so 'which it shows' [ "$(curl -s "$address/healthz" | jq -r .today)" = 2018-11-05 ]
    stop
    says 1 'cannot go back' serve --data rehearsal --today 2018-11-02
}

# ---- what is made from the table ---------------------------------------------------------------------------------------------

# offers WANT SHELL WORD...: what comes for the last word is WANT
registrations() {
    printf '\357\273\277名称,统一社会信用代码,成立日期,经营范围\r\n样例云帆软件有限公司,91990001MA7001010A,2026/1/8,软件开发\r\n样例甲,91990001MA7001010B,2026-01-08,x\r\n' > firms.csv
    says 1 'There is no such file' import registrations nothing.csv --data firms
    printf 'a,b\n1,2\n' > other.csv
    says 1 'names no column' import registrations other.csv --data firms
    is 0 '{"read":2,"imported":1,"updated":0,"unchanged":0,"rejected":1,"technology":1}' import registrations firms.csv --data firms --json
    so 'the refused row has its line and the reason' grep -q '^3,.*would be A.*,样例甲,91990001MA7001010B' firms.rejected.csv
    is 0 'read 2, imported 0, updated 0, unchanged 1, rejected 1, of technology 1' import registrations firms.csv --data firms
    holds 0 '^unbroken: ' verify --data firms
    holds 0 'every table equals' rebuild firms-again --data firms
    [ -d "${SHARED:-}/data/registrations" ] || return
    holds 0 '"read":2235,"imported":2235,"updated":0,"unchanged":0,"rejected":0' import registrations "$SHARED/data/registrations/zone.csv" --data firms --json
    gzip -dc "$SHARED/data/registrations/dalian.csv.gz" > dalian.csv
    holds 0 '"read":40431,"imported":38196,"updated":0,"unchanged":2235,"rejected":0' import registrations dalian.csv --data firms --json
    holds 0 '"read":40431,"imported":0,"updated":0,"unchanged":40431,"rejected":0' import registrations dalian.csv --data firms --json
}

offers_bash() {
    local want=$1 got
    shift
    got=$(bash --norc -c 'source <("$0" completion bash); COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _lingfei; echo "${COMPREPLY[@]}"' "$lingfei" "$@")
    so "completion of '$*': '$got' for '$want'" [ "$got" = "$want" ]
}
offers_zsh() {
    local want=$1 got
    shift
    got=$(zsh -f -c 'compdef() { :; }; compadd() { shift; echo "$@"; }; _files() { echo "files $*"; }
        source <("$0" completion zsh); words=("$@"); CURRENT=$#; _lingfei' "$lingfei" "$@")
    so "completion of '$*' in zsh: '$got' for '$want'" [ "$got" = "$want" ]
}

completion() {
    offers_bash 'verify' lingfei ver
    offers_bash 'add between' lingfei workdays ''
    offers_bash '--calendar --json --help' lingfei workdays add ''
    offers_bash '--listen' lingfei serve --li
    offers_bash '--head' lingfei verify --data store --hea
    offers_bash 'agency alliance auditor admin' lingfei account add x --role a
    offers_bash 'bureau' lingfei account add x --role bu
    offers_bash 'junk' lingfei restore jun
    offers_bash 'damaged' lingfei verify --data dama
    offers_bash '' lingfei account add x --name ''
    offers_bash 'bash zsh --help' lingfei completion ''
    so 'bash reads it whole' bash -n <("$lingfei" completion bash)
    says 1 'bash and zsh, not for fish' completion fish
    while read -r command; do
        # shellcheck disable=SC2086
        so "$command is offered" bash --norc -c 'source <("$0" completion bash); COMP_WORDS=(lingfei "$@" --h); COMP_CWORD=$(($# + 1)); _lingfei; [[ " ${COMPREPLY[*]} " = *" --help "* ]]' "$lingfei" $command
    done < <(commands)
    if command -v zsh > /dev/null; then
        offers_zsh 'add between' lingfei workdays ''
        offers_zsh '--calendar --json --help' lingfei workdays add ''
        offers_zsh 'files ' lingfei workdays add --calendar ''
        offers_zsh 'files -/' lingfei verify --data ''
    else
        echo 'skipped: completion in zsh (there is none here)'
    fi
}

manual() {
    so 'doc/lingfei.1 is as the table says; else run: make manual' diff <("$top/tool/manual.sh" "$lingfei") "$top/doc/lingfei.1"
    if command -v man > /dev/null; then
        LC_ALL=C.UTF-8 MANROFFSEQ='' MANWIDTH=80 man --warnings=all -E UTF-8 -l -Tutf8 -Z "$top/doc/lingfei.1" > /dev/null 2> said
        so "man reads it without a warning: $(cat said)" [ ! -s said ]
    fi
    if command -v mandoc > /dev/null; then
        mandoc -T lint -W warning "$top/doc/lingfei.1" > said 2>&1
        so "mandoc too: $(cat said)" [ ! -s said ]
    fi
    tr -d '\\' < "$top/doc/lingfei.1" > page.txt
    while read -r command; do
        so "the page has $command" grep -Eq "^.SS $command$" page.txt
    done < <(commands)
}

usage
calculations
flows
templates
if [ -d "${SHARED:-}/data/vectors" ]; then
    vectors "$SHARED/data/vectors"
    specification "$SHARED/data/mustache-spec/specs"
else
    echo 'skipped: no shared data'
fi
stores
damage
backups
doctor
served
demonstration
registrations
completion
manual
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
