/* SPDX-License-Identifier: Apache-2.0 */
/* scan.c: clamd's INSTREAM: pieces with their length in front, an empty one at the end, one line back. */
#include "room/document/scan.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

enum { PIECE = 64 << 10, SECONDS = 20 };

static int reach(const char *path)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    static const struct timeval patience = {SECONDS, 0};
    if (strlen(path) >= sizeof at.sun_path) return -1;
    strncpy(at.sun_path, path, sizeof at.sun_path - 1);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return -1;
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (!connect(fd, (struct sockaddr *)&at, sizeof at)) return fd;
    close(fd);
    return -1;
}

static bool send_all(int fd, const char *p, size n)
{
    while (n > 0) {
        ssize_t sent = send(fd, p, (size_t)n, MSG_NOSIGNAL);
        if (sent <= 0) return false;
        p += sent, n -= sent;
    }
    return true;
}

static bool send_piece(int fd, str piece)
{
    uint32_t length = htonl((uint32_t)piece.n);
    return send_all(fd, (const char *)&length, sizeof length) && send_all(fd, piece.p, piece.n);
}

static bool stream(int fd, str bytes)
{
    if (!send_all(fd, "zINSTREAM", 10)) return false; /* with its NUL */
    for (; bytes.n; bytes = str_from(bytes, str_head(bytes, PIECE).n))
        if (!send_piece(fd, str_head(bytes, PIECE))) return false;
    return send_piece(fd, (str){0});
}

/* "stream: OK", "stream: NAME FOUND", or what went wrong. */
static str receive(arena *a, int fd)
{
    char text[300];
    size n = 0;
    for (ssize_t got; n < (size)sizeof text && (got = recv(fd, text + n, sizeof text - (size_t)n, 0)) > 0;) n += got;
    while (n && (!text[n - 1] || text[n - 1] == '\n')) n--;
    return str_dup(a, (str){text, n});
}

err scan_bytes(arena *a, const char *socket_path, str bytes)
{
    int fd = reach(socket_path);
    str said = fd >= 0 && stream(fd, bytes) ? receive(a, fd) : (str){0};
    if (fd >= 0) close(fd);
    if (str_eqz(said, "stream: OK")) return NO_ERR;
    if (str_starts(said, S("stream: ")) && str_ends(said, S(" FOUND")) && str_is_text(said))
        return err_with(ERR_INPUT, "", N_("The file carries a virus ({0}) and was not taken."), str_head(str_from(said, 8), said.n - 14), (str){0}, (str){0});
    return err_of(ERR_BUSY, "", N_("The virus scanner does not answer, so no file can be taken now. Try again later."));
}
