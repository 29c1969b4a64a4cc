/* SPDX-License-Identifier: Apache-2.0 */
/* clock.c: a clock that jumps, loaded before libc (LD_PRELOAD): the time of day is off by the seconds that the file LINGFEI_CLOCK holds now. What
 * measures lengths (CLOCK_MONOTONIC) is not touched, as a wrong date leaves it alone. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static int held = -1; /* opened before the program gives its rights away */

__attribute__((constructor)) static void begin(void)
{
    const char *file = getenv("LINGFEI_CLOCK");
    if (file) held = open(file, O_RDONLY | O_CLOEXEC);
}

int clock_gettime(clockid_t id, struct timespec *out)
{
    char text[32] = "";
    int code = (int)syscall(SYS_clock_gettime, id, out);
    if (!code && id == CLOCK_REALTIME && held >= 0 && pread(held, text, sizeof text - 1, 0) > 0) out->tv_sec += strtol(text, NULL, 10);
    return code;
}
