"""Which rate holds, and what a file of rates would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Q, QuerySet

from laar.kit.periods import month
from laar.kit.refusals import Refusal
from laar.ledger.files import ReadRate
from laar.ledger.models import Rate
from laar.ledger.rules import RATE_SCALE
from laar.ledger.rules.rates import FAR


@dataclass(frozen=True, slots=True)
class JudgedRate:
    """A rate of a file, and what is there: it is new, the same, or another one that becomes the next version."""

    read: ReadRate
    was: Rate | None
    #: The newest rate between the two currencies, whoever says it.
    before: Rate | None = None

    @property
    def state(self) -> str:
        """`new`, `same` or `corrected`."""
        if self.was is None:
            return "new"
        return "same" if self.was.rate == self.read.rate else "corrected"

    @property
    def version(self) -> int:
        """The version that it would be."""
        return self.was.version + 1 if self.was else 1

    @property
    def is_far(self) -> bool:
        """Whether it is so far from the rate before it that it was misread: thousands, a unit, the wrong way round."""
        if self.before is None:
            return False
        times = Fraction(self.read.rate, RATE_SCALE) / self.before.per_unit_of(self.read.base)
        return not Fraction(1, FAR) < times < FAR

    @property
    def made_rate(self) -> Rate:
        """The rate as it would be shown."""
        return self.made("")

    def made(self, source: str) -> Rate:
        """The rate as it would be kept."""
        read = self.read
        return Rate(
            base=read.base,
            currency=read.currency,
            since=read.since,
            rate=read.rate,
            source=source,
            version=self.version,
        )


def newest_rates(most: int = 30) -> QuerySet[Rate]:
    """The rates that hold since the latest days."""
    return Rate.objects.order_by("-since", "-id")[:most]


def rate_sources() -> list[str]:
    """Whose rates are kept, in the order of the alphabet."""
    return list(Rate.objects.order_by("source").values_list("source", flat=True).distinct())


def judged_rates(read: Sequence[ReadRate], source: str) -> list[JudgedRate]:
    """What each rate of a file is beside the ones of the same source that are kept."""
    days = {one.since for one in read}
    kept = {
        (rate.base, rate.currency, rate.since): rate
        for rate in Rate.objects.filter(source=source, since__in=days).order_by("version")
    }
    pairs = {(one.base, one.currency) for one in read}
    newest = {pair: _between(*pair, "").order_by("-since", "-id").first() for pair in pairs}
    return [
        JudgedRate(one, kept.get((one.base, one.currency, one.since)), newest[one.base, one.currency]) for one in read
    ]


def rate_on(base: str, currency: str, day: date, source: str = "") -> Rate:
    """The newest rate between two currencies that holds on a day, in whichever direction it was entered.

    Where a book or a contract names whose rates count, only that source's. Raises Refusal `rate.missing`.
    """
    rate = _between(base, currency, source).filter(since__lte=day).order_by("-since", "-id").first()
    if rate is None:
        raise Refusal("rate.missing", currency=currency, book=base, day=day)
    return rate


def rate_of_month(base: str, currency: str, day: date, source: str = "") -> Rate:
    """The rate of the month in which a day lies: the first one that is dated in it, as it was corrected last.

    A month without a rate of its own does not borrow the one before. Raises Refusal `rate.missing_month`.
    """
    span = month(day)
    dated = _between(base, currency, source).filter(since__gte=span.since, since__lt=span.until)
    rate = dated.order_by("since", "-id").first()
    if rate is None:
        month_ = f"{day:%Y-%m}"
        raise Refusal("rate.missing_month", currency=currency, book=base, month=month_, source=source or "–")
    return rate


def _between(base: str, currency: str, source: str) -> QuerySet[Rate]:
    rates = Rate.objects.filter(Q(base=base, currency=currency) | Q(base=currency, currency=base))
    return rates.filter(source=source) if source else rates
