#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# check_words.sh: what must not stand in src/: calls that base/ replaces, and HTML outside format/.
# Comments do not count; texts count for HTML only. Tests may do as they like.
set -eu
cd "${1:-$(dirname "$0")/..}"
find src -name '*.[ch]' ! -name '*_test.c' | LC_ALL=C sort | LC_ALL=C xargs awk '
BEGIN {
    split("malloc free calloc realloc strcpy sprintf strcat atoi gmtime localtime system popen rand", w, " ")
    for (i in w) banned[w[i]] = 1
    split("a abbr b body br button div em form h1 h2 h3 h4 h5 h6 head html hr i img input label li link main " \
          "meta nav ol option p pre script section select small span strong style svg table tbody td " \
          "textarea th thead time title tr ul use", w, " ")
    for (i in w) tag[w[i]] = 1
}
FNR == 1 { inside = 0 } # of a comment

# Takes comments out of the line; `code` is what is left, `texts` what stands in quotes.
function part(line,    at, c, mark) {
    code = ""; texts = ""
    while (line != "") {
        if (inside) {
            at = index(line, "*/")
            if (!at) return
            line = substr(line, at + 2)
            inside = 0
            continue
        }
        at = match(line, /["\047]|\/\*|\/\//)
        if (!at) { code = code line; return }
        code = code substr(line, 1, at - 1)
        mark = substr(line, at, 2)
        if (mark == "//") return
        if (mark == "/*") { inside = 1; line = substr(line, at + 2); continue }
        mark = substr(line, at, 1)
        line = substr(line, at + 1)
        while (line != "") {
            at = match(line, /["\047\\]/)
            if (!at) { line = ""; break }
            if (mark == "\"") texts = texts substr(line, 1, at - 1)
            c = substr(line, at, 1)
            if (c == "\\") { line = substr(line, at + 2); continue }
            line = substr(line, at + 1)
            if (c == mark) break
        }
        code = code "\"\""
        texts = texts " "
    }
}
function calls(code,    word) {
    while (match(code, /[A-Za-z_][A-Za-z_0-9]*/)) {
        word = substr(code, RSTART, RLENGTH)
        code = substr(code, RSTART + RLENGTH)
        if (word in banned && code ~ /^[ \t]*\(/) {
            print FILENAME ":" FNR ": " word "() stands only in base"
            wrong = 1
        }
    }
}
function html(texts,    word) {
    while (match(texts, /<\/?[a-zA-Z][a-zA-Z0-9]*/)) {
        word = tolower(substr(texts, RSTART + 1, RLENGTH - 1))
        texts = substr(texts, RSTART + RLENGTH)
        sub(/^\//, "", word)
        if (word in tag && texts ~ /^([ \/>]|$)/) {
            print FILENAME ":" FNR ": HTML stands only in templates and format: <" word ">"
            wrong = 1
        }
    }
}
{
    part($0)
    if (FILENAME !~ /^src\/base\//) calls(code)
    if (FILENAME !~ /^src\/format\//) html(texts)
}
END { exit wrong }
'
