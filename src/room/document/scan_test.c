/* SPDX-License-Identifier: Apache-2.0 */
/* scan_test.c: files go through clamd: one of the test's own, and Debian's with a signature of the test's own where it is installed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "room/document/scan.h"

#define MARK "lingfei-test-signature-of-no-virus"

static char folder[] = "/tmp/lingfei-scan-XXXXXX", path[80];
static arena a;

static int begin(void **state)
{
    (void)state;
    arena_init(&a, 64 << 20, NULL, NULL);
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/clamd", folder);
    return 0;
}

static int end(void **state)
{
    (void)state;
    char command[200];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    arena_done(&a);
    return system(command);
}

/* ---- a scanner that says what it is told to, and remembers what it was sent ------------------------------------- */

static struct { int listening; const char *says; char begun[10]; int64_t bytes, pieces; uint32_t sum; } fake;

static bool take(int fd, void *to, size_t n) { return recv(fd, to, n, MSG_WAITALL) == (ssize_t)n; }

static void *one(void *none)
{
    static char piece[1 << 20];
    uint32_t length;
    int fd = accept(fake.listening, NULL, NULL);
    fake.bytes = fake.pieces = 0, fake.sum = 0;
    if (!take(fd, fake.begun, sizeof fake.begun)) fake.begun[0] = 0;
    while (take(fd, &length, 4) && (length = ntohl(length)) && length <= sizeof piece && take(fd, piece, length)) {
        for (uint32_t i = 0; i < length; i++) fake.sum = fake.sum * 31 + (uint8_t)piece[i];
        fake.bytes += length, fake.pieces++;
    }
    if (fake.says) send(fd, fake.says, strlen(fake.says) + 1, MSG_NOSIGNAL);
    close(fd);
    return none;
}

static err ask(const char *says, str bytes)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    pthread_t thread;
    strcpy(at.sun_path, path);
    unlink(path);
    fake.says = says;
    fake.listening = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(fake.listening, (struct sockaddr *)&at, sizeof at) | listen(fake.listening, 1) | pthread_create(&thread, NULL, one, NULL), 0);
    err e = scan_bytes(&a, path, bytes);
    pthread_join(thread, NULL);
    close(fake.listening);
    unlink(path);
    return e;
}

static void every_byte_goes_through_and_the_answer_counts(void **state)
{
    (void)state;
    char *bytes = arena_bytes(&a, 200001);
    uint32_t sum = 0;
    for (int i = 0; i < 200001; i++) bytes[i] = (char)(i * 7), sum = sum * 31 + (uint8_t)bytes[i];
    assert_int_equal(ask("stream: OK", (str){bytes, 200001}).kind, OK);
    assert_memory_equal(fake.begun, "zINSTREAM", 10);
    assert_int_equal(fake.bytes, 200001);
    assert_int_equal(fake.pieces, 4);
    assert_int_equal(fake.sum, sum);
    err e = ask("stream: Some.Virus-1 FOUND", S("x"));
    assert_int_equal(e.kind, ERR_INPUT);
    assert_true(str_eqz(e.arg[0], "Some.Virus-1"));
    static const char *const unclear[] = {"", "stream: ", "INSTREAM size limit exceeded. ERROR", "stream: \xff FOUND", NULL};
    for (int i = 0; i < countof(unclear); i++) assert_int_equal(ask(unclear[i], S("x")).kind, ERR_BUSY); /* unseen is not clean */
    assert_int_equal(scan_bytes(&a, "/nowhere/clamd", S("x")).kind, ERR_BUSY);
}

/* ---- Debian's ------------------------------------------------------------------------------------------------------ */

static void write_file(const char *name, str text)
{
    char file[120];
    snprintf(file, sizeof file, "%s/%s", folder, name);
    FILE *f = fopen(file, "w");
    assert_non_null(f);
    fwrite(text.p, 1, (size_t)text.n, f);
    fclose(f);
}

static pid_t start_clamd(void)
{
    char conf[120];
    buf hex = buf_new(&a, 128);
    for (const char *p = MARK; *p; p++) buf_fmt(&hex, "%02x", *p);
    write_file("own.ndb", str_fmt(&a, "Lingfei.Test:0:*:" SF "\n", SA(buf_str(&hex))));
    write_file("conf", str_fmt(&a, "LocalSocket %s\nDatabaseDirectory %s\nForeground true\nConcurrentDatabaseReload no\nMaxThreads 1\n", path, folder));
    snprintf(conf, sizeof conf, "--config-file=%s/conf", folder);
    pid_t pid = fork();
    if (pid) return pid;
    if (!freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr)) _exit(126);
    execlp("clamd", "clamd", conf, (char *)NULL);
    _exit(127);
}

static void debians_scanner_finds_what_its_signature_says(void **state)
{
    (void)state;
    if (system("command -v clamd > /dev/null")) {
        printf("skipped: no clamd\n");
        skip();
    }
    pid_t pid = start_clamd();
    err clean = {.kind = ERR_BUSY};
    for (int i = 0; i < 300 && clean.kind == ERR_BUSY; i++) {
        usleep(100000);
        clean = scan_bytes(&a, path, S("a contract, and nothing else"));
    }
    err found = scan_bytes(&a, path, S("a contract with " MARK " inside"));
    kill(pid, SIGTERM);
    waitpid(pid, NULL, 0);
    assert_int_equal(clean.kind, OK);
    assert_int_equal(found.kind, ERR_INPUT);
    assert_true(str_starts(found.arg[0], S("Lingfei.Test")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_byte_goes_through_and_the_answer_counts),
        cmocka_unit_test(debians_scanner_finds_what_its_signature_says),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
