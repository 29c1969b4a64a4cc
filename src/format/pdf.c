/* SPDX-License-Identifier: Apache-2.0 */
/* pdf.c: a paper into PDF bytes in this process: the pages in their order. */
#include "format/pdf.h"

#include "format/paper.h"

static err print_paper(arena *a, const view *plain, int *pages, str *pdf)
{
    press *pr = new(a, press);
    TRY(press_begin(pr, a, plain));
    pr->pages = *pages;
    page_new(pr, false);
    head_put(pr);
    flow_blocks(pr, view_get(plain, S("body")), sign_height(pr));
    sign_put(pr);
    annexes_put(pr);
    foot_put(pr);
    *pages = pr->page;
    return press_end(pr, pdf);
}

err pdf_make(arena *a, const view *paper, str *pdf)
{
    view *plain = paper_plain(a, paper);
    TRY(paper_check(plain));
    int pages = 0;
    if (paper_kind_of(plain) == PAPER_FORM) /* once more, to know the “of m” */
        TRY(print_paper(a, plain, &pages, NULL));
    return print_paper(a, plain, &pages, pdf);
}
