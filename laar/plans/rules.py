"""The ways of a plan and of its lines."""

from __future__ import annotations

from typing import Any

from laar.base.rules import by_another_than, verb, with_a_reason
from laar.kit.names import Name
from laar.kit.refusals import Refusal, refusal
from laar.kit.states import Transition, condition, machine

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
    "plan.reason_missing",
    en="Say what is missing in the plan, in words that those who made it will read.",
    km="សូមបញ្ជាក់អ្វីដែលនៅខ្វះក្នុងផែនការ ជាពាក្យដែលអ្នករៀបចំនឹងអាន។",
    status=422,
)
refusal(
    "plan.partner_missing",
    en="{plan} is made by the council and the monitoring committee together. Name the committee.",
    km="{plan} ធ្វើឡើងដោយក្រុមប្រឹក្សា និងគណៈកម្មាធិការតាមដានរួមគ្នា។ សូមដាក់ឈ្មោះគណៈកម្មាធិការ។",
    status=422,
)
refusal(
    "plan.not_its_council",
    en="A plan of {place} is made by the council of {place}; {owner} is not it. Choose that council.",
    km="ផែនការរបស់ {place} ត្រូវរៀបចំដោយក្រុមប្រឹក្សា {place}; {owner} មិនមែនទេ។ សូមជ្រើសរើសក្រុមប្រឹក្សានោះ។",
    status=422,
)
refusal(
    "plan.decision_missing",
    en="{plan} is approved by a decision of its own council. Record the decision of the session first, then choose it.",
    km="{plan} ត្រូវអនុម័តដោយសេចក្តីសម្រេចរបស់ក្រុមប្រឹក្សាខ្លួន។ សូមកត់ត្រាសេចក្តីសម្រេចជាមុន រួចជ្រើសរើសវា។",
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
    "line.not_of_this_plan",
    en="{plan} is a {kind}; this is not done with its lines.",
    km="{plan} ជា {kind}; មិនអាចធ្វើបែបនេះជាមួយចំណុចរបស់វាទេ។ សូមពិនិត្យប្រភេទផែនការ។",
    status=422,
)
refusal(
    "line.not_ranked_now",
    en="{plan} is {state}; priorities are set while it is being made.",
    km="{plan} ស្ថិតក្នុងស្ថានភាព «{state}»; លំដាប់អាទិភាពកំណត់តែពេលកំពុងរៀបចំ។ សូមប្រគល់ផែនការត្រឡប់ជាមុន។",
)
refusal(
    "line.not_adopted",
    en="{plan} is {state}; money is put into the budget, or a need carried over, once the council has adopted it.",
    km="{plan} ស្ថិតក្នុងស្ថានភាព «{state}»; ការដាក់ក្នុងថវិកា ឬផ្ទេរទៅឆ្នាំក្រោយ ធ្វើបានក្រោយក្រុមប្រឹក្សាអនុម័ត។",
)
refusal(
    "line.not_budgeted",
    en="{line} is put into the budget by a decision of its own council. Choose that decision.",
    km="{line} ត្រូវដាក់ក្នុងថវិកាដោយសេចក្តីសម្រេចរបស់ក្រុមប្រឹក្សាខ្លួន។ សូមជ្រើសរើសសេចក្តីសម្រេចនោះ។",
    status=422,
)
refusal(
    "line.continues_elsewhere",
    en="{line} can't go on in {plan}: that has to be an investment programme or plan of the same council, still being "
    "made, and not the plan it stands in.",
    km="{line} មិនអាចបន្តក្នុង {plan} ទេ៖ ត្រូវជាកម្មវិធីវិនិយោគ ឬផែនការរបស់ក្រុមប្រឹក្សាដដែល ដែលកំពុងរៀបចំ "
    "ហើយមិនមែនផែនការដើម។ សូមជ្រើសរើសផែនការផ្សេង។",
    status=422,
)
refusal(
    "line.rank",
    en="{rank} is not a rank. Write 1 for what is most urgent, then 2, 3, …",
    km="{rank} មិនមែនជាលំដាប់ទេ។ សូមសរសេរ 1 សម្រាប់អ្វីបន្ទាន់បំផុត បន្ទាប់មក 2, 3, …",
    status=422,
)
refusal(
    "plan.years_reversed",
    en="A plan of {year} can't end in {last}. Correct one of the two years.",
    km="ផែនការឆ្នាំ {year} មិនអាចបញ្ចប់ក្នុងឆ្នាំ {last} ទេ។ សូមកែមួយ។",
    status=422,
)
refusal(
    "line.request_not_accepted",
    en="{request} is {state}. A line answers a request that the council has accepted.",
    km="{request} ស្ថិតក្នុងស្ថានភាព «{state}»។ សកម្មភាពឆ្លើយតបតែសំណូមពរដែលក្រុមប្រឹក្សាបានទទួលយក។",
)


@condition(en="It has at least one line", km="មានចំណុចយ៉ាងតិចមួយ")
def it_has_lines(plan: Any, *, lines: int, **_: object) -> None:
    """at least one line"""
    if lines < 1:
        raise Refusal("plan.no_lines", plan=plan.name)


def made_by_its_council(owner: Any, place: Any) -> None:
    """Refuse a plan that is not made by the council of its own place: that council's decision approves it, no other's.

    Raises Refusal `plan.not_its_council`.
    """
    if owner.kind != "council" or owner.place is None or owner.place.code != place.code:
        raise Refusal("plan.not_its_council", owner=owner.name, place=place.name)


@condition(en="Council and committee are both named", km="មានឈ្មោះក្រុមប្រឹក្សា និងគណៈកម្មាធិការ")
def committee_is_named(plan: Any, **_: object) -> None:
    """council and committee are both named on an outreach plan"""
    if plan.kind == "oa" and plan.partner_id is None:
        raise Refusal("plan.partner_missing", plan=plan.name)


@condition(en="A numbered decision of its own council approves it", km="មានសេចក្តីសម្រេចមានលេខរបស់ក្រុមប្រឹក្សាអនុម័ត")
def council_has_decided(plan: Any, *, decision: Any, **_: object) -> None:
    """a numbered decision of the plan's own council approves it"""
    if decision is None or decision.council_id != plan.owner_id:
        raise Refusal("plan.decision_missing", plan=plan.name)


@condition(en="Every line was held or cancelled", km="ចំណុចទាំងអស់បានធ្វើ ឬលុបចោល")
def nothing_is_left(plan: Any, *, left: int, **_: object) -> None:
    """every line was held or cancelled"""
    if left:
        raise Refusal("plan.lines_left", plan=plan.name, left=left)


_PLAN_STATES = {
    "draft": Name(en="Draft", km="សេចក្ដីព្រាង"),
    "submitted": Name(en="Submitted", km="បានដាក់ជូន"),
    "returned": Name(en="Returned", km="ត្រូវបានប្រគល់ត្រឡប់"),
    "approved": Name(en="Approved", km="បានអនុម័ត"),
    "running": Name(en="Running", km="កំពុងដំណើរការ"),
    "reported": Name(en="Reported", km="បានរាយការណ៍"),
    "closed": Name(en="Closed", km="បានបិទ"),
}

PLAN = machine(
    "plan",
    "draft",
    _PLAN_STATES,
    [
        Transition("draft", "submit", "submitted", (it_has_lines, committee_is_named)),
        Transition("returned", "submit", "submitted", (it_has_lines, committee_is_named)),
        Transition("submitted", "return", "returned", (with_a_reason("plan.reason_missing"),)),
        Transition(
            "submitted",
            "approve",
            "approved",
            (by_another_than("submitted_by", _PLAN_STATES["submitted"]), council_has_decided),
        ),
        Transition("approved", "start", "running"),
        Transition("running", "report", "reported", (nothing_is_left,)),
        Transition("reported", "close", "closed"),
    ],
)


@condition(en="An event that was held delivers it", km="មានព្រឹត្តិការណ៍ដែលបានប្រព្រឹត្តទៅអនុវត្តវា")
def a_held_event_delivers_it(_line: Any, *, event: Any, **_: object) -> None:
    """an event that was held delivers it"""
    if event.state != "held":
        raise Refusal("line.event_not_held", event=event.name)


@condition(en="A decision of its own council puts it into the budget", km="មានសេចក្តីសម្រេចរបស់ក្រុមប្រឹក្សាដាក់ក្នុងថវិកា")
def council_has_budgeted_it(line: Any, *, decision: Any, **_: object) -> None:
    """a decision of its own council puts it into the budget"""
    if decision is None or decision.council_id != line.plan.owner_id:
        raise Refusal("line.not_budgeted", line=line.name)


_BECAUSE = (with_a_reason("line.reason_missing"),)

#: A line of an outreach plan: an activity that an event delivers.
LINE = machine(
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
        Transition("planned", "postpone", "postponed", _BECAUSE),
        Transition("planned", "cancel", "cancelled", _BECAUSE),
        Transition("postponed", "cancel", "cancelled", _BECAUSE),
    ],
)

#: A line of a development plan or an investment programme: a need, and what the council decides about it. That it is
#: pledged, funded, running or done is seen from above (laar.results), never said here.
NEED = machine(
    "need",
    "needed",
    {
        "needed": Name(en="Needed", km="ត្រូវការ"),
        "prioritised": Name(en="Prioritised", km="បានដាក់លំដាប់អាទិភាព"),
        "budgeted": Name(en="In the budget", km="ក្នុងថវិកា"),
        "carried_over": Name(en="Carried over", km="ផ្ទេរទៅឆ្នាំក្រោយ"),
        "dropped": Name(en="Dropped", km="បានដកចេញ"),
    },
    [
        Transition("needed", "rank", "prioritised"),
        Transition("prioritised", "rank", "prioritised"),
        Transition("prioritised", "budget", "budgeted", (council_has_budgeted_it,)),
        Transition("needed", "carry_over", "carried_over"),
        Transition("prioritised", "carry_over", "carried_over"),
        Transition("needed", "drop", "dropped", _BECAUSE),
        Transition("prioritised", "drop", "dropped", _BECAUSE),
    ],
)

#: What may become of a line, by the kind of its plan.
LINES = {"oa": LINE, "cdp": NEED, "cip": NEED}

#: A line of which the council still has to say what became of it, and one that it has given up.
LEFT = ("planned", "postponed", "needed", "prioritised")
GIVEN_UP = ("cancelled", "dropped", "carried_over")

#: Whether priorities may be set, and whether money may be put into the budget.
OPEN_FOR_RANKS = ("draft", "returned", "submitted")
ADOPTED = ("approved", "running", "reported", "closed")
OPEN_FOR_BUDGET = ("approved", "running")

#: Whether lines may be written, and whether what became of them may be recorded.
OPEN_FOR_LINES = ("draft", "returned")
OPEN_FOR_RESULTS = ("running",)

#: A grant is proposed for a plan that the council has approved and that is not over yet.
OPEN_FOR_GRANT = ("approved", "running")

FIELD = ("facilitator", "clerk", "manager")
verb("plan.draft", en="Draft a plan", km="ព្រាងផែនការ", roles=FIELD)
verb("line.add", en="Add an activity", km="បន្ថែមសកម្មភាព", roles=FIELD)
verb("line.correct", en="Correct the activity", km="កែសកម្មភាព", roles=FIELD)
verb("line.answer", en="Answer a request with this activity", km="ឆ្លើយតបសំណូមពរដោយសកម្មភាពនេះ", roles=FIELD)
verb("line.rank", en="Set its priority", km="ដាក់លំដាប់អាទិភាព", roles=FIELD)
verb("line.budget", en="Record that it is in the budget", km="កត់ត្រាថាមានក្នុងថវិកា", roles=FIELD)
verb("line.carry_over", en="Carry it over to another plan", km="ផ្ទេរទៅផែនការផ្សេង", roles=FIELD)
verb("line.drop", en="Drop it", km="ដកចេញ", roles=FIELD)
verb("plan.submit", en="Submit the plan", km="ដាក់ជូនផែនការ", roles=FIELD)
verb("plan.return", en="Return the plan", km="ប្រគល់ផែនការត្រឡប់", roles=("manager",))
verb("plan.approve", en="Record the council's approval", km="កត់ត្រាការអនុម័តរបស់ក្រុមប្រឹក្សា", roles=("manager",))
verb("plan.start", en="Start the plan", km="ចាប់ផ្ដើមផែនការ", roles=("manager", "finance"))
verb("line.hold", en="Record that it was held", km="កត់ត្រាថាបានអនុវត្ត", roles=FIELD)
verb("line.postpone", en="Put the activity off", km="ពន្យារសកម្មភាព", roles=FIELD)
verb("line.cancel", en="Cancel the activity", km="លុបចោលសកម្មភាព", roles=FIELD)
verb("plan.report", en="Report on the plan", km="រាយការណ៍អំពីផែនការ", roles=FIELD)
verb("plan.close", en="Close the plan", km="បិទផែនការ", roles=("manager",))
