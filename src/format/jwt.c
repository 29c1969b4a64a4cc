/* SPDX-License-Identifier: Apache-2.0 */
/* jwt.c: a signed token's head, signature and claims. */
#include "format/jwt.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include "format/hash.h"
#include "format/json.h"

enum { SLACK_S = 120, KEY_BITS_LEAST = 2048, KEY_BYTES_MOST = 1024 };

static err denied(const char *why) { return err_of(ERR_DENIED, "", why); }

static err read_part(arena *a, str part, view **out)
{
    str text;
    if (!base64url_read(a, part, &text) || json_read(a, text, out).kind || (*out)->kind != V_MAP)
        return denied(N_("The answer of the sign-in provider cannot be read."));
    return NO_ERR;
}

/* ---- the key and the signature --------------------------------------------------------------------------- */

static const view *key_of(const view *jwks, str kid)
{
    const view *keys = jwks ? view_get(jwks, S("keys")) : NULL, *only = NULL;
    int n = 0;
    for (const view *k = keys && keys->kind == V_LIST ? keys->first : NULL; k; k = k->next) {
        if (k->kind != V_MAP || !str_eqz(view_get_text(k, S("kty")), "RSA") || str_eqz(view_get_text(k, S("use")), "enc")) continue;
        if (kid.n && str_eq(view_get_text(k, S("kid")), kid)) return k;
        only = k, n++;
    }
    return !kid.n && n == 1 ? only : NULL; /* a token without a key's name: where there is only one */
}

static EVP_PKEY *make_key(const BIGNUM *n, const BIGNUM *e)
{
    EVP_PKEY *key = NULL;
    OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();
    OSSL_PARAM *p = b && OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_RSA_N, n) && OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_RSA_E, e) ? OSSL_PARAM_BLD_to_param(b) : NULL;
    EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
    if (!p || !c || EVP_PKEY_fromdata_init(c) != 1 || EVP_PKEY_fromdata(c, &key, EVP_PKEY_PUBLIC_KEY, p) != 1) key = NULL;
    EVP_PKEY_CTX_free(c);
    OSSL_PARAM_free(p);
    OSSL_PARAM_BLD_free(b);
    return key;
}

static EVP_PKEY *read_key(arena *a, const view *jwk)
{
    str n, e;
    if (!base64url_read(a, view_get_text(jwk, S("n")), &n) || !base64url_read(a, view_get_text(jwk, S("e")), &e) || n.n > KEY_BYTES_MOST || e.n > 8) return NULL;
    BIGNUM *bn = BN_bin2bn((const uint8_t *)n.p, (int)n.n, NULL), *be = BN_bin2bn((const uint8_t *)e.p, (int)e.n, NULL);
    EVP_PKEY *key = bn && be && BN_num_bits(bn) >= KEY_BITS_LEAST ? make_key(bn, be) : NULL;
    BN_free(bn);
    BN_free(be);
    return key;
}

static bool is_signed(arena *a, str text, str signature, const view *jwk)
{
    EVP_PKEY *key = read_key(a, jwk);
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    bool good = key && c && EVP_DigestVerifyInit(c, NULL, EVP_sha256(), NULL, key) == 1
             && EVP_DigestVerify(c, (const uint8_t *)signature.p, (size_t)signature.n, (const uint8_t *)text.p, (size_t)text.n) == 1;
    EVP_MD_CTX_free(c);
    EVP_PKEY_free(key);
    return good;
}

/* ---- the claims -------------------------------------------------------------------------------------------- */

static bool is_for(const view *claims, str audience)
{
    const view *aud = view_get(claims, S("aud"));
    if (!aud) return false;
    if (aud->kind == V_TEXT) return str_eq(aud->s, audience);
    bool found = false;
    for (const view *one = aud->kind == V_LIST ? aud->first : NULL; one; one = one->next) found |= one->kind == V_TEXT && str_eq(one->s, audience);
    return found && (aud->n == 1 || str_eq(view_get_text(claims, S("azp")), audience));
}

static err check_times(const view *claims, int64_t now_s)
{
    if (view_get_int(claims, S("exp"), 0) + SLACK_S < now_s) return denied(N_("The sign-in provider's answer is too old. Sign in again."));
    if (view_get_int(claims, S("iat"), 0) - SLACK_S > now_s || view_get_int(claims, S("nbf"), 0) - SLACK_S > now_s)
        return denied(N_("The sign-in provider's answer comes from the future: one of the clocks is wrong."));
    return NO_ERR;
}

static err check_claims(const view *claims, const jwt_wanted *w)
{
    if (!w->issuer.n || !str_eq(view_get_text(claims, S("iss")), w->issuer)) return denied(N_("The answer comes from another sign-in provider."));
    if (!w->audience.n || !is_for(claims, w->audience)) return denied(N_("The sign-in provider's answer is meant for another site."));
    if (!w->nonce.n || !same_secret(view_get_text(claims, S("nonce")), w->nonce)) return denied(N_("The sign-in provider's answer belongs to another sign-in."));
    if (!view_get_text(claims, S("sub")).n) return denied(N_("The answer of the sign-in provider cannot be read."));
    return check_times(claims, w->now_us / 1000000);
}

err jwt_read(arena *a, str token, const view *jwks, const jwt_wanted *wanted, view **claims)
{
    str rest = token, part[4] = {{0}}, signature;
    int n = 0;
    while (n < 4 && str_split(&rest, '.', &part[n])) n++;
    view *head;
    TRY(read_part(a, part[0], &head));
    if (!str_eqz(view_get_text(head, S("alg")), "RS256") || view_get(head, S("crit")))
        return denied(N_("The sign-in provider's answer is not signed in a way that is taken here (RS256)."));
    if (n != 3 || rest.n) return denied(N_("The answer of the sign-in provider cannot be read."));
    const view *key = key_of(jwks, view_get_text(head, S("kid")));
    bool good = key && base64url_read(a, part[2], &signature) && is_signed(a, str_head(token, part[0].n + 1 + part[1].n), signature, key);
    if (!good) return denied(N_("The sign-in provider's answer is not signed by its key."));
    TRY(read_part(a, part[1], claims));
    return check_claims(*claims, wanted);
}
