/* SPDX-License-Identifier: Apache-2.0 */
/* fetch.c: requests of ours by libcurl. */
#include "web/fetch.h"

#include <curl/curl.h>

enum { MOST = 1 << 20, SECONDS = 10 };

bool fetch_may(str url)
{
    static const char *const here[] = {"http://127.0.0.1:", "http://127.0.0.1/", "http://[::1]:", "http://[::1]/", "http://localhost:", "http://localhost/"};
    bool may = str_starts(url, S("https://"));
    for (int i = 0; i < countof(here); i++) may |= str_starts(url, str_of(here[i]));
    return may;
}

/* In curl's frames no memory is taken from the arena: there is room from the start. */
static size_t take(char *piece, size_t one, size_t n, void *to)
{
    buf *b = to;
    size bytes = (size)(one * n);
    if (b->n + bytes > MOST) return 0;
    memcpy(b->p + b->n, piece, (size_t)bytes);
    b->n += bytes;
    return one * n;
}

static void give_back(void *c) { curl_easy_cleanup(c); }

static void set_up(CURL *c, arena *a, str url, str form, str user, str password, buf *out)
{
    curl_easy_setopt(c, CURLOPT_URL, str_z(a, url));
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)SECONDS);
    curl_easy_setopt(c, CURLOPT_PROXY, "");
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, out);
    if (form.n) {
        curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long)form.n);
        curl_easy_setopt(c, CURLOPT_COPYPOSTFIELDS, str_z(a, form));
    }
    if (user.n) {
        curl_easy_setopt(c, CURLOPT_USERNAME, str_z(a, user));
        curl_easy_setopt(c, CURLOPT_PASSWORD, str_z(a, password));
    }
}

err fetch(arena *a, str url, str form, str user, str password, str *body)
{
    long status = 0;
    if (!fetch_may(url)) return err_with(ERR_BUSY, "", N_("{0} is no address that is asked: it must begin with https://."), url, (str){0}, (str){0});
    buf out = buf_new(a, MOST);
    CURL *c = curl_easy_init();
    if (!c) return err_of(ERR_BUSY, "", N_("There is no memory for this now. Try again in a moment."));
    arena_cleanup(a, give_back, c); /* before anything can run out of memory */
    set_up(c, a, url, form, user, password, &out);
    CURLcode done = curl_easy_perform(c);
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
    *body = buf_str(&out);
    if (done == CURLE_OK && status == 200) return NO_ERR;
    str why = done == CURLE_OK ? str_fmt(a, "%ld", status) : str_of(curl_easy_strerror(done));
    return err_with(ERR_BUSY, "", N_("The sign-in provider does not answer as it should ({0}). Try again, or sign in with your password."), why, (str){0}, (str){0});
}
