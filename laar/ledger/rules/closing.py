"""What is closed, and where a posting goes that comes too late."""

from __future__ import annotations

from datetime import date
from typing import Any

from laar.base.rules import verb, with_a_reason
from laar.kit.names import Name
from laar.kit.refusals import Refusal, refusal
from laar.kit.states import Transition, machine
from laar.ledger.rules.books import MONEY

CLOSINGS = {
    "month": Name(en="Month", km="ខែ"),
    "year": Name(en="Year", km="ឆ្នាំ"),
}

refusal(
    "month.closed",
    en="The books are closed before {since}: nothing is posted on {on} any more. "
    "Date it {since} or later, and name the day of the paper in its text.",
    km="បញ្ជីបានបិទមុនថ្ងៃ {since}៖ មិនអាចចុះបញ្ជីនៅថ្ងៃ {on} ទៀតទេ។ សូមចុះថ្ងៃ {since} ឬក្រោយ ហើយសរសេរថ្ងៃនៃឯកសារក្នុងអត្ថបទ។",
)
refusal(
    "month.reason_missing",
    en="Say why {record} is opened again: the auditor reads it.",
    km="សូមប្រាប់មូលហេតុដែល {record} ត្រូវបើកវិញ៖ សវនករនឹងអាន។",
    status=422,
)

refusal(
    "month.not_over",
    en="{month} is not over yet. Close it on its last day or later.",
    km="{month} មិនទាន់ចប់ទេ។ សូមបិទនៅថ្ងៃចុងក្រោយ ឬក្រោយ។",
    status=422,
)
refusal(
    "month.out_of_turn",
    en="Months are closed one after the other: the next one is {wanted}.",
    km="ខែត្រូវបិទតាមលំដាប់៖ ខែបន្ទាប់គឺ {wanted}។",
)
refusal(
    "month.points_open",
    en="Not met and not explained: {points}. Do what is missing, or write why the month is closed without it.",
    km="មិនទាន់បំពេញ និងមិនទាន់ពន្យល់៖ {points}។ សូមធ្វើអ្វីដែលខ្វះ ឬសរសេរមូលហេតុដែលបិទខែដោយគ្មានវា។",
    status=422,
)
refusal(
    "month.of_a_closed_year",
    en="{record} lies in a year that is closed. Open the year again first.",
    km="{record} ស្ថិតក្នុងឆ្នាំដែលបានបិទ។ សូមបើកឆ្នាំវិញជាមុន។",
)
refusal(
    "month.not_the_last",
    en="Only the month that was closed last is opened again: {last}. Open that one first.",
    km="អាចបើកវិញបានតែខែដែលបិទចុងក្រោយ៖ {last}។ សូមបើកវាជាមុន។",
)

CLOSING = machine(
    "closing",
    "closed",
    {
        "closed": Name(en="Closed", km="បានបិទ"),
        "reopened": Name(en="Opened again", km="បានបើកវិញ"),
    },
    [Transition("closed", "reopen", "reopened", (with_a_reason("month.reason_missing"),))],
)


def is_open_on(book: Any, on: date) -> None:
    """Refuse a posting in a closed month, and say where it goes instead. Raises Refusal `month.closed`."""
    if book.open_from is not None and on < book.open_from:
        raise Refusal("month.closed", on=on, since=book.open_from)


def in_turn(book: Any, since: date) -> None:
    """Months are closed in their order; the first one may be any. Raises Refusal `month.out_of_turn`."""
    if book.open_from is not None and since != book.open_from:
        raise Refusal("month.out_of_turn", wanted=f"{book.open_from:%Y-%m}")


verb("month.close", en="Close a month", km="បិទខែ", roles=MONEY)
verb("year.close", en="Close a year", km="បិទឆ្នាំ", roles=MONEY)
verb("closing.reopen", en="Open a closed month again", km="បើកខែដែលបានបិទវិញ", roles=("manager",))
