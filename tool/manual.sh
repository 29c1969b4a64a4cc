#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# manual.sh PROGRAM: prints the manual page; commands and options come from the program's own --help.
set -eu
export LC_ALL=C
program=$1
roff() { sed 's/\\/\\e/g; s/-/\\-/g; s/^\([.'\'']\)/\\\&\1/'; }

cat << 'END'
.\" SPDX-License-Identifier: Apache-2.0
.\" made by tool/manual.sh from the table of commands: change that, then run: make manual
.TH LINGFEI 1 2018-11-05 Lingfei "User Commands"
.SH NAME
lingfei \- zero\-fee technology services of a high\-tech zone, from agreement to payment
.SH SYNOPSIS
.B lingfei
.I COMMAND
.RI [ ARGUMENT \&...]
.RB [ \-\-\c
.IR OPTION
.RI [ VALUE ]\&...]
.SH DESCRIPTION
One program: the server of a zone, what is needed to look after it, and the calculations that it does
(working days, codes, amounts, flows, templates) as commands for scripts.
.PP
Results go to standard output, messages to standard error. Options may stand anywhere behind the command;
.B \-\-
ends them. Messages are in Chinese where the locale is, else in English.
.SH COMMANDS
END
"$program" help | sed -n 's/^  \([a-z][a-z -]*[a-z]\)  .*/\1/p' | while read -r name; do
    # shellcheck disable=SC2086
    "$program" $name --help | roff | awk -v name="$(printf '%s' "$name" | roff)" '
        NR == 1 { print ".SS " name; print ".B " $0; print ".PP"; next }
        /^  / {
            match($0, /^  \\-\\-[a-z\\-]+( [A-Z:]+)?/)
            print ".TP"
            print ".B " substr($0, 3, RLENGTH - 2)
            rest = substr($0, RLENGTH + 1)
            sub(/^ +/, "", rest)
            print rest
            next
        }
        NF { print }'
done
cat << 'END'
.SH EXIT STATUS
.TP
0
done
.TP
1
the answer is no, or the input is bad: the reason is told, with file and line where there are any
.TP
2
wrong usage
.TP
3
it could not run: a store that does not open, a full disk, an address in use
.SH FILES
.TP
.I lingfei\-data/lingfei.sqlite
the store, where
.B \-\-data
names no other folder; beside it, while the server runs,
.I lingfei.sqlite\-wal
and
.IR lingfei.sqlite\-shm ;
after a restore
.IR replaced.sqlite ,
what was there before
.SH EXAMPLES
.nf
lingfei serve \-\-demo
lingfei workdays add 2018\-11\-05 7
lingfei check uscc 919900019000000147
lingfei backup /var/backups/lingfei.sqlite \-\-data /var/lib/lingfei
.fi
END
