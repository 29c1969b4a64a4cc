/* SPDX-License-Identifier: Apache-2.0 */
/* pdf_child.c: papers made in a child process: the description to it, the PDF from it. */
#include "format/json.h"
#include "format/paper.h"
#include "format/pdf.h"

#include <errno.h>
#include <unistd.h>

enum { CHILD_ARENA = 512 << 20 };

static const child_work pdf_work = {
    .word = PDF_WORKER_WORD, .makes = "PDF", .begins = "%PDF-", .ends = "%%EOF", .most = PDF_BYTES_MAX,
    .too_long = N_("The paper is too long for one PDF."),
};

err pdf_in_child(child_pool *pool, arena *a, const view *paper, str *pdf)
{
    view *plain = paper_plain(a, paper);
    TRY(paper_check(plain));
    buf in = buf_new(a, 64 << 10);
    json_write(&in, plain);
    if (in.n > JSON_BYTES_MAX)
        return err_of(ERR_LARGE, "", pdf_work.too_long);
    return child_run(pool, a, &pdf_work, buf_str(&in), pdf);
}

/* ---- inside the child ----------------------------------------------------------------------- */

static bool read_all(buf *in)
{
    enum { PIECE = 64 << 10 };
    for (;;) {
        ssize_t n = read(STDIN_FILENO, buf_room(in, PIECE), PIECE);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0;
        in->n += n;
        if (in->n > JSON_BYTES_MAX)
            return false;
    }
}

static int work(arena *a)
{
    buf in = buf_new(a, 64 << 10);
    view *paper;
    str pdf = {0};
    if (!read_all(&in) || json_read(a, buf_str(&in), &paper).kind)
        return CHILD_BAD_INPUT;
    err e = pdf_make(a, paper, &pdf);
    if (e.kind == ERR_LARGE)
        return CHILD_TOO_LONG;
    if (e.kind)
        return e.kind == ERR_INPUT ? CHILD_BAD_INPUT : CHILD_FAULT;
    return child_write(pdf) ? CHILD_DONE : CHILD_FAULT;
}

int pdf_worker_main(void)
{
    child_limit_self();
    arena a;
    arena_init(&a, CHILD_ARENA, child_no_memory, NULL);
    int code = work(&a);
    arena_done(&a);
    _exit(code); /* the fonts' caches go with the process: taking them down would only cost time */
}
