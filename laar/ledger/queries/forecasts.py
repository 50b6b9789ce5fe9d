"""Reads of forecasts: what is expected of each line between two days, and the columns in which it is asked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from laar.kit.money import Money
from laar.kit.periods import Period
from laar.ledger.models import Budget, BudgetForecast

#: How long a period of a forecast is, in months, and for how many of them is asked at once.
STEPS = {"month": (1, 6), "quarter": (3, 4), "year": (12, 5)}


@dataclass(slots=True)
class Share:
    """What of a line is expected in some days: the sum, and the part of each amount of the forecast in it, by key."""

    units: int = 0
    parts: dict[int, int] = field(default_factory=dict)


def expected_in(forecast: BudgetForecast, since: date, until: date) -> dict[int, Share]:
    """What is expected of each line between two days: an amount over more months than these is spread over its months."""
    found: dict[int, Share] = defaultdict(Share)
    for one in forecast.amounts.filter(since__lt=until, until__gt=since):
        whole = _months(one.since, one.until)
        inside = _months(max(one.since, since), min(one.until, until))
        units = Money(one.units, one.currency).times(Fraction(inside, whole)).units
        share = found[one.line_id]
        share.units += units
        share.parts[one.pk] = units
    return dict(found)


def _months(since: date, until: date) -> int:
    return len(list(Period(since, until).months()))


def columns_of(budget: Budget, step: str, day: date) -> list[Period]:
    """The months, quarters or years for which a forecast asks: from the one of a day on, within the budget."""
    length, most = STEPS[step]
    start = max(budget.since, day)
    place = (start.year * 12 + start.month - 1) // length * length
    found: list[Period] = []
    while len(found) < most:
        since, until = _first(place), _first(place + length)
        if since >= budget.until:
            break
        found.append(Period(max(since, budget.since), min(until, budget.until)))
        place += length
    return found


def _first(place: int) -> date:
    return date(place // 12, place % 12 + 1, 1)
