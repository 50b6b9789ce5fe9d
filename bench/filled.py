"""A database with very many events and requests: inserted in bulk, past the trail, for measuring reads only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from laar.base.guard import open_door
from laar.base.models import Programme, User
from laar.base.readers import eyes_of
from laar.events.models import Event, Request
from laar.events.rules import KINDS
from laar.registers.models import Location, Place
from laar.results.chapters import ask, chapters
from laar.results.models import ListCount
from tests.world import World, build

STATES = ("held", "held", "held", "planned", "cancelled")
CHUNK = 5000


def fill(rows: int) -> str:
    """So many events and as many requests in some eighty communes, once; the sign of a page in the middle of the events."""
    if Programme.objects.exists():
        return sign_in_the_middle()
    world = build()
    communes = list(_communes(world))
    kinds = tuple(KINDS)

    def events() -> Iterator[Event]:
        for number in range(rows):
            yield Event(
                programme=world.programme,
                kind=kinds[number % len(kinds)],
                on=date(2000, 1, 1) + timedelta(days=number * 7919 % 3650),
                place=communes[number * 31 % len(communes)],
                host=world.council,
                title_en=f"Meeting {number} on clean water and the road to the school",
                title_km=f"កិច្ចប្រជុំ {number} អំពីទឹកស្អាត",
                state=STATES[number * 17 % len(STATES)],
            )

    def requests() -> Iterator[Request]:
        first = Event.objects.order_by("id")[0]
        for number in range(rows):
            yield Request(
                programme=world.programme, event=first, place=communes[number * 31 % len(communes)],
                code=f"B{number}", text_en=f"Clean water for village {number}", text_km="ទឹកស្អាត", sex="fm"[number % 2],
                state=("recorded", "accepted", "declined")[number % 3], reason_en="No line yet" if number % 3 == 2 else "",
            )  # fmt: skip

    _insert(Event, events())
    _insert(Request, requests())
    _count(world)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return sign_in_the_middle()


def _insert(model: type[Model], made: Iterator[Any]) -> None:
    while some := list(islice(made, CHUNK)):
        with transaction.atomic(), open_door():
            model._default_manager.bulk_create(some)


def sign_in_the_middle() -> str:
    """The sign that leads to a page in the middle of the list of events."""
    manager = User.objects.get(username="manager")
    asked = ask(chapters()["events"], Programme.objects.get(code="TEST"), eyes_of(manager), {"to": "2005-01-01"})
    return asked.page().after


def _communes(world: World) -> Iterator[Place]:
    with transaction.atomic(), open_door():
        for number in range(1, 81):
            place = Place.objects.create(
                code=f"2102{number:02}", level="commune", kind="commune", name_en=f"Commune {number}",
                name_km=f"ឃុំ {number}", parent=world.ang.parent, source="bench",
            )  # fmt: skip
            Location.objects.create(programme=world.programme, place=place, since=date(2000, 1, 1))
            yield place


def _count(world: World) -> None:
    """What the roll-up would have kept."""
    counted = Event.objects.values_list("kind", "state").order_by()
    totals: dict[tuple[str, str, str], int] = {}
    for kind, state in counted.iterator(CHUNK):
        key = ("events.event", kind, state)
        totals[key] = totals.get(key, 0) + 1
    for state in Request.objects.values_list("state", flat=True).iterator(CHUNK):
        key = ("events.request", "", state)
        totals[key] = totals.get(key, 0) + 1
    with transaction.atomic(), open_door():
        ListCount.objects.filter(table__in=("events.event", "events.request")).delete()
        ListCount.objects.bulk_create(
            ListCount(programme_id=world.programme.pk, table=table, kind=kind, state=state, records=records)
            for (table, kind, state), records in totals.items()
        )
