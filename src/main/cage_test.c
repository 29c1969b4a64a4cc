/* SPDX-License-Identifier: Apache-2.0 */
/* cage_test.c: from inside the cage: what is refused, and that papers with Chinese, types of files and the store still work. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "format/json.h"
#include "format/pdf.h"
#include "main/cage.h"
#include "room/document/document.h"

static char data[64];
static caged is;

/* Each runs in a child of its own that is caged; 0: as it should be. */
static int inside(int (*run)(void), bool child)
{
    fflush(NULL);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (!pid) {
        is = child ? cage_child() : cage_server(&(cage_places){.data = data});
        _exit(run());
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 100 + WTERMSIG(status);
}

static bool tells(int outcome, int why) { return outcome < 0 && errno == why; }

static int where_am_i(void) { return (is.landlock > 0) | is.seccomp << 1 | is.no_new_privs << 2; }

static int begin(void **state)
{
    (void)state;
    strcpy(data, "/tmp/lingfei-cage-XXXXXX");
    assert_non_null(mkdtemp(data));
    int there = inside(where_am_i, false);
    print_message("landlock %s, seccomp %s, no new privileges %s\n", there & 1 ? "on" : "off", there & 2 ? "on" : "off", there & 4 ? "on" : "off");
    return 0;
}

static int end(void **state)
{
    char command[100];
    (void)state;
    snprintf(command, sizeof command, "%s/file", data);
    unlink(command);
    return rmdir(data);
}

static void skip_without(int what)
{
    if (inside(where_am_i, false) & what) return;
    printf("skipped: this kernel or build has no cage\n");
    skip();
}

/* ---- files -------------------------------------------------------------------------------------------------------- */

static int files(void)
{
    char path[100];
    snprintf(path, sizeof path, "%s/file", data);
    int fd = open(path, O_RDWR | O_CREAT, 0600);
    if (fd < 0 || write(fd, "x", 1) != 1 || fsync(fd) || ftruncate(fd, 0)) return 1;
    if (!tells(open("/etc/shadow", O_RDONLY), EACCES)) return 2;
    if (!tells(open("/etc/passwd", O_RDONLY), EACCES)) return 3;
    if (!tells(open("/tmp/lingfei-cage-outside", O_RDWR | O_CREAT, 0600), EACCES)) return 4;
    if (!tells(open("/usr/lingfei-cage", O_RDWR | O_CREAT, 0600), EACCES)) return 5;
    if (open("/dev/urandom", O_RDONLY) < 0) return 6;
    if (open("/usr/share/misc/magic.mgc", O_RDONLY) < 0 && errno != ENOENT) return 7;
    return 0;
}

static void only_the_data_folder_is_written_and_no_secret_of_the_machine_read(void **state)
{
    (void)state;
    skip_without(1);
    assert_int_equal(inside(files, false), 0);
}

/* ---- calls -------------------------------------------------------------------------------------------------------- */

static int calls(void)
{
    char *none[] = {NULL};
    if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1) return 1;
    if (!tells((int)ptrace(PTRACE_TRACEME, 0, NULL, NULL), EPERM)) return 2;
    if (!tells(mount("none", "/mnt", "tmpfs", 0, NULL), EPERM)) return 3;
    if (!tells(unshare(CLONE_NEWUSER), EPERM)) return 4;
    if (!tells(socket(AF_PACKET, SOCK_RAW, 0), EPERM)) return 5;
    if (!tells(setuid(1), EPERM)) return 6;
    if (!tells(chroot("/"), EPERM)) return 7;
    if (socket(AF_INET, SOCK_STREAM, 0) < 0) return 8; /* a server has sockets */
    if (is.landlock && !tells(execve("/bin/sh", none, none), EACCES)) return 9;
    return 0;
}

static void what_no_server_does_is_refused(void **state)
{
    (void)state;
    skip_without(2);
    assert_int_equal(inside(calls, false), 0);
}

static int in_the_child(void)
{
    char *none[] = {NULL};
    if (!tells(socket(AF_INET, SOCK_STREAM, 0), EPERM)) return 1;
    if (!tells(socket(AF_UNIX, SOCK_STREAM, 0), EPERM)) return 2;
    if (!tells(execve("/proc/self/exe", none, none), EPERM)) return 3;
    if (!tells(fork(), EPERM)) return 4;
    if (!tells(kill(getppid(), 0), EPERM)) return 5;
    if (is.landlock && !tells(open("/tmp/lingfei-cage-outside", O_RDWR | O_CREAT, 0600), EACCES)) return 6;
    if (is.landlock && !tells(open("/etc/passwd", O_RDONLY), EACCES)) return 7;
    if (open("/usr/share/fonts", O_RDONLY | O_DIRECTORY) < 0 && errno != ENOENT) return 8;
    return 0;
}

static void who_reads_what_strangers_wrote_has_no_network_no_program_no_file(void **state)
{
    (void)state;
    skip_without(2);
    assert_int_equal(inside(in_the_child, true), 0);
}

/* ---- and still ------------------------------------------------------------------------------------------------------ */

static int paper(void)
{
    arena a;
    arena_init(&a, (size)256 << 20, NULL, NULL);
    view *v;
    str pdf;
    child_pool pool;
    child_pool_begin(&pool, 1);
    pool.run_ms = 60000;
    if (json_read(&a, S("{\"kind\":\"plain\",\"issuer\":\"示范科技创新局\",\"title\":\"关于笼中公文的通知\",\"body\":[{\"p\":\"正文。\"}]}"), &v).kind) return 1;
    err e = pdf_in_child(&pool, &a, v, &pdf);
    if (e.kind) {
        fprintf(stderr, "%s " SF "\n", e.text, SA(e.arg[0]));
        return 2;
    }
    return str_find(pdf, S("CJK")) >= 0 || str_find(pdf, S("Song")) >= 0 ? 0 : 3; /* a font with Chinese is in it */
}

static void a_paper_in_chinese_is_made_in_the_cage(void **state)
{
    (void)state;
    assert_int_equal(inside(paper, false), 0);
}

static int type_of_a_file(void)
{
    char path[100];
    snprintf(path, sizeof path, "%s/file", data);
    arena a;
    arena_init(&a, 1 << 20, NULL, NULL);
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    static const char php[] = "<?php system('id'); ?>\n";
    if (fd < 0 || write(fd, php, sizeof php - 1) < 0) return 1;
    int64_t id;
    uint8_t sha[32] = {0};
    ctx c = {.a = &a};
    err e = document_take(&c, S("picture.jpg"), S("image/jpeg"), fd, sizeof php - 1, sha, &id);
    return e.kind == ERR_INPUT && strstr(e.text, "not what its name says") && str_find(e.arg[0], S("php")) >= 0 ? 0 : 2;
}

static void the_type_of_a_file_is_found_in_the_cage(void **state)
{
    (void)state;
    assert_int_equal(inside(type_of_a_file, false), 0);
}

int main(int argc, char **argv)
{
    if (argc == 2 && (!strcmp(argv[1], PDF_WORKER_WORD) || !strcmp(argv[1], TYPE_WORKER_WORD))) { /* as main does */
        cage_child();
        return strcmp(argv[1], PDF_WORKER_WORD) ? document_type_worker() : pdf_worker_main();
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_data_folder_is_written_and_no_secret_of_the_machine_read),
        cmocka_unit_test(what_no_server_does_is_refused),
        cmocka_unit_test(who_reads_what_strangers_wrote_has_no_network_no_program_no_file),
        cmocka_unit_test(a_paper_in_chinese_is_made_in_the_cage),
        cmocka_unit_test(the_type_of_a_file_is_found_in_the_cage),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
