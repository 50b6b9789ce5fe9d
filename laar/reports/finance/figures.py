"""The figures of the financial reports. Each is a cell of the form: a report, a row, a column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from laar.kit.figures import Figure, Ratio, Records, Scope, Total, figure, figure_of
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.models import Budget, BudgetLine, BudgetMove, ForecastAmount, Posting, Purpose
from laar.ledger.queries.told import Reckoned
from laar.reports.finance.ahead import ahead_of
from laar.reports.finance.cells import looked_at
from laar.reports.finance.charges import RECEIPTS, interest_of, receipts_of, sent_beside, spans_of
from laar.reports.finance.funding import came_in, paid_beside
from laar.reports.finance.statement import component, measured_cell, statement_of
from laar.reports.models import FinanceReport

COLUMNS = {"column": ("original", "changes", "now")}
WHEN = {"when": ("before", "period", "to_date")}


def _cell(key: str, scope: Scope) -> Records | Total | Ratio | None:
    """What the report reckons for a cell; None where no report is asked for. Raises Refusal `record.not_found`."""
    if not scope["report"]:
        return None
    report = report_asked(scope)
    found = measured_cell(report, key, scope.more) if report else None
    if found is None:
        raise Refusal("record.not_found")
    return found


def report_asked(scope: Scope) -> FinanceReport | None:
    """The report that a figure names: one that is kept, or some days of a budget."""
    code, _, days = scope["report"].partition(":")
    if not days:
        return FinanceReport.objects.filter(programme=scope.programme, pk=_key(code)).first()
    budget = Budget.objects.filter(programme=scope.programme, code=code).select_related("fund").first()
    try:
        since, until = (date.fromisoformat(day) for day in days.split(":"))
    except ValueError:
        return None
    return looked_at(budget, since, until) if budget and since < until else None


def _key(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 18 else 0


def _records(key: str, scope: Scope, empty: Records) -> Records:
    found = _cell(key, scope)
    return found if isinstance(found, Records) else empty


@figure(
    "finance.planned",
    label=Name(en="Budget of a row of the report", km="ថវិកានៃជួរក្នុងរបាយការណ៍"),
    rule=Name(
        en="The amounts of the budget lines in this row: as per contract, what addenda and reallocations changed until the "
        "end of the period, or both together.",
        km="ចំនួនទឹកប្រាក់នៃបន្ទាត់ថវិកាក្នុងជួរនេះ៖ តាមកិច្ចសន្យា អ្វីដែលសេចក្ដីបន្ថែម និងការផ្ទេរបានប្ដូរ ឬទាំងពីរ។",
    ),
    takes=("report", "row", "column"),
    only=COLUMNS,
    by_place=False,
)
def planned(scope: Scope) -> Records:
    nothing = Records(BudgetMove.objects.none(), column="units", currency=scope.programme.currency)
    return _records("finance.planned", scope, nothing)


@figure(
    "finance.paid",
    label=Name(en="Paid in a currency in the period", km="បានបង់ជារូបិយប័ណ្ណក្នុងរយៈពេល"),
    rule=Name(
        en="The costs charged to the budget lines of this row in the days of the report, in the currency in which they were "
        "paid, less what was reversed.",
        km="ចំណាយក្នុងបន្ទាត់ថវិកានៃជួរនេះ ក្នុងរយៈពេលរបាយការណ៍ គិតជារូបិយប័ណ្ណដែលបានបង់ ដកអ្វីដែលបានបញ្ច្រាស។",
    ),
    takes=("report", "row", "currency"),
    by_place=False,
)
def paid(scope: Scope) -> Records:
    nothing = Records(Posting.objects.none(), column="units", currency=scope.programme.currency)
    return _records("finance.paid", scope, nothing)


@figure(
    "finance.cost",
    label=Name(en="Cost in the currency of the report", km="ចំណាយគិតជារូបិយប័ណ្ណរបាយការណ៍"),
    rule=Name(
        en="The costs charged to the budget lines of this row, converted as the donor's contract says; the total of each "
        "reporting period is rounded once and shared out by largest remainder, so that the parts add up to the cent.",
        km="ចំណាយក្នុងបន្ទាត់ថវិកានៃជួរនេះ ប្ដូររូបិយប័ណ្ណតាមកិច្ចសន្យាម្ចាស់ជំនួយ; ចំនួនសរុបនៃរយៈពេលនីមួយៗបង្គត់តែម្ដង "
        "ហើយចែកតាមសំណល់ធំបំផុត ដើម្បីឱ្យផលបូកត្រូវគ្នាដល់សេន។",
    ),
    takes=("report", "row", "when", "currency"),
    only=WHEN,
    by_place=False,
)
def cost(scope: Scope) -> Records:
    nothing = Records(Posting.objects.none(), column="in_book", currency=scope.programme.currency)
    return _records("finance.cost", scope, nothing)


@figure(
    "finance.due",
    label=Name(en="Budget up to the end of the period", km="ថវិកាដល់ចុងរយៈពេល"),
    rule=Name(
        en="Of each budget line of this row the part of its months that are over at the end of the period; in a final "
        "report all of it.",
        km="ចំណែកនៃបន្ទាត់ថវិកានីមួយៗ តាមចំនួនខែដែលកន្លងផុតនៅចុងរយៈពេល; ក្នុងរបាយការណ៍ចុងក្រោយ គឺទាំងអស់។",
    ),
    takes=("report", "row"),
    by_place=False,
)
def due(scope: Scope) -> Records:
    nothing = Records(BudgetMove.objects.none(), column="units", currency=scope.programme.currency)
    return _records("finance.due", scope, nothing)


@figure(
    "finance.variation",
    label=Name(en="Left of the budget up to the end of the period", km="នៅសល់ពីថវិកាដល់ចុងរយៈពេល"),
    rule=Name(
        en="The budget up to the end of the period, less what was spent to date; less than nothing is spent beyond it.",
        km="ថវិកាដល់ចុងរយៈពេល ដកចំណាយមកដល់បច្ចុប្បន្ន; តិចជាងសូន្យមានន័យថាលើសថវិកា។",
    ),
    takes=("report", "row"),
    by_place=False,
)
def variation(scope: Scope) -> Total:
    found = _cell("finance.variation", scope)
    return (
        found if isinstance(found, Total) else Total((_blank("finance.due", scope),), (_blank("finance.cost", scope),))
    )


@figure(
    "finance.variation_share",
    label=Name(en="Variation in percent", km="គម្លាតជាភាគរយ"),
    rule=Name(
        en="What is left of the budget up to the end of the period, over that budget.",
        km="អ្វីដែលនៅសល់ពីថវិកាដល់ចុងរយៈពេល ធៀបនឹងថវិកានោះ។",
    ),
    takes=("report", "row"),
    by_place=False,
)
def variation_share(scope: Scope) -> Ratio:
    found = _cell("finance.variation_share", scope)
    if isinstance(found, Ratio):
        return found
    return Ratio(_blank("finance.variation", scope), _blank("finance.due", scope), percent=True)


@figure(
    "finance.interest",
    label=Name(en="Interest and other income of a fund", km="ការប្រាក់ និងចំណូលផ្សេងៗនៃមូលនិធិ"),
    rule=Name(
        en="The postings of the fund on accounts for interest and other income before the end of the period of the report, "
        "converted as the donor's contract says: no instalment, and told apart.",
        km="ការចុះបញ្ជីនៃមូលនិធិក្នុងគណនីការប្រាក់ និងចំណូលផ្សេងៗ មុនចុងរយៈពេលរបាយការណ៍ ប្ដូររូបិយប័ណ្ណតាមកិច្ចសន្យា៖ "
        "មិនមែនជាប្រាក់ដែលម្ចាស់ជំនួយបង់ ហើយបង្ហាញដាច់ដោយឡែក។",
    ),
    takes=("report", "when"),
    only=WHEN,
    by_place=False,
)
def interest(scope: Scope) -> Records:
    return _came_in(scope, interest_of)


@figure(
    "finance.beside",
    label=Name(en="Paid beside the donor's budget", km="បានបង់ក្រៅពីថវិកាម្ចាស់ជំនួយ"),
    rule=Name(
        en="What the commune/sangkat fund or the community paid in those places that the costs of the report reached, before "
        "the end of its period, in the currency of the books.",
        km="អ្វីដែលមូលនិធិឃុំ/សង្កាត់ ឬសហគមន៍បានបង់ក្នុងទីកន្លែងដែលចំណាយនៃរបាយការណ៍បានទៅដល់ មុនចុងរយៈពេល តាមរូបិយប័ណ្ណបញ្ជី។",
    ),
    takes=("report", "giver"),
    only={"giver": ("commune", "community")},
    by_place=False,
)
def beside(scope: Scope) -> Records:
    postings = Posting.objects.none()
    if scope["report"]:
        report = report_asked(scope)
        if report is None:
            raise Refusal("record.not_found")
        postings = paid_beside(report, scope["giver"] or "commune").filter(on__lt=report.until)
        postings = postings.select_related("account", "fund", "purpose", "entry", "line").order_by("on", "pk")
    return Records(postings, column="in_book", currency=scope.programme.currency)


@figure(
    "finance.left",
    label=Name(en="Left of a row of the budget", km="នៅសល់ពីជួរនៃថវិកា"),
    rule=Name(
        en="The budget of this row after all changes, less what was spent to date.",
        km="ថវិកានៃជួរនេះក្រោយការផ្លាស់ប្ដូរទាំងអស់ ដកចំណាយមកដល់បច្ចុប្បន្ន។",
    ),
    takes=("report", "row"),
    by_place=False,
)
def left(scope: Scope) -> Total:
    found = _cell("finance.left", scope)
    if isinstance(found, Total):
        return found
    return Total((_blank("finance.planned", scope),), (_blank("finance.cost", scope),))


@figure(
    "finance.allowed",
    label=Name(en="Budget of the days of the report", km="ថវិកាសម្រាប់រយៈពេលរបាយការណ៍"),
    rule=Name(
        en="What the budget allows up to the end of the period as the months go by, less what it allowed up to its beginning.",
        km="ថវិកាដែលអនុញ្ញាតដល់ចុងរយៈពេល តាមចំនួនខែ ដកអ្វីដែលបានអនុញ្ញាតដល់ដើមរយៈពេល។",
    ),
    takes=("report", "row"),
    by_place=False,
)
def allowed(scope: Scope) -> Records:
    nothing = Records(BudgetMove.objects.none(), column="units", currency=scope.programme.currency)
    return _records("finance.allowed", scope, nothing)


@figure(
    "finance.expected",
    label=Name(en="Expected to be spent next", km="រំពឹងថានឹងចំណាយបន្ទាប់"),
    rule=Name(
        en="What the newest forecast of the budget expects of this line in the next period of the same length, or in the one "
        "after it (later); without a forecast what is left of the line, spread evenly over its months.",
        km="អ្វីដែលការព្យាករណ៍ថ្មីបំផុតរំពឹងពីបន្ទាត់នេះក្នុងរយៈពេលបន្ទាប់ ឬរយៈពេលក្រោយទៀត; បើគ្មានការព្យាករណ៍ គឺអ្វីដែលនៅសល់ ចែកស្មើតាមខែ។",
    ),
    takes=("report", "row", "when"),
    only={"when": ("next", "later")},
    by_place=False,
)
def expected(scope: Scope) -> Records:
    if not scope["report"]:
        return Records(BudgetMove.objects.none(), column="units", currency=scope.programme.currency)
    report = report_asked(scope)
    ahead = ahead_of(statement_of(report)) if report else []
    one = next((one for one in ahead if one.row.key == scope["row"]), None)
    if one is None or one.row.line is None:
        raise Refusal("record.not_found")
    is_later = scope["when"] == "later"
    amount, parts = (one.later, one.later_parts) if is_later else (one.next, one.next_parts)
    records: QuerySet[Any] = ForecastAmount.objects.filter(pk__in=parts).select_related("line").order_by("since")
    shares = parts
    if not one.is_forecast:
        records, shares = BudgetLine.objects.filter(pk=one.row.line.pk), {one.row.line.pk: amount.units}
    return Reckoned(records, currency=amount.currency, shares=shares, total=amount.units)


@figure(
    "finance.balance",
    label=Name(en="Left of what was received", km="នៅសល់ពីអ្វីដែលបានទទួល"),
    rule=Name(
        en="What the donor paid in before the end of the period, less all costs of the fund to date.",
        km="អ្វីដែលម្ចាស់ជំនួយបានបង់មុនចុងរយៈពេល ដកចំណាយទាំងអស់នៃមូលនិធិមកដល់បច្ចុប្បន្ន។",
    ),
    takes=("report",),
    by_place=False,
)
def balance(scope: Scope) -> Total:
    if not scope["report"]:
        return Total((_blank("finance.received", scope),), (_blank("finance.cost", scope),))
    report = report_asked(scope)
    if report is None:
        raise Refusal("record.not_found")
    came = figure_of("finance.received", Scope(scope.programme, more={"report": scope["report"]}))
    return Total((came,), (statement_of(report).total.cells["to_date"].figure,))


@figure(
    "finance.component",
    label=Name(en="Uses of a fund for a component", km="ការប្រើប្រាស់មូលនិធិសម្រាប់សមាសភាគ"),
    rule=Name(
        en="The costs of the fund in the days of the report that are for one purpose, converted as the donor's contract says.",
        km="ចំណាយនៃមូលនិធិក្នុងរយៈពេលរបាយការណ៍ សម្រាប់គោលបំណងមួយ ប្ដូររូបិយប័ណ្ណតាមកិច្ចសន្យាម្ចាស់ជំនួយ។",
    ),
    takes=("report", "purpose", "when"),
    only=WHEN,
    by_place=False,
)
def of_component(scope: Scope) -> Records:
    if not scope["report"]:
        return Records(Posting.objects.none(), column="in_book", currency=scope.programme.currency)
    report = report_asked(scope)
    purpose = Purpose.objects.filter(programme=scope.programme, code=scope["purpose"]).first()
    if report is None or (purpose is None and scope["purpose"]):
        raise Refusal("record.not_found")
    return component(statement_of(report), purpose, scope["when"] or "period")


@figure(
    "finance.received",
    label=Name(en="Received from the donor", km="បានទទួលពីម្ចាស់ជំនួយ"),
    rule=Name(
        en="The instalments of the donor: the postings of the fund on income accounts of the programme's own book before the "
        "end of the period of the report, without interest and exchange gains, converted as the donor's contract says.",
        km="ប្រាក់ដែលម្ចាស់ជំនួយបានបង់៖ ការចុះបញ្ជីនៃមូលនិធិក្នុងគណនីចំណូលនៃបញ្ជីកម្មវិធី មុនចុងរយៈពេលរបាយការណ៍ ដោយគ្មានការប្រាក់ "
        "និងចំណេញពីការប្ដូរប្រាក់ ប្ដូររូបិយប័ណ្ណតាមកិច្ចសន្យាម្ចាស់ជំនួយ។",
    ),
    takes=("report", "when"),
    only=WHEN,
    by_place=False,
)
def received(scope: Scope) -> Records:
    return _came_in(scope, receipts_of)


def _came_in(scope: Scope, of: Callable[[Budget, date], QuerySet[Posting]]) -> Records:
    """What came in of a kind, converted as the report converts."""
    if not scope["report"]:
        return Records(Posting.objects.none(), column="in_book", currency=scope.programme.currency)
    report = report_asked(scope)
    if report is None:
        raise Refusal("record.not_found")
    budget, wanted = report.budget, {"before": (False,), "period": (True,)}.get(scope["when"], (False, True))
    came = came_in(report, of, spans_of(report), sent_beside(report, RECEIPTS))
    shares = {one.key: -one.value for one in came if one.is_new in wanted}
    postings = of(budget, report.until).filter(pk__in=shares)
    postings = postings.select_related("account", "fund", "purpose", "entry", "line")
    return Reckoned(postings, currency=budget.currency, shares=shares, total=sum(shares.values()))


def _blank(key: str, scope: Scope, **more: str) -> Figure:
    """The same figure of no report: nothing."""
    asked: Mapping[str, str] = more
    return figure_of(key, Scope(scope.programme, more=dict(asked)))
