/* SPDX-License-Identifier: Apache-2.0 */
/* config.c: reads name = value. */
#include "main/config.h"

#include <stddef.h>

#include "main/file.h"
#include "web/fetch.h"

static const struct { const char *name; size_t at; } known[] = {
    {"oidc_issuer", offsetof(server_config, provider.issuer)},     {"oidc_client", offsetof(server_config, provider.client)},
    {"oidc_secret", offsetof(server_config, provider.secret)},     {"oidc_redirect", offsetof(server_config, provider.redirect)},
    {"oidc_label", offsetof(server_config, provider.label)},     {"clamd_socket", offsetof(server_config, clamd)},
};

static err wrong(arena *a, int line, const char *text)
{
    return err_with(ERR_INPUT, "config", text, str_fmt(a, "%d", line), (str){0}, (str){0});
}

static err set(arena *a, int line, str name, str value, server_config *out)
{
    for (int i = 0; i < countof(known); i++) {
        if (!str_eqz(name, known[i].name)) continue;
        str *to = (str *)(void *)((char *)out + known[i].at);
        if (to->n) return wrong(a, line, N_("Line {0} of the configuration sets a name for the second time."));
        if (!value.n) return wrong(a, line, N_("Line {0} of the configuration sets nothing: name = value."));
        *to = value;
        return NO_ERR;
    }
    return wrong(a, line, N_("Line {0} of the configuration has a name that nobody knows."));
}

/* All of a provider or nothing of it. */
static err check(const provider *p)
{
    bool any = p->issuer.n || p->client.n || p->secret.n || p->redirect.n || p->label.n;
    bool all = p->issuer.n && p->client.n && p->secret.n && p->redirect.n && p->label.n;
    if (any && !all) return err_of(ERR_INPUT, "config", N_("The configuration names a sign-in provider by oidc_issuer, oidc_client, oidc_secret, oidc_redirect and oidc_label: all five."));
    if (any && (!fetch_may(p->issuer) || !fetch_may(p->redirect))) return err_of(ERR_INPUT, "config", N_("oidc_issuer and oidc_redirect begin with https://."));
    return NO_ERR;
}

err config_read(arena *a, str text, server_config *out)
{
    str line;
    *out = (server_config){0};
    for (int n = 1; str_split(&text, '\n', &line); n++) {
        line = str_trim(line);
        size at = str_find(line, S("="));
        if (!line.n || line.p[0] == '#') continue;
        if (at < 0) return wrong(a, n, N_("Line {0} of the configuration sets nothing: name = value."));
        TRY(set(a, n, str_trim(str_head(line, at)), str_trim(str_from(line, at + 1)), out));
    }
    return check(&out->provider);
}

err config_load(arena *a, const char *file, server_config *out)
{
    str text = {0};
    if (file) TRY(file_read(a, file, &text));
    return config_read(a, text, out);
}
