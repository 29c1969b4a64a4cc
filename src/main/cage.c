/* SPDX-License-Identifier: Apache-2.0 */
/* cage.c: Landlock by its raw system calls (glibc has no names for them), seccomp by libseccomp. */
#include "main/cage.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define COUNT(a) ((int)(sizeof(a) / sizeof((a)[0])))

/* ---- Landlock ------------------------------------------------------------------------------------------------- */

/* What version 1 knows; later versions only add to it. */
#define READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define WRITE (LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG)
#define ALL ((LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1)
#define OF_A_FILE (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE)

/* Libraries, fonts with their caches, the magic numbers, time zones, names of hosts and their certificates. Never all of /etc. */
static const char *const readable[] = {
    "/usr", "/lib", "/lib64", "/etc/fonts", "/etc/ld.so.cache", "/etc/localtime", "/etc/magic", "/etc/magic.mime", "/etc/ssl", "/etc/resolv.conf",
    "/etc/hosts", "/etc/nsswitch.conf", "/etc/gai.conf", "/etc/host.conf", "/var/cache/fontconfig", "/var/lib/fonts", "/dev/null", "/dev/urandom", "/dev/random",
    "/proc/self", "/proc/sys/vm", "/sys/devices/system/cpu",
};

static int version(void)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return abi < 0 ? 0 : (int)abi;
}

/* What is not there needs no rule. */
static void allow(int rules, const char *path, uint64_t access)
{
    struct stat s;
    int fd = path ? open(path, O_PATH | O_CLOEXEC) : -1;
    if (fd < 0) return;
    if (!fstat(fd, &s) && !S_ISDIR(s.st_mode)) access &= OF_A_FILE;
    struct landlock_path_beneath_attr rule = {.allowed_access = access, .parent_fd = fd};
    syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(fd);
}

static int begin_rules(void)
{
    struct landlock_ruleset_attr attr = {.handled_access_fs = ALL};
    int rules = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0);
    if (rules < 0) return -1;
    for (int i = 0; i < COUNT(readable); i++) allow(rules, readable[i], READ);
    allow(rules, "/dev/null", LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE);
    static const char *const fonts[] = {"/.fonts", "/.fontconfig", "/.config/fontconfig", "/.local/share/fonts", "/.cache/fontconfig"};
    const char *home = getenv("HOME");
    char path[512];
    for (int i = 0; home && i < COUNT(fonts); i++)
        if (snprintf(path, sizeof path, "%s%s", home, fonts[i]) < (int)sizeof path) allow(rules, path, READ);
    return rules;
}

static bool close_rules(int rules)
{
    bool done = !syscall(SYS_landlock_restrict_self, rules, 0);
    close(rules);
    return done;
}

/* Papers and types are made by this very program, and the loader starts it: no other program runs. */
static void allow_itself(int rules)
{
    static const char *const started[] = {"/proc/self/exe", "/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1"};
    for (int i = 0; i < COUNT(started); i++) allow(rules, started[i], LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE);
}

static int landlock_server(const cage_places *p)
{
    int abi = version(), rules = abi ? begin_rules() : -1;
    if (rules < 0) return 0;
    allow_itself(rules);
    allow(rules, p->data, READ | WRITE);
    for (int i = 0; i < COUNT(p->readable); i++) allow(rules, p->readable[i], READ);
    return close_rules(rules) ? abi : 0;
}

static int landlock_child(void)
{
    int abi = version(), rules = abi ? begin_rules() : -1;
    return rules >= 0 && close_rules(rules) ? abi : 0;
}

/* ---- seccomp --------------------------------------------------------------------------------------------------- */

/* Memory, files by descriptor and by name, time: what any C program does. */
static const char *const everybody[] = {
    "read", "write", "readv", "writev", "pread64", "pwrite64", "preadv", "pwritev", "open", "openat", "openat2", "close", "close_range", "stat", "fstat", "lstat",
    "newfstatat", "statx", "statfs", "fstatfs", "lseek", "mmap", "mprotect", "munmap", "mremap", "madvise", "brk", "mincore", "memfd_create", "rt_sigaction",
    "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "access", "faccessat", "faccessat2", "poll", "ppoll", "select", "pselect6", "dup", "dup2", "dup3", "fcntl",
    "ioctl", "getpid", "gettid", "getppid", "getuid", "geteuid", "getgid", "getegid", "exit", "exit_group", "tgkill", "uname", "getdents64", "getcwd", "readlink",
    "readlinkat", "getrlimit", "setrlimit", "prlimit64", "getrusage", "sysinfo", "times", "prctl", "arch_prctl", "futex", "set_tid_address", "set_robust_list",
    "rseq", "restart_syscall", "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time", "getrandom", "sched_yield",
    "sched_getaffinity", "getpriority", "setpriority", "alarm", "fadvise64", "membarrier", "flock", "recvfrom", "sendto", "recvmsg", "sendmsg", "shutdown",
};

/* Threads, the store's files, sockets, children; and to make the children's cage still tighter. */
static const char *const server[] = {
    "clone", "clone3", "vfork", "fork", "execve", "wait4", "waitid", "kill", "tkill", "pipe", "pipe2", "socketpair", "connect", "accept", "accept4", "bind",
    "listen", "getsockname", "getpeername", "setsockopt", "getsockopt", "sendmmsg", "recvmmsg", "sendfile", "epoll_create", "epoll_create1", "epoll_ctl",
    "epoll_wait", "epoll_pwait", "eventfd", "eventfd2", "timerfd_create", "timerfd_settime", "rt_sigtimedwait", "rt_sigsuspend", "sched_getparam",
    "sched_getscheduler", "sched_setscheduler", "sched_get_priority_max", "sched_get_priority_min", "get_robust_list", "fsync", "fdatasync", "sync_file_range",
    "ftruncate", "truncate", "fallocate", "rename", "renameat", "renameat2", "mkdir", "mkdirat", "rmdir", "unlink", "unlinkat", "link", "linkat", "chmod",
    "fchmod", "fchmodat", "umask", "utimensat", "copy_file_range", "chdir", "mlock", "munlock", "seccomp", "landlock_create_ruleset", "landlock_add_rule",
    "landlock_restrict_self",
};

/* A name that this kernel's list does not have is none that it could be asked for. */
static bool allow_calls(scmp_filter_ctx f, const char *const *names, int n)
{
    bool good = true;
    for (int i = 0; i < n; i++) {
        int number = seccomp_syscall_resolve_name(names[i]);
        if (number != __NR_SCMP_ERROR) good &= !seccomp_rule_add(f, SCMP_ACT_ALLOW, number, 0);
    }
    return good;
}

static bool allow_sockets(scmp_filter_ctx f)
{
    static const int families[] = {AF_UNIX, AF_INET, AF_INET6};
    bool good = true;
    for (int i = 0; i < COUNT(families); i++) good &= !seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_EQ, (uint64_t)families[i]));
    return good;
}

/* The fonts' library starts a thread; no process. Of clone3, whose flags no filter can see, the C library is told that there is none. */
static bool allow_threads(scmp_filter_ctx f)
{
    return !seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD))
        && !seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
}

static bool load_filter(bool serving)
{
    scmp_filter_ctx f = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!f) return false;
    bool good = allow_calls(f, everybody, COUNT(everybody));
    good = good && (serving ? allow_calls(f, server, COUNT(server)) && allow_sockets(f) : allow_threads(f));
    good = good && !seccomp_load(f);
    seccomp_release(f);
    return good;
}

/* ---- together ------------------------------------------------------------------------------------------------------ */

#if defined(__SANITIZE_ADDRESS__)
static const bool exempt = true;
#else
static const bool exempt = false;
#endif

caged cage_server(const cage_places *p)
{
    caged is = {0};
    if (exempt) return is;
    if (p->data) setenv("SQLITE_TMPDIR", p->data, 0); /* large sorts: not in /tmp, which is no place of ours */
    is.no_new_privs = !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    is.landlock = landlock_server(p);
    is.seccomp = load_filter(true);
    return is;
}

caged cage_child(void)
{
    caged is = {0};
    if (exempt) return is;
    is.no_new_privs = !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    is.landlock = landlock_child();
    is.seccomp = load_filter(false);
    return is;
}
