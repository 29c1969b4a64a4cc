#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# provider.sh PROGRAM: signing in by a real provider of OpenID Connect: Debian's glewlwyd, with a key, a client and a user made for this
# run; a person links the account, signs out, and comes in again that way. Ends with "N passed, N failed".
set -u
export LC_ALL=C.UTF-8
lingfei=$(realpath "${1:-$(dirname "$0")/../build/lingfei}")
command -v glewlwyd > /dev/null || {
    echo "skipped: no glewlwyd"
    echo "0 passed, 0 failed"
    exit 0
}
work=$(mktemp -d)
cd "$work" || exit 1
server= provider=
stop() {
    for pid in $server $provider; do kill "$pid" 2> /dev/null && wait "$pid" 2> /dev/null; done
    rm -rf "$work"
}
trap stop EXIT
passed=0 failed=0
so() {
    local what=$1
    shift
    if "$@" > so.out 2>&1; then passed=$((passed + 1)); else
        failed=$((failed + 1))
        echo "failed: $what: $(head -c 300 so.out) $(head -c 300 body 2> /dev/null)"
    fi
}
ended() {
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
    exit
}

# ---- the provider ------------------------------------------------------------------------------------------------

port=$((20000 + RANDOM % 20000))
there=http://127.0.0.1:$port
zcat /usr/share/doc/glewlwyd/database/init.sqlite3.sql.gz | sqlite3 provider.db
cat > provider.conf << CONF
port=$port
bind_address="127.0.0.1"
external_url="$there"
api_prefix="api"
login_url="login.html"
log_mode="file"
log_level="INFO"
log_file="$work/provider.log"
cookie_secure=0
session_expiration=3600
session_key="GLEWLWYD2_SESSION_ID"
login_api_enabled=true
max_post_size=1048576
admin_scope="g_admin"
profile_scope="g_profile"
admin_session_authentication="cookie"
profile_session_authentication="cookie"
user_module_path="/usr/lib/glewlwyd/user"
client_module_path="/usr/lib/glewlwyd/client"
user_auth_scheme_module_path="/usr/lib/glewlwyd/scheme"
plugin_module_path="/usr/lib/glewlwyd/plugin"
hash_algorithm = "SHA512"
database = { type = "sqlite3"; path = "$work/provider.db"; };
CONF
glewlwyd -c provider.conf > provider.out 2>&1 &
provider=$!
for _ in $(seq 100); do
    curl -s -o /dev/null "$there/api/" && break
    sleep 0.1
done
ask() { # ask JAR METHOD PATH [JSON]
    curl -s -o body -w '%{http_code}' -c "$1" -b "$1" -X "$2" -H 'Content-Type: application/json' ${4:+-d "$4"} "$there/api$3"
}
made() { so "the provider: $2 $3" test "$(ask "$@")" = 200; }
openssl genrsa -out key.pem 2048 2> /dev/null
openssl rsa -in key.pem -pubout -out public.pem 2> /dev/null
back=https://zone.example/login/other/back
plugin=$(jq -n --rawfile key key.pem --rawfile public public.pem --arg iss "$there/api/oidc" '{module: "oidc", name: "oidc", display_name: "oidc",
    parameters: {iss: $iss, "jwt-type": "rsa", "jwt-key-size": "256", key: $key, cert: $public, "access-token-duration": 3600,
    "refresh-token-duration": 1209600, "code-duration": 600, "refresh-token-rolling": true, "allow-non-oidc": false,
    "auth-type-code-enabled": true, "auth-type-token-enabled": false, "auth-type-id-token-enabled": false, "auth-type-none-enabled": false,
    "auth-type-password-enabled": false, "auth-type-client-enabled": false, "auth-type-device-enabled": false, "auth-type-refresh-enabled": true,
    "pkce-allowed": true, "pkce-method-plain-allowed": false, "jwks-show": true, "subject-type": "public"}}')
made admin POST /auth/ '{"username":"admin","password":"password"}'
made admin POST /mod/plugin/ "$plugin"
made admin POST /client/ "$(jq -n --arg back $back '{client_id: "lingfei", name: "lingfei", confidential: true, password: "sesame", client_secret: "sesame",
    enabled: true, scope: ["openid"], redirect_uri: [$back], authorization_type: ["code"], token_endpoint_auth_method: ["client_secret_basic"]}')"
made admin POST /user/ '{"username":"somebody","password":"a sentence there","enabled":true,"scope":["openid","g_profile"]}'
made somebody POST /auth/ '{"username":"somebody","password":"a sentence there"}'
made somebody PUT /auth/grant/lingfei '{"scope":"openid"}'
[ "$failed" -eq 0 ] || { tail -n 5 provider.out provider.log; ended; }

# ---- the site ------------------------------------------------------------------------------------------------------

cat > site.conf << CONF
oidc_issuer   = $there/api/oidc
oidc_client   = lingfei
oidc_secret   = sesame
oidc_redirect = $back
oidc_label    = 省级统一登录
CONF
chmod 400 site.conf
"$lingfei" serve --demo --data data --config site.conf --listen 127.0.0.1:0 > out 2> log &
server=$!
site=
for _ in $(seq 600); do
    site=$(sed -n 's/^listening on //p' out)
    [ -z "$site" ] || break
    kill -0 "$server" 2> /dev/null || break
    sleep 0.1
done
[ -n "$site" ] || { so "the site starts: $(tail -n 3 log)" false; ended; }

# curl keeps __Host- cookies to itself on plain HTTP, so they are carried by hand
declare -A cookie
visit() { # visit PATH [CURL-ARGUMENT...]: sets status and location, keeps the cookies
    local path=$1 all='' name value
    shift
    for name in "${!cookie[@]}"; do all+="$name=${cookie[$name]}; "; done
    status=$(curl -s -D head -o body -w '%{http_code}' -H 'Accept: text/html' -H "Cookie: $all" "$@" "$site$path")
    while IFS='=' read -r name value; do cookie[$name]=${value%%;*}; done < <(tr -d '\r' < head | sed -n 's/^[Ss]et-[Cc]ookie: //p')
    location=$(tr -d '\r' < head | sed -n 's/^[Ll]ocation: //p')
}
# What a browser does at the provider, where somebody is signed in: its answer leads back with a code.
trip() { # trip PATH
    visit "$1"
    so "$1 leads to the provider" test "${location#"$there"}" != "$location"
    local returned
    returned=$(curl -s -D - -o /dev/null -b somebody "$location&g_continue" | tr -d '\r' | sed -n 's/^[Ll]ocation: //p')
    so "the provider sends back with a code: $returned" test "${returned#"$back?"}" != "$returned"
    visit "/login/other/back?${returned#*\?}"
}

visit /login
so 'the sign-in page names the provider' grep -q 省级统一登录 body
trip /login/other
so "nobody is linked yet: $status" test "$status" = 403
visit /login
csrf=$(sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' body | head -n 1)
visit /login --data-urlencode "csrf=$csrf" -d login=agency1 -d password=lingfei-demo-2018
so "signed in by password: $status" test "$status" = 303
trip /account/other
so "linked: $status $location" test "$status $location" = '303 /account'
unset 'cookie[__Host-sid]'
visit /account
so 'nobody' test "$status" = 303
trip '/login/other?next=%2Faccount'
so "signed in by the provider: $status $location" test "$status $location" = '303 /account'
visit /account
so 'and is who was linked' grep -q agency1 body
so 'with a line in the access log' bash -c "\"$lingfei\" account list --data data > /dev/null && sqlite3 data/lingfei.sqlite \"SELECT 1 FROM access_entry WHERE what = 'sign_in' AND result = 'ok'\" | grep -q 1"
ended
