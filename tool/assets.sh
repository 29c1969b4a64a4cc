#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# assets.sh OUT: what browsers are sent, made from assets/ and the npm packages of package-lock.json:
# app.css (Tabler's part that the pages use, and ours), app.js, flow.css and flow.js (the picture of a
# flow), icons.svg, favicon.svg. The same input gives the same bytes.
set -eu
out=$(mkdir -p "$1" && cd "$1" && pwd)
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# the packages as locked; again only when the lock has changed
if ! cmp -s package-lock.json node_modules/.lingfei-lock 2> /dev/null; then
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error > "$work/npm" 2>&1 || { cat "$work/npm" >&2; exit 1; }
    cp package-lock.json node_modules/.lingfei-lock
fi
esbuild=node_modules/.bin/esbuild
node tool/purge.mjs node_modules/@tabler/core/dist/css/tabler.css > "$work/tabler.css"
cat "$work/tabler.css" assets/style.css > "$work/app.css"
"$esbuild" "$work/app.css" --minify --log-level=error --legal-comments=inline --outfile="$out/app.css"
"$esbuild" assets/app.js --bundle --minify --target=es2020 --log-level=error --legal-comments=inline --outfile="$out/app.js"
"$esbuild" assets/flow.js --bundle --minify --target=es2020 --format=iife --log-level=error --legal-comments=eof \
    --outfile="$out/flow.js"
cat node_modules/bpmn-js/dist/assets/diagram-js.css node_modules/bpmn-js/dist/assets/bpmn-js.css assets/flow.css |
    grep -v '^@import' > "$work/flow.css"
"$esbuild" "$work/flow.css" --minify --log-level=error --outfile="$out/flow.css"
cp assets/icons.svg assets/favicon.svg "$out/"
