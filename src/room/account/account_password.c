/* SPDX-License-Identifier: Apache-2.0 */
/* account_password.c: what a password may be, and argon2id. */
#include "room/account/account_password.h"

#include <sodium.h>

#include "base/embed.h"
#include "base/gate.h"
#include "room/account/account.h"
#include "room/zone/zone.h"

enum { SHORTEST = 12, LONGEST = 128, PIECE_MOST = 4, WAIT_MS = 2000 };

/* ---- what others would try first ----------------------------------------------------------------------- */

/* In small letters: a capital at the start changes nothing for who guesses. */
static str lowered(arena *a, str s)
{
    char *p = arena_bytes(a, s.n + 1);
    for (size i = 0; i < s.n; i++) p[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + 32 : s.p[i]);
    return (str){p, s.n};
}

static bool is_listed(str low)
{
    const embedded *file = embed_find(S("data/common_passwords.txt"));
    assert(file);
    str rest = file->bytes, line;
    while (str_split(&rest, '\n', &line))
        if (!str_starts(line, S("#")) && str_eq(line, low)) return true;
    return false;
}

/* One to four bytes or one character over and over: "111…", "abcabcabc…", "密密密…". */
static bool is_repeated(str s)
{
    for (size piece = 1; piece <= PIECE_MOST; piece++) {
        bool same = s.n % piece == 0;
        for (size i = piece; same && i < s.n; i++) same = s.p[i] == s.p[i - piece];
        if (same) return true;
    }
    return false;
}

/* Each character beside the one before: along the alphabet, the digits (over 9 to 0) or a row of keys, in either direction. */
static bool is_run(str low)
{
    static const char *const rows[] = {"abcdefghijklmnopqrstuvwxyz", "012345678901234567890123456789", "qwertyuiopasdfghjklzxcvbnm", "1234567890qwertyuiop",
                                       "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujm"};
    char back[64];
    if (low.n >= (size)sizeof back) return false;
    for (size i = 0; i < low.n; i++) back[i] = low.p[low.n - 1 - i];
    for (int i = 0; i < countof(rows); i++)
        if (str_find(str_of(rows[i]), low) >= 0 || str_find(str_of(rows[i]), (str){back, low.n}) >= 0) return true;
    return false;
}

static bool is_guessed(arena *a, str password)
{
    str low = lowered(a, password);
    return is_repeated(low) || is_run(low) || is_listed(low);
}

/* How many of small letters, capitals, digits and others; Chinese counts with the others. */
static int kinds_in(str s)
{
    bool small = false, capital = false, digit = false, other = false;
    for (size i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c >= 'a' && c <= 'z') small = true;
        else if (c >= 'A' && c <= 'Z') capital = true;
        else if (c >= '0' && c <= '9') digit = true;
        else other = true;
    }
    return small + capital + digit + other;
}

static err check_kinds(ctx *c, str password)
{
    int64_t kinds;
    TRY(zone_number(c, "password_kinds", &kinds));
    if (kinds_in(password) >= kinds) return NO_ERR;
    return err_with(ERR_INPUT, "password", N_("A password needs at least {0} of: small letters, capitals, digits, other characters."),
                    str_fmt(c->a, "%lld", (long long)kinds), (str){0}, (str){0});
}

static err check_password(ctx *c, str password)
{
    size n = str_chars(password);
    if (n < SHORTEST) return err_of(ERR_INPUT, "password", N_("A password has at least 12 characters."));
    if (n > LONGEST) return err_of(ERR_INPUT, "password", N_("A password has at most 128 characters."));
    if (is_guessed(c->a, password)) return err_of(ERR_INPUT, "password", N_("This password is among the first that others would try. Choose another."));
    return check_kinds(c, password);
}

/* ---- argon2id, two at once --------------------------------------------------------------------------------- */

static err enter(ctx *c)
{
    return gate_enter(c->hashing, WAIT_MS) ? NO_ERR : err_of(ERR_BUSY, "", N_("Too many people are signing in. Try again in a moment."));
}

err account_verifier(ctx *c, str password, str *out)
{
    TRY(check_password(c, password));
    char *text = new_n(c->a, char, crypto_pwhash_STRBYTES);
    TRY(enter(c));
    int bad = crypto_pwhash_str_alg(text, password.p, (unsigned long long)password.n, 3, (size_t)64 << 20, crypto_pwhash_ALG_ARGON2ID13);
    gate_leave(c->hashing);
    if (bad) return err_of(ERR_BUSY, "", N_("There is no memory for this now. Try again in a moment."));
    *out = str_of(text);
    return NO_ERR;
}

err password_matches(ctx *c, str verifier, str password, bool *same)
{
    /* of a random text: an unknown login takes the time of a known one */
    static const char nobody[] = "$argon2id$v=19$m=65536,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$M4UK0MmTbBGCPwPkLqCdHMxnCuMYfBWp6UiSNEoIhbQ";
    const char *z = verifier.n ? str_z(c->a, verifier) : nobody;
    TRY(enter(c));
    *same = crypto_pwhash_str_verify(z, password.p, (unsigned long long)password.n) == 0 && verifier.n;
    gate_leave(c->hashing);
    return NO_ERR;
}
