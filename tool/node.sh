#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# node.sh ARGS...: runs a node that is new enough for the tests: the system's, or the one install.sh has put into build/node.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
for node in node "$here"/build/node/node_modules/node-linux-*/bin/node; do
    command -v "$node" > /dev/null || continue
    "$node" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' || continue
    exec "$node" "$@"
done
echo "node.sh: there is no node 20.19 or newer here: run tool/install.sh test" >&2
exit 127
