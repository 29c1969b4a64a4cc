#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# tools.sh FOLDER: tests the build's own tools; FOLDER holds the built ones (make's BUILD/tool).
set -u
tool=$(cd "${1:-build/tool}" && pwd)
scripts=$(cd "$(dirname "$0")/../tool" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
passed=0 failed=0

# is NAME WANTED GOT
is() {
    if [ "$2" = "$3" ]; then passed=$((passed + 1)); return; fi
    failed=$((failed + 1))
    printf '%s\n  wanted: %s\n  got:    %s\n' "$1" "$2" "$3"
}
# has NAME PART GOT
has() {
    case $3 in
    *"$2"*) passed=$((passed + 1)) ;;
    *) failed=$((failed + 1)); printf '%s\n  wanted: …%s…\n  got:    %s\n' "$1" "$2" "$3" ;;
    esac
}

# ---- statements -------------------------------------------------------------------------------
# sql TEXT: what the tool makes of pot.sql, or its complaint
sql() {
    printf '%b' "$1" > pot.sql
    rm -f pot_sql.c pot_sql.h
    "$tool/statements" pot.sql pot_sql 2>&1 && cat pot_sql.c
}
has 'the constant is called after file and name' 'const stmt pot_of_day = {' "$(sql '-- name: of_day\nSELECT 1;\n')"
has 'a name that has the stem keeps it once' 'const stmt pot_get = {' "$(sql '-- name: pot_get\nSELECT 1;\n')"
has 'SQLite gets ?n' '"SELECT a FROM t WHERE z = \?1 AND b = \?2 AND c = \?1"' \
    "$(sql '-- name: x\nSELECT a FROM t WHERE z = $1 AND b = $2 AND c = $1;\n')"
has 'PostgreSQL keeps $n' '"SELECT a FROM t WHERE z = $1 AND b = $2"' \
    "$(sql '-- name: x\nSELECT a FROM t WHERE z = $1 AND b = $2;\n')"
has 'what is quoted stays' "\"SELECT '\$9''\$8', \\\"\$7\\\", \\?1\"" \
    "$(sql "-- name: x\nSELECT '\$9''\$8', \"\$7\", \$1;\n")"
has 'the highest argument counts' '    12, true,' \
    "$(sql '-- name: x\nINSERT INTO t VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);\n')"
has 'the zone may be unused' '    2, false,' "$(sql '-- name: x\nSELECT $2;\n')"
has 'comments are kept out' '"SELECT a\n"
     " FROM t"' "$(sql '-- name: x\n-- why\nSELECT a -- all of them\n FROM t; -- end\n-- more\n')"
has 'without a semicolon too' '"SELECT 1"' "$(sql '-- name: x\nSELECT 1\n')"
has 'a variant of PostgreSQL' '     "SELECT \?1",
     "SELECT $1::bigint",' "$(sql '-- name: x\nSELECT $1;\n-- postgres:\nSELECT $1::bigint;\n')"
has 'a function that PostgreSQL calls otherwise' '"SELECT strpos(a, $1), my_instr(b)"' "$(sql '-- name: x\nSELECT instr(a, $1), my_instr(b);\n')"
has 'all statements in a table' 'const stmt *const pot_statements[] = {
    &pot_a,
    &pot_b,
    0,' "$(sql '-- name: a\nSELECT 1;\n-- name: b\nSELECT 2;\n')"
for row in 'false:SELECT 1' 'false:select 1' 'false:VALUES (1)' 'true:UPDATE t SET a = 1' \
    'true:DELETE FROM t' 'false:WITH a AS (DELETE) SELECT 1' 'true:WITH a AS (SELECT 1) INSERT INTO t' \
    'true:WITH a(b) AS (SELECT 1), c AS (SELECT 2) DELETE FROM t' \
    "false:WITH a AS (SELECT ')' ) SELECT * FROM a" 'true:REPLACE INTO t' 'true:SELECTION'; do
    has "writes: $row" "    0, ${row%%:*}," "$(sql "-- name: x\n${row#*:};\n")"
done
is 'a statement without a name' 'pot.sql:2: a statement without a name: write "-- name: …" over it' \
    "$(sql '-- only a comment\nSELECT 1;\n')"
is 'two of a name' 'pot.sql:4: x stands already in line 2' "$(sql '\n-- name: x\nSELECT 1;\n-- name: x\n')"
is 'two under a name' 'pot.sql:3: a second statement under one name' \
    "$(sql '-- name: x\nSELECT 1;\nSELECT 2;\n')"
is 'none under a name' 'pot.sql:1: pot_x has no statement' "$(sql '-- name: x\n-- name: y\nSELECT 1;\n')"
is 'an open quote' "pot.sql:3: a quote (') is not closed" "$(sql "-- name: x\nSELECT\n'a;\n")"
is 'a gap in the arguments' 'pot.sql:1: pot_x uses $4 but not $3' "$(sql '-- name: x\nSELECT $2, $4;\n')"
is 'an argument of nothing' 'pot.sql:2: an argument is $1 to $41' "$(sql '-- name: x\nSELECT $a;\n')"
is 'too high an argument' 'pot.sql:2: an argument is $1 to $41' "$(sql '-- name: x\nSELECT $999999999999;\n')"
is 'a question mark' 'pot.sql:2: write an argument as $n' "$(sql '-- name: x\nSELECT ?1;\n')"
is 'a bad name' 'pot.sql:1: a name has only a-z, 0-9 and _: X y' "$(sql '-- name: X y\nSELECT 1;\n')"
is 'a variant with other arguments' 'pot.sql:1: pot_x: the variant for PostgreSQL has not the same arguments' \
    "$(sql '-- name: x\nSELECT $1;\n-- postgres:\nSELECT $2;\n')"

# ---- embed ------------------------------------------------------------------------------------
mkdir -p src/room/a data out/assets/font
printf 'page' > src/room/a/p.html
printf 'day' > data/d.csv
printf 'a\000b' > out/assets/font/f.woff
: > src/room/a/empty.html
"$tool/embed" e.S src/room/a/p.html out/assets/font/f.woff data/d.csv src/room/a/empty.html
is 'paths are sorted and without src/' 'assets/font/f.woff data/d.csv room/a/empty.html room/a/p.html ' \
    "$(sed -n 's/^path.*asciz "\(.*\)"/\1/p' e.S | tr '\n' ' ')"
cat > e.c <<'EOF'
#include <stdio.h>
#include <stddef.h>
typedef struct { const char *p; ptrdiff_t n; } str;
typedef struct { str path, bytes; } embedded;
extern const embedded embedded_files[];
extern const int embedded_count;
int main(void)
{
    for (int i = 0; i < embedded_count; i++) {
        embedded e = embedded_files[i];
        printf("%.*s=%td,%d ", (int)e.path.n, e.path.p, e.bytes.n, e.bytes.p[e.bytes.n]);
    }
    return 0;
}
EOF
is 'the table can be read in a position-independent program' \
    'assets/font/f.woff=3,0 data/d.csv=3,0 room/a/empty.html=0,0 room/a/p.html=4,0 ' \
    "$(cc -fPIE -pie -o e e.c e.S 2>&1 && ./e)"
has 'two files of one path' 'has the same path, data/d.csv' "$("$tool/embed" e.S data/d.csv data/d.csv 2>&1)"

# ---- catalogue --------------------------------------------------------------------------------
cat > first.po <<'EOF'
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\n"

msgid "What??! \"{0}\"\\"
msgstr "什么？“{0}”\n第二行"

msgid "Empty"
msgstr ""

#, fuzzy
msgid "Doubtful"
msgstr "可疑"
EOF
printf 'msgid "Agency"\nmsgstr "机构"\n' > room.po
"$scripts/merge_po.sh" all.po first.po room.po && msgfmt -o all.mo all.po && "$tool/catalogue" all.mo all.c
is 'translations become constants; empty and fuzzy ones do not' \
    '    {{"Agency", 6}, {"机构", 6}}, {{"What\?\?! \"{0}\"\\", 14}, {"什么？“{0}”\n第二行", 28}}, {{0}, {0}}, ' \
    "$(sed -n '/^ /p' all.c | tr -s ' \n' ' ' | sed 's/^/   /; s/,$/, /')"
printf 'msgid "Agency"\nmsgstr "代理机构"\n' > other.po
has 'two translations of one id are pointed out' 'translated in two ways: msgid "Agency"' \
    "$(CI= "$scripts/merge_po.sh" all.po first.po room.po other.po 2>&1)"
CI=1 "$scripts/merge_po.sh" all.po first.po room.po other.po 2> /dev/null
is 'and are an error where CI is set' 1 $?
printf 'msgid "Agency"\nmsgstr 机构\n' > other.po
has 'a broken file is named' 'other.po' "$("$scripts/merge_po.sh" all.po first.po other.po 2>&1)"
head -c 40 all.mo > cut.mo
has 'a damaged catalogue is refused' 'cut.mo:1: ' "$("$tool/catalogue" cut.mo cut.c 2>&1)"

# ---- floors -----------------------------------------------------------------------------------
rm -rf src
mkdir -p src/base src/web src/room/a src/room/b src/main
printf '# who\nbase:\nweb: base\nroom/a: base web\nroom/b: base room/a\n' > FLOORS
: > src/base/base.h
# floor FILE INCLUDE: what floors.sh says when FILE includes it
floor() {
    printf '/* x */\n#include "%s"\n#include <stdio.h>\n' "$2" > "$1"
    "$scripts/floors.sh" . 2>&1
    rm -f "$1"
}
is 'a lower floor' '' "$(floor src/web/w.c base/base.h)"
is 'the own folder' '' "$(floor src/room/a/a.c room/a/a_more.h)"
is 'a door' '' "$(floor src/room/b/b.c room/a/a.h)"
is 'made for the own folder' '' "$(floor src/room/a/a.c gen/room/a/a_sql.h)"
is 'the catalogue' '' "$(floor src/base/l.c gen/catalogue.h)"
is 'main sees all' '' "$(floor src/main/m.c room/a/a_more.h)"
is 'tests see all' '' "$(floor src/base/x_test.c room/a/a_more.h)"
is 'an upper floor' 'src/base/b.c:2: base may not include web/web.h (FLOORS)' "$(floor src/base/b.c web/web.h)"
is 'a room that is not named' 'src/room/a/a.h:2: room/a may not include room/b/b.h (FLOORS)' \
    "$(floor src/room/a/a.h room/b/b.h)"
is 'a room behind its door' 'src/room/b/b.c:2: a room is seen through its door room/a/a.h, not room/a/a_more.h' \
    "$(floor src/room/b/b.c room/a/a_more.h)"
is 'made for another folder' 'src/room/b/b.c:2: made for room/a, not for room/b: gen/room/a/a_sql.h' \
    "$(floor src/room/b/b.c gen/room/a/a_sql.h)"
is 'a path from here' 'src/room/b/b.c:2: write it from src/: ../a/a.h' "$(floor src/room/b/b.c ../a/a.h)"
is 'a name alone' 'src/room/b/b.c:2: write it from src/: b.h' "$(floor src/room/b/b.c b.h)"
mkdir -p src/room/c
is 'a room without a line' 'FLOORS:1: a line for room/c is missing' "$(floor src/room/c/c.c base/base.h)"
rm -rf src/room/c

# ---- words ------------------------------------------------------------------------------------
# word FILE LINES
word() {
    printf '%b' "$2" > "$1"
    "$scripts/check_words.sh" . 2>&1
    rm -f "$1"
}
is 'a call' 'src/web/w.c:2: malloc() stands only in base' "$(word src/web/w.c '\np = malloc(3);\n')"
is 'a call with a space' 'src/web/w.c:1: free() stands only in base' "$(word src/web/w.c 'free (p);\n')"
is 'in base' '' "$(word src/base/w.c 'p = malloc(3);\n')"
is 'in a test' '' "$(word src/web/w_test.c 'p = malloc(3);\n')"
is 'another word' '' "$(word src/web/w.c 'json_free(p); snprintf(a, b, c); x = rand; freed(p);\n')"
is 'in a comment' '' "$(word src/web/w.c '/* malloc(3)\n free(p) */ a(); // system("x")\n')"
is 'in a text' '' "$(word src/web/w.c 'say("call \\" free (it)"); c = \0047"\0047; d("malloc(");\n')"
is 'after a comment' 'src/web/w.c:2: rand() stands only in base' "$(word src/web/w.c '/* a\n*/ rand();\n')"
is 'HTML in a text' 'src/web/w.c:1: HTML stands only in templates and format: <div>' \
    "$(word src/web/w.c 'buf_putz(b, "x<div class=1>");\n')"
is 'a closing tag' 'src/web/w.c:1: HTML stands only in templates and format: <p>' \
    "$(word src/web/w.c 'buf_putz(b, "</p>");\n')"
is 'no HTML' '' "$(word src/web/w.c 'a("<login> a<c <bpmn:task>"); if (a <b && b> c) d();\n')"
mkdir -p src/format
is 'HTML in format' '' "$(word src/format/h.c 'a("<br>");\n')"

# ---- unit -------------------------------------------------------------------------------------
# unit LINES CODE: what unit.sh says of a program that says so and ends so
unit() {
    printf '#!/bin/sh\nprintf "%s"\n%s\n' "$1" "$2" > t
    chmod +x t
    "$scripts/unit.sh" ./t 2>&1
}
run='[==========] tests: Running 3 test(s).\n'
ok='[ RUN      ] a\n[       OK ] a\n'
bad='[ RUN      ] b\n[  ERROR   ] --- 1 != 2\n[   LINE   ] --- x.c:1: error: Failure!\n[  FAILED  ] b\n'
skip='[ RUN      ] c\nskipped: no shared data\n[  SKIPPED ] c\n'
end='[==========] tests: 3 test(s) run.\n[  PASSED  ] 1 test(s).\n[  FAILED  ] tests: 1 test(s), listed below:\n[  FAILED  ] b\n'
is 'all passed' '2 passed, 0 failed, 0 skipped' "$(unit "$run$ok$ok$end" 'exit 0')"
has 'one of each' '1 passed, 1 failed, 1 skipped' "$(unit "$run$ok$bad$skip$end" 'exit 1')"
has 'a failure is shown' '--- 1 != 2' "$(unit "$run$ok$bad$skip$end" 'exit 1')"
has 'a reason to skip is shown' './t: skipped: no shared data' "$(unit "$run$skip$end" 'exit 0')"
has 'a crash is a failure' '1 passed, 1 failed, 0 skipped' "$(unit "${run}${ok}[ RUN      ] b\nhere\n" 'kill -9 $$')"
has 'and says where' 'here' "$(unit "${run}${ok}[ RUN      ] b\nhere\n" 'kill -9 $$')"
has 'a bad end after all passed is a failure' '1 passed, 1 failed, 0 skipped' "$(unit "$run$ok$end" 'exit 23')"
has 'a program that says nothing is a failure' '0 passed, 1 failed, 0 skipped' "$(unit '' 'exit 0')"
unit "$run$bad$end" 'exit 1' > /dev/null
is 'a failure fails' 1 $?

echo "tools: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
