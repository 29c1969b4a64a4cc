/* SPDX-License-Identifier: Apache-2.0 */
/* settle.c: pages of files that nobody has written to need not stay in memory. */
#include "base/settle.h"

#include <link.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

static int let_go(struct dl_phdr_info *of, size_t size, void *none)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    (void)size, (void)none;
    for (int i = 0; i < of->dlpi_phnum; i++) {
        const ElfW(Phdr) *p = &of->dlpi_phdr[i];
        if (p->p_type != PT_LOAD || (p->p_flags & PF_W)) continue;
        uintptr_t from = (of->dlpi_addr + p->p_vaddr + page - 1) / page * page, to = (of->dlpi_addr + p->p_vaddr + p->p_filesz) / page * page;
        if (to > from) madvise((void *)from, to - from, MADV_DONTNEED);
    }
    return 0;
}

void memory_settle(void)
{
    dl_iterate_phdr(let_go, NULL);
    malloc_trim(0);
}
