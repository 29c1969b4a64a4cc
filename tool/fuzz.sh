#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# fuzz.sh BUILD [SECONDS [NAME...]]: builds each fuzz target of test/fuzz with clang's fuzzer and both sanitizers and runs it for
# some seconds (60) each; BUILD holds the generated objects (obj/gen). What breaks one is left in BUILD/fuzz. Ends with "N passed, N failed".
set -u
build=${1:?} seconds=${2:-60}
shift; [ $# -eq 0 ] || shift
libs='sqlite3 expat libzip jansson libsodium libcrypto pangocairo libqrencode'
out=$build/fuzz passed=0 failed=0
mkdir -p "$out"
[ $# -gt 0 ] || set -- $(basename -s .c -a test/fuzz/*.c)
for name in "$@"; do
    mkdir -p "$out/corpus/$name"
    # shellcheck disable=SC2046
    if clang -std=c11 -D_GNU_SOURCE -O1 -g -fsanitize=fuzzer,address,undefined -Isrc -I"$build" $(pkg-config --cflags $libs) -o "$out/$name" \
        "test/fuzz/$name.c" $(ls src/base/*.c src/format/*.c | grep -v _test.c) "$build/obj/gen/catalogue.o" "$build/obj/gen/embedded.o" \
        $(pkg-config --libs $libs) -lmagic -lpthread -lm &&
        "$out/$name" -max_total_time="$seconds" -max_len=4096 -artifact_prefix="$out/$name-" "$out/corpus/$name" > "$out/$name.log" 2>&1
    then passed=$((passed + 1))
    else failed=$((failed + 1)); echo "$name:"; tail -n 30 "$out/$name.log" 2> /dev/null
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
