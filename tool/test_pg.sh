#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test_pg.sh COMMAND...: runs the command beside a PostgreSQL cluster of its own, on a Unix socket in a temporary folder;
# TEST_STORE holds its URL without a database, and is what tests make their stores on. Ends the cluster whatever happens.
set -eu
bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2> /dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || { echo "test_pg.sh: no PostgreSQL; tool/install.sh postgres installs it" >&2; exit 1; }
work=$(mktemp -d)
port=$((20000 + $$ % 20000))
# initdb refuses root: the cluster belongs to nobody then
as() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"; else "$@"; fi; }
[ "$(id -u)" != 0 ] || chown nobody:nogroup "$work"
chmod 755 "$work"
# shellcheck disable=SC2317 # called by the trap
cleanup() {
    as "$bin/pg_ctl" -D "$work/data" -m immediate stop > /dev/null 2>&1 || true
    rm -rf "$work"
}
trap cleanup EXIT
cd "$work"
as "$bin/initdb" -D "$work/data" -U lingfei --encoding=UTF8 --locale=C.UTF-8 --auth=trust > "$work/log" 2>&1 || { cat "$work/log"; exit 1; }
# a test's machine may lose its power; what is tested here is what the program sends
printf '%s\n' "unix_socket_directories = '$work'" "listen_addresses = ''" "port = $port" 'max_connections = 300' \
    'shared_buffers = 128MB' 'synchronous_commit = on' "fsync = ${TEST_FSYNC:-off}" 'full_page_writes = off' >> "$work/data/postgresql.conf"
start() { as "$bin/pg_ctl" -D "$work/data" -l "$work/server.log" -w start > /dev/null || { cat "$work/server.log"; exit 1; }; }
start
# what a test calls to have the server killed and started again
cat > "$work/restart" << END
#!/usr/bin/env bash
$(declare -f as)
cd "$work"
as "$bin/pg_ctl" -D "$work/data" -m immediate stop > /dev/null
sleep 0.3
as "$bin/pg_ctl" -D "$work/data" -l "$work/server.log" -w start > /dev/null
END
chmod 755 "$work/restart"
cd "$OLDPWD"
code=0
TEST_STORE="postgresql://lingfei@/%s?host=$work&port=$port" TEST_RESTART="$work/restart" "$@" || code=$?
exit "$code"
