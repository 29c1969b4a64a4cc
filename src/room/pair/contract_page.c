/* SPDX-License-Identifier: Apache-2.0 */
/* contract_page.c: the text of an agreement as a PDF, and the public's question: is this ours? */
#include "base/days.h"
#include "format/hash.h"
#include "format/json.h"
#include "format/pdf.h"
#include "gen/room/pair/change_sql.h"
#include "gen/room/pair/contract_sql.h"
#include "room/document/document.h"
#include "room/pair/change.h"
#include "room/pair/clause.h"
#include "room/pair/contract.h"

static void add_signatures(ctx *c, const view *signatures, view *words)
{
    view *body = view_get(words, S("body"));
    clause_head(body, "签署");
    view *facts = view_put_list(view_add_map(body), S("facts"));
    for (const view *s = signatures->first; s; s = s->next)
        clause_fact(facts, str_z(c->a, choice_word(LANG_ZH, change_parties, view_get_text(s, S("party")))),
                    str_fmt(c->a, SF "  " SF, SA(view_get_text(s, S("name"))), SA(time_words(c->a, view_get_int(s, S("signed_at"), 0), LANG_ZH))));
}

err contract_pdf(req *r, str text, str sha256, const view *signatures, str *pdf)
{
    ctx *c = r->ctx;
    view *words;
    TRY(json_read(c->a, text, &words));
    if (signatures) add_signatures(c, signatures, words);
    else clause_block(view_get(words, S("body")), "note", S("本件供签署前阅读，尚未签署。"));
    view_text(words, S("verify"), str_fmt(c->a, "SHA-256 " SF, SA(sha256)));
    str origin = web_origin(r);
    if (signatures && origin.n) {
        view *qr = view_put_map(words, S("qr"));
        view_text(qr, S("text"), str_fmt(c->a, SF "/check/" SF, SA(origin), SA(sha256)));
        view_text(qr, S("caption"), S("扫码核验"));
    }
    return pdf_in_child(c->makers, c->a, words, pdf);
}

/* GET /agreements/{id}/contract: made once after both have signed, and kept; a reading copy before */
static err send_pdf(req *r)
{
    ctx *c = r->ctx;
    agreement a;
    contract_text t;
    bool found;
    str pdf;
    TRY(agreement_get(c, req_id(r), &a));
    TRY(contract_last(c, a.id, &t, &found));
    if (!found) return err_of(ERR_MISSING, "", N_("The agreement has no text yet: it is written when it is sent to be signed."));
    if (t.pdf_doc) return document_send(r, t.pdf_doc);
    bool is_signed = a.signed_enterprise_at && a.signed_agency_at;
    view *signatures = view_map(c->a);
    TRY(store_rows(c, &contract_signatures_of, signatures, S("rows"), ARGS(a.id, t.round)));
    TRY(contract_pdf(r, t.text, t.sha256, is_signed ? view_get(signatures, S("rows")) : NULL, &pdf));
    str name = str_fmt(c->a, "agreement-%lld.pdf", (long long)a.id);
    if (is_signed && c->who.org) {
        contract_copy n = {.id = a.id, .round = t.round, .sha256 = sha256_hex(c->a, pdf)};
        TRY(document_make(c, name, S("application/pdf"), pdf, &n.document));
        TRY(store_act(c, &contract_print, &n));
    }
    return web_bytes(r, S("application/pdf"), name, pdf);
}

/* ---- is this ours? ----------------------------------------------------------------------------------------------------------------- */

typedef struct proof_form { str hash; int64_t file; } proof_form;
SHAPE(proof_form, FIELD(proof_form, hash, F_TEXT, .label = N_("SHA-256 printed on the agreement"), .hint = N_("64 letters and digits; or send the file instead"), .max = 100),
      FIELD(proof_form, file, F_FILE, .label = N_("The agreement as PDF"), .hint = N_("At most 20 MB; it is compared and shown to nobody")));

static err find_text(ctx *c, str hash, contract_text *t, bool *found)
{
    TRY(store_find(c, &contract_text_of_hash, &contract_text_shape, t, found, ARGS(hash)));
    return *found ? NO_ERR : store_find(c, &contract_text_of_pdf, &contract_text_shape, t, found, ARGS(hash));
}

/* A change is genuine once it is filed. */
static err check_change(ctx *c, str hash, view *v, bool *found)
{
    change g;
    agreement of;
    int64_t id;
    TRY(store_int(c, &change_of_hash, &id, ARGS(hash)));
    *found = id != 0;
    if (!id) return NO_ERR;
    TRY(store_row(c, &change_row, &change_shape, &g, ARGS(id)));
    TRY(agreement_fetch(c, g.agreement, &of));
    view_bool(v, S("is_change"), true);
    view_text(v, S("number"), of.number);
    view_text(v, S("subject"), of.subject);
    view_text(v, S("enterprise_name"), of.enterprise_name);
    view_text(v, S("agency_name"), of.agency_name);
    view_text(v, S("step"), g.state);
    view_choice(c->lang, v, S("step"), change_states);
    bool filed = str_eqz(g.state, "filed");
    view_bool(v, S("genuine"), filed);
    view_bool(v, S("unsigned"), !filed);
    return NO_ERR;
}

static err answer_check(req *r, str hash)
{
    ctx *c = r->ctx;
    view *v = view_map(c->a);
    bool of_change;
    contract_text t, last = {0};
    bool found, any;
    TRY(find_text(c, hash, &t, &found));
    if (found) TRY(contract_last(c, t.agreement, &last, &any));
    web_title(r, v, N_("Is this agreement genuine?"), (str){0});
    view_text(v, S("sha256"), hash);
    view_bool(v, S("checked"), true);
    if (found) TRY(store_map(c, &contract_public_of, v, ARGS(t.agreement)));
    bool both = found && t.round == last.round && view_get(v, S("signed_enterprise_at"))->i && view_get(v, S("signed_agency_at"))->i;
    view_bool(v, S("genuine"), both);
    view_bool(v, S("unsigned"), found && !both);
    if (!found) TRY(check_change(c, hash, v, &of_change));
    if (found) {
        const flow *f;
        str node = str_dup(c->a, view_get_text(v, S("node")));
        TRY(flow_version(c, view_get_int(v, S("flow_id"), 0), &f));
        view_code(v, S("step"), node, flow_node_name(flow_node_of(f, node), c->lang));
    }
    form_show(r, v, "form", &proof_form_shape, NULL, S("/check"), N_("Check it"));
    return web_page(r, "pair/check", v);
}

/* GET /check */
static err ask_check(req *r)
{
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("Is this agreement genuine?"), (str){0});
    form_show(r, v, "form", &proof_form_shape, NULL, S("/check"), N_("Check it"));
    return web_page(r, "pair/check", v);
}

/* POST /check */
static err do_check(req *r)
{
    proof_form f;
    document d;
    TRY(form_read(r, &proof_form_shape, &f));
    str hash = str_trim(f.hash);
    if (f.file && !document_get(r->ctx, f.file, &d).kind) hash = d.sha256;
    if (!hash.n) return err_of(ERR_INPUT, "hash", N_("Type the SHA-256 or send the file."));
    for (size i = 0; i < hash.n; i++)
        if (hash.p[i] >= 'A' && hash.p[i] <= 'F') ((char *)(uintptr_t)hash.p)[i] |= 32;
    return answer_check(r, hash);
}

/* GET /check/{sha256}: what the code on the paper leads to */
static err show_check(req *r) { return answer_check(r, req_part(r, "sha256")); }

#define SEES PARTY
const route contract_routes[] = {
    {GET, "/agreements/{id}/contract", SEES, send_pdf, N_("Read the text of an agreement as PDF"), .flags = SLOW, .counter = "agreement"},
    {GET, "/check", ANYONE, ask_check, N_("Ask whether an agreement is genuine")},
    {GET, "/check/{sha256}", ANYONE, show_check, N_("Read whether an agreement is genuine")},
    {POST, "/check", ANYONE, do_check, N_("Compare an agreement with ours"), .form = &proof_form_shape, .back = "/check"},
    {0},
};
