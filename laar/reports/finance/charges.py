"""What was charged to a fund, posting by posting, in the currency of its reports.

The total of a period is rounded once. It is shared out by largest remainder to currencies, from these to budget lines,
from these to postings: whatever is printed, its parts add up to it to the cent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.functions import Coalesce

from laar.kit.money import Money, rounded, shared_out
from laar.kit.periods import Period
from laar.ledger.models import Budget, Posting
from laar.ledger.queries.conversion import ReportRate, report_rate
from laar.ledger.rules import NO_INSTALMENT
from laar.reports.models import FinanceFigure, FinanceReport


@dataclass(frozen=True, slots=True)
class Charge:
    """A posting as a report reads it: `units` as it was paid, `value` in the currency of the report."""

    key: int
    line: int | None
    purpose: int | None
    on: date
    currency: str
    units: int
    in_book: int
    span: Period
    #: It belongs to the report itself; else to what was before it.
    is_new: bool
    #: It is dated in the days of an earlier report that was sent without it: a correction of that one.
    corrects: FinanceReport | None = None
    #: How much of its currency one unit of the report's costs; None where nothing is converted.
    rate: Fraction | None = None
    value: int = 0


@dataclass(frozen=True, slots=True)
class Sent:
    """The other reports of a budget that are with the donor, in the order of their days, and what each of them claimed."""

    reports: tuple[FinanceReport, ...] = ()
    claimed: Mapping[int, FinanceReport] = field(default_factory=dict)

    def on(self, day: date) -> FinanceReport | None:
        """The report in whose days a day is."""
        return next((one for one in self.reports if one.since <= day < one.until), None)


#: What a report keeps of its costs and of its receipts: the row of one, before its key, and a row of every such report.
COSTS, RECEIPTS = ("posting:", "total"), ("receipt:", "source:donor")


def sent_beside(report: FinanceReport, kept: tuple[str, str] = COSTS) -> Sent:
    """What other reports of the budget claimed, posting by posting. A report that nobody keeps corrects nothing."""
    if not report.pk:
        return Sent()
    one, every = kept
    others = FinanceFigure.objects.filter(report__budget=report.budget_id, turn=F("report__turn"))
    others = others.filter(report__state__in=("submitted", "accepted")).exclude(report=report.pk)
    reports = FinanceReport.objects.filter(pk__in=others.filter(row=every).values("report"))
    by_key = {found.pk: found for found in reports.select_related("budget").order_by("since")}
    rows = others.filter(report__in=by_key, row__startswith=one).values_list("row", "report_id")
    return Sent(tuple(by_key.values()), {int(row.removeprefix(one)): by_key[key] for row, key in rows})


def costs_of(budget: Budget, until: date) -> QuerySet[Posting]:
    """What was paid for a budget before a day, in the programme's own books: on its lines, or on no line at all.

    Up to the budget's last day that is all there is on its lines: what was taken back later was never to be claimed.
    """
    postings = _own(budget, until).filter(account__kind="expense")
    return postings.filter(Q(line__budget=budget) | Q(line=None) & _falls_to(budget))


def receipts_of(budget: Budget, until: date) -> QuerySet[Posting]:
    """The instalments of the donor before a day: income of the fund that is neither interest nor an exchange gain."""
    income = _own(budget, until).filter(_falls_to(budget), account__kind="income")
    return income.exclude(account__use__in=NO_INSTALMENT)


def interest_of(budget: Budget, until: date) -> QuerySet[Posting]:
    """What the money itself earned before a day: interest, and other income of the fund that no donor paid."""
    return _own(budget, until).filter(_falls_to(budget), account__kind="income", account__use="interest")


def outside(budget: Budget) -> Q:
    """Costs on no line of a budget, or on days that are not its own: no donor pays for them.

    What undoes an entry counts as that entry does; what comes back after the last day lowers its line.
    """
    after = Q(counts_on__gte=budget.until) & ~_COMES_BACK
    return Q(line=None) | Q(counts_on__lt=budget.since) | after


#: Money that comes back, and what undoes such an entry.
_COMES_BACK = Q(units__lt=0, entry__reverses=None) | Q(units__gt=0, entry__reverses__isnull=False)


def _own(budget: Budget, until: date) -> QuerySet[Posting]:
    postings = Posting.objects.filter(fund=budget.fund_id, account__book__is_memorandum=False)
    postings = postings.annotate(counts_on=Coalesce("entry__reverses__on", "on"))
    inside = Q(on__lt=until)
    if until == budget.until:  # the last report: nothing else could carry what is undone or comes back later
        inside |= Q(counts_on__lt=until) | Q(line__budget=budget)
    return postings.filter(inside).order_by("on", "entry_id", "position")


def _falls_to(budget: Budget) -> Q:
    """To which budget of a fund falls what names none: to the first whose days hold it; else to the first of all."""
    budgets = _of_the_fund(budget)
    if len(budgets) == 1:
        return Q()
    days = {one.pk: Q(counts_on__gte=one.since, counts_on__lt=one.until) for one in budgets}
    mine = days[budget.pk]
    for one in budgets[: budgets.index(budget)]:
        mine &= ~days[one.pk]
    if budget == budgets[0]:
        anywhere = Q()
        for one in budgets:
            anywhere |= days[one.pk]
        mine |= ~anywhere
    return mine


def _of_the_fund(budget: Budget) -> list[Budget]:
    """All budgets of its fund, in the order of their days; asked for once, for a report has many rows."""
    known: list[Budget] | None = vars(budget).get("_of_the_fund")
    if known is None:
        known = vars(budget)["_of_the_fund"] = list(Budget.objects.filter(fund=budget.fund_id).order_by("since", "pk"))
    return known


def spans_of(report: FinanceReport) -> list[Period]:
    """The periods in which a report converts: those of the reports before it, what lies between, and its own.

    A mean rate is one of a reporting period: what was reported stays as it was reported. Before it is whatever is about
    earlier days, in whichever order they were prepared.
    """
    spans: list[Period] = []
    since, until = report.since, report.until
    free = min(report.budget.since, since)
    earlier = FinanceReport.objects.filter(budget=report.budget_id, until__lte=since).exclude(pk=report.pk)
    for begins, ends in earlier.order_by("since").values_list("since", "until"):
        if free < begins:
            spans.append(Period(free, begins))
        if free <= begins:
            spans.append(Period(begins, ends))
            free = ends
    if free < since:
        spans.append(Period(free, since))
    return [*spans, Period(since, until)]


def charged(budget: Budget, postings: QuerySet[Posting], spans: list[Period], sent: Sent | None = None) -> list[Charge]:
    """Postings with their value in the currency of the budget, by the policy of its fund. Raises Refusal `rate.missing`.

    What an earlier report was sent without is claimed by this one; what a later report claimed is not claimed again.
    What undoes an entry is converted as that was: nothing is left of a cost that was taken back.
    """
    rows = postings.annotate(is_loose=Case(When(outside(budget), then=True), default=False)).values_list(
        *("pk", "line_id", "purpose_id", "on", "currency", "units", "in_book"),
        *("account__book__currency", "entry_id", "entry__reverses", "is_loose"),
    )
    exact: dict[int, Fraction] = {}
    found: list[Charge] = []
    converted: dict[int, tuple[date, Period]] = {}
    rates, sent = _Rates(budget), sent or Sent()
    for key, line, purpose, on, currency, units, in_book, kept_in, entry, undone, is_loose in rows:
        where = _where(key, on, spans, sent)
        if where is None:
            continue
        charged_to = None if is_loose else line
        charge = Charge(key, charged_to, purpose, on, currency, units, in_book, *where)
        converted[entry] = converted.get(undone, (on, charge.span))
        exact[key] = rates.exact(charge, kept_in, *converted[entry])
        is_converted = currency != rates.to and exact[key]
        found.append(replace(charge, rate=units / exact[key] if is_converted else None))
    values: dict[int, int] = {}
    for span in spans:
        inside = [charge for charge in found if charge.span == span]
        values |= _shared(inside, exact, rates.to)
    return [replace(charge, value=values[charge.key]) for charge in found]


def _where(key: int, on: date, spans: list[Period], sent: Sent) -> tuple[Period, bool, FinanceReport | None] | None:
    """In which period a posting is converted, whether the report claims it, and which earlier one that corrects."""
    last = spans[-1]
    claimed = sent.claimed.get(key)
    if claimed is not None:
        days = Period(claimed.since, claimed.until)
        return (days, False, None) if claimed.until <= last.since and days in spans else None
    span = next((one for one in spans if on in one), spans[0])
    if on >= last.since:
        return last, True, None
    corrects = sent.on(on)
    return (last, True, corrects) if corrects else (span, False, None)


class _Rates:
    """The rates of the fund of a budget into the budget's currency, each asked for once."""

    def __init__(self, budget: Budget) -> None:
        self.fund, self.to = budget.fund, budget.currency
        self._known: dict[Hashable, ReportRate] = {}

    def exact(self, charge: Charge, kept_in: str, on: date, span: Period) -> Fraction:
        """What a posting is worth before it is rounded, in 1/10 000, at the rate of a day of a period."""
        if charge.currency == self.to:
            return Fraction(charge.units)
        if self.fund.rate_policy == "transaction" and kept_in == self.to:
            return Fraction(charge.in_book)  # converted on its day already, when it was posted
        by_day = {"transaction": on, "month": on.replace(day=1)}
        asked = (charge.currency, span, by_day.get(self.fund.rate_policy))
        if asked not in self._known:
            self._known[asked] = report_rate(self.fund, charge.currency, span, on, into=self.to)
        return charge.units * self._known[asked].factor


def _shared(charges: list[Charge], exact: Mapping[int, Fraction], currency: str) -> dict[int, int]:
    """The value of each charge of a period: its total rounded once, then shared out level by level."""
    total = rounded(sum((exact[charge.key] for charge in charges), Fraction(0)), currency)
    values: dict[int, int] = {}
    for whole, of_currency in _split(total, _by(charges, lambda one: one.currency), exact):
        for part, of_line in _split(whole, _by(of_currency, lambda one: one.line), exact):
            amounts = shared_out(part, [exact[charge.key] for charge in of_line])
            values |= {charge.key: amount.units for charge, amount in zip(of_line, amounts, strict=True)}
    return values


def _split(
    whole: Money, groups: list[list[Charge]], exact: Mapping[int, Fraction]
) -> Iterable[tuple[Money, list[Charge]]]:
    sums = [sum((exact[charge.key] for charge in group), Fraction(0)) for group in groups]
    return zip(shared_out(whole, sums), groups, strict=True) if groups else ()


def _by(charges: list[Charge], key: Callable[[Charge], Hashable]) -> list[list[Charge]]:
    groups: dict[Hashable, list[Charge]] = defaultdict(list)
    for charge in charges:
        groups[key(charge)].append(charge)
    return list(groups.values())
