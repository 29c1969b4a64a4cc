/* SPDX-License-Identifier: Apache-2.0 */
/* document_type.c: what kind of file this is, by its content: our own look at its head, and libmagic in a child, which
 * reads what strangers wrote and whose tables would double the server's memory. */
#include "room/document/document_type.h"

#include <errno.h>
#include <fcntl.h>
#include <magic.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "room/document/document.h"

/* What the office can read in ten years: these kinds and no others. */
static const struct kind { const char *endings, *mime, *head; } kinds[] = {
    {".pdf", "application/pdf", "%PDF-"},
    {".png", "image/png", "\x89PNG\r\n"},
    {".jpg .jpeg", "image/jpeg", "\xFF\xD8\xFF"},
    {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "PK\x03\x04"},
    {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK\x03\x04"},
    {".ofd", "application/ofd", "PK\x03\x04"},
    {".csv", "text/csv", ""},
};
#define TAKEN N_("Only PDF, PNG, JPEG, DOCX, XLSX, OFD and CSV files are taken.")

static const struct kind *kind_of_name(arena *a, str name)
{
    size dot = -1;
    for (size i = 0; i < name.n; i++)
        if (name.p[i] == '.') dot = i;
    if (dot < 0) return NULL;
    str upper = str_upper(a, str_from(name, dot)), one;
    for (int i = 0; i < countof(kinds); i++)
        for (str rest = str_of(kinds[i].endings); str_split(&rest, ' ', &one);)
            if (str_eq(upper, str_upper(a, one))) return &kinds[i];
    return NULL;
}

static bool head_is(int fd, const char *head)
{
    char have[16];
    size_t n = strlen(head);
    return pread(fd, have, n, 0) == (ssize_t)n && !memcmp(have, head, n);
}

/* ---- the child --------------------------------------------------------------------------------------------- */

int document_type_worker(void)
{
    static const struct rlimit seconds = {10, 10}, none = {0, 0};
#if !defined(__SANITIZE_ADDRESS__) /* which maps terabytes of shadow */
    static const struct rlimit memory = {(rlim_t)256 << 20, (rlim_t)256 << 20};
    setrlimit(RLIMIT_AS, &memory);
#endif
    setrlimit(RLIMIT_CPU, &seconds);
    setrlimit(RLIMIT_FSIZE, &none);
    magic_t m = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS);
    if (!m || magic_load(m, NULL)) return 3;
    const char *type = magic_descriptor(m, STDIN_FILENO);
    if (!type) return 1;
    size_t n = strlen(type);
    ssize_t put = write(STDOUT_FILENO, type, n);
    magic_close(m);
    return put == (ssize_t)n ? 0 : 3;
}

static bool spawn_child(int in, int out, pid_t *pid)
{
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    static char self[] = "lingfei", word[] = TYPE_WORKER_WORD;
    char *argv[] = {self, word, NULL}, *env[] = {NULL};
    int bad = posix_spawn(pid, "/proc/self/exe", &files, NULL, argv, env);
    posix_spawn_file_actions_destroy(&files);
    return !bad;
}

/* Up to ten seconds; a child that takes longer is ended. */
static str read_answer(arena *a, int from, pid_t pid)
{
    char text[160];
    size n = 0;
    struct pollfd p = {from, POLLIN, 0};
    while (n < (size)sizeof text) {
        if (poll(&p, 1, 10000) <= 0) break;
        ssize_t got = read(from, text + n, sizeof text - (size_t)n);
        if (got <= 0) break;
        n += got;
    }
    kill(pid, SIGKILL); /* it has answered, or is stuck */
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {}
    return str_dup(a, (str){text, n});
}

static err magic_of(arena *a, int fd, str *mime)
{
    int ends[2];
    pid_t pid;
    if (pipe2(ends, O_CLOEXEC)) return err_of(ERR_BUSY, "", N_("The file cannot be examined now. Send it again."));
    lseek(fd, 0, SEEK_SET);
    bool started = spawn_child(fd, ends[1], &pid);
    close(ends[1]);
    if (started) *mime = read_answer(a, ends[0], pid);
    close(ends[0]);
    return started && mime->n ? NO_ERR : err_of(ERR_BUSY, "", N_("The file cannot be examined now. Send it again."));
}

err document_type_named(arena *a, str name) { return kind_of_name(a, name) ? NO_ERR : err_of(ERR_INPUT, "", TAKEN); }

err document_type_of(arena *a, int fd, str name, str *mime)
{
    const struct kind *k = kind_of_name(a, name);
    if (!k) return err_of(ERR_INPUT, "", TAKEN);
    str found;
    TRY(magic_of(a, fd, &found));
    bool zipped = !strncmp(k->head, "PK", 2);
    bool plain = str_eqz(str_of(k->mime), "text/csv") && (str_starts(found, S("text/")) || str_eqz(found, "application/csv"));
    bool fits = str_eqz(found, k->mime) || (zipped && str_eqz(found, "application/zip")) || plain;
    if (!head_is(fd, k->head) || !fits)
        return err_with(ERR_INPUT, "", N_("The file is not what its name says: it looks like {0}. Send the file in its original form."),
                        found, (str){0}, (str){0});
    *mime = str_of(k->mime);
    return NO_ERR;
}
