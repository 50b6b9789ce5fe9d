"""What is measured: the same writes through the door, and by plain ORM without a trail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction

from laar.base.act import act
from laar.base.guard import open_door
from laar.base.ids import next_id
from laar.base.images import image
from laar.base.models import TrailRow
from laar.events.actions import accept_request, announce_event, hold_event, raise_request, record_attendance
from laar.events.models import Attendance, Event, Request
from laar.events.queries import unused_code
from laar.kit.names import Name
from laar.ledger.actions import credit, debit, post_entry
from laar.ledger.models import Entry, Posting
from laar.ledger.queries import last_number
from tests.world import World, eur

TEXT = Name(en="Clean water for the school", km="ទឹកស្អាតសម្រាប់សាលារៀន")


@dataclass(frozen=True)
class Workload:
    """One comparison: `door` and `plain` each do it this many times in a round."""

    name: str
    times: int
    rounds: int
    door: Callable[[int], None]
    plain: Callable[[int], None]


def forum(world: World) -> Event:
    """A forum that was held."""
    by, day = world.users["ang"], world.day
    event = announce_event(
        world.programme, "forum", place=world.ang, host=world.council, day=day, title=TEXT, by=by, on=day
    )
    record_attendance(event, capacity="citizen", sex="f", count=60, by=by, on=day)
    return hold_event(event, papers={"minutes": world.paper()}, by=by, on=day)


def workloads(world: World, rows: int) -> Iterator[Workload]:
    """Everything that is measured, in the order of the table."""
    held = forum(world)
    yield _create(world, held)
    yield _change(world, held)
    yield _post(world)
    yield _import(world, held, rows)


def _plain_request(world: World, held: Event) -> Request:
    request = Request(
        programme_id=world.programme.pk,
        event=held,
        place=world.ang,
        text_en=TEXT.en,
        text_km=TEXT.km,
        sex="f",
    )
    request.code = unused_code(request.uid)
    with transaction.atomic(), open_door():
        request.save(force_insert=True)
    return request


def _create(world: World, held: Event) -> Workload:
    by, day = world.users["ang"], world.day

    def door(times: int) -> None:
        for _ in range(times):
            raise_request(held, text=TEXT, sex="f", by=by, on=day)

    def plain(times: int) -> None:
        for _ in range(times):
            _plain_request(world, held)

    return Workload("one new record: raise_request", 200, 9, door, plain)


def _change(world: World, held: Event) -> Workload:
    by, day = world.users["ang"], world.day

    def waiting(times: int) -> list[Request]:
        return list(Request.objects.filter(state="recorded", event=held).order_by("id")[:times])

    def door(times: int) -> None:
        for request in waiting(times):
            accept_request(request, by=by, on=day)

    def plain(times: int) -> None:
        for request in waiting(times):
            with transaction.atomic(), open_door():
                fresh = Request.objects.select_for_update().get(pk=request.pk)
                fresh.state = "accepted"
                fresh.save(update_fields=["state"])

    return Workload("one changed record: accept_request", 150, 9, door, plain)


def _post(world: World) -> Workload:
    bank, income = world.accounts["bank"], world.accounts["income"]
    day = world.day

    def door(times: int) -> None:
        for _ in range(times):
            legs = [debit(bank, world.fund, eur(10)), credit(income, world.fund, eur(10))]
            post_entry(world.book, legs, text=TEXT, by=world.users["finance"], on=day)

    def posting(entry: Entry, position: int, units: int) -> Posting:
        return Posting(
            programme=world.programme,
            entry=entry,
            position=position,
            account=bank if units > 0 else income,
            fund=world.fund,
            on=day,
            currency="EUR",
            units=units,
            in_book=units,
        )

    def plain(times: int) -> None:
        for _ in range(times):
            with transaction.atomic(), open_door():
                entry = Entry(
                    id=next_id(Entry),
                    programme=world.programme,
                    book=world.book,
                    number=last_number(world.book) + 1,
                    on=day,
                    text_en=TEXT.en,
                    text_km=TEXT.km,
                )
                Posting.objects.bulk_create([posting(entry, 1, 100_000), posting(entry, 2, -100_000)])
                entry.save(force_insert=True)

    return Workload("three new records and their totals: post_entry", 150, 9, door, plain)


def _import(world: World, held: Event, rows: int) -> Workload:
    by, day = world.users["ang"], world.day

    def people() -> list[Attendance]:
        return [
            Attendance(programme_id=world.programme.pk, event=held, sex="fm"[place % 2], capacity="citizen", count=1)
            for place in range(rows)
        ]

    def door(_: int) -> None:
        with act(by, "attendance.record", held, on=day) as step:
            step.create_many(people())

    def plain(_: int) -> None:
        with transaction.atomic(), open_door():
            Attendance.objects.bulk_create(people(), batch_size=2000)

    return Workload(f"{rows:,} records at once: create_many", 1, 3, door, plain)


def check_trail(rows: int) -> str:
    """Whether the newest import has one row of the trail for each of its records, equal to the record."""
    newest = (
        TrailRow.objects.filter(table="events.attendance").order_by("-line_id").values_list("line_id", flat=True)[0]
    )
    images = {row.key: row.after for row in TrailRow.objects.filter(line_id=newest).iterator()}
    records = Attendance.objects.filter(pk__in=range(min(images), max(images) + 1))
    same = sum(images.get(record.pk) == image(record) for record in records.iterator())
    if len(images) != rows or same != rows:
        raise AssertionError(f"{rows} records, {len(images)} rows in the trail, {same} of them equal")
    return f"each of {rows:,} records has its row in the trail, equal to it"
