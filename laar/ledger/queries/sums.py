"""What moved up to a day: from the roll-ups for the whole months before, from postings for the rest of the month.

"As known then" (`known`) is answered from the postings alone: a roll-up does not remember when something was written down.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, Sum

from laar.base import clock
from laar.base.rows import Wanted, added_up
from laar.ledger.models import AccountMonth, FundMonth, HeadingMonth, PlaceYear, Posting

#: A roll-up by month, or by year.
Rollup = type[AccountMonth] | type[FundMonth] | type[PlaceYear] | type[HeadingMonth]


@dataclass(frozen=True, slots=True)
class Moved:
    """Debits less credits: in the currency moved, and in that of the book."""

    units: int = 0
    in_book: int = 0

    def __add__(self, other: Moved) -> Moved:
        return Moved(self.units + other.units, self.in_book + other.in_book)

    def __sub__(self, other: Moved) -> Moved:
        return Moved(self.units - other.units, self.in_book - other.in_book)


class Whole(Sum):
    """A sum that PostgreSQL, too, gives as a whole number: it would add up 64 bits as a decimal, slow to read."""

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(compiler, connection, template=f"({self.template})::bigint")


#: By what was asked for (`("account_id", "currency")`), in that order.
Sums = dict[tuple[Any, ...], Moved]


def moved_up_to(
    rollup: Rollup, by: Sequence[str], where: Mapping[str, Wanted], *, day: date | None, known: date | None = None
) -> Sums:
    """What moved up to the end of a day (None: until now), of what had been written down by `known` (None: of everything).

    `by` and `where` name columns that the roll-up and the postings share: `programme_id`, `account_id`, `fund_id`,
    `place_id`, `heading_id`, `currency`; of a list each value is wanted. At most two questions to the database.
    """
    found: Sums = defaultdict(Moved)
    if known is not None:
        _add(found, _of_postings(on_or_before(day) & as_known(known), by, where))
        return found
    whole, rest = _whole_periods(rollup, day)
    _add(found, added_up(rollup, ("units", "in_book"), tuple(by), where, whole))
    if rest is not None:
        _add(found, _of_postings(rest, by, where))
    return found


def moved_between(
    rollup: Rollup,
    by: Sequence[str],
    where: Mapping[str, Wanted],
    *,
    since: date | None,
    day: date | None,
    known: date | None = None,
) -> Sums:
    """What moved from a day to the end of another one."""
    until = moved_up_to(rollup, by, where, day=day, known=known)
    if since is None:
        return until
    before = moved_up_to(rollup, by, where, day=since - timedelta(days=1), known=known)
    return {key: until.get(key, Moved()) - before.get(key, Moved()) for key in until.keys() | before.keys()}


def on_or_before(day: date | None) -> Q:
    """Postings up to the end of a day."""
    return Q() if day is None else Q(on__lte=day)


def as_known(known: date | None) -> Q:
    """Postings that had been written down by the end of a day. What came before such days were kept was known always."""
    if known is None:
        return Q()
    return Q(entry__recorded_on__lte=known) | Q(entry__recorded_on=None)


def _of_postings(which: Q, by: Sequence[str], where: Mapping[str, Wanted]) -> Iterable[tuple[Any, ...]]:
    narrowed = {name if isinstance(value, int) else f"{name}__in": value for name, value in where.items()}
    postings = Posting.objects.filter(which, **narrowed).order_by()
    return postings.values_list(*by).annotate(_units=Whole("units"), _in_book=Whole("in_book"))


def _add(found: Sums, rows: Iterable[tuple[Any, ...]]) -> None:
    for row in rows:
        key, moved = row[:-2], Moved(*row[-2:])
        found[key] = found[key] + moved if key in found else moved


def _whole_periods(rollup: Rollup, day: date | None) -> tuple[tuple[str, int] | None, Q | None]:
    """Up to which month or year the roll-up lies wholly before the end of a day, and which postings come after that."""
    if day is None or day >= clock.today():
        return None, None  # nothing is dated in the future
    if rollup is PlaceYear:
        if (day.month, day.day) == (12, 31):
            return ("year", day.year), None
        return ("year", day.year - 1), Q(on__gte=date(day.year, 1, 1), on__lte=day)
    month = day.year * 100 + day.month
    if day.day == monthrange(day.year, day.month)[1]:
        return ("month", month), None
    return ("month", month - 1), Q(on__gte=day.replace(day=1), on__lte=day)  # 200800 is less than any month of 2008
