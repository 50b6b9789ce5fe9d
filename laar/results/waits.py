"""What waits for somebody: of every kind of record the states in which it waits, the step that comes next, after how
many days it is late, and why.

One row here is one question to the database (`laar.results.queries.waiting`). Who may do the step is said by its verb,
who may not because of four eyes by `others`; a test compares both with the tables of the states.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from laar.kit.names import Name, in_khmer


@dataclass(frozen=True, slots=True)
class Wait:
    """One kind of waiting. Its condition, where it has one, is a question of the same name in the queries."""

    #: The table, by the name of its model.
    kind: str
    states: tuple[str, ...]
    #: The step that comes next.
    verb: str
    says: Name
    #: After how many days it is late, and why so many.
    within: int
    why: Name
    #: Since when it waits: the last of these steps, or a column with a day.
    after: tuple[str, ...] = ()
    day: str = ""
    #: Four eyes: who stands in one of these columns did a step before and may not do this one.
    others: tuple[str, ...] = ()
    #: What else the record must be, as columns; and the name of a condition that takes more than a column.
    only: dict[str, str] = field(default_factory=dict)
    condition: str = ""


_COUNCIL = Name(
    en="A council meets every month; what it sent should be back before its next session.",
    km="ក្រុមប្រឹក្សាប្រជុំរៀងរាល់ខែ; អ្វីដែលបានផ្ញើគួរត្រឡប់មកវិញមុនកិច្ចប្រជុំបន្ទាប់។",
)
_MONEY = Name(
    en="People wait for the money of their plan.",
    km="ប្រជាពលរដ្ឋកំពុងរង់ចាំថវិកានៃផែនការរបស់ខ្លួន។",
)
_BOOKS = Name(
    en="The books tell the truth of today only when nothing lies beside them.",
    km="បញ្ជីបង្ហាញការពិតថ្ងៃនេះ លុះត្រាតែគ្មានអ្វីនៅក្រៅបញ្ជី។",
)
_PAPERS = Name(
    en="Papers get lost when they lie in a drawer.",
    km="ឯកសារអាចបាត់ បើទុកចោលយូរ។",
)
_WORK = Name(
    en="The work is done; whoever did it waits for the last word.",
    km="ការងារបានបញ្ចប់; អ្នកធ្វើកំពុងរង់ចាំពាក្យចុងក្រោយ។",
)
_PROPOSED = ("project.propose", "project.propose_again")

WAITS: tuple[Wait, ...] = (
    Wait(
        "plan",
        ("submitted",),
        "plan.approve",
        Name(en="Record the council's approval, or return the plan", km="កត់ត្រាការអនុម័ត ឬប្រគល់ផែនការត្រឡប់"),
        14,
        _COUNCIL,
        after=("plan.submit",),
        others=("submitted_by",),
    ),
    Wait(
        "plan",
        ("returned",),
        "plan.submit",
        Name(en="Correct the plan and submit it again", km="កែផែនការ រួចដាក់ជូនម្ដងទៀត"),
        14,
        _COUNCIL,
        after=("plan.return",),
    ),
    Wait(
        "plan",
        ("running",),
        "plan.report",
        Name(en="Report on the plan: all its activities are done", km="រាយការណ៍អំពីផែនការ៖ សកម្មភាពទាំងអស់បានបញ្ចប់"),
        30,
        _WORK,
        after=("plan.start",),
        condition="no line is left",
    ),
    Wait(
        "plan",
        ("reported",),
        "plan.close",
        Name(en="Close the plan", km="បិទផែនការ"),
        30,
        _WORK,
        after=("plan.report",),
        condition="no grant is open",
    ),
    Wait(
        "project",
        ("proposed",),
        "project.check",
        Name(en="Check the proposal", km="ពិនិត្យសំណើ"),
        14,
        _COUNCIL,
        after=_PROPOSED,
    ),
    Wait(
        "project",
        ("returned",),
        "project.propose_again",
        Name(en="Correct the proposal and propose it again", km="កែសំណើ រួចស្នើម្ដងទៀត"),
        30,
        _COUNCIL,
        after=("project.return",),
    ),
    Wait(
        "project",
        ("checked",),
        "opinion.give",
        Name(en="Record who has not spoken about the proposal yet", km="កត់ត្រាមតិរបស់អ្នកដែលមិនទាន់ឆ្លើយអំពីសំណើ"),
        30,
        _COUNCIL,
        after=("project.check",),
        condition="a word is missing before approve",
    ),
    Wait(
        "project",
        ("checked",),
        "project.approve",
        Name(en="Approve the project, or return it", km="អនុម័តគម្រោង ឬប្រគល់ត្រឡប់"),
        14,
        _COUNCIL,
        after=("project.check",),
        others=("checked_by", "second__user"),
        condition="everybody said yes before approve",
    ),
    Wait(
        "project",
        ("approved",),
        "opinion.give",
        Name(en="Record who has not spoken before the signature", km="កត់ត្រាមតិរបស់អ្នកដែលមិនទាន់ឆ្លើយមុនចុះហត្ថលេខា"),
        30,
        _COUNCIL,
        after=("project.approve",),
        condition="a word is missing before sign",
    ),
    Wait(
        "project",
        ("approved",),
        "project.sign",
        Name(en="Sign the agreement", km="ចុះហត្ថលេខាកិច្ចព្រមព្រៀង"),
        30,
        _MONEY,
        after=("project.approve",),
        condition="everybody said yes before sign",
    ),
    Wait(
        "project",
        ("agreed",),
        "project.start",
        Name(en="Start the project", km="ចាប់ផ្ដើមគម្រោង"),
        30,
        _MONEY,
        after=("project.sign",),
        only={"kind": "sdp"},
    ),
    Wait(
        "project",
        ("completed",),
        "visit.record",
        Name(en="Ask the monitoring committee, and record what it saw", km="សួរគណៈកម្មាធិការតាមដាន រួចកត់ត្រាអ្វីដែលបានឃើញ"),
        14,
        _WORK,
        after=("project.complete",),
        only={"kind": "sdp"},
        condition="the committee was not asked",
    ),
    Wait(
        "project",
        ("completed",),
        "project.verify",
        Name(en="Verify the completion", km="ផ្ទៀងផ្ទាត់ការបញ្ចប់"),
        14,
        _WORK,
        after=("project.complete",),
        others=("completed_by",),
        only={"kind": "sdp"},
        condition="the committee is answered",
    ),
    Wait(
        "project",
        ("completed",),
        "project.settle",
        Name(en="Settle the outreach grant", km="ទូទាត់ជំនួយសកម្មភាពចុះផ្សព្វផ្សាយ"),
        30,
        _MONEY,
        after=("project.complete",),
        only={"kind": "oa"},
        condition="no tranche is open",
    ),
    Wait(
        "project",
        ("verified",),
        "project.settle",
        Name(en="Settle our part of the project", km="ទូទាត់ចំណែករបស់យើងក្នុងគម្រោង"),
        30,
        _MONEY,
        after=("project.verify",),
        condition="no tranche is open",
    ),
    Wait(
        "project",
        ("settled",),
        "project.close",
        Name(
            en="Copy what the treasury paid, and close the project",
            km="ចម្លងអ្វីដែលរតនាគារបានបង់ រួចបិទគម្រោង",
        ),
        90,
        Name(en="The treasury often pays a quarter later.", km="រតនាគារច្រើនតែបង់យឺតមួយត្រីមាស។"),
        after=("project.settle",),
        only={"kind": "sdp"},
    ),
    Wait(
        "project",
        ("terminated",),
        "project.wind_up",
        Name(en="Account for the terminated project", km="ទូទាត់គម្រោងដែលបានបញ្ឈប់"),
        30,
        _MONEY,
        after=("project.terminate",),
    ),
    Wait(
        "tranche",
        ("requested",),
        "tranche.approve",
        Name(en="Approve the tranche, or withhold it", km="អនុម័តការបើកប្រាក់ ឬផ្អាក"),
        5,
        _MONEY,
        after=("tranche.request",),
        others=("requested_by",),
    ),
    Wait(
        "tranche",
        ("approved",),
        "tranche.pay",
        Name(en="Pay the tranche", km="បើកប្រាក់"),
        5,
        _MONEY,
        after=("tranche.approve",),
        others=("requested_by", "approved_by"),
    ),
    Wait(
        "tranche",
        ("paid",),
        "tranche.acknowledge",
        Name(en="Bring the receipt for the money", km="យកបង្កាន់ដៃនៃប្រាក់មក"),
        14,
        _PAPERS,
        after=("tranche.pay",),
    ),
    Wait(
        "tranche",
        ("acknowledged",),
        "voucher.bring",
        Name(en="Bring in the vouchers", km="ប្រមូលប័ណ្ណចំណាយ"),
        60,
        _PAPERS,
        after=("tranche.acknowledge",),
        condition="money is not accounted for",
    ),
    Wait(
        "tranche",
        ("acknowledged",),
        "tranche.liquidate",
        Name(en="Liquidate the tranche: all of it is accounted for", km="ទូទាត់ដំណាក់កាល៖ បានរាយការណ៍គ្រប់ចំនួន"),
        14,
        _MONEY,
        after=("tranche.acknowledge",),
        condition="all is accounted for",
    ),
    Wait(
        "document",
        ("prepared",),
        "document.approve",
        Name(en="Approve the document, or make it void", km="អនុម័តឯកសារ ឬធ្វើឱ្យមោឃៈ"),
        5,
        _BOOKS,
        after=("document.prepare",),
        others=("prepared_by",),
    ),
    Wait(
        "document",
        ("approved",),
        "document.post",
        Name(en="Pay and post the document", km="បង់ និងចុះបញ្ជីឯកសារ"),
        5,
        _BOOKS,
        after=("document.approve",),
        others=("approved_by",),
    ),
    Wait(
        "voucher",
        ("received",),
        "voucher.accept",
        Name(en="Accept the voucher, or refuse it", km="ទទួលស្គាល់ប័ណ្ណចំណាយ ឬបដិសេធ"),
        7,
        _PAPERS,
        after=("voucher.bring",),
        others=("brought_by",),
    ),
    Wait(
        "request",
        ("recorded",),
        "request.accept",
        Name(en="Answer the request: accept, refer or decline it", km="ឆ្លើយសំណូមពរ៖ ទទួលយក បញ្ជូនបន្ត ឬបដិសេធ"),
        30,
        Name(
            en="A council meets every month: the next session can answer.",
            km="ក្រុមប្រឹក្សាប្រជុំរៀងរាល់ខែ៖ កិច្ចប្រជុំបន្ទាប់អាចឆ្លើយបាន។",
        ),
        day="event__on",
        condition="it was asked by people",
    ),
    Wait(
        "request",
        ("recorded",),
        "request.accept",
        Name(en="Answer the finding of the committee", km="ឆ្លើយចំណុចដែលគណៈកម្មាធិការបានរកឃើញ"),
        15,
        Name(
            en="A project is neither verified nor settled before its findings are answered.",
            km="គម្រោងមិនអាចផ្ទៀងផ្ទាត់ ឬទូទាត់បានទេ មុនឆ្លើយចំណុចដែលបានរកឃើញ។",
        ),
        day="event__on",
        only={"event__kind": "monitoring"},
    ),
    Wait(
        "request",
        ("accepted", "referred", "declined"),
        "request.report_back",
        Name(en="Tell the people who asked what became of it", km="ប្រាប់អ្នកដែលបានស្នើអំពីលទ្ធផល"),
        180,
        Name(en="There is a forum twice a year.", km="វេទិកាសាធារណៈធ្វើពីរដងក្នុងមួយឆ្នាំ។"),
        after=("request.accept", "request.refer", "request.decline"),
    ),
    Wait(
        "event",
        ("planned",),
        "event.hold",
        Name(en="Record that it was held, or cancel it", km="កត់ត្រាថាបានប្រព្រឹត្តទៅ ឬលុបចោល"),
        7,
        _PAPERS,
        day="on",
        condition="its day is past",
    ),
    Wait(
        "advice",
        ("given",),
        "advice.follow_up",
        Name(en="Follow up the advice", km="តាមដានដំបូន្មាន"),
        0,
        Name(en="It was agreed to be done by then.", km="បានព្រមព្រៀងថាត្រូវធ្វើរួចត្រឹមថ្ងៃនោះ។"),
        day="due",
        condition="its day has come",
    ),
    Wait(
        "course",
        ("held",),
        "course.evaluate",
        Name(en="Evaluate the course", km="វាយតម្លៃវគ្គ"),
        30,
        _PAPERS,
        after=("course.hold",),
    ),
    Wait(
        "course",
        ("evaluated",),
        "course.report",
        Name(en="Write the report on the course", km="សរសេររបាយការណ៍អំពីវគ្គ"),
        30,
        _PAPERS,
        after=("course.evaluate",),
    ),
)

#: How many are shown on Today, and how many where all are asked for.
MOST, ALL = 20, 200

#: After how many days a proof of the house is old.
PROOF_DAYS = {"verify": 7, "backup": 7}
#: Who looks after the house, and is told how it stands.
KEEPERS = frozenset({"administrator", "manager", "finance", "monitoring", "auditor"})

#: What a colleague would say of the day; of how many is said in words.
EVENTS_SAID = (
    Name(en="Nothing is planned this week.", km="សប្ដាហ៍នេះគ្មានកម្មវិធីទេ។"),
    Name(en="One event this week.", km="សប្ដាហ៍នេះមានកម្មវិធីមួយ។"),
    Name(en="{count} events this week.", km="សប្ដាហ៍នេះមានកម្មវិធី{count}។"),
)
WAITS_SAID = (
    Name(en="Nothing waits for you.", km="គ្មានអ្វីរង់ចាំអ្នកទេ។"),
    Name(en="One thing waits for you.", km="មានការងារមួយរង់ចាំអ្នក។"),
    Name(en="{count} things wait for you.", km="មានការងារ{count}រង់ចាំអ្នក។"),
)

#: The step that comes next for a project, by its kind and state; an end has none.
_NEXT = {
    "proposed": "project.check",
    "returned": "project.propose_again",
    "checked": "project.approve",
    "approved": "project.sign",
    "agreed": "project.start",
    "running": "project.complete",
    "suspended": "project.resume",
    "terminated": "project.wind_up",
    "completed": "project.verify",
    "verified": "project.settle",
    "settled": "project.close",
}
NEXT_STEP = {
    "sdp": _NEXT,
    # The light path: it does not run, nobody verifies it, and it ends when it is settled.
    "oa": {**_NEXT, "agreed": "project.complete", "completed": "project.settle"},
}
_ENDS = {"oa": ("settled",), "sdp": ()}


def next_step(kind: str, state: str) -> str:
    """The verb that comes next for a project; empty where its path is at its end."""
    return "" if state in _ENDS[kind] else NEXT_STEP[kind].get(state, "")


#: For how long something waits, in time and late.
DAYS_SAID = (
    Name(en="since today", km="តាំងពីថ្ងៃនេះ"),
    Name(en="one day", km="មួយថ្ងៃ"),
    Name(en="{days} days", km="{days_km} ថ្ងៃ"),
)
LATE = Name(en="late, {said}", km="យឺត {said}")


def days_said(days: int, *, is_late: bool) -> Name:
    """For how long something waits: "3 days", "late, 40 days"."""
    said = DAYS_SAID[min(days, len(DAYS_SAID) - 1)].format(days=f"{days:,}", days_km=in_khmer(days))
    return LATE.format(said=said) if is_late else said
