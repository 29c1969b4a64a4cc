/* SPDX-License-Identifier: Apache-2.0 */
/* foreign_test.c: signing in by a provider elsewhere, against a small one of the test's own on loopback that can be told to lie. */
#include "visit.h"

#include <pthread.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "format/hash.h"
#include "format/json.h"
#include "room/signin/foreign.h"

#define PASSWORD "a sentence that nobody else has"
#define CLIENT "lingfei"
#define REDIRECT "https://zone.example/login/other/back"

/* ---- the provider ---------------------------------------------------------------------------------------------- */

static EVP_PKEY *key, *other_key;
static char issuer[60];

/* What its next token says; each lie changes one thing. */
static struct {
    const char *alg, *iss, *aud, *nonce_is, *sub;
    int64_t exp_in_s;
    EVP_PKEY *by;
    bool cut, discovery_lies;
    char nonce[64], challenge[64], verifier[64];
    int asked;
} tells;

static str number_of(arena *a, EVP_PKEY *k, const char *which)
{
    BIGNUM *n = NULL;
    assert_int_equal(EVP_PKEY_get_bn_param(k, which, &n), 1);
    char *bytes = new_n(a, char, BN_num_bytes(n));
    BN_bn2bin(n, (uint8_t *)bytes);
    str s = base64url_text(a, bytes, BN_num_bytes(n));
    BN_free(n);
    return s;
}

static str sign(arena *a, str text)
{
    uint8_t mac[64], signature[512];
    size_t n = sizeof signature;
    unsigned m = 0;
    if (!strcmp(tells.alg, "none")) return (str){0};
    if (!strcmp(tells.alg, "HS256")) { /* by the public key as a secret: what a careless reader would take */
        str pub = number_of(a, key, OSSL_PKEY_PARAM_RSA_N);
        HMAC(EVP_sha256(), pub.p, (int)pub.n, (const uint8_t *)text.p, (size_t)text.n, mac, &m);
        return base64url_text(a, mac, (size)m);
    }
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    assert_int_equal(EVP_DigestSignInit(c, NULL, EVP_sha256(), NULL, tells.by), 1);
    assert_int_equal(EVP_DigestSign(c, signature, &n, (const uint8_t *)text.p, (size_t)text.n), 1);
    EVP_MD_CTX_free(c);
    return base64url_text(a, signature, (size)n);
}

static str token(arena *a)
{
    int64_t now = visit_now() / 1000000;
    str head = str_fmt(a, "{\"alg\":\"%s\",\"kid\":\"one\",\"typ\":\"JWT\"}", tells.alg);
    str claims = str_fmt(a, "{\"iss\":\"%s\",\"aud\":%s,\"sub\":\"%s\",\"nonce\":\"%s\",\"iat\":%lld,\"exp\":%lld}", tells.iss, tells.aud, tells.sub,
                         tells.nonce_is ? tells.nonce_is : tells.nonce, (long long)now, (long long)(now + tells.exp_in_s));
    str text = str_fmt(a, SF "." SF, SA(base64url_text(a, head.p, head.n)), SA(base64url_text(a, claims.p, claims.n)));
    str signature = sign(a, text);
    return tells.cut ? str_fmt(a, SF "." SF, SA(text), SA(str_head(signature, signature.n - 4))) : str_fmt(a, SF "." SF, SA(text), SA(signature));
}

/* The verifier that was sent has to be the one whose hash came first, and the client has to know its secret. */
static str answer_token(arena *a, str request)
{
    uint8_t sum[32];
    str verifier = visit_between(request, "code_verifier=", "&");
    if (!verifier.n) verifier = str_from(request, str_find(request, S("code_verifier=")) + 14);
    sha256(verifier, sum);
    bool proved = str_eqz(base64url_text(a, sum, sizeof sum), tells.challenge);
    bool client = str_find(request, S("Authorization: Basic bGluZ2ZlaTpzZXNhbWU=")) > 0 && str_find(request, S("code=the-code")) > 0;
    bool redirect = str_find(request, S("redirect_uri=https%3A%2F%2Fzone.example%2Flogin%2Fother%2Fback")) > 0;
    return proved && client && redirect ? str_fmt(a, "{\"access_token\":\"x\",\"token_type\":\"Bearer\",\"id_token\":\"" SF "\"}", SA(token(a))) : (str){0};
}

static str answer_to(arena *a, str request)
{
    if (str_find(request, S("openid-configuration")) > 0)
        return str_fmt(a, "{\"issuer\":\"%s\",\"authorization_endpoint\":\"%s/authorize\",\"token_endpoint\":\"%s/token\",\"jwks_uri\":\"%s/jwks\"}",
                       tells.discovery_lies ? "https://elsewhere.example" : issuer, issuer, issuer, issuer);
    if (str_find(request, S("GET /jwks")) == 0)
        return str_fmt(a, "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"kid\":\"one\",\"n\":\"" SF "\",\"e\":\"" SF "\"}]}", SA(number_of(a, key, OSSL_PKEY_PARAM_RSA_N)),
                       SA(number_of(a, key, OSSL_PKEY_PARAM_RSA_E)));
    return str_find(request, S("POST /token")) == 0 ? answer_token(a, request) : (str){0};
}

static void serve_one(int fd)
{
    arena a;
    arena_init(&a, 4 << 20, NULL, NULL);
    buf b = buf_new(&a, 8192);
    struct pollfd p = {fd, POLLIN, 0};
    while (poll(&p, 1, 50) > 0) {
        ssize_t n = recv(fd, buf_room(&b, 8192), 8192, 0);
        if (n <= 0) break;
        b.n += n;
    }
    str body = answer_to(&a, buf_str(&b));
    str all = str_fmt(&a, "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %td\r\nConnection: close\r\n\r\n" SF, body.n ? "200 OK" : "400 Bad Request", body.n, SA(body));
    tells.asked++;
    if (send(fd, all.p, (size_t)all.n, MSG_NOSIGNAL) < 0) perror("provider");
    close(fd);
    arena_done(&a);
}

static int listening;
static void *provide(void *none)
{
    for (int fd; (fd = accept(listening, NULL, NULL)) >= 0;) serve_one(fd);
    return none;
}

static void open_provider(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t n = sizeof at;
    pthread_t thread;
    listening = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(listening, (struct sockaddr *)&at, sizeof at) | listen(listening, 16) | getsockname(listening, (struct sockaddr *)&at, &n), 0);
    snprintf(issuer, sizeof issuer, "http://127.0.0.1:%d", ntohs(at.sin_port));
    key = EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)2048);
    other_key = EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)2048);
    assert_int_equal(pthread_create(&thread, NULL, provide, NULL), 0);
    pthread_detach(thread);
}

static void tells_the_truth(void)
{
    tells.alg = "RS256", tells.iss = issuer, tells.aud = "\"" CLIENT "\"", tells.nonce_is = NULL, tells.sub = "person-17", tells.exp_in_s = 300;
    tells.by = key, tells.cut = tells.discovery_lies = false;
}

/* ---- the site ---------------------------------------------------------------------------------------------------- */

static int begin(void **state)
{
    static world w;
    open_provider();
    world_begin(&w, "2018-11-05");
    w.h.config.provider = (provider){str_of(issuer), S(CLIENT), S("sesame"), S(REDIRECT), S("一网通办")};
    w.h.face.provider = &w.h.config.provider;
    visit_open(&w);
    tells_the_truth();
    *state = &w;
    return 0;
}

static int end(void **state)
{
    visit_close();
    shutdown(listening, SHUT_RDWR);
    close(listening);
    world_end(*state);
    EVP_PKEY_free(key);
    EVP_PKEY_free(other_key);
    return 0;
}

static browser fresh(void) { return (browser){.a = &visit_world->at.a}; }

/* What the browser is sent away with, remembered as the provider would. */
static str set_out(browser *b, const char *from)
{
    answer_seen s = visit_get(b, from);
    visit_status(s, 303, from);
    str to = visit_header(s, "Location");
    assert_true(str_starts(to, str_fmt(b->a, "%s/authorize?response_type=code&client_id=" CLIENT "&redirect_uri=https%%3A%%2F%%2Fzone.example%%2Flogin%%2Fother%%2Fback&scope=openid&state=", issuer)));
    assert_true(str_find(to, S("code_challenge_method=S256")) > 0);
    str nonce = visit_between(to, "nonce=", "&"), challenge = visit_between(to, "code_challenge=", "&");
    snprintf(tells.nonce, sizeof tells.nonce, SF, SA(nonce));
    snprintf(tells.challenge, sizeof tells.challenge, SF, SA(challenge));
    return str_dup(b->a, visit_between(to, "state=", "&"));
}

static answer_seen come_back(browser *b, str state)
{
    return visit_get(b, str_z(b->a, str_fmt(b->a, "/login/other/back?code=the-code&state=" SF, SA(state))));
}

static void says(answer_seen s, const char *english)
{
    str want = tr(LANG_ZH, english);
    if (str_find(s.body, want) < 0) fail_msg("%s: " SF, english, SA(str_head(visit_between(s.body, "<main", "</main>"), 2000)));
}

static void a_linked_account_is_opened_by_the_provider(void **state)
{
    (void)state;
    browser b = fresh(), c = fresh();
    answer_seen page = visit_get(&b, "/login");
    assert_true(str_find(page.body, S("一网通办")) > 0);
    answer_seen s = come_back(&b, set_out(&b, "/login/other"));
    visit_status(s, 403, "not linked yet");
    says(s, "This sign-in belongs to no account here yet. Sign in with your password and link it under My account.");

    visit_as(&b, "agency1");
    visit_status(come_back(&b, set_out(&b, "/account/other")), 303, "linked");
    visit_status(come_back(&b, set_out(&b, "/account/other")), 409, "linked already");
    s = come_back(&c, set_out(&c, "/login/other?next=%2Fmessages"));
    visit_status(s, 303, "signed in");
    assert_true(str_eqz(visit_header(s, "Location"), "/messages"));
    page = visit_get(&c, "/account");
    visit_status(page, 200, "inside");
    assert_true(str_find(page.body, S("agency1")) > 0);
}

static void every_lie_is_refused_for_its_reason(void **state)
{
    (void)state;
    static const char bad_key[] = "The sign-in provider's answer is not signed by its key.",
                      bad_alg[] = "The sign-in provider's answer is not signed in a way that is taken here (RS256).";
    struct { const char *what, *says; } t[] = {
        {"none", bad_alg}, {"hs256", bad_alg}, {"other key", bad_key}, {"cut", bad_key},
        {"issuer", "The answer comes from another sign-in provider."}, {"audience", "The sign-in provider's answer is meant for another site."},
        {"audiences", "The sign-in provider's answer is meant for another site."}, {"nonce", "The sign-in provider's answer belongs to another sign-in."},
        {"old", "The sign-in provider's answer is too old. Sign in again."}, {"discovery", "The answer comes from another sign-in provider."},
    };
    for (int i = 0; i < countof(t); i++) {
        browser b = fresh();
        const char *what = t[i].what;
        tells_the_truth();
        str mine = set_out(&b, "/login/other");
        if (!strcmp(what, "none")) tells.alg = "none";
        if (!strcmp(what, "hs256")) tells.alg = "HS256";
        if (!strcmp(what, "other key")) tells.by = other_key;
        tells.cut = !strcmp(what, "cut");
        if (!strcmp(what, "issuer")) tells.iss = "https://elsewhere.example";
        if (!strcmp(what, "audience")) tells.aud = "\"another\"";
        if (!strcmp(what, "audiences")) tells.aud = "[\"another\",\"" CLIENT "\"]"; /* and nobody says for whom it was asked */
        if (!strcmp(what, "nonce")) tells.nonce_is = "the-nonce-of-another";
        if (!strcmp(what, "old")) tells.exp_in_s = -600;
        tells.discovery_lies = !strcmp(what, "discovery");
        answer_seen s = come_back(&b, mine);
        visit_status(s, 403, what);
        says(s, t[i].says);
        visit_status(visit_get(&b, "/account"), 303, "still nobody");
    }
    tells_the_truth();
}

static void an_answer_fits_only_where_and_when_it_was_asked_for(void **state)
{
    (void)state;
    static const char begin_again[] = "This sign-in was not begun in this browser, or too long ago. Begin again.";
    browser b = fresh(), thief = fresh();
    str mine = set_out(&b, "/login/other");
    says(come_back(&thief, mine), begin_again);                 /* no trip of his own */
    set_out(&thief, "/login/other");
    says(come_back(&thief, mine), begin_again);                 /* another's state */
    int asked = tells.asked;
    says(come_back(&b, S("guessed")), begin_again);
    assert_int_equal(tells.asked, asked);                       /* the provider is not even asked */
    says(come_back(&b, mine), begin_again);                     /* a trip has one end */
    mine = set_out(&b, "/login/other");
    strcpy(tells.challenge, "the-challenge-of-another");
    visit_status(come_back(&b, mine), 503, "a code without its verifier");
    mine = set_out(&b, "/login/other");
    answer_seen s = visit_get(&b, str_z(b.a, str_fmt(b.a, "/login/other/back?error=access_denied&state=" SF, SA(mine))));
    says(s, "The sign-in provider has refused. Begin again, or sign in with your password.");
    s = visit_get(&b, "/login/other?next=https://evil.example/");
    visit_status(s, 303, "out");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_linked_account_is_opened_by_the_provider),
        cmocka_unit_test(every_lie_is_refused_for_its_reason),
        cmocka_unit_test(an_answer_fits_only_where_and_when_it_was_asked_for),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
