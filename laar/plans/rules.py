"""The ways of a plan and of its lines."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from laar.base.rules import verb
from laar.kit.names import Name, fold
from laar.kit.refusals import Refusal, refusal
from laar.kit.states import Machine, Transition

PLAN_KINDS = {
    "oa": Name(en="Outreach plan", km="ផែនការសកម្មភាពចុះផ្សព្វផ្សាយ"),
    "cdp": Name(en="Commune development plan (CDP)", km="ផែនការអភិវឌ្ឍន៍ឃុំ/សង្កាត់"),
    "cip": Name(en="Commune investment programme (CIP)", km="កម្មវិធីវិនិយោគឃុំ/សង្កាត់"),
}

#: Where the money of a plan comes from; a plan for after the project has no project money.
FUNDING = {
    "grant": Name(en="Grant of the programme", km="ជំនួយរបស់កម្មវិធី"),
    "own": Name(en="The commune's own means", km="មធ្យោបាយរបស់ឃុំ"),
}

refusal(
    "plan.no_lines",
    en="{plan} has no line yet. Add at least one activity before it is submitted.",
    km="{plan} មិនទាន់មានសកម្មភាពទេ។ សូមបន្ថែមយ៉ាងតិចមួយ មុននឹងដាក់ជូន។",
    status=422,
)
refusal(
    "plan.partner_missing",
    en="{plan} is made by the council and the monitoring committee together. Name the committee.",
    km="{plan} ធ្វើឡើងដោយក្រុមប្រឹក្សា និងគណៈកម្មាធិការតាមដានរួមគ្នា។ សូមដាក់ឈ្មោះគណៈកម្មាធិការ។",
    status=422,
)
refusal(
    "plan.decision_missing",
    en="{plan} is approved by a decision of the council: give its number, its date and the signed paper.",
    km="{plan} ត្រូវអនុម័តដោយសេចក្តីសម្រេចរបស់ក្រុមប្រឹក្សា៖ សូមផ្ដល់លេខ កាលបរិច្ឆេទ និងឯកសារមានហត្ថលេខា។",
    status=422,
)
refusal(
    "plan.not_open",
    en="{plan} is {state}; lines are added while it is a draft or was returned.",
    km="{plan} ស្ថិតក្នុងស្ថានភាព «{state}»; អាចបន្ថែមសកម្មភាពតែពេលជាសេចក្ដីព្រាង ឬត្រូវបានប្រគល់ត្រឡប់។",
)
refusal(
    "plan.lines_left",
    en="{left} lines of {plan} are neither held nor cancelled. Say what became of each of them first.",
    km="នៅសល់ {left} សកម្មភាពនៃ {plan} ដែលមិនទាន់ធ្វើ ឬលុបចោល។ សូមបញ្ជាក់លទ្ធផលនីមួយៗជាមុន។",
)
refusal(
    "line.plan_not_running",
    en="{plan} is {state}; what happened to its lines is recorded while it is running.",
    km="{plan} ស្ថិតក្នុងស្ថានភាព «{state}»; លទ្ធផលនៃសកម្មភាពកត់ត្រាតែពេលផែនការកំពុងដំណើរការ។",
)
refusal(
    "line.event_not_held",
    en="A line is held by an event that was held; {event} is not. Record the event first.",
    km="សកម្មភាពត្រូវអនុវត្តដោយព្រឹត្តិការណ៍ដែលបានប្រព្រឹត្តទៅ; {event} មិនទាន់។ សូមកត់ត្រាព្រឹត្តិការណ៍ជាមុន។",
    status=422,
)
refusal(
    "line.reason_missing",
    en="Say why the activity was put off or cancelled.",
    km="សូមបញ្ជាក់មូលហេតុដែលសកម្មភាពត្រូវពន្យារ ឬលុបចោល។",
    status=422,
)
refusal(
    "line.request_not_accepted",
    en="{request} is {state}. A line answers a request that the council has accepted.",
    km="{request} ស្ថិតក្នុងស្ថានភាព «{state}»។ សកម្មភាពឆ្លើយតបតែសំណូមពរដែលក្រុមប្រឹក្សាបានទទួលយក។",
)


def it_has_lines(plan: Any, *, lines: int, **_: object) -> None:
    """at least one line"""
    if lines < 1:
        raise Refusal("plan.no_lines", plan=plan.name)


def committee_is_named(plan: Any, **_: object) -> None:
    """council and committee are both named on an outreach plan"""
    if plan.kind == "oa" and plan.partner_id is None:
        raise Refusal("plan.partner_missing", plan=plan.name)


def council_has_decided(plan: Any, *, papers: Collection[str], **_: object) -> None:
    """the council's decision has a number, a date and a signed paper"""
    if not (plan.decision and plan.decided_on and "decision" in papers):
        raise Refusal("plan.decision_missing", plan=plan.name)


def somebody_else_submitted(plan: Any, *, by: Any, **_: object) -> None:
    """the council's decision is recorded by another person than submitted the plan"""
    if by.pk == plan.submitted_by_id:
        raise Refusal("access.same_person", who=by.name, step=PLAN.states["submitted"])


def nothing_is_left(plan: Any, *, left: int, **_: object) -> None:
    """every line was held or cancelled"""
    if left:
        raise Refusal("plan.lines_left", plan=plan.name, left=left)


PLAN = Machine(
    "plan",
    "draft",
    {
        "draft": Name(en="Draft", km="សេចក្ដីព្រាង"),
        "submitted": Name(en="Submitted", km="បានដាក់ជូន"),
        "returned": Name(en="Returned", km="ត្រូវបានប្រគល់ត្រឡប់"),
        "approved": Name(en="Approved", km="បានអនុម័ត"),
        "running": Name(en="Running", km="កំពុងដំណើរការ"),
        "reported": Name(en="Reported", km="បានរាយការណ៍"),
        "closed": Name(en="Closed", km="បានបិទ"),
    },
    [
        Transition("draft", "submit", "submitted", (it_has_lines, committee_is_named)),
        Transition("returned", "submit", "submitted", (it_has_lines, committee_is_named)),
        Transition("submitted", "return", "returned"),
        Transition("submitted", "approve", "approved", (somebody_else_submitted, council_has_decided)),
        Transition("approved", "start", "running"),
        Transition("running", "report", "reported", (nothing_is_left,)),
        Transition("reported", "close", "closed"),
    ],
)


def a_held_event_delivers_it(_line: Any, *, event: Any, **_: object) -> None:
    """an event that was held delivers it"""
    if event.state != "held":
        raise Refusal("line.event_not_held", event=event.name)


def a_reason_is_given(_line: Any, *, reason: Name, **_: object) -> None:
    """a reason is given"""
    if not (fold(reason.en) or fold(reason.km)):
        raise Refusal("line.reason_missing")


LINE = Machine(
    "line",
    "planned",
    {
        "planned": Name(en="Planned", km="បានគ្រោង"),
        "held": Name(en="Held", km="បានអនុវត្ត"),
        "postponed": Name(en="Postponed", km="បានពន្យារ"),
        "cancelled": Name(en="Cancelled", km="បានលុបចោល"),
    },
    [
        Transition("planned", "hold", "held", (a_held_event_delivers_it,)),
        Transition("postponed", "hold", "held", (a_held_event_delivers_it,)),
        Transition("planned", "postpone", "postponed", (a_reason_is_given,)),
        Transition("planned", "cancel", "cancelled", (a_reason_is_given,)),
        Transition("postponed", "cancel", "cancelled", (a_reason_is_given,)),
    ],
)

#: Whether lines may be written, and whether what became of them may be recorded.
OPEN_FOR_LINES = ("draft", "returned")
OPEN_FOR_RESULTS = ("running",)

#: A grant is proposed for a plan that the council has approved and that is not over yet.
OPEN_FOR_GRANT = ("approved", "running")

FIELD = ("facilitator", "clerk", "manager")
verb("plan.draft", en="Draft a plan", km="ព្រាងផែនការ", roles=FIELD)
verb("line.add", en="Add an activity", km="បន្ថែមសកម្មភាព", roles=FIELD)
verb("line.answer", en="Answer a request with this activity", km="ឆ្លើយតបសំណូមពរដោយសកម្មភាពនេះ", roles=FIELD)
verb("plan.submit", en="Submit the plan", km="ដាក់ជូនផែនការ", roles=FIELD)
verb("plan.return", en="Return the plan", km="ប្រគល់ផែនការត្រឡប់", roles=("manager",))
verb("plan.approve", en="Record the council's approval", km="កត់ត្រាការអនុម័តរបស់ក្រុមប្រឹក្សា", roles=("manager",))
verb("plan.start", en="Start the plan", km="ចាប់ផ្ដើមផែនការ", roles=("manager", "finance"))
verb("line.hold", en="Record that it was held", km="កត់ត្រាថាបានអនុវត្ត", roles=FIELD)
verb("line.postpone", en="Put the activity off", km="ពន្យារសកម្មភាព", roles=FIELD)
verb("line.cancel", en="Cancel the activity", km="លុបចោលសកម្មភាព", roles=FIELD)
verb("plan.report", en="Report on the plan", km="រាយការណ៍អំពីផែនការ", roles=FIELD)
verb("plan.close", en="Close the plan", km="បិទផែនការ", roles=("manager",))
