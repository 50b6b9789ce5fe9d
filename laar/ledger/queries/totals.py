"""Budget against actual of a whole programme: by heading and year, from the roll-ups alone."""

from __future__ import annotations

from django.db.models import ExpressionWrapper, F, IntegerField

from laar.base.models import Programme
from laar.ledger.models import HeadingMonth, HeadingPlan
from laar.ledger.queries.sums import Whole


def planned_and_charged(programme: Programme) -> dict[tuple[int, int], tuple[int, int]]:
    """What was planned and what was charged, in 1/10 000, by (heading, year; 0 for the whole time) of all funds."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    planned = HeadingPlan.objects.filter(programme_id=programme.pk).order_by()
    for heading, year, units in planned.values_list("heading_id", "year").annotate(Whole("units")):
        found[heading, year] = (units, 0)
    charged = HeadingMonth.objects.filter(programme_id=programme.pk).order_by()
    year_of = ExpressionWrapper(F("month") / 100, IntegerField())  # 200803: whole numbers on both databases
    for heading, year, in_book in charged.values_list("heading_id", year_of).annotate(Whole("in_book")):
        key = heading, year
        found[key] = (found.get(key, (0, 0))[0], in_book)
    return found
