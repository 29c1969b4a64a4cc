/* SPDX-License-Identifier: Apache-2.0 */
/* stored.c: commands on a store: verify, rebuild, backup, restore, people. */
#include <stdio.h>
#include <unistd.h>

#include "base/uscc.h"
#include "main/command.h"
#include "main/enrol.h"
#include "main/house.h"
#include "main/key.h"
#include "room/account/account.h"
#include "room/audit/audit.h"
#include "room/budget/budget.h"
#include "room/document/document.h"
#include "room/member/member.h"
#include "room/registration/registration.h"

int command_on_store(call *c, bool create, err (*run)(call *c, house *h, ctx *x))
{
    house *h = new(c->a, house);
    house_options o = {.data = c->data, .key = c->key, .create = create};
    err e = house_open(&o, h);
    if (e.kind) {
        command_failed(c, e);
        return EXIT_CANNOT;
    }
    errand at;
    e = errand_begin(h, &at);
    if (!e.kind) {
        at.c.lang = c->lang;
        e = run(c, h, &at.c);
    }
    int code = e.kind ? command_failed(c, e) : EXIT_DONE;
    errand_end(&at);
    house_close(h);
    return code;
}

static int with_store(call *c, err (*run)(call *c, house *h, ctx *x)) { return command_on_store(c, false, run); }

/* ---- verify ------------------------------------------------------------------------------------------------------- */

static void say_broken(ctx *x, const view *report, str name, const char *key)
{
    const view *all = view_get(report, name);
    for (const view *row = all ? all->first : NULL; row; row = row->next) {
        str what = view_get_text(row, S("what"));
        fprintf(stderr, "%s %lld: " SF "\n", key, (long long)view_get_int(row, str_of(key), 0), SA(what));
    }
    (void)x;
}

static err verify(call *c, house *h, ctx *x)
{
    (void)h;
    view *report = view_map(x->a);
    TRY(store_check(x));
    TRY(audit_verify(x, str_of(c->head), report));
    TRY(budget_verify(x, report));
    bool ok = view_get(report, S("ok"))->i != 0;
    if (c->json) command_print_json(x->a, report);
    else if (ok) {
        str head = view_get_text(report, S("head"));
        printf("unbroken: %lld entries, head " SF "\n", (long long)view_get_int(report, S("entries"), 0), SA(head));
    }
    say_broken(x, report, S("broken"), "seq");
    say_broken(x, report, S("ledger_broken"), "line");
    return ok ? NO_ERR : err_of(ERR_CONFLICT, "", N_("The record or the ledger is broken."));
}
int run_verify(call *c) { return with_store(c, verify); }

/* ---- rebuild: every act again in a new store, then the tables side by side -------------------------------------------- */

static err replay(call *c, house *from, ctx *x)
{
    house *to = new(c->a, house);
    house_options o = {.data = c->argv[0], .key = c->key, .create = true, .rehearsal = true, .bare = true};
    if (store_exists(c->argv[0]))
        return err_with(ERR_CONFLICT, "", N_("{0} holds a store already; name a new folder."), str_of(c->argv[0]), (str){0}, (str){0});
    if (!c->key) TRY(key_copy(c->a, key_path(c->a, from->data, NULL), c->argv[0])); /* what is sealed must come out the same */
    TRY(house_open(&o, to));
    errand at;
    err e = errand_begin(to, &at);
    if (!e.kind) e = document_copy_blobs(x, &at.c);
    if (!e.kind) e = registration_copy_rows(x, &at.c);
    if (!e.kind) e = audit_replay(x, &at.c, rooms);
    for (int i = 0; i < countof(e.arg); i++) e.arg[i] = str_dup(x->a, e.arg[i]);
    str head;
    if (!e.kind) e = audit_head(x, &head);
    errand_end(&at);
    house_close(to);
    return e;
}

static err rebuild(call *c, house *h, ctx *x)
{
    str different;
    TRY(replay(c, h, x));
    TRY(store_compare(x, c->argv[0], &different));
    view *v = view_map(x->a);
    view_bool(v, S("ok"), !different.n);
    view_text(v, S("different"), different);
    if (c->json) command_print_json(x->a, v);
    if (different.n) return err_with(ERR_CONFLICT, "", N_("The rebuilt tables differ: {0}"), different, (str){0}, (str){0});
    if (!c->json) puts("rebuilt: every table equals the one made anew from the record");
    return NO_ERR;
}
int run_rebuild(call *c) { return with_store(c, rebuild); }

/* ---- backup and restore -------------------------------------------------------------------------------------------------- */

static err backup(call *c, house *h, ctx *x)
{
    (void)x;
    TRY(store_backup(h->store, c->argv[0]));
    return store_backup_note(h->store);
}
int run_backup(call *c) { return with_store(c, backup); }

int run_restore(call *c)
{
    err e = store_restore(c->argv[0], c->data);
    return e.kind ? command_failed(c, e) : EXIT_DONE;
}

/* ---- people ------------------------------------------------------------------------------------------------------------------ */

/* One line of standard input, without its end. */
static err read_password(call *c, str *out)
{
    char *line = new_n(c->a, char, 1024);
    if (isatty(STDIN_FILENO)) fputs("password: ", stderr);
    if (!fgets(line, 1024, stdin)) return err_of(ERR_INPUT, "password", N_("The password is read from standard input; there was none."));
    *out = str_of(line);
    while (out->n && (out->p[out->n - 1] == '\n' || out->p[out->n - 1] == '\r')) out->n--;
    return NO_ERR;
}

/* The organisation by its code. The first person of an empty zone brings the organisation along: nobody could sign in to
 * add it; later --org-name does, so that a slip of the pen makes none. */
static err find_org(call *c, ctx *x, enrolment *n)
{
    org o;
    bool orgs;
    TRY(uscc_read(x->a, str_of(c->org), &n->uscc));
    err e = member_by_uscc(x, n->uscc, &o);
    if (e.kind != ERR_MISSING) {
        n->org = e.kind ? 0 : o.id;
        return e;
    }
    TRY(member_any(x, &orgs));
    if (!c->org_name && orgs)
        return err_with(ERR_INPUT, "org", N_("No organisation has the code {0}; --org-name NAME adds it."), n->uscc, (str){0}, (str){0});
    n->org_name = c->org_name ? str_of(c->org_name) : n->uscc;
    return NO_ERR;
}

static err account_add_person(call *c, house *h, ctx *x)
{
    (void)h;
    enrolment n = {.login = str_of(c->argv[0]), .name = str_of(c->name), .role = str_of(c->role)};
    TRY(find_org(c, x, &n));
    str password;
    person old;
    if (account_of_login(x, n.login, &old).kind == ERR_MISSING) {
        TRY(read_password(c, &password));
        TRY(account_verifier(x, password, &n.verifier));
    }
    if (n.org) {
        account_new known = {n.login, n.name, n.verifier, n.role, n.org, 0, 0};
        TRY(store_act(x, &account_add, &known));
        n.person = known.person, n.post = known.post;
    } else {
        TRY(store_act(x, &account_enrol, &n));
    }
    view *v = view_map(x->a);
    view_int(v, S("person"), n.person);
    view_int(v, S("post"), n.post);
    view_int(v, S("org"), n.org);
    if (c->json) command_print_json(x->a, v);
    else printf("%s: person %lld, post %lld\n", c->argv[0], (long long)n.person, (long long)n.post);
    return NO_ERR;
}
int run_account_add(call *c) { return with_store(c, account_add_person); }

static err account_make_token(call *c, house *h, ctx *x)
{
    (void)h;
    str token;
    TRY(account_token(x, str_of(c->argv[0]), &token));
    view *v = view_map(x->a);
    view_text(v, S("token"), token);
    if (c->json) command_print_json(x->a, v);
    else printf(SF "\n", SA(token));
    return NO_ERR;
}
int run_account_token(call *c) { return with_store(c, account_make_token); }

static err account_list_all(call *c, house *h, ctx *x)
{
    (void)h;
    view *v = view_map(x->a);
    TRY(account_everybody(x, v, S("items")));
    if (c->json) {
        command_print_json(x->a, view_get(v, S("items")));
        return NO_ERR;
    }
    for (const view *p = view_get(v, S("items"))->first; p; p = p->next) {
        str login = view_get_text(p, S("login")), name = view_get_text(p, S("name")), state = view_get_text(p, S("state")), roles = view_get_text(p, S("roles"));
        printf("%-16.*s %-9.*s %-24.*s " SF "\n", SA(login), SA(state), SA(roles), SA(name));
    }
    return NO_ERR;
}
int run_account_list(call *c) { return with_store(c, account_list_all); }

static err account_close(call *c, house *h, ctx *x)
{
    (void)h;
    person p;
    TRY(account_of_login(x, str_of(c->argv[0]), &p));
    account_state s = {p.id, S("disabled")};
    return store_act(x, &account_set_state, &s);
}
int run_account_disable(call *c) { return with_store(c, account_close); }

static err account_new_password(call *c, house *h, ctx *x)
{
    (void)h;
    person p;
    str password;
    TRY(account_of_login(x, str_of(c->argv[0]), &p));
    TRY(read_password(c, &password));
    account_secret s = {.person = p.id};
    TRY(account_verifier(x, password, &s.verifier));
    return store_act(x, &account_password, &s);
}
int run_account_password(call *c) { return with_store(c, account_new_password); }
