#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# install.sh [build] [test] [bench] [postgres]: puts onto a Debian 12 machine what building (and running), testing, measuring or PostgreSQL needs and
# is not there yet. Quick and silent when nothing is missing. Packages come from Debian and npm only.
set -eu
cd "$(dirname "$0")/.."

build='gcc make pkg-config libc6-dev libmicrohttpd-dev libsqlite3-dev libpq-dev libexpat1-dev libzip-dev libpango1.0-dev libcairo2-dev
    libsodium-dev libssl-dev libmagic-dev libjansson-dev libqrencode-dev libxlsxwriter-dev libseccomp-dev libcurl4-openssl-dev gettext fonts-noto-cjk'
bench='nginx wrk clang'
postgres='postgresql-15'
test='libcmocka-dev sqlite3 curl jq poppler-utils libasan8 libubsan1 chromium'

want=
for what in ${*:-build test}; do
    case $what in
    build) want="$want $build" ;;
    test) want="$want $build $test" ;;
    bench) want="$want $build $bench" ;;
    postgres) want="$want $postgres" ;;
    *) echo "install.sh: neither build, test, bench nor postgres: $what" >&2; exit 2 ;;
    esac
done

# another's node or java will do as well as Debian's
node_is_new() { command -v node > /dev/null && [ "$(node -p 'Number(process.versions.node.split(".")[0])')" -ge 18 ]; }
node_is_new || want="$want nodejs"
command -v npm > /dev/null || want="$want npm"
case " ${*:-build test} " in
*" test "*) command -v java > /dev/null || want="$want default-jre-headless" ;; # the pages' judge
esac

missing=
for package in $(printf '%s\n' $want | sort -u); do
    case $(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2> /dev/null) in
    ii*) ;;
    *) missing="$missing $package" ;;
    esac
done
if [ -n "$missing" ]; then
    as_root=
    [ "$(id -u)" = 0 ] || as_root=sudo
    echo "installing from Debian:$missing"
    log=$(mktemp)
    trap 'rm -f "$log"' EXIT
    export DEBIAN_FRONTEND=noninteractive
    # an old list of packages may name what is no longer served: one more try with a fresh one
    # shellcheck disable=SC2086
    $as_root apt-get install -y --no-install-recommends $missing > "$log" 2>&1 || {
        $as_root apt-get update >> "$log" 2>&1
        $as_root apt-get install -y --no-install-recommends $missing >> "$log" 2>&1
    } || { cat "$log" >&2; echo "install.sh: these could not be installed:$missing" >&2; exit 1; }
fi

# npm packages as locked, again only when a lock has changed
packages() {
    cmp -s "$1/package-lock.json" "$1/node_modules/.lingfei-lock" 2> /dev/null && return
    said=$(npm ci --prefix "$1" --ignore-scripts --no-audit --no-fund --loglevel=error 2>&1) || { echo "$said" >&2; exit 1; }
    cp "$1/package-lock.json" "$1/node_modules/.lingfei-lock"
}
packages .
case " ${*:-test} " in *" test "*) ;; *) exit 0 ;; esac
packages test/browser
# Debian 12's node bundles the pages, but the judges of the tests want a newer one: npm has it as a package
if ! tool/node.sh -e 0 2> /dev/null; then
    case $(uname -m) in x86_64) kind=x64 ;; aarch64) kind=arm64 ;; *) echo "install.sh: the tests need node 20.19 or newer" >&2; exit 1 ;; esac
    npm install --prefix build/node --no-save --ignore-scripts --no-audit --no-fund --loglevel=error \
        "node-linux-$kind@22.23.3" > /dev/null
    tool/node.sh -e 0
fi
