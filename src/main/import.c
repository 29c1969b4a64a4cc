/* SPDX-License-Identifier: Apache-2.0 */
/* import.c: the command that takes a registry's export into the register. */
#include <stdio.h>
#include <unistd.h>

#include "main/command.h"
#include "main/file.h"
#include "main/house.h"
#include "room/registration/registration.h"

/* ---- the progress bar ------------------------------------------------------------------------------------------------- */

static bool draw(void *what, const registration_import *it)
{
    enum { WIDTH = 40 };
    static const char full[] = "########################################";
    call *c = what;
    int64_t part = it->all_bytes ? it->done_bytes * 100 / it->all_bytes : 100;
    str rows = tr(c->lang, N_("rows"));
    fprintf(stderr, "\r[%-*.*s] %3d %%  %lld " SF " ", WIDTH, (int)(part * WIDTH / 100), full, (int)part, (long long)it->read, SA(rows));
    fflush(stderr);
    return true;
}

/* ---- what was refused, beside the file ------------------------------------------------------------------------------------ */

static str name_of(str path)
{
    for (size i = path.n; i-- > 0;)
        if (path.p[i] == '/') return str_from(path, i + 1);
    return path;
}

/* "in/zone.csv": "in/zone.rejected.csv". */
static str rejected_name(arena *a, str path)
{
    str stem = path, name = name_of(path);
    for (size i = name.n; i-- > 1;)
        if (name.p[i] == '.') {
            stem = str_head(path, path.n - name.n + i);
            break;
        }
    return str_join(a, stem, S(".rejected.csv"));
}

static FILE *open_rejected(call *c, str *path)
{
    *path = rejected_name(c->a, str_of(c->argv[0]));
    FILE *out = fopen(str_z(c->a, *path), "we");
    if (out) return out;
    *path = name_of(*path); /* a folder that is only read: into the one where we are */
    return fopen(str_z(c->a, *path), "we");
}

static err write_rejected(call *c, ctx *x, int64_t import)
{
    str path;
    int64_t after = 0;
    bool more = true, good = true;
    FILE *out = open_rejected(c, &path);
    if (!out) return err_with(ERR_FAULT, "", N_("{0} cannot be written."), path, (str){0}, (str){0});
    while (more && good) {
        arena a;
        arena_init(&a, x->a->limit, x->a->oom, x->a->owner);
        ctx page = *x;
        page.a = &a;
        buf b = buf_new(&a, 1 << 16);
        err e = registration_rejects(&page, import, &after, &b, &more);
        good = !e.kind && fwrite(b.p, 1, (size_t)b.n, out) == (size_t)b.n;
        arena_done(&a);
    }
    good &= !fclose(out);
    if (!good) return err_with(ERR_FAULT, "", N_("{0} cannot be written."), path, (str){0}, (str){0});
    str says = err_text(c->a, err_with(OK, "", "", path, (str){0}, (str){0}), tr(c->lang, N_("What was not taken stands in {0} with the reason.")));
    fprintf(stderr, SF "\n", SA(says));
    return NO_ERR;
}

/* ---- the command -------------------------------------------------------------------------------------------------------------- */

static void print(call *c, const registration_import *it)
{
    static const struct { const char *name, *label; size_t at; } counts[] = {
        {"read", N_("read"), offsetof(registration_import, read)}, {"imported", N_("imported"), offsetof(registration_import, imported)},
        {"updated", N_("updated"), offsetof(registration_import, updated)}, {"unchanged", N_("unchanged"), offsetof(registration_import, unchanged)},
        {"rejected", N_("rejected"), offsetof(registration_import, rejected)}, {"technology", N_("of technology"), offsetof(registration_import, technology)},
    };
    view *v = view_map(c->a);
    for (int i = 0; i < countof(counts); i++) view_int(v, str_of(counts[i].name), *(const int64_t *)((const char *)it + counts[i].at));
    if (c->json) {
        command_print_json(c->a, v);
        return;
    }
    const view *count = v->first;
    for (int i = 0; i < countof(counts); i++, count = count->next) {
        str label = tr(c->lang, counts[i].label);
        printf("%s" SF " %lld", i ? ", " : "", SA(label), (long long)count->i);
    }
    puts("");
}

static err import_file(call *c, house *h, ctx *x)
{
    (void)h;
    registration_import it;
    bool bar = isatty(STDERR_FILENO);
    import_source from = {.path = c->argv[0], .file_name = name_of(str_of(c->argv[0])), .told = bar ? draw : NULL, .what = c};
    c->file = c->argv[0];
    err e = registration_read(x, &from, &it);
    if (bar) fputs("\n", stderr);
    TRY(e);
    c->file = NULL;
    if (it.rejected) TRY(write_rejected(c, x, it.id));
    print(c, &it);
    return NO_ERR;
}
int run_import_registrations(call *c) { return command_on_store(c, true, import_file); }
