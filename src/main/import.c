/* SPDX-License-Identifier: Apache-2.0 */
/* import.c: lingfei import registrations FILE: the business registry's export into the register, with a progress bar. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "main/command.h"
#include "main/house.h"
#include "room/registration/registration.h"

static bool show_progress(void *what, const registration_import *n)
{
    (void)what;
    int64_t share = n->all_bytes > 0 ? n->done_bytes * 100 / n->all_bytes : 100;
    if (isatty(STDERR_FILENO)) fprintf(stderr, "\r%3lld %%  %lld", (long long)share, (long long)n->read);
    return true;
}

static err write_rejects(call *c, ctx *x, const registration_import *n)
{
    const char *path = str_z(c->a, str_fmt(c->a, "%s.rejected.csv", c->argv[0]));
    if (!n->rejected) return NO_ERR;
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0) return err_with(ERR_FAULT, "", N_("{0} cannot be written."), str_of(path), (str){0}, (str){0});
    err e = registration_rejects(x, n->id, fd);
    if (close(fd) && !e.kind) e = err_with(ERR_FAULT, "", N_("{0} cannot be written."), str_of(path), (str){0}, (str){0});
    return e;
}

static void say(call *c, ctx *x, const registration_import *n)
{
    static const struct { const char *name; size_t at; } figures[] = {
        {"read", offsetof(registration_import, read)}, {"imported", offsetof(registration_import, imported)}, {"updated", offsetof(registration_import, updated)},
        {"unchanged", offsetof(registration_import, unchanged)}, {"rejected", offsetof(registration_import, rejected)},
        {"technology", offsetof(registration_import, technology)},
    };
    view *v = view_map(x->a);
    for (int i = 0; i < countof(figures); i++) view_int(v, str_of(figures[i].name), *(const int64_t *)((const char *)n + figures[i].at));
    if (c->json) {
        command_print_json(x->a, v);
        return;
    }
    for (int i = 0; i < countof(figures); i++)
        printf("%s%s %lld", i ? ", " : "", figures[i].name, (long long)*(const int64_t *)((const char *)n + figures[i].at));
    putchar('\n');
}

/* The whole file's name without its folder. */
static str name_of(const char *path)
{
    str one = {0};
    for (str rest = str_of(path), part; str_split(&rest, '/', &part);)
        if (part.n) one = part;
    return one;
}

int run_import_registrations(call *c)
{
    house *h = new(c->a, house);
    house_options o = {.data = c->data, .create = true};
    err e = house_open(&o, h);
    if (e.kind) {
        command_failed(c, e);
        return EXIT_CANNOT;
    }
    errand at;
    registration_import n = {0};
    e = errand_begin(h, &at);
    at.c.lang = c->lang;
    c->file = c->argv[0];
    if (!e.kind) e = registration_read(&at.c, c->argv[0], name_of(c->argv[0]), 0, show_progress, NULL, &n);
    if (isatty(STDERR_FILENO) && n.id) fputc('\n', stderr);
    if (!e.kind) {
        store_read_end(&at.c); /* what was just written is to be seen */
        e = store_read_begin(&at.c);
    }
    if (!e.kind) e = write_rejects(c, &at.c, &n);
    if (!e.kind) say(c, &at.c, &n);
    int code = e.kind ? command_failed(c, e) : EXIT_DONE;
    errand_end(&at);
    house_close(h);
    return code;
}
