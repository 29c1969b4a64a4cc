/* SPDX-License-Identifier: Apache-2.0 */
/* document_file.c: a document as a file that has a path, but no name: for what reads files. */
#include <sys/mman.h>
#include <unistd.h>

#include "room/document/document.h"

static void close_fd(void *fd) { close(*(int *)fd); }

static bool write_all(int fd, str bytes)
{
    while (bytes.n) {
        ssize_t n = write(fd, bytes.p, (size_t)bytes.n);
        if (n <= 0) return false;
        bytes = str_from(bytes, n);
    }
    return true;
}

err document_file(ctx *c, int64_t id, str *path)
{
    str bytes;
    int *fd = new(c->a, int);
    TRY(document_read(c, id, &bytes));
    *fd = memfd_create("document", MFD_CLOEXEC);
    if (*fd < 0) return err_of(ERR_BUSY, "", N_("There is no memory for this now. Try again in a moment."));
    arena_cleanup(c->a, close_fd, fd);
    if (!write_all(*fd, bytes)) return err_of(ERR_BUSY, "", N_("There is no memory for this now. Try again in a moment."));
    *path = str_fmt(c->a, "/proc/self/fd/%d", *fd);
    return NO_ERR;
}
