"""The financial report to a donor: how it goes from draft to accepted, and what keeps it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from laar.base.rules import by_another_than, verb, with_a_reason
from laar.kit.names import Name, listed
from laar.kit.refusals import Refusal, refusal
from laar.kit.states import Transition, condition, machine

REPORT_KINDS = {
    "interim": Name(en="Interim report", km="របាយការណ៍បណ្ដោះអាសន្ន"),
    "final": Name(en="Final report", km="របាយការណ៍ចុងក្រោយ"),
}

refusal(
    "finance.not_over",
    en="On {on} the days of the report are not over: the last is {last}. Send it after that day.",
    km="នៅថ្ងៃ {on} រយៈពេលរបាយការណ៍មិនទាន់ចប់ទេ៖ ថ្ងៃចុងក្រោយគឺ {last}។ សូមផ្ញើក្រោយថ្ងៃនោះ។",
    status=422,
)
refusal(
    "finance.blocked",
    en="{report} can't be submitted yet: {what}. Its page lists what is to be done.",
    km="{report} មិនទាន់អាចដាក់ជូនបានទេ៖ {what}។ ទំព័ររបស់វារៀបរាប់អ្វីដែលត្រូវធ្វើ។",
)
refusal(
    "finance.period",
    en="The report covers {since} to {until}; the budget runs from {first} to {last}. Choose days within it; "
    "a final report ends on the budget's last day.",
    km="របាយការណ៍គ្របដណ្តប់ពី {since} ដល់ {until}; ថវិកាចាប់ពី {first} ដល់ {last}។ សូមជ្រើសរើសថ្ងៃក្នុងរយៈពេលនោះ; "
    "របាយការណ៍ចុងក្រោយបញ្ចប់នៅថ្ងៃចុងក្រោយនៃថវិកា។",
    status=422,
)
refusal(
    "finance.overlaps",
    en="{other} reports on some of these days already. Begin on {free} or later.",
    km="{other} បានរាយការណ៍អំពីថ្ងៃខ្លះទាំងនេះរួចហើយ។ សូមចាប់ផ្ដើមថ្ងៃ {free} ឬក្រោយ។",
)
refusal(
    "finance.earlier_waits",
    en="{other} is before this report and was not submitted yet. Submit it first.",
    km="{other} ស្ថិតមុនរបាយការណ៍នេះ ហើយមិនទាន់បានដាក់ជូនទេ។ សូមដាក់ជូនវាជាមុន។",
)
refusal(
    "finance.sent",
    en="{report} is with the donor and is not changed any more. Have it returned first.",
    km="{report} ស្ថិតនៅជាមួយម្ចាស់ជំនួយ ហើយមិនអាចកែទៀតទេ។ សូមឱ្យគេបង្វិលមកវិញជាមុន។",
)
refusal(
    "finance.reported",
    en="{report} was sent by what the contract of {fund} says now. Open a fund of its own for what is agreed anew.",
    km="{report} ត្រូវបានដាក់ជូនតាមអ្វីដែលកិច្ចសន្យារបស់ {fund} ចែងនៅពេលនេះ។ សូមបើកមូលនិធិថ្មីសម្រាប់អ្វីដែលបានព្រមព្រៀងថ្មី។",
)
refusal(
    "finance.row",
    en="There is no row {row} in {report}. Choose a line or a heading of it.",
    km="គ្មានជួរ {row} ក្នុង {report} ទេ។ សូមជ្រើសរើសបន្ទាត់ ឬចំណាត់ថ្នាក់របស់វា។",
    status=422,
)
refusal(
    "finance.frozen",
    en="What was submitted is never altered. Have the report returned and submit it again.",
    km="អ្វីដែលបានដាក់ជូន មិនត្រូវកែទេ។ សូមឱ្យគេបង្វិលរបាយការណ៍ រួចដាក់ជូនម្ដងទៀត។",
)
refusal(
    "finance.reason_missing",
    en="Say why the report came back: whoever mends it reads it.",
    km="សូមប្រាប់មូលហេតុដែលរបាយការណ៍ត្រូវបានបង្វិល៖ អ្នកកែនឹងអាន។",
    status=422,
)


@dataclass(frozen=True, slots=True)
class Blocked:
    """Something that must be done before a report is submitted, and to which of its rows."""

    text: Name
    row: str = ""


@condition(en="Nothing on its list blocks it", km="គ្មានអ្វីក្នុងបញ្ជីរារាំងវាទេ")
def nothing_blocks(report: Any, *, blocks: Sequence[Blocked], **_: object) -> None:
    """every variation is explained, no shift is above its ceiling, every cost stands on a line"""
    if blocks:
        more = len(blocks) - 3
        shown = [one.text for one in blocks[:3]]
        if more > 0:
            shown.append(Name(en=f"and {more} more", km=f"និង {more} ទៀត"))
        raise Refusal("finance.blocked", report=report.name, what=listed(shown))


def fits_the_budget(kind: str, since: date, until: date, first: date, end: date) -> None:
    """Refuse a period that is not within the budget, or a final report that does not end with it."""
    if not first <= since < until <= end or (kind == "final" and until != end):
        raise Refusal(
            "finance.period",
            since=since,
            until=_last(until),
            first=first,
            last=_last(end),
        )


def _last(until: date) -> date:
    return date.fromordinal(until.toordinal() - 1)


def is_open_for_words(report: Any) -> None:
    """Refuse to change what is with the donor. Raises Refusal `finance.sent`."""
    if report.state not in ("draft", "returned"):
        raise Refusal("finance.sent", report=report.name)


_STATES = {
    "draft": Name(en="Draft", km="សេចក្ដីព្រាង"),
    "submitted": Name(en="Submitted", km="បានដាក់ជូន"),
    "returned": Name(en="Returned", km="បានបង្វិល"),
    "accepted": Name(en="Accepted", km="បានទទួលយក"),
}
_four_eyes = by_another_than("prepared_by", _STATES["draft"])

FINANCE_REPORT = machine(
    "finance_report",
    "draft",
    _STATES,
    [
        Transition("draft", "submit", "submitted", (_four_eyes, nothing_blocks)),
        Transition("submitted", "return", "returned", (with_a_reason("finance.reason_missing"),)),
        Transition("returned", "submit", "submitted", (_four_eyes, nothing_blocks)),
        Transition("submitted", "accept", "accepted"),
    ],
)

verb("finance_report.prepare", en="Prepare a financial report", km="រៀបចំរបាយការណ៍ហិរញ្ញវត្ថុ", roles=("finance", "manager"))
verb("finance_report.explain", en="Explain a variation", km="ពន្យល់គម្លាត", roles=("finance", "manager"))
verb("finance_report.submit", en="Submit the report", km="ដាក់ជូនរបាយការណ៍", roles=("manager",))
verb("finance_report.return", en="Record that it came back", km="កត់ត្រាថាត្រូវបានបង្វិល", roles=("manager",))
verb("finance_report.accept", en="Record that it was accepted", km="កត់ត្រាថាត្រូវបានទទួលយក", roles=("manager",))
