"""Which commune had a public forum in which year, and where there is a hole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from laar.base.models import Programme
from laar.events.models import Event
from laar.events.queries.dates import during
from laar.kit.figures import Records, Scope, figure
from laar.kit.names import Name
from laar.registers.models import Location, Place
from laar.registers.queries import communes_of

YEARS = {str(year) for year in range(1990, 2100)}


@dataclass(frozen=True, slots=True)
class Hole:
    """A commune without a forum in a year in which most communes had one, and the forum that was cancelled there."""

    place: Place
    year: int
    cancelled: Event | None


def _forums(programme: Programme, state: str, year: int | None = None) -> QuerySet[Event]:
    """The forums of the time of the action, of one year of it."""
    forums = during(programme, Event.objects.filter(programme=programme, kind="forum", state=state), "on")
    return forums.filter(on__year=year) if year else forums


def _communes(programme: Programme, year: int | None, prefix: str = "") -> QuerySet[Location]:
    """The communes in which the programme worked in a year."""
    communes = communes_of(programme, prefix)
    if year is None:
        return communes
    return communes.filter(Q(until=None) | Q(until__gt=date(year, 1, 1)), since__lte=date(year, 12, 31))


def without_forum(programme: Programme, year: int | None = None, prefix: str = "") -> QuerySet[Location]:
    """The communes of the action in which no forum was held: in a year, or, without one, in the whole action.

    A forum in a village of the commune, or in a commune that has been given another name since, has the same code.
    """
    there = _forums(programme, "held", year).filter(place__code__startswith=OuterRef("place__code"))
    return _communes(programme, year, prefix).exclude(Exists(there))


@figure(
    "events.communes_without_forum",
    label=Name(en="Communes without a public forum", km="ឃុំដែលគ្មានវេទិកាសាធារណៈ"),
    rule=Name(
        en="The communes of the action in which no public forum was held: in the year that is asked for, or, without a "
        "year, in the whole time of the action.",
        km="ឃុំនៃសកម្មភាពដែលគ្មានវេទិកាសាធារណៈ៖ ក្នុងឆ្នាំដែលបានសួរ ឬបើគ្មានឆ្នាំ ក្នុងរយៈពេលសកម្មភាពទាំងមូល។",
    ),
    takes=("year",),
    only={"year": YEARS},
)
def communes_without_forum(scope: Scope) -> Records:
    year = int(scope["year"]) if scope["year"] else None
    return Records(without_forum(scope.programme, year, scope.place), distinct="place__code")


def forum_holes(programme: Programme) -> list[Hole]:
    """Every commune that had no forum in a year in which more than half of them had one, by year and code."""
    holes = []
    for year in (day.year for day in _forums(programme, "held").dates("on", "year")):
        missing = {location.place.code: location.place for location in without_forum(programme, year)}
        every = _communes(programme, year).values("place__code").distinct().count()
        if 2 * len(missing) < every:
            holes += [Hole(place, year, _cancelled(programme, place, year)) for place in missing.values()]
    return holes


def _cancelled(programme: Programme, place: Place, year: int) -> Event | None:
    """The forum that was to be held there in that year; of several the last one."""
    there = _forums(programme, "cancelled", year).filter(place__code__startswith=place.code)
    return there.select_related("place", "host").order_by("-on", "-id").first()
