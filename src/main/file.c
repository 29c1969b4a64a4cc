/* SPDX-License-Identifier: Apache-2.0 */
/* file.c: whole files in and out, for commands. */
#include "main/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { LIMIT = 256 << 20, STEP = 65536 };

err file_read(arena *a, const char *path, str *out)
{
    int fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC) : dup(STDIN_FILENO);
    if (fd < 0)
        return err_with(ERR_MISSING, "", N_("{0} cannot be opened: {1}"), str_of(path),
                        str_dup(a, str_of(strerror(errno))), (str){0});
    buf b = buf_new(a, STEP);
    ssize_t got;
    while ((got = read(fd, buf_room(&b, STEP), STEP)) > 0 && b.n <= LIMIT) b.n += got;
    int why = errno;
    close(fd);
    if (got < 0)
        return err_with(ERR_MISSING, "", N_("{0} cannot be read: {1}"), str_of(path),
                        str_dup(a, str_of(strerror(why))), (str){0});
    if (b.n > LIMIT)
        return err_with(ERR_LARGE, "", N_("{0} is larger than 256 MB."), str_of(path), (str){0}, (str){0});
    *out = buf_str(&b);
    return NO_ERR;
}

err file_write(const char *path, str bytes)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool good = fd >= 0;
    for (size at = 0; good && at < bytes.n;) {
        ssize_t put = write(fd, bytes.p + at, (size_t)(bytes.n - at));
        good = put > 0;
        at += good ? put : 0;
    }
    good = fd >= 0 && fsync(fd) == 0 && close(fd) == 0 && good;
    return good ? NO_ERR
                : err_with(ERR_FAULT, "", N_("{0} cannot be written."), str_of(path), (str){0}, (str){0});
}
