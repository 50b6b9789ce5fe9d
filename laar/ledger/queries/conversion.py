"""How the reports of a fund convert, as its contract says. The books are never altered by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from laar.kit.money import Money
from laar.kit.periods import Period
from laar.kit.refusals import Refusal
from laar.ledger.models import Fund, Rate
from laar.ledger.queries.rates import rate_of_month, rate_on


@dataclass(frozen=True, slots=True)
class ReportRate:
    """The rate at which a report converts a currency, exact, and the published rates that it is made of."""

    #: The currency of the report, and the one that is converted.
    currency: str
    foreign: str
    #: How much of `foreign` one unit of `currency` costs, as it is published.
    rate: Fraction
    made_of: tuple[Rate, ...] = ()

    @property
    def factor(self) -> Fraction:
        """How much of the report's currency one unit of the other is worth."""
        return 1 / self.rate

    def exact(self, amount: Money) -> Fraction:
        """An amount in the currency of the report, in 1/10 000 and unrounded: `shared_out` rounds a column of them."""
        return amount.units * self.factor

    def convert(self, amount: Money) -> Money:
        """One amount, rounded once, half up, to the smallest coin."""
        return amount.times(self.factor, self.currency)

    def printed(self, digits: int = 6) -> str:
        """The rate as a report prints it: `1.470758`."""
        return f"{rounded(self.rate, digits):,f}"


def currency_of(fund: Fund) -> str:
    """In what the reports of a fund are: its contract's currency, else the programme's."""
    return fund.currency or fund.programme.currency


def report_rate(fund: Fund, currency: str, period: Period, day: date, *, into: str = "") -> ReportRate:
    """The rate at which a report of a fund over a period converts what was paid in a currency on a day.

    It is in the currency of the fund's reports, or in that of a budget (`into`).

    `transaction`: that of the day; `month`: that of its month; `period_mean`: the simple arithmetic mean of the published
    rates of the months of the period; `fixed`: the one that the contract's source gives for its first day.
    Raises Refusal `rate.missing`, `rate.missing_month`.
    """
    into = into or currency_of(fund)
    if currency == into:
        return ReportRate(into, currency, Fraction(1))
    if fund.rate_policy == "month":
        return _single(into, currency, rate_of_month(into, currency, day, fund.rate_source))
    if fund.rate_policy == "period_mean":
        rates = tuple(rate_of_month(into, currency, first, fund.rate_source) for first in period.months())
        mean = sum((1 / rate.per_unit_of(currency) for rate in rates), Fraction(0)) / len(rates)
        return ReportRate(into, currency, mean, rates)
    if fund.rate_policy == "fixed":
        return _single(into, currency, _agreed(into, currency, fund, period))
    return _single(into, currency, rate_on(into, currency, day, fund.rate_source))


def _agreed(into: str, currency: str, fund: Fund, period: Period) -> Rate:
    """The rate of the contract: entered with the contract as its source. Raises Refusal `rate.missing`."""
    since = fund.since or period.since
    if not fund.rate_source:
        raise Refusal("rate.missing", currency=currency, book=into, day=since)
    return rate_on(into, currency, since, fund.rate_source)


def _single(into: str, foreign: str, rate: Rate) -> ReportRate:
    return ReportRate(into, foreign, 1 / rate.per_unit_of(foreign), (rate,))


def rounded(value: Fraction, digits: int) -> Decimal:
    """A fraction with so many decimals, halves away from zero."""
    step = Decimal(1).scaleb(-digits)
    whole = (abs(value) * 10**digits + Fraction(1, 2)).__floor__()
    found = Decimal(whole).scaleb(-digits).quantize(step, ROUND_HALF_UP)
    return -found if value < 0 else found
