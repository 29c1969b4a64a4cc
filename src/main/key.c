/* SPDX-License-Identifier: Apache-2.0 */
/* key.c: reads the key file beside the data, or makes it. */
#include "main/key.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

static err refused(arena *a, const char *path, const char *text)
{
    return err_with(ERR_CONFLICT, "", text, str_dup(a, str_of(path)), str_of(strerror(errno)), (str){0});
}

/* Whole under its name or not there: a key cut short would seal what nobody opens. Where there is one already, that counts. */
static err put(arena *a, const char *path, const uint8_t key[VAULT_KEY])
{
    const char *fresh = str_z(a, str_fmt(a, "%s.new", path));
    int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0400);
    bool good = fd >= 0 && write(fd, key, VAULT_KEY) == VAULT_KEY && !fsync(fd);
    if (fd >= 0) close(fd);
    good = good && (!link(fresh, path) || errno == EEXIST);
    unlink(fresh);
    return good ? NO_ERR : refused(a, path, N_("The key file {0} cannot be made: {1}"));
}

err key_make(arena *a, const char *path)
{
    uint8_t key[VAULT_KEY];
    if (getrandom(key, sizeof key, 0) != sizeof key) return refused(a, path, N_("The key file {0} cannot be made: {1}"));
    err e = put(a, path, key);
    explicit_bzero(key, sizeof key);
    return e;
}

static bool read_bytes(const char *path, uint8_t key[VAULT_KEY])
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && read(fd, key, VAULT_KEY) == VAULT_KEY;
    if (fd >= 0) close(fd);
    return good;
}

err key_copy(arena *a, const char *from, const char *data)
{
    uint8_t key[VAULT_KEY], there[VAULT_KEY];
    const char *path = key_path(a, data, NULL);
    if (!strstr(data, "://") && mkdir(data, 0700) && errno != EEXIST) return refused(a, path, N_("The key file {0} cannot be made: {1}"));
    if (!read_bytes(from, key)) return refused(a, from, N_("The key file {0} cannot be opened: {1}"));
    err e = put(a, path, key);
    if (!e.kind && (!read_bytes(path, there) || memcmp(key, there, VAULT_KEY)))
        e = err_with(ERR_CONFLICT, "", N_("Another key stands at {0}; put it elsewhere first, or name a key with --key."), str_dup(a, str_of(path)), (str){0}, (str){0});
    explicit_bzero(key, sizeof key);
    explicit_bzero(there, sizeof there);
    return e;
}

static err read_key(arena *a, int fd, const char *path, vault *out)
{
    struct stat s;
    uint8_t key[VAULT_KEY + 1];
    if (fstat(fd, &s) || s.st_mode & S_IRWXO)
        return refused(a, path, N_("The key file {0} may be read by others: chmod 400 it."));
    if (read(fd, key, sizeof key) != VAULT_KEY) return refused(a, path, N_("The key file {0} does not hold 32 bytes."));
    vault_open(out, key);
    explicit_bzero(key, sizeof key);
    return NO_ERR;
}

const char *key_path(arena *a, const char *data, const char *file)
{
    return file ? file : strstr(data, "://") ? "lingfei.key" : str_z(a, str_fmt(a, "%s/lingfei.key", data));
}

err key_load(arena *a, const char *data, const char *file, vault *out)
{
    const char *path = key_path(a, data, file);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT && !file) {
        TRY(key_make(a, path));
        fd = open(path, O_RDONLY | O_CLOEXEC);
    }
    if (fd < 0) return refused(a, path, N_("The key file {0} cannot be opened: {1}"));
    err e = read_key(a, fd, path, out);
    close(fd);
    return e;
}
