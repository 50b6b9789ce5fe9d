"""What was charged to a fund, posting by posting, in the currency of its reports.

The total of a period is rounded once. It is shared out by largest remainder to currencies, from these to budget lines,
from these to postings: whatever is printed, its parts add up to it to the cent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from django.db.models import QuerySet

from laar.kit.money import Money, rounded, shared_out
from laar.kit.periods import Period
from laar.ledger.models import Budget, Fund, Posting
from laar.ledger.queries.conversion import ReportRate, currency_of, report_rate
from laar.reports.models import FinanceReport


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
    #: How much of its currency one unit of the report's costs; None where nothing is converted.
    rate: Fraction | None = None
    value: int = 0


def costs_of(fund: Fund, until: date) -> QuerySet[Posting]:
    """What a fund paid for before a day, in the programme's own books."""
    return _own(fund, until).filter(account__kind="expense")


def receipts_of(fund: Fund, until: date) -> QuerySet[Posting]:
    """What a fund received before a day."""
    return _own(fund, until).filter(account__kind="income")


def _own(fund: Fund, until: date) -> QuerySet[Posting]:
    postings = Posting.objects.filter(fund=fund, on__lt=until, account__book__is_memorandum=False)
    return postings.order_by("on", "entry_id", "position")


def spans_of(budget: Budget, since: date, until: date, number: int) -> list[Period]:
    """The periods in which a report converts: those of the reports before it, what lies between, and its own.

    A mean rate is one of a reporting period: what was reported stays as it was reported.
    """
    spans: list[Period] = []
    free = min(budget.since, since)
    earlier = FinanceReport.objects.filter(budget=budget, number__lt=number, until__lte=since).order_by("since")
    for begins, ends in earlier.values_list("since", "until"):
        if free < begins:
            spans.append(Period(free, begins))
        if free <= begins:
            spans.append(Period(begins, ends))
            free = ends
    if free < since:
        spans.append(Period(free, since))
    return [*spans, Period(since, until)]


def charged(fund: Fund, postings: QuerySet[Posting], spans: list[Period]) -> list[Charge]:
    """Postings with their value in the currency of the fund's reports, by its policy. Raises Refusal `rate.missing`."""
    rows = postings.values_list(
        "pk", "line_id", "purpose_id", "on", "currency", "units", "in_book", "account__book__currency"
    )
    exact: dict[int, Fraction] = {}
    found: list[Charge] = []
    rates = _Rates(fund)
    for key, line, purpose, on, currency, units, in_book, kept_in in rows:
        span = next((one for one in spans if on in one), spans[0])
        charge = Charge(key, line, purpose, on, currency, units, in_book, span)
        exact[key] = rates.exact(charge, kept_in)
        is_converted = currency != rates.to and exact[key]
        found.append(replace(charge, rate=units / exact[key] if is_converted else None))
    values: dict[int, int] = {}
    for span in spans:
        inside = [charge for charge in found if charge.span == span]
        values |= _shared(inside, exact, rates.to)
    return [replace(charge, value=values[charge.key]) for charge in found]


class _Rates:
    """The rates of a fund, each asked for once."""

    def __init__(self, fund: Fund) -> None:
        self.fund, self.to = fund, currency_of(fund)
        self._known: dict[Hashable, ReportRate] = {}

    def exact(self, charge: Charge, kept_in: str) -> Fraction:
        """What a posting is worth before it is rounded, in 1/10 000."""
        if charge.currency == self.to:
            return Fraction(charge.units)
        if self.fund.rate_policy == "transaction" and kept_in == self.to:
            return Fraction(charge.in_book)  # converted on its day already, when it was posted
        by_day = {"transaction": charge.on, "month": charge.on.replace(day=1)}
        asked = (charge.currency, charge.span, by_day.get(self.fund.rate_policy))
        if asked not in self._known:
            self._known[asked] = report_rate(self.fund, charge.currency, charge.span, charge.on)
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
