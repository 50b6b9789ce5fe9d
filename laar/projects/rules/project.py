"""The paths of a project: the light path of an outreach grant, and the longer one of a social development project."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from laar.base.rules import by_another_than, verb, with_a_reason
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal, refusal
from laar.kit.states import Transition, condition, machine
from laar.projects.rules.words import PAPERS

refusal(
    "project.paper_missing",
    en="{record} needs its {what}. Attach the scan or the photo.",
    km="{record} ត្រូវមាន {what}។ សូមភ្ជាប់ស្កេន ឬរូបថត។",
    status=422,
)
refusal(
    "project.plan_not_approved",
    en="{plan} is {state}. A grant is proposed for a plan that the council has approved.",
    km="{plan} ស្ថិតក្នុងស្ថានភាព «{state}»។ ជំនួយស្នើសុំតែសម្រាប់ផែនការដែលក្រុមប្រឹក្សាបានអនុម័ត។",
)
refusal(
    "project.plan_not_funded",
    en="{plan} is paid from the commune's own means; no grant belongs to it.",
    km="{plan} ចំណាយពីមធ្យោបាយរបស់ឃុំផ្ទាល់; គ្មានជំនួយសម្រាប់វាទេ។",
    status=422,
)
refusal(
    "project.lines_left",
    en="{left} lines of {plan} are neither held nor cancelled. Say what became of each before {project} is complete.",
    km="នៅសល់ {left} សកម្មភាពនៃ {plan} ដែលមិនទាន់ធ្វើ ឬលុបចោល។ សូមបញ្ជាក់មុនពេលបញ្ចប់ {project}។",
)
refusal(
    "project.not_settled",
    en="{amount} of {project} is not accounted for yet. Bring in its vouchers first.",
    km="នៅសល់ {amount} នៃ {project} ដែលមិនទាន់ទូទាត់។ សូមប្រមូលប័ណ្ណចំណាយ ឬប្រាក់បង្វិល ជាមុន។",
)
refusal(
    "project.open",
    en="{plan} can't be closed while {project} is not settled. Settle it first.",
    km="មិនអាចបិទ {plan} ទេ ព្រោះ {project} មិនទាន់ទូទាត់។ សូមទូទាត់វាជាមុន។",
)
refusal(
    "project.plan_has_a_grant",
    en="There is a grant for this plan already. Open it instead of proposing a second one.",
    km="ផែនការនេះមានជំនួយរួចហើយ។ សូមបើកវា ជំនួសការស្នើថ្មី។",
)
refusal(
    "project.never_paid",
    en="Nothing of {project} was ever paid; there is nothing to settle. Pay a tranche first.",
    km="{project} មិនដែលបានបើកប្រាក់; គ្មានអ្វីត្រូវទូទាត់ទេ។ សូមបើកប្រាក់ជាមុន។",
)
refusal(
    "project.line_not_prioritised",
    en="{line} is {state}. A social development project is proposed for a need that the council has ranked.",
    km="{line} ស្ថិតក្នុងស្ថានភាព «{state}»។ គម្រោងអភិវឌ្ឍន៍សង្គមស្នើសុំតែសម្រាប់តម្រូវការដែលក្រុមប្រឹក្សាបានដាក់លំដាប់។",
)
refusal(
    "project.line_of_another_plan",
    en="{line} is not a line of {plan}. Choose a line of this plan.",
    km="{line} មិនមែនជាចំណុចក្នុង {plan} ទេ។ សូមជ្រើសរើសចំណុចក្នុងផែនការនេះ។",
    status=422,
)
refusal(
    "project.wrong_plan",
    en="{plan} is a {kind}: an outreach grant is for an outreach plan, a social development project for a line of an "
    "investment programme.",
    km="{plan} ជា {kind}៖ ជំនួយចុះផ្សព្វផ្សាយសម្រាប់ផែនការចុះផ្សព្វផ្សាយ គម្រោងអភិវឌ្ឍន៍សង្គមសម្រាប់ចំណុចក្នុងកម្មវិធីវិនិយោគ។",
    status=422,
)
refusal(
    "project.theme_missing",
    en="Say what the project is about: {known}.",
    km="សូមបញ្ជាក់ប្រធានបទរបស់គម្រោង៖ {known}។",
    status=422,
)
refusal(
    "project.line_has_a_project",
    en="There is a project for this line already. Open it instead of proposing a second one.",
    km="ចំណុចនេះមានគម្រោងរួចហើយ។ សូមបើកវា ជំនួសការស្នើថ្មី។",
)
refusal(
    "project.second_name_missing",
    en="The checklist of {project} carries two names: choose the second person who looked at it.",
    km="បញ្ជីពិនិត្យនៃ {project} ត្រូវមានឈ្មោះពីរ៖ សូមជ្រើសរើសបុគ្គលទីពីរ។",
    status=422,
)
refusal(
    "project.word_missing",
    en="{project} still needs: {step}. Record their word with its paper first.",
    km="{project} នៅខ្វះ៖ {step}។ សូមកត់ត្រាមតិយោបល់ រួមទាំងឯកសារ ជាមុន។",
)
refusal(
    "project.word_against",
    en="{body} has objections to {project} ({step}). Return the proposal, or record the new word when they are met.",
    km="{body} មានការជំទាស់ចំពោះ {project} ({step})។ សូមប្រគល់សំណើត្រឡប់ ឬកត់ត្រាមតិថ្មីពេលដោះស្រាយរួច។",
)
refusal(
    "project.reason_missing",
    en="Say why, in words that the council will read.",
    km="សូមបញ្ជាក់មូលហេតុ ជាពាក្យដែលក្រុមប្រឹក្សានឹងអាន។",
    status=422,
)
refusal(
    "project.visit_missing",
    en="The monitoring committee was not asked about {project} yet. Record its visit – or that it was asked and said "
    "nothing – first.",
    km="មិនទាន់បានសួរគណៈកម្មាធិការតាមដានអំពី {project} ទេ។ សូមកត់ត្រាការចុះពិនិត្យ ឬថាបានសួរតែមិនឆ្លើយ ជាមុន។",
)
refusal(
    "project.findings_open",
    en="{count} findings of the committee about {project} have no answer yet. Answer them in writing first.",
    km="រកឃើញ {count} ចំណុចរបស់គណៈកម្មាធិការអំពី {project} ដែលមិនទាន់មានចម្លើយ។ សូមឆ្លើយជាលាយលក្ខណ៍អក្សរជាមុន។",
)
refusal(
    "project.share_pending",
    en="Our part of {project} is settled; of the commune's part {amount} is not paid by the treasury yet. "
    "Copy the payment when it is made.",
    km="ចំណែករបស់យើងក្នុង {project} បានទូទាត់; ចំណែករបស់ឃុំនៅសល់ {amount} ដែលរតនាគារមិនទាន់បង់។ សូមចម្លងការបង់ ពេលបានបង់រួច។",
)
refusal(
    "project.not_delivering",
    en="{project} is {state}; this is recorded while it is agreed or running.",
    km="{project} ស្ថិតក្នុងស្ថានភាព «{state}»; ការនេះកត់ត្រាតែពេលបានព្រមព្រៀង ឬកំពុងដំណើរការ។",
)
refusal(
    "project.plan_not_adopted",
    en="{plan} is {state}: a project is signed when the council has adopted the programme in which its need stands.",
    km="{plan} ស្ថិតក្នុងស្ថានភាព «{state}»៖ គម្រោងចុះហត្ថលេខាបានពេលក្រុមប្រឹក្សាអនុម័តកម្មវិធីដែលមានតម្រូវការនេះ។ សូមអនុម័តជាមុន។",
)
refusal(
    "project.need_given_up",
    en="{line} is {state}: nothing is agreed, and nothing dropped, behind a project's back. Look at {project} first.",
    km="{line} ស្ថិតក្នុងស្ថានភាព «{state}»៖ សូមពិនិត្យ {project} ជាមុន។",
)
refusal(
    "project.not_of_its_council",
    en="{what} does not belong to {council}. Choose what belongs to the council of {project}.",
    km="{what} មិនមែនជារបស់ {council} ទេ។ សូមជ្រើសរើសអ្វីដែលជារបស់ក្រុមប្រឹក្សានៃ {project}។",
    status=422,
)
refusal(
    "opinion.other_step",
    en="{step} is not asked about {project}: it is for another kind of project or another time. Choose a step that is.",
    km="{step} មិនត្រូវសួរអំពី {project} ទេ៖ សម្រាប់ប្រភេទ ឬពេលផ្សេង។ សូមជ្រើសរើសជំហានត្រឹមត្រូវ។",
    status=422,
)
refusal(
    "opinion.decision_missing",
    en="A council speaks by a decision: record it with its number first, then choose it.",
    km="ក្រុមប្រឹក្សាផ្ដល់មតិដោយសេចក្តីសម្រេច៖ សូមកត់ត្រាវាជាមុន រួចជ្រើសរើស។",
    status=422,
)
refusal(
    "visit.event_missing",
    en="A committee that agrees or disagrees has been there: name its monitoring visit.",
    km="គណៈកម្មាធិការដែលយល់ស្រប ឬមិនយល់ស្រប ត្រូវបានចុះទៅទីនោះ៖ សូមបញ្ជាក់ការចុះតាមដាន។",
    status=422,
)
refusal(
    "visit.wrong_event",
    en="{event} is not a monitoring visit that was held. Choose the visit.",
    km="{event} មិនមែនជាការចុះតាមដានដែលបានប្រព្រឹត្តទៅទេ។ សូមជ្រើសរើសការចុះនោះ។",
    status=422,
)
refusal(
    "visit.not_a_committee",
    en="{body} is not a monitoring committee. The committee of villagers looks at the project, nobody for it.",
    km="{body} មិនមែនជាគណៈកម្មាធិការតាមដានទេ។ គណៈកម្មាធិការប្រជាពលរដ្ឋពិនិត្យគម្រោងដោយខ្លួនឯង។",
    status=422,
)
refusal(
    "opinion.wrong_body",
    en="{step} is given by: {kind}. {body} is not one.",
    km="{step} ត្រូវផ្ដល់ដោយ៖ {kind}។ {body} មិនមែនទេ។",
    status=422,
)
refusal(
    "opinion.decided",
    en="{project} is {state}; a word on the proposal comes before that.",
    km="{project} ស្ថិតក្នុងស្ថានភាព «{state}»; មតិយោបល់លើសំណើត្រូវមកមុន។",
)


def paper_is_there(what: str) -> Any:
    """A guard: the record has this paper attached."""

    def guard(record: Any, *, papers: Collection[str], **_: object) -> None:
        if what not in papers:
            raise Refusal("project.paper_missing", record=record.name, what=PAPERS[what])

    guard.__doc__ = f"the {PAPERS[what].en} is attached"
    return condition(en=f"The {PAPERS[what].en} is attached", km=f"មាន{PAPERS[what].km}ភ្ជាប់")(guard)


@condition(
    en="Two persons have looked: the checklist carries a second name",
    km="មនុស្សពីរនាក់បានពិនិត្យ៖ បញ្ជីពិនិត្យមានឈ្មោះទីពីរ",
)
def two_have_looked(project: Any, *, second: Any, **_: object) -> None:
    """the checklist carries a second name"""
    if second is None or second.kind != "person":
        raise Refusal("project.second_name_missing", project=project.name)


@condition(en="Not by the second name on the checklist", km="មិនមែនដោយអ្នកដែលមានឈ្មោះទីពីរក្នុងបញ្ជីពិនិត្យ")
def the_second_is_another(project: Any, *, by: Any, **_: object) -> None:
    """nor by the second name on the checklist"""
    if project.second is not None and project.second.user_id == by.pk:
        raise Refusal("access.same_person", who=by.name, step=_STATES["checked"])


def their_word_is_given(before: str) -> Any:
    """A guard: every body that is asked before this step has said yes; of two words the later one counts."""

    def guard(project: Any, *, words: Sequence[tuple[str, Any, Any]], **_: object) -> None:
        for when, step, opinion in words:
            if when != before:
                continue
            if opinion is None:
                raise Refusal("project.word_missing", project=project.name, step=step.name)
            if not opinion.is_favourable:
                raise Refusal("project.word_against", project=project.name, step=step.name, body=opinion.body.name)

    guard.__doc__ = f"everybody who is asked before “{before}” has said yes"
    return condition(en="Everybody who is asked before this step has said yes", km="អ្នកដែលត្រូវសួរមុនជំហាននេះបានយល់ព្រមទាំងអស់")(
        guard
    )


@condition(
    en="Everything that was paid is covered by vouchers or paid back",
    km="ប្រាក់ដែលបានបង់ទាំងអស់មានប័ណ្ណចំណាយ ឬបានបង្វិល",
)
def nothing_is_outstanding(project: Any, *, outstanding: Money, **_: object) -> None:
    """paid = liquidated + refunded"""
    if outstanding:
        raise Refusal("project.not_settled", project=project.name, amount=outstanding)


@condition(en="Some of its money was paid", km="បានបង់ប្រាក់ខ្លះហើយ")
def something_was_paid(project: Any, *, paid: bool, **_: object) -> None:
    """some of its money was paid"""
    if not paid:
        raise Refusal("project.never_paid", project=project.name)


@condition(en="Every activity of the plan was held or cancelled", km="សកម្មភាពទាំងអស់ក្នុងផែនការបានធ្វើ ឬលុបចោល")
def lines_are_done(project: Any, *, left: int, **_: object) -> None:
    """every line of the plan was held or cancelled"""
    if left:
        raise Refusal("project.lines_left", project=project.name, plan=project.plan.name, left=left)


@condition(
    en="The monitoring committee has looked, or was asked and said nothing",
    km="គណៈកម្មាធិការតាមដានបានពិនិត្យ ឬបានសួរតែមិនឆ្លើយ",
)
def the_committee_was_asked(project: Any, *, visits: int, **_: object) -> None:
    """the monitoring committee has looked, or was asked and said nothing"""
    if not visits:
        raise Refusal("project.visit_missing", project=project.name)


@condition(en="Every finding of its visits is answered", km="ចំណុចដែលរកឃើញពេលចុះពិនិត្យមានចម្លើយទាំងអស់")
def findings_are_answered(project: Any, *, findings: int, **_: object) -> None:
    """every finding of its visits is answered"""
    if findings:
        raise Refusal("project.findings_open", project=project.name, count=findings)


@condition(en="The treasury has paid what the council decided", km="រតនាគារបានបង់តាមសេចក្តីសម្រេចរបស់ក្រុមប្រឹក្សា")
def the_communes_part_is_paid(project: Any, *, pending: Money | None, **_: object) -> None:
    """the treasury has paid what the council decided"""
    if pending:
        raise Refusal("project.share_pending", project=project.name, amount=pending)


_STATES = {
    "proposed": Name(en="Proposed", km="បានស្នើ"),
    "checked": Name(en="Checked", km="បានពិនិត្យ"),
    "returned": Name(en="Returned", km="ត្រូវបានប្រគល់ត្រឡប់"),
    "rejected": Name(en="Rejected", km="មិនអនុម័ត"),
    "approved": Name(en="Approved", km="បានអនុម័ត"),
    "agreed": Name(en="Agreed", km="បានចុះកិច្ចព្រមព្រៀង"),
    "running": Name(en="Running", km="កំពុងដំណើរការ"),
    "suspended": Name(en="Suspended", km="ត្រូវបានផ្អាក"),
    "terminated": Name(en="Terminated", km="ត្រូវបានបញ្ឈប់"),
    "completed": Name(en="Completed", km="បានបញ្ចប់"),
    "verified": Name(en="Verified", km="បានផ្ទៀងផ្ទាត់"),
    "settled": Name(en="Grant settled", km="ជំនួយបានទូទាត់"),
    "closed": Name(en="Closed", km="បានបិទ"),
    "wound_up": Name(en="Terminated and accounted for", km="បានបញ្ឈប់ និងទូទាត់រួច"),
}
_OA_ONLY = ("proposed", "checked", "returned", "rejected", "approved", "agreed", "completed", "settled")
_BECAUSE = (with_a_reason("project.reason_missing"),)
_SETTLED = (something_was_paid, nothing_is_outstanding)

#: From the proposal to the signature: the same for both paths.
_TO_THE_AGREEMENT = [
    Transition("proposed", "check", "checked", (paper_is_there("checklist"), two_have_looked)),
    Transition("proposed", "return", "returned", _BECAUSE),
    Transition("checked", "return", "returned", _BECAUSE),
    Transition("returned", "propose_again", "proposed"),
    Transition(
        "checked",
        "approve",
        "approved",
        (by_another_than("checked_by", _STATES["checked"]), the_second_is_another, their_word_is_given("approve")),
    ),
    Transition("checked", "reject", "rejected", _BECAUSE),
    Transition("approved", "sign", "agreed", (their_word_is_given("sign"), paper_is_there("agreement"))),
]

#: The light path of an outreach grant: a checklist with two names, an agreement, one completion page.
OA = machine(
    "project",
    "proposed",
    {state: _STATES[state] for state in _OA_ONLY},
    [
        *_TO_THE_AGREEMENT,
        Transition("agreed", "complete", "completed", (lines_are_done, paper_is_there("report"))),
        Transition("completed", "settle", "settled", _SETTLED),
    ],
)

#: A social development project: it runs, may stop, is completed on one page, looked at by the committee, and settled
#: in two parts: ours and the commune's.
SDP = machine(
    "sdp",
    "proposed",
    _STATES,
    [
        *_TO_THE_AGREEMENT,
        Transition("agreed", "start", "running"),
        Transition("agreed", "terminate", "terminated", _BECAUSE),
        Transition("running", "suspend", "suspended", _BECAUSE),
        Transition("suspended", "resume", "running"),
        Transition("running", "terminate", "terminated", _BECAUSE),
        Transition("suspended", "terminate", "terminated", _BECAUSE),
        Transition("running", "complete", "completed", (paper_is_there("report"),)),
        Transition(
            "completed",
            "verify",
            "verified",
            (
                by_another_than("completed_by", _STATES["completed"]),
                the_committee_was_asked,
                findings_are_answered,
            ),
        ),
        Transition("verified", "settle", "settled", (*_SETTLED, findings_are_answered)),
        Transition("settled", "close", "closed", (the_communes_part_is_paid,)),
        Transition("terminated", "wind_up", "wound_up", (nothing_is_outstanding,)),
    ],
)

#: The path of each kind of project.
PATHS = {"oa": OA, "sdp": SDP}

#: Of what kind a plan is whose money a kind of project brings.
PLAN_OF = {"oa": "oa", "sdp": "cip"}

#: While somebody's word on a proposal may still be given.
OPEN_FOR_WORDS = ("proposed", "checked", "approved")

#: A project counts from its signed agreement on; a terminated one was agreed, too.
AGREED = ("agreed", "running", "suspended", "terminated", "completed", "verified", "settled", "closed", "wound_up")
#: It ended before it was complete; the need may be carried out by another.
ENDED_EARLY = ("terminated", "wound_up")
#: It is done when it was seen to be done; an outreach grant has its plan's lines for that.
DONE = ("verified", "settled", "closed")
#: Our part of it is settled.
SETTLED = ("settled", "closed")
#: Nothing of it is open: its plan may be closed.
OVER = (*SETTLED, "wound_up", "rejected")
#: While the committee may be asked about it.
OPEN_FOR_VISITS = ("running", "suspended", "completed")


def choices() -> list[tuple[str, str]]:
    """Every state of every path, for the column."""
    return SDP.choices()


FIELD = ("facilitator", "manager")
MANAGER = ("manager",)
FINANCE = ("finance",)
verb("project.propose", en="Propose a project", km="ស្នើគម្រោង", roles=(*FIELD, "clerk"))
verb("project.check", en="Check the proposal", km="ពិនិត្យសំណើ", roles=FIELD)
verb("project.return", en="Return the proposal", km="ប្រគល់សំណើត្រឡប់", roles=FIELD)
verb("project.propose_again", en="Propose it again", km="ស្នើម្ដងទៀត", roles=(*FIELD, "clerk"))
verb("approval.require", en="Say who is asked about proposals", km="កំណត់អ្នកដែលត្រូវសួរអំពីសំណើ", roles=MANAGER)
verb("opinion.give", en="Record somebody's word on a proposal", km="កត់ត្រាមតិយោបល់លើសំណើ", roles=FIELD)
verb("project.approve", en="Approve the project", km="អនុម័តគម្រោង", roles=MANAGER)
verb("project.reject", en="Reject the project", km="បដិសេធគម្រោង", roles=MANAGER)
verb("project.sign", en="Sign the agreement", km="ចុះហត្ថលេខាកិច្ចព្រមព្រៀង", roles=MANAGER)
verb("project.start", en="Start the project", km="ចាប់ផ្ដើមគម្រោង", roles=(*FIELD, *FINANCE))
verb("project.suspend", en="Suspend the project", km="ផ្អាកគម្រោង", roles=MANAGER)
verb("project.resume", en="Let the project go on", km="បន្តគម្រោង", roles=MANAGER)
verb("project.terminate", en="Terminate the project", km="បញ្ឈប់គម្រោង", roles=MANAGER)
verb("project.complete", en="Record the completion", km="កត់ត្រាការបញ្ចប់", roles=FIELD)
verb("visit.record", en="Record what the committee saw", km="កត់ត្រាអ្វីដែលគណៈកម្មាធិការបានឃើញ", roles=(*FIELD, "monitoring"))
verb("project.verify", en="Verify the completion", km="ផ្ទៀងផ្ទាត់ការបញ្ចប់", roles=MANAGER)
verb("project.settle", en="Settle our part", km="ទូទាត់ចំណែករបស់យើង", roles=FINANCE)
verb("project.wind_up", en="Account for a terminated project", km="ទូទាត់គម្រោងដែលបានបញ្ឈប់", roles=FINANCE)
verb("project.close", en="Close the project", km="បិទគម្រោង", roles=FINANCE)
