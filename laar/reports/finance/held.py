"""Where the money of a fund lies at the end of a report, as the books say: beside what the report says is left of it.

The two differ, and nothing is wrong: a report converts as the donor's contract says and the books at the rate of the day;
and what is held comes from interest and exchange gains too, and has paid what no report claims.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from laar.kit.figures import Figure, Records, Scope, Total, figure, figure_of
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.models import Posting
from laar.ledger.queries.told import told
from laar.ledger.rules import MONEY_USES
from laar.reports.finance.cells import asked_as
from laar.reports.finance.figures import report_asked
from laar.reports.finance.funding import Funding
from laar.reports.models import FinanceReport

_MONEY, _ADVANCES = Q(account__use__in=MONEY_USES), Q(account__use="advance")
#: Where it lies, and on which accounts that is.
PLACES = {
    "money": (Name(en="In banks and cash boxes", km="ក្នុងធនាគារ និងបេឡា"), _MONEY),
    "advances": (Name(en="Advances that nobody has accounted for", km="បុរេប្រទានមិនទាន់ទូទាត់"), _ADVANCES),
    "other": (Name(en="Owed to us, less what we owe", km="គេជំពាក់យើង ដកអ្វីដែលយើងជំពាក់គេ"), ~_MONEY & ~_ADVANCES),
}


@figure(
    "finance.held",
    label=Name(en="What is held of a fund", km="អ្វីដែលកាន់កាប់ពីមូលនិធិ"),
    rule=Name(
        en="Debits less credits of the fund before the end of the period of the report, in the programme's own books and their "
        "currency: on banks and cash boxes (money), on advances, or on what is owed (other); all three together without a word.",
        km="ឥណពន្ធដកឥណទាននៃមូលនិធិមុនចុងរយៈពេលរបាយការណ៍ ក្នុងបញ្ជីកម្មវិធី និងរូបិយប័ណ្ណរបស់វា៖ ក្នុងធនាគារ និងបេឡា (money) "
        "បុរេប្រទាន (advances) ឬប្រាក់ជំពាក់ (other); បើមិនបញ្ជាក់ គឺទាំងបីរួមគ្នា។",
    ),
    takes=("report", "in"),
    only={"in": tuple(PLACES)},
    by_place=False,
)
def held(scope: Scope) -> Records:
    currency = scope.programme.currency
    if not scope["report"]:
        return Records(Posting.objects.none(), column="in_book", currency=currency)
    report = report_asked(scope)
    if report is None:
        raise Refusal("record.not_found")
    where = PLACES[scope["in"]][1] if scope["in"] else Q()
    ordered = _held(report).filter(where).select_related("account", "fund", "purpose", "entry", "line")
    return Records(ordered.order_by("on", "entry_id", "position"), column="in_book", currency=currency)


def _held(report: FinanceReport) -> QuerySet[Posting]:
    own = Posting.objects.filter(fund=report.budget.fund_id, account__book__is_memorandum=False, on__lt=report.until)
    return own.filter(account__kind__in=("asset", "liability"))


@figure(
    "finance.apart",
    label=Name(en="How far what is held is from what is left", km="គម្លាតរវាងអ្វីដែលកាន់កាប់ និងអ្វីដែលនៅសល់"),
    rule=Name(
        en="What is held of the fund, as the books say, less what the report says is left of the receipts; where both are in "
        "one currency.",
        km="អ្វីដែលកាន់កាប់ពីមូលនិធិតាមបញ្ជី ដកអ្វីដែលរបាយការណ៍ថានៅសល់ពីប្រាក់បានទទួល; នៅពេលទាំងពីរជារូបិយប័ណ្ណតែមួយ។",
    ),
    takes=("report",),
    by_place=False,
)
def apart(scope: Scope) -> Total:
    held_, left = (figure_of(key, scope) for key in ("finance.held", "finance.balance"))
    if held_.currency != left.currency:
        raise Refusal("record.not_found")
    return Total((held_,), (left,))


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of a fund, by where it lies, and altogether."""

    parts: list[tuple[Name, Figure]]
    whole: Figure
    #: How far that is from what the report says is left: of one that says all of it, in the currency of the books.
    apart: Figure | None


def held_of(report: FinanceReport, funding: Funding) -> Held:
    """What the books hold of the fund of a report, beside what it says is left of the receipts."""
    sums = {key: Sum("in_book", filter=where) for key, (_, where) in PLACES.items()}
    found = {key: units or 0 for key, units in _held(report).aggregate(**sums).items()}
    parts = [(name, _told(report, found[key], key)) for key, (name, _) in PLACES.items() if found[key]]
    whole = Money(sum(found.values()), report.programme.currency)
    return Held(parts, _told(report, whole.units), _apart(report, funding, whole))


def _apart(report: FinanceReport, funding: Funding, whole: Money) -> Figure | None:
    left, scope = funding.received - funding.spent, Scope(report.programme, more={"report": asked_as(report)})
    if funding.donors_part is not None or whole.currency != left.currency:
        return None
    if report.is_sent:  # what is left is told as it was sent, what is held as it is now: the two are no difference
        off = figure_of("finance.apart", scope)
    else:
        off = told("finance.apart", scope, whole.units - left.units, left.currency)
    return off if off.value else None


def _told(report: FinanceReport, units: int, where: str = "") -> Figure:
    asked = {"report": asked_as(report), **({"in": where} if where else {})}
    return told("finance.held", Scope(report.programme, more=asked), units, report.programme.currency)
