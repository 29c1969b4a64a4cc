/* SPDX-License-Identifier: Apache-2.0 */
/* xml_test.c: XML into a tree; what is hostile or broken is refused with file and line. */
#include "format/test.h"

#include "format/xml.h"

/* The tree as one text: {ns}name@line(attributes)'text'[children]. */
static void draw(buf *b, const xml_node *n)
{
    if (n->ns.n) buf_fmt(b, "{" SF "}", SA(n->ns));
    buf_fmt(b, SF "@%d", SA(n->name), n->line);
    for (int i = 0; i < n->attr_n; i++)
        buf_fmt(b, "(" SF ":" SF "=" SF ")", SA(n->attrs[i].ns), SA(n->attrs[i].name),
                SA(n->attrs[i].value));
    if (n->text.n) buf_fmt(b, "'" SF "'", SA(n->text));
    if (!n->first) return;
    buf_byte(b, '[');
    for (const xml_node *c = n->first; c; c = c->next) {
        if (c != n->first) buf_byte(b, ' ');
        assert_ptr_equal(c->up, n);
        draw(b, c);
    }
    buf_byte(b, ']');
}

static void a_document_becomes_a_tree(void **state)
{
    static const struct { const char *from, *want; } t[] = {
        {"<a/>", "a@1"},
        {"<?xml version='1.0' encoding='UTF-8'?>\n<!-- c --><a b='1' c=\"2\">x</a>\n", "a@2(:b=1)(:c=2)'x'"},
        {"<a>x<b>1</b>y\n<c/>z<?pi?>&lt;&#x5927;<![CDATA[<d/>]]></a>",
         "a@1'xy\nz<大<d/>'[b@1'1' c@2]"},
        {"<p:a xmlns:p='urn:p' xmlns='urn:d'><b p:c='1' d='2'/><e xmlns=''/></p:a>",
         "{urn:p}a@1[{urn:d}b@1(urn:p:c=1)(:d=2) e@1]"},
        {"<a xml:lang='zh'/>", "a@1(http://www.w3.org/XML/1998/namespace:lang=zh)"},
        {"<a b='1\n2\t3&#10;&quot;'/>", "a@1(:b=1 2 3\n\")"},
        {"<企业 名='大连'>高新</企业>", "企业@1(:名=大连)'高新'"},
    };
    for (int i = 0; i < countof(t); i++) {
        xml_node *root = NULL;
        assert_ok(xml_read(*state, S("f.xml"), str_of(t[i].from), &root));
        buf b = buf_new(*state, 0);
        draw(&b, root);
        assert_str(buf_str(&b), t[i].want);
    }
}

static void what_is_refused_names_file_and_line(void **state)
{
    static const struct { const char *from; err_kind kind; const char *why; } t[] = {
        {"", ERR_INPUT, "f.xml:1: this is not well-formed XML (no element found)."},
        {"<a>\n<b></a>", ERR_INPUT, "f.xml:2: this is not well-formed XML (mismatched tag)."},
        {"<a b='1' b='2'/>", ERR_INPUT, "f.xml:1: this is not well-formed XML (duplicate attribute)."},
        {"<a>\n\n&nbsp;</a>", ERR_INPUT, "f.xml:3: this is not well-formed XML (undefined entity)."},
        {"<a><p:b/></a>", ERR_INPUT, "f.xml:1: this is not well-formed XML (unbound prefix)."},
        {"<a/>\n<b/>", ERR_INPUT, "f.xml:2: this is not well-formed XML (junk after document element)."},
        {"\n<!DOCTYPE a [<!ENTITY x 'xxxx'><!ENTITY y '&x;&x;'>]><a>&y;</a>", ERR_INPUT,
         "f.xml:2: a document type (DTD) is not accepted."},
        {"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", ERR_INPUT,
         "f.xml:1: a document type (DTD) is not accepted."},
        {"<a>\xB4\xF3</a>", ERR_INPUT, "f.xml:1: the file is not UTF-8 text."},
        {"<a>&#0;</a>", ERR_INPUT,
         "f.xml:1: this is not well-formed XML (reference to invalid character number)."},
    };
    for (int i = 0; i < countof(t); i++) {
        xml_node *root = NULL;
        err e = xml_read(*state, S("f.xml"), str_of(t[i].from), &root);
        assert_str(reason(*state, e), t[i].why);
        assert_int_equal(e.kind, t[i].kind);
        assert_null(root);
    }
}

static str nested(arena *a, int depth)
{
    buf b = buf_new(a, 0);
    for (int i = 0; i < depth; i++) buf_putz(&b, "<a>\n");
    for (int i = 0; i < depth; i++) buf_putz(&b, "</a>");
    return buf_str(&b);
}

static void documents_have_limits(void **state)
{
    xml_node *root = NULL;
    assert_ok(xml_read(*state, S("f"), nested(*state, XML_DEPTH_MAX), &root));
    err e = xml_read(*state, S("f"), nested(*state, XML_DEPTH_MAX + 1), &root);
    assert_int_equal(e.kind, ERR_LARGE);
    assert_str(reason(*state, e), "f:65: elements stand deeper inside each other than 64 levels.");

    buf b = buf_new(*state, 0);
    buf_putz(&b, "<r>");
    for (int i = 0; i <= XML_NODES_MAX; i++) buf_putz(&b, "<a/>");
    buf_putz(&b, "</r>");
    e = xml_read(*state, S("f"), buf_str(&b), &root);
    assert_str(reason(*state, e), "f:1: the file has more than 200000 elements.");

    b.n = 0;
    buf_putz(&b, "<r>");
    for (int i = 0; i < 70; i++) buf_fmt(&b, "<a xmlns='urn:%d'/>", i);
    buf_putz(&b, "</r>");
    e = xml_read(*state, S("f"), buf_str(&b), &root);
    assert_str(reason(*state, e), "f:1: there are more than 64 namespaces.");

    b.n = 0;
    buf_putz(&b, "<r xmlns='");
    for (int i = 0; i < 513; i++) buf_byte(&b, 'u');
    buf_putz(&b, "'/>");
    e = xml_read(*state, S("f"), buf_str(&b), &root);
    assert_str(reason(*state, e), "f:1: a namespace's name is longer than 512 bytes.");

    char *spaces = new_n(*state, char, XML_BYTES_MAX + 1);
    e = xml_read(*state, S("f"), (str){spaces, XML_BYTES_MAX + 1}, &root);
    assert_str(reason(*state, e), "f:1: the file is longer than 8388608 bytes.");
}

/* The room is counted beforehand: documents made of nothing but one kind of thing must fit it. */
static void the_room_suffices_for_every_mixture(void **state)
{
    static const char *const part[] = {
        "<a/>", "x<a/>", "<a b=''/>", "<a b='x'>&lt;</a>", "\n", "&amp;\n", "<![CDATA[<<==]]>",
        "<!-- = < xmlns -->", "<?p = <?>", "<a xmlns='u' xml:b='='/>", "大<a>\n</a>\r\n",
    };
    for (int i = 0; i < countof(part); i++) {
        for (int k = 0; k < countof(part); k++) {
            buf b = buf_new(*state, 0);
            buf_putz(&b, "<r>");
            for (int n = 0; n < 50; n++) buf_fmt(&b, "%s%s", part[i], part[k]);
            buf_putz(&b, "</r>");
            xml_node *root = NULL;
            assert_ok(xml_read(*state, S("f"), buf_str(&b), &root));
        }
    }
}

static void children_and_attributes_are_found_by_name(void **state)
{
    xml_node *root = NULL;
    str doc = S("<r xmlns:x='urn:x'><a n='1'/><x:a n='2'/><b x:n='3'/><a n='4'/></r>");
    assert_ok(xml_read(*state, S("f"), doc, &root));
    const xml_node *a = xml_child(root, S(""), S("a"));
    assert_str(xml_attr_text(a, S(""), S("n")), "1");
    a = xml_sibling(a, S(""), S("a"));
    assert_str(xml_attr_text(a, S(""), S("n")), "2");
    assert_true(xml_is(a, S("urn:x"), S("a")));
    assert_str(xml_attr_text(xml_sibling(a, S(""), S("a")), S(""), S("n")), "4");
    assert_ptr_equal(xml_child(root, S("urn:x"), S("a")), a);
    const xml_node *b = xml_child(root, S(""), S("b"));
    assert_null(xml_attr_find(b, S(""), S("n")));
    assert_str(xml_attr_text(b, S("urn:x"), S("n")), "3");
    assert_null(xml_child(root, S(""), S("c")));
    assert_null(xml_sibling(b, S("urn:x"), S("a")));
}

static void text_written_is_text_read(void **state)
{
    static const struct { const char *from, *want; } t[] = {
        {"a<b>&\"'大\t\n\r", "a<b>&\"'大\t\n\r"},
        {"\x01\x7F\xEF\xBF\xBE", "\xEF\xBF\xBD\x7F\xEF\xBF\xBD"},
        {"\xEF\xBF\xBD", "\xEF\xBF\xBD"},
    };
    for (int i = 0; i < countof(t); i++) {
        buf b = buf_new(*state, 0);
        buf_putz(&b, "<a>");
        xml_text(&b, str_of(t[i].from));
        buf_putz(&b, "</a>");
        xml_node *root = NULL;
        assert_ok(xml_read(*state, S("f"), buf_str(&b), &root));
        assert_str(root->text, t[i].want);
    }
}

static void the_interchange_models_are_read(void **state)
{
    static const char *const file[] = {
        "A.1.0", "A.2.0", "A.2.1", "A.3.0", "A.4.0", "A.4.1", "B.1.0", "B.2.0", "C.1.0", "C.1.1", "C.2.0",
        "C.3.0", "C.4.0", "C.5.0", "C.6.0", "C.7.0", "C.8.0", "C.8.1", "C.9.0", "C.9.1", "C.9.2",
    };
    for (int i = 0; i < countof(file); i++) {
        str bytes;
        if (!shared_file(*state, str_z(*state, str_fmt(*state, "bpmn-miwg/%s.bpmn", file[i])), &bytes))
            skip();
        xml_node *root = NULL;
        assert_ok(xml_read(*state, str_of(file[i]), bytes, &root));
        assert_true(xml_is(root, S("http://www.omg.org/spec/BPMN/20100524/MODEL"), S("definitions")));
        assert_true(root->line >= 1);
        assert_non_null(root->first);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_document_becomes_a_tree), TEST(what_is_refused_names_file_and_line),
        TEST(documents_have_limits), TEST(the_room_suffices_for_every_mixture),
        TEST(children_and_attributes_are_found_by_name), TEST(text_written_is_text_read),
        TEST(the_interchange_models_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
