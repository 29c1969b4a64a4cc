/* SPDX-License-Identifier: Apache-2.0 */
/* key_test.c: the key file: made once, for its owner alone, and refused when others may read it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "main/config.h"
#include "main/key.h"

static void a_key_is_made_for_its_owner_alone(void **state)
{
    (void)state;
    char folder[] = "/tmp/lingfei-key-XXXXXX", path[80];
    arena a;
    vault one, again;
    struct stat s;
    arena_init(&a, 1 << 20, NULL, NULL);
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/lingfei.key", folder);
    assert_int_equal(key_load(&a, folder, NULL, &one).kind, OK);
    assert_int_equal(stat(path, &s), 0);
    assert_int_equal(s.st_mode & 0777, 0400);
    assert_int_equal(s.st_size, VAULT_KEY);
    assert_int_equal(key_load(&a, folder, NULL, &again).kind, OK);
    assert_memory_equal(&one, &again, sizeof one); /* the second start has the same */
    assert_int_equal(key_load(&a, "/nowhere", path, &again).kind, OK);
    assert_memory_equal(&one, &again, sizeof one);

    chmod(path, 0644);
    assert_non_null(strstr(key_load(&a, folder, NULL, &again).text, "may be read by others"));
    chmod(path, 0600);
    assert_int_equal(truncate(path, 31), 0);
    assert_non_null(strstr(key_load(&a, folder, NULL, &again).text, "32 bytes"));
    unlink(path);
    assert_non_null(strstr(key_load(&a, folder, path, &again).text, "cannot be opened")); /* one that was named is never made */
    rmdir(folder);
    arena_done(&a);
}

static void a_configuration_is_whole_or_refused_with_its_line(void **state)
{
    (void)state;
    static const char whole[] = "# one login\noidc_issuer = https://login.example\noidc_client=lingfei\noidc_secret = a = b\n"
                                "oidc_redirect = https://zone.example/login/other/back\noidc_label = 一网通办\n";
    static const struct { const char *text, *says; } t[] = {
        {whole, NULL}, {"", NULL}, {"\n# nothing\n", NULL},
        {"oidc_issuer = https://login.example\n", "all five"}, {"oidc_isuer = x\n", "nobody knows"}, {"oidc_issuer\n", "sets nothing"}, {"oidc_issuer =\n", "sets nothing"},
        {"oidc_client = a\noidc_client = b\n", "second time"},
        {"oidc_issuer=http://login.example\noidc_client=a\noidc_secret=b\noidc_redirect=https://x\noidc_label=c\n", "https://"},
    };
    arena a;
    arena_init(&a, 1 << 20, NULL, NULL);
    for (int i = 0; i < countof(t); i++) {
        server_config p;
        err e = config_read(&a, str_of(t[i].text), &p);
        if (t[i].says ? !e.kind || !strstr(e.text, t[i].says) : e.kind) fail_msg("%s: %s", t[i].text, e.kind ? e.text : "taken");
        if (t[i].text == whole) assert_true(str_eqz(p.provider.secret, "a = b") && str_eqz(p.provider.label, "一网通办"));
    }
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_is_made_for_its_owner_alone),
        cmocka_unit_test(a_configuration_is_whole_or_refused_with_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
