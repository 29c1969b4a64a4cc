/* SPDX-License-Identifier: Apache-2.0 */
/* flow_bpmn_test.c: what is read from BPMN, what is refused and with which sentence. */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/embed.h"
#include "flow/flow_parts.h"

static err nothing(ctx *c, const flow_move *m) { return (void)c, (void)m, NO_ERR; }
static const flow_action acts[] = {{"act", nothing},
                                   {"publish_notice", nothing},
                                   {"settle", nothing},
                                   {"grant_reward", nothing},
                                   {0}};
static const flow_action signs[] = {
    {"signed", nothing}, {"file_agreement", nothing}, {"release_agreement", nothing}, {0}};
static const char *const forms[] = {"form", NULL};
static const flow_kind kinds[] = {
    {.flow = "t", .actions = acts, .forms = forms},
    {.flow = "subsidy", .actions = acts},
    {.flow = "agreement", .actions = signs},
};

static arena a;
static int begin(void **state)
{
    return (void)state, arena_init(&a, (size)64 << 20, NULL, NULL), 0;
}
static int end(void **state) { return (void)state, arena_done(&a), 0; }

/* Line by line, so that the expected line numbers can be counted: the first of these is line 3. */
static const char sound[] =
    "<laneSet><lane id='l' "
    "lf:role='agency'><flowNodeRef>a</flowNodeRef><flowNodeRef>b</flowNodeRef></lane></laneSet>\n"
    "<startEvent id='s'/>\n" /* 4 */
    "<userTask id='a' name='A'/>\n" /* 5 */
    "<exclusiveGateway id='g'/>\n" /* 6 */
    "<userTask id='b' name='B' lf:differs-from='a'/>\n" /* 7 */
    "<serviceTask id='x' lf:action='act'/>\n" /* 8 */
    "<intermediateCatchEvent "
    "id='w'><timerEventDefinition><timeDuration>P7D</timeDuration></timerEventDefinition>"
    "</intermediateCatchEvent>\n" /* 9 */
    "<boundaryEvent id='m' attachedToRef='w' "
    "lf:message='stop'><messageEventDefinition/></boundaryEvent>\n" /* 10 */
    "<endEvent id='e'/>\n" /* 11 */
    "<sequenceFlow id='f1' sourceRef='s' targetRef='a'/>\n" /* 12 */
    "<sequenceFlow id='f2' sourceRef='a' targetRef='g'/>\n" /* 13 */
    "<sequenceFlow id='yes' name='Yes' sourceRef='g' targetRef='x'/>\n" /* 14 */
    "<sequenceFlow id='no' name='No' sourceRef='g' targetRef='e' lf:needs-note='true'/>\n" /* 15 */
    "<sequenceFlow id='f3' sourceRef='x' targetRef='w'/>\n" /* 16 */
    "<sequenceFlow id='f4' sourceRef='w' targetRef='b'/>\n" /* 17 */
    "<sequenceFlow id='f5' sourceRef='m' targetRef='a'/>\n" /* 18 */
    "<sequenceFlow id='f6' sourceRef='b' targetRef='e'/>\n"; /* 19 */

static str whole(str body)
{
    return str_fmt(&a,
                   "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' "
                   "xmlns:lf='urn:lingfei:flow:1'>\n"
                   "<process id='t' name='T'>\n" SF "</process></definitions>\n",
                   SA(body));
}

static err read(str body, flow **f)
{
    return flow_read(&a, S("t.bpmn"), whole(body), kinds, countof(kinds), f);
}

static void a_sound_flow_is_read(void **state)
{
    (void)state;
    flow *f;
    err e = read(str_of(sound), &f);
    if (e.kind) fail_msg(SF, SA(e.arg[0]));
    assert_true(str_eqz(f->name, "t") && str_eqz(f->title, "T"));
    assert_int_equal(f->version.n, 64);
    assert_int_equal(f->node_n, 8);
    assert_int_equal(f->edge_n, 8);
    assert_true(str_eqz(f->start->id, "s"));
    const flow_node *task = flow_node_of(f, S("a")), *timer = flow_node_of(f, S("w"));
    assert_int_equal(task->role, ROLE_AGENCY);
    assert_int_equal(task->line, 5);
    const flow_edge *e2[4];
    assert_int_equal(flow_choices(task, e2, 4), 2);
    assert_true(str_eqz(e2[0]->id, "yes") && str_eqz(e2[1]->id, "no"));
    assert_true(flow_choice_of(task, S("no"))->needs_note);
    assert_null(flow_choice_of(task, S("f2")));
    assert_true(flow_choice_of(flow_node_of(f, S("b")), S("f6")) != NULL);
    assert_true(
        str_eqz(flow_choice_name(flow_choice_of(flow_node_of(f, S("b")), S("f6")), LANG_EN), "B"));
    assert_int_equal(timer->timer_days, 7);
    assert_false(timer->working);
    assert_ptr_equal(flow_node_of(f, S("m"))->attached, timer);
    assert_true(flow_before(f, task, timer));
    assert_false(flow_before(f, timer, task));
}

/* One change of the sound flow each; `want` must stand in the message (all of them, parted by |). */
static const struct { const char *name, *what, *with, *want; } broken[] = {
    {"an unsupported element", "<endEvent id='e'/>", "<endEvent id='e'/><parallelGateway id='p'/>",
     "t.bpmn:11: parallelGateway p: this element is not supported; allowed in process: "
     "documentation, laneSet, startEvent"},
    {"a plain task", "<userTask id='a' name='A'/>", "<task id='a' name='A'/>",
     "t.bpmn:5: task a: this element is not supported"},
    {"a script", "<serviceTask id='x' lf:action='act'/>",
     "<scriptTask id='x'><script>rm -rf</script></scriptTask>",
     "t.bpmn:8: scriptTask x: this element is not supported"},
    {"extension elements", "<userTask id='a' name='A'/>",
     "<userTask id='a' name='A'><extensionElements/></userTask>",
     "t.bpmn:5: extensionElements in userTask a: this element is not supported; allowed in "
     "userTask: documentation, incoming"},
    {"a condition", "targetRef='a'/>\n<sequenceFlow id='f2'",
     "targetRef='a'><conditionExpression>x</conditionExpression></sequenceFlow>\n<sequenceFlow "
     "id='f2'",
     "t.bpmn:12: conditionExpression in sequenceFlow f1: this element is not supported; allowed in "
     "sequenceFlow: documentation"},
    {"an end that does more", "<endEvent id='e'/>",
     "<endEvent id='e'><terminateEventDefinition/></endEvent>",
     "t.bpmn:11: terminateEventDefinition in endEvent e: this element is not supported"},
    {"an unsupported attribute", "<userTask id='a'", "<userTask id='a' default='f2'",
     "t.bpmn:5: userTask a: the attribute default is not supported; allowed: id, name,"},
    {"a foreign attribute", "<userTask id='a'", "<userTask xmlns:c='urn:c' c:assignee='x' id='a'",
     "t.bpmn:5: userTask a: the attribute assignee of urn:c is not supported"},
    {"an attribute of ours in the wrong place", "<endEvent id='e'", "<endEvent lf:due='P3D' id='e'",
     "t.bpmn:11: endEvent e: the attribute lf:due is not supported; allowed: id, name, lf:en"},
    {"a misspelt attribute of ours", "lf:differs-from='a'", "lf:differs='a'",
     "t.bpmn:7: userTask b: the attribute lf:differs is not supported; allowed: id, name, "
     "implementation"},
    {"a boundary that does not interrupt", "<boundaryEvent id='m'",
     "<boundaryEvent cancelActivity='false' id='m'",
     "t.bpmn:10: boundaryEvent m: cancelActivity=\"false\" is not supported; allowed is \"true\""},
    {"a lane without a role", " lf:role='agency'", "",
     "t.bpmn:3: lane l: lf:role is missing; allowed: agency, enterprise,"},
    {"a role that nobody has", "'agency'", "'mayor'",
     "t.bpmn:3: lane l: lf:role=\"mayor\" is not a role that acts"},
    {"a role that does not act", "'agency'", "'auditor'",
     "t.bpmn:3: lane l: lf:role=\"auditor\" is not a role that acts"},
    {"a task in no lane", "<flowNodeRef>b</flowNodeRef>", "",
     "t.bpmn:7: userTask b: this task stands in no lane"},
    {"a task in two lanes", "</lane>",
     "</lane><lane id='k' lf:role='bureau'><flowNodeRef>a</flowNodeRef></lane>",
     "t.bpmn:3: flowNodeRef in lane k: a stands in a second lane"},
    {"a lane that names nothing", "<flowNodeRef>b<", "<flowNodeRef>zz</flowNodeRef><flowNodeRef>b<",
     "t.bpmn:3: flowNodeRef in lane l: there is no node zz"},
    {"an unknown action", "lf:action='act'", "lf:action='boom'",
     "t.bpmn:8: serviceTask x: the action boom is not known; allowed: act"},
    {"no action", " lf:action='act'", "", "t.bpmn:8: serviceTask x: lf:action is missing"},
    {"an unknown form", "<userTask id='a'", "<userTask lf:form='nix' id='a'",
     "t.bpmn:5: userTask a: the form nix is not known"},
    {"a due date that is none", "<userTask id='a'", "<userTask lf:due='3' id='a'",
     "t.bpmn:5: userTask a: lf:due=\"3\" is not a number of working days; allowed: P1D to P366D"},
    {"a timer in hours", "P7D", "PT7H",
     "t.bpmn:9: intermediateCatchEvent w: the duration \"PT7H\" is not a number of days"},
    {"a timer of nothing", "P7D", "P0D",
     "the duration \"P0D\" is not a number of days; allowed: P1D to P366D"},
    {"no timer", "<timerEventDefinition><timeDuration>P7D</timeDuration></timerEventDefinition>",
     "", "t.bpmn:9: intermediateCatchEvent w: timerEventDefinition with timeDuration is missing"},
    {"an unknown calendar", "<intermediateCatchEvent id='w'",
     "<intermediateCatchEvent lf:calendar='lunar' id='w'",
     "lf:calendar=\"lunar\" is not known; allowed: working, calendar"},
    {"neither true nor false", "lf:needs-note='true'", "lf:needs-note='yes'",
     "t.bpmn:15: sequenceFlow no: lf:needs-note=\"yes\" is neither"},
    {"no message", " lf:message='stop'", "", "t.bpmn:10: boundaryEvent m: lf:message is missing"},
    {"a message nowhere", "attachedToRef='w'", "attachedToRef='q'",
     "t.bpmn:10: boundaryEvent m: attachedToRef=\"q\" is no node"},
    {"a message at a gateway", "attachedToRef='w'", "attachedToRef='g'",
     "t.bpmn:10: boundaryEvent m: it is attached to g, where no case rests"},
    {"a flow to nowhere", "sourceRef='b' targetRef='e'", "sourceRef='b' targetRef='q'",
     "t.bpmn:19: sequenceFlow f6: targetRef=\"q\" is no node of this process"},
    {"an id twice", "id='f6'", "id='yes'", "t.bpmn:19: sequenceFlow yes: the id is used twice"},
    {"no id", "<endEvent id='e'/>", "<endEvent id='e'/><endEvent/>",
     "t.bpmn:11: endEvent in process t: the id is missing"},
    {"an id of two words", "'f6'", "'f 6'", "t.bpmn:19: sequenceFlow f 6: the id must be one word"},
    {"no start", "<startEvent id='s'/>\n", "\n",
     "t.bpmn:12: sequenceFlow f1: sourceRef=\"s\" is no node"},
    {"two starts", "<startEvent id='s'/>", "<startEvent id='s'/><startEvent id='s2'/>",
     "t.bpmn:4: startEvent s2: a second start; a flow has one|startEvent s2: it has 0 outgoing "
     "sequence flows; a start has one"},
    {"two ways out of a task", "sourceRef='m' targetRef='a'", "sourceRef='b' targetRef='a'",
     "t.bpmn:7: userTask b: it has 2 outgoing sequence flows; a user task has one|boundaryEvent m: "
     "it has 0 outgoing"},
    {"a gateway after a service task", "<sequenceFlow id='f3' sourceRef='x' targetRef='w'/>",
     "<sequenceFlow id='f3' sourceRef='x' targetRef='g'/>",
     "t.bpmn:6: exclusiveGateway g: 2 sequence flows lead into it; a gateway has one|"
     "t.bpmn:16: sequenceFlow f3: it leads into the gateway g from a serviceTask"},
    {"a choice without a name", "name='Yes' ", "",
     "t.bpmn:14: sequenceFlow yes: this choice has no name"},
    {"a reason where nothing is chosen", "id='f1'", "id='f1' lf:needs-note='true'",
     "t.bpmn:12: sequenceFlow f1: lf:needs-note stands only on a choice"},
    {"a resumption of what is no timer", "id='f5'", "id='f5' lf:resume='true'",
     "t.bpmn:18: sequenceFlow f5: lf:resume stands only on a sequence flow into a timer"},
    {"a node that nobody reaches", "<endEvent id='e'/>", "<endEvent id='e'/><endEvent id='far'/>",
     "t.bpmn:11: endEvent far: it cannot be reached from the start"},
    {"no way to an end", "id='f6' sourceRef='b' targetRef='e'/>",
     "id='f6' sourceRef='b' targetRef='z'/><intermediateCatchEvent id='z'><timerEventDefinition>"
     "<timeDuration>P1D</timeDuration></timerEventDefinition></intermediateCatchEvent>"
     "<sequenceFlow id='f9' sourceRef='z' targetRef='z'/>",
     "t.bpmn:7: userTask b: no end can be reached from it|t.bpmn:19: intermediateCatchEvent z: no "
     "end can be reached"},
    {"a cycle without a rest", "id='f3' sourceRef='x' targetRef='w'/>",
     "id='f3' sourceRef='x' targetRef='y'/><serviceTask id='y' lf:action='act'/>"
     "<sequenceFlow id='f9' sourceRef='y' targetRef='x'/>",
     "t.bpmn:8: serviceTask x: no end can be reached|t.bpmn:16: sequenceFlow f9: it closes a cycle "
     "without a rest"},
    {"a timer that could turn for ever", "id='f4' sourceRef='w' targetRef='b'/>",
     "id='f4' sourceRef='w' targetRef='y'/><serviceTask id='y' lf:action='act'/>"
     "<sequenceFlow id='f9' sourceRef='y' targetRef='w' lf:resume='true'/>",
     "t.bpmn:17: sequenceFlow f9: it closes a cycle without a rest"},
    {"four eyes with a task that need not come before", "<userTask id='a'",
     "<userTask lf:differs-from='b' id='a'",
     "t.bpmn:5: userTask a: lf:differs-from names b, which does not always come before"},
    {"four eyes with nobody", "lf:differs-from='a'", "lf:differs-from='a q'",
     "lf:differs-from names q, which is no node of this process"},
    {"four eyes with oneself", "lf:differs-from='a'", "lf:differs-from='b'",
     "lf:differs-from names b, which is this task itself"},
    {"four eyes with an end", "lf:differs-from='a'", "lf:differs-from='e'",
     "lf:differs-from names e, which is not a user task"},
    {"a second process", "<endEvent id='e'/>", "<endEvent id='e'/></process><process id='t2'>",
     "process t2: a second process"},
    {"a collaboration", "<endEvent id='e'/>",
     "<endEvent id='e'/></process><collaboration id='c'/><process id='t2'>",
     "t.bpmn:11: collaboration c: this element is not supported; allowed in definitions: process, "
     "documentation, BPMNDiagram"},
    {"two wrongs at once", "lf:differs-from='a'/>",
     "lf:differs-from='a' lf:due='x'/><subProcess id='u'/>",
     "t.bpmn:7: userTask b: lf:due=\"x\"|t.bpmn:7: subProcess u: this element"},
    {"what is no XML", "<endEvent id='e'/>", "<endEvent id='e'>",
     "t.bpmn:20: this is not well-formed XML (mismatched tag)."},
    {"a document type", "<startEvent id='s'/>", "<!DOCTYPE x><startEvent id='s'/>", "t.bpmn:4: "},
};

static str said(err e) { return err_text(&a, e, str_of(e.text)); }

static void what_is_wrong_is_refused_with_line_and_reason(void **state)
{
    (void)state;
    for (size i = 0; i < countof(broken); i++) {
        str body = str_replace(&a, str_of(sound), str_of(broken[i].what), str_of(broken[i].with));
        if (str_eqz(body, sound)) fail_msg("%s: nothing was changed", broken[i].name);
        flow *f;
        err e = read(body, &f);
        if (e.kind != ERR_INPUT) fail_msg("%s: it was accepted", broken[i].name);
        str text = said(e), rest = str_of(broken[i].want), part;
        while (str_split(&rest, '|', &part))
            if (str_find(text, part) < 0)
                fail_msg("%s:\n" SF "\ndoes not say:\n" SF, broken[i].name, SA(text), SA(part));
        str line; /* every line of the answer names file and line */
        while (str_split(&text, '\n', &line)) assert_true(str_starts(line, S("t.bpmn:")));
    }
}

static void a_file_of_another_kind_is_refused(void **state)
{
    (void)state;
    flow *f;
    err e = flow_read(&a, S("x.bpmn"), S("<html/>"), NULL, 0, &f);
    assert_int_equal(e.kind, ERR_INPUT);
    assert_true(str_starts(said(e), S("x.bpmn:1: html: the file is not BPMN 2.0")));
    e = flow_read(&a, S("x.bpmn"), S(""), NULL, 0, &f);
    assert_int_equal(e.kind, ERR_INPUT);
    assert_true(str_starts(said(e), S("x.bpmn:1: ")));
    char *big = new_n(&a, char, FLOW_BYTES_MAX + 1);
    e = flow_read(&a, S("x.bpmn"), (str){big, FLOW_BYTES_MAX + 1}, NULL, 0, &f);
    assert_int_equal(e.kind, ERR_LARGE);
}

static void errors_come_by_line(void **state)
{
    (void)state;
    str body = str_replace(&a, str_of(sound), S("lf:needs-note='true'"), S("lf:needs-note='1'"));
    body = str_replace(&a, body, S("lf:action='act'"), S(""));
    body = str_replace(&a, body, S("lf:role='agency'"), S("")); /* read after the nodes */
    flow *f;
    str text = said(read(body, &f)), line;
    const char *want[] = {"t.bpmn:3: lane l", "t.bpmn:8: serviceTask x",
                          "t.bpmn:15: sequenceFlow no"};
    for (size i = 0; i < countof(want); i++) {
        assert_true(str_split(&text, '\n', &line));
        assert_true(str_starts(line, str_of(want[i])));
    }
    assert_int_equal(text.n, 0);
}

static void without_kinds_or_of_an_unknown_kind_a_flow_can_still_be_checked(void **state)
{
    (void)state;
    str body = str_replace(&a, str_of(sound), S("'act'"), S("'boom'"));
    flow *f;
    assert_int_equal(flow_read(&a, S("t.bpmn"), whole(body), NULL, 0, &f).kind, OK);
    str other =
        str_replace(&a, whole(str_of(sound)), S("<process id='t'"), S("<process id='other'"));
    assert_int_equal(flow_read(&a, S("t.bpmn"), other, kinds, countof(kinds), &f).kind,
                     OK); /* `act` is some kind's */
    str unknown = str_replace(&a, other, S("'act'"), S("'boom'"));
    assert_int_equal(flow_read(&a, S("t.bpmn"), unknown, kinds, countof(kinds), &f).kind,
                     ERR_INPUT);
}

/* What modellers write of their own accord. */
static void the_harmless_defaults_of_modellers_are_accepted(void **state)
{
    (void)state;
    static const struct { const char *what, *with;
    } t[] = {
        {"<userTask id='a' name='A'/>",
         "<userTask id='a' name='A&#10;B' startQuantity='1' completionQuantity='1' "
         "isForCompensation='false' "
         "implementation='##WebService'><documentation "
         "textFormat='text/html'><p>x</p></documentation>"
         "<incoming>f1</incoming><outgoing>f2</outgoing></userTask>"},
        {"<exclusiveGateway id='g'/>", "<exclusiveGateway id='g' gatewayDirection='Diverging'/>"},
        {"<timeDuration>", "<timeDuration xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' "
                           "xsi:type='tFormalExpression'> "},
        {"<boundaryEvent id='m'",
         "<boundaryEvent cancelActivity='true' parallelMultiple='false' id='m'"},
        {"<endEvent id='e'/>",
         "<endEvent id='e'/><textAnnotation id='n'><text>note</text></textAnnotation>"
         "<association id='as' sourceRef='e' targetRef='n' associationDirection='None'/>"},
    };
    str body = str_of(sound);
    for (size i = 0; i < countof(t); i++)
        body = str_replace(&a, body, str_of(t[i].what), str_of(t[i].with));
    str file = str_replace(&a, whole(body), S("<definitions "),
                           S("<definitions exporter='x' exporterVersion='1' "
                             "targetNamespace='urn:x' xmlns:m='urn:m' m:platform='7' "));
    file =
        str_replace(&a, file, S("<process id='t'"),
                    S("<process isExecutable='true' processType='None' isClosed='false' id='t'"));
    flow *f;
    err e = flow_read(&a, S("t.bpmn"), file, kinds, countof(kinds), &f);
    if (e.kind) fail_msg(SF, SA(said(e)));
    assert_true(str_eqz(flow_node_of(f, S("a"))->name, "A B"));
}

static flow *embedded_flow(const char *path)
{
    const embedded *file = embed_find(str_of(path));
    assert_non_null(file);
    flow *f;
    err e = flow_read(&a, str_of(path), file->bytes, kinds, countof(kinds), &f);
    if (e.kind) fail_msg(SF, SA(said(e)));
    return f;
}

/* Every choice of every task, as flow.md says it: task, role, b for a batch, then choice:rest with
 * ! where it needs a reason. */
static const char *const subsidy_table[] = {
    "prepare agency: submit>compliance withdraw>withdrawn",
    "compliance alliance: pass>report supplement>prepare! refuse>refused!",
    "report alliance batch: report_submit>bureau_review",
    "bureau_review bureau batch: bureau_pass>request bureau_supplement>prepare!",
    "request bureau batch: request_submit>approve",
    "approve committee batch: approved>notice approve_supplement>prepare!",
    "amend bureau: resubmit>bureau_review dismiss>notice! refuse_after_objection>refused!",
    "letter bureau batch: letter_send>finance_review",
    "finance_review finance batch: finance_pass>pay finance_return>amend!",
    "pay finance batch: pay_done>paid",
};
static const char *const agreement_table[] = {
    "draft agency: submit>enterprise_sign discard>discarded",
    "enterprise_sign enterprise: sign>agency_sign decline>draft!",
    "agency_sign agency: sign_agency>filing decline_agency>draft!",
    "filing bureau: file>in_service return>draft!",
    "in_service agency: finish>done terminate>terminated!",
};

static void check_table(const flow *f, const char *const *table, size n)
{
    size tasks = 0;
    for (int i = 0; i < f->node_n; i++) tasks += f->nodes[i].kind == NODE_TASK;
    assert_int_equal(tasks, n);
    for (size t = 0; t < n; t++) {
        str line = str_of(table[t]), id;
        str_split(&line, ' ', &id);
        const flow_node *task = flow_node_of(f, id);
        if (!task) fail_msg("no task " SF, SA(id));
        buf b = buf_new(&a, 200);
        buf_fmt(&b, SF " %s%s:", SA(id), role_code[task->role], task->batch ? " batch" : "");
        const flow_edge *e[8];
        int count = flow_choices(task, e, 8);
        for (int i = 0; i < count; i++) {
            const flow_node *to = e[i]->to;
            while (to->kind == NODE_ACTION) to = to->out[0]->to;
            buf_fmt(&b, " " SF ">" SF "%s", SA(e[i]->id), SA(to->id), e[i]->needs_note ? "!" : "");
            assert_true(flow_choice_name(e[i], LANG_EN).n && flow_choice_name(e[i], LANG_ZH).n);
            assert_true(e[i]->name.n && e[i]->en.n);
        }
        buf_byte(&b, 0);
        assert_string_equal(b.p, table[t]);
        assert_true(task->name.n && task->en.n);
    }
}

static void the_subsidy_flow_is_that_of_the_policy(void **state)
{
    (void)state;
    flow *f = embedded_flow("room/subsidy/subsidy.bpmn");
    check_table(f, subsidy_table, countof(subsidy_table));
    const flow_node *notice = flow_node_of(f, S("notice")),
                    *objection = flow_node_of(f, S("objection"));
    assert_int_equal(notice->timer_days, 7);
    assert_true(notice->working);
    assert_ptr_equal(objection->attached, notice);
    assert_true(str_eqz(objection->message, "objection"));
    assert_true(str_eqz(objection->out[0]->to->id, "amend"));
    assert_true(str_eqz(notice->out[0]->to->id, "letter"));
    assert_true(flow_choice_of(flow_node_of(f, S("amend")), S("dismiss"))->resume);
    assert_true(str_eqz(flow_node_of(f, S("publish_notice"))->action, "publish_notice"));
    assert_true(str_eqz(flow_node_of(f, S("pay"))->out[0]->to->action, "settle"));
    assert_true(str_eqz(flow_node_of(f, S("settle"))->out[0]->to->action, "grant_reward"));
    static const char *const ends[] = {"paid", "refused", "withdrawn"};
    for (size i = 0; i < countof(ends); i++)
        assert_int_equal(flow_node_of(f, str_of(ends[i]))->kind, NODE_END);
}

static bool differ(const flow *f, const char *x, const char *y)
{
    const flow_node *n = flow_node_of(f, str_of(x)), *m = flow_node_of(f, str_of(y));
    for (int i = 0; i < n->differs_n; i++)
        if (n->differs[i] == m) return true;
    return false;
}

static void nobody_decides_two_of_the_five(void **state)
{
    (void)state;
    flow *f = embedded_flow("room/subsidy/subsidy.bpmn");
    static const char *const five[] = {"prepare", "compliance", "bureau_review", "approve", "pay"};
    for (size i = 0; i < countof(five); i++)
        for (size k = 0; k < i; k++)
            if (!differ(f, five[i], five[k])) fail_msg("%s and %s", five[i], five[k]);
    assert_true(differ(f, "report", "compliance"));
    assert_true(differ(f, "approve", "request"));
    assert_true(differ(f, "pay", "finance_review"));
}

static void the_agreement_flow_signs_files_and_serves(void **state)
{
    (void)state;
    flow *f = embedded_flow("room/pair/agreement.bpmn");
    check_table(f, agreement_table, countof(agreement_table));
    assert_true(str_eqz(flow_choice_of(flow_node_of(f, S("filing")), S("file"))->to->action,
                        "file_agreement"));
    assert_true(str_eqz(
        flow_choice_of(flow_node_of(f, S("agency_sign")), S("sign_agency"))->to->action, "signed"));
    assert_true(
        str_eqz(flow_choice_of(flow_node_of(f, S("in_service")), S("terminate"))->to->action,
                "release_agreement"));
}

static bool read_file(const char *path, str *out)
{
    FILE *f = fopen(path, "rb");
    if (!f) return false;
    buf b = buf_new(&a, 1 << 16);
    size_t n;
    while ((n = fread(buf_room(&b, 4096), 1, 4096, f)) > 0) b.n += (size)n;
    fclose(f);
    *out = buf_str(&b);
    return true;
}

/* Every node and sequence flow stands in the picture, nothing twice, and what is drawn is there. */
static void every_flow_is_drawn_whole(void **state)
{
    (void)state;
    static const char *const files[] = {
        "src/room/subsidy/subsidy.bpmn", "src/room/pair/agreement.bpmn",
        "test/flow/subsidy_expert.bpmn", "test/flow/subsidy_five_days.bpmn"};
    for (size i = 0; i < countof(files); i++) {
        str bytes;
        flow *f;
        if (!read_file(files[i], &bytes)) fail_msg("%s is not there", files[i]);
        err e = flow_read(&a, str_of(files[i]), bytes, kinds, countof(kinds), &f);
        if (e.kind) fail_msg(SF, SA(said(e)));
        for (int k = 0; k < f->node_n + f->edge_n; k++) {
            str id = k < f->node_n ? f->nodes[k].id : f->edges[k - f->node_n].id;
            str mark = str_fmt(&a, " bpmnElement=\"" SF "\"", SA(id));
            size at = str_find(bytes, mark);
            if (at < 0) fail_msg("%s: " SF " is not drawn", files[i], SA(id));
            assert_true(str_find(str_from(bytes, at + 1), mark) < 0);
        }
    }
}

static void each_reference_model_is_accepted_or_refused_by_line(void **state)
{
    (void)state;
    static const char *const models[] = {"A.1.0", "A.2.0", "A.2.1", "A.3.0", "A.4.0", "A.4.1",
                                         "B.1.0", "B.2.0", "C.1.0", "C.1.1", "C.2.0", "C.3.0",
                                         "C.4.0", "C.5.0", "C.6.0", "C.7.0", "C.8.0", "C.8.1",
                                         "C.9.0", "C.9.1", "C.9.2"};
    const char *shared = getenv("SHARED");
    str bytes;
    if (!shared ||
        !read_file(str_z(&a, str_fmt(&a, "%s/data/bpmn-miwg/A.1.0.bpmn", shared)), &bytes)) {
        puts("skipped: no shared data");
        skip();
    }
    for (size i = 0; i < countof(models); i++) {
        str name = str_fmt(&a, "%s.bpmn", models[i]);
        if (!read_file(str_z(&a, str_fmt(&a, "%s/data/bpmn-miwg/" SF, shared, SA(name))), &bytes))
            fail_msg("no %s", models[i]);
        flow *f;
        err e = flow_read(&a, name, bytes, kinds, countof(kinds), &f);
        if (!e.kind) continue;
        assert_int_equal(e.kind, ERR_INPUT);
        str text = said(e), line, rest, number, element;
        bool refused = false;
        while (str_split(&text, '\n', &line)) {
            assert_true(str_starts(line, name));
            rest = str_from(line, name.n + 1);
            int64_t n;
            assert_true(str_split(&rest, ':', &number) && str_int(number, &n) && n > 0);
            rest = str_trim(rest);
            assert_true(str_split(&rest, ':', &element) && element.n > 0); /* "subProcess Sub_1" */
            str tag = str_head(element, str_find(element, S(" ")) < 0 ? element.n
                                                                      : str_find(element, S(" ")));
            assert_true(str_find(bytes, tag) >= 0);
            refused = true;
        }
        assert_true(refused);
    }
}

/* A small fuzz without a library: cut and damaged files are refused or read, and nothing else
 * happens. */
static void damaged_files_do_no_harm(void **state)
{
    (void)state;
    const embedded *file = embed_find(S("room/subsidy/subsidy.bpmn"));
    uint32_t x = 1;
    for (int round = 0; round < 400; round++) {
        arena own;
        arena_init(&own, (size)64 << 20, NULL, NULL);
        str s = str_dup(&own, file->bytes);
        char *p = new_n(&own, char, s.n);
        memcpy(p, s.p, (size_t)s.n);
        for (int k = 0; k < 3; k++) {
            x = x * 1664525u + 1013904223u;
            p[x % (uint32_t)s.n] = "\"<>/= aP9"[x >> 24 & 7];
        }
        flow *f;
        err e = flow_read(&own, S("x"),
                          round % 4 ? (str){p, s.n} : str_head(s, (size)(x % (uint32_t)s.n)), kinds,
                          countof(kinds), &f);
        assert_true(!e.kind || e.kind == ERR_INPUT);
        arena_done(&own);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_flow_is_read),
        cmocka_unit_test(what_is_wrong_is_refused_with_line_and_reason),
        cmocka_unit_test(a_file_of_another_kind_is_refused),
        cmocka_unit_test(errors_come_by_line),
        cmocka_unit_test(without_kinds_or_of_an_unknown_kind_a_flow_can_still_be_checked),
        cmocka_unit_test(the_harmless_defaults_of_modellers_are_accepted),
        cmocka_unit_test(the_subsidy_flow_is_that_of_the_policy),
        cmocka_unit_test(nobody_decides_two_of_the_five),
        cmocka_unit_test(the_agreement_flow_signs_files_and_serves),
        cmocka_unit_test(every_flow_is_drawn_whole),
        cmocka_unit_test(each_reference_model_is_accepted_or_refused_by_line),
        cmocka_unit_test(damaged_files_do_no_harm),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
