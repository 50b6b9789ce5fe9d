"""What counts for the action happened within its dates; what came after is counted apart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from laar.events.actions import (
    announce_event,
    cancel_event,
    hold_event,
    raise_request,
    record_attendance,
)
from laar.events.models import Event
from laar.events.queries import Hole, forum_holes
from laar.kit.figures import Records, Scope, figure_of
from laar.kit.names import Name
from laar.registers.actions import (
    Shared,
    add_location,
    list_sector,
    load_gazetteer,
    merge_party,
    register_party,
    write_profile,
)
from laar.registers.gazetteer import read
from laar.registers.models import Party, Place
from laar.registers.queries import place_coded
from tests.refused import refused
from tests.thread import Thread
from tests.world import World

FIRST, LAST, DAY = date(2007, 6, 1), date(2008, 1, 31), date(2007, 8, 1)
KEYS = ("events.forums", "events.inter_commune_meetings", "events.trainings", "events.present", "requests.raised")


def describe(world: World, since: date = FIRST, last: date = LAST) -> None:
    list_sector("DAC", "151", name=Name(en="Government"), source="test", by=world.manager, on=world.day)
    write_profile(
        world.programme, title=Name(en="Title"), objective=Name(en="Objective"), organisation=world.ngo,
        role="coordinator", sectors=[Shared("151", Decimal(100))], since=since, last=last, by=world.manager,
        on=world.day,
    )  # fmt: skip


def numbers(world: World, **more: str) -> list[str]:
    return [figure_of(key, Scope(world.programme, more=more)).figure for key in KEYS]


def test_without_a_profile_everything_counts_and_nothing_comes_after(world: World) -> None:
    Thread(world).event_on(date(2007, 3, 1), "forum", "Forum")
    assert numbers(world) == ["1", "0", "0", "93", "0"]
    assert numbers(world, when="after") == ["0"] * 5


@pytest.mark.parametrize(("day", "within", "after"), [
    (date(2007, 5, 31), 0, 0),
    (FIRST, 1, 0),
    (LAST, 1, 0),
    (date(2008, 2, 1), 0, 1),
])  # fmt: skip
def test_the_first_and_the_last_day_belong_to_the_action(world: World, day: date, within: int, after: int) -> None:
    describe(world)
    for kind in ("forum", "inter_commune", "training"):
        event = Thread(world).event_on(day, kind, kind)
        if kind == "forum":
            raise_request(event, text=Name(en="A well"), by=world.users["ang"], on=world.day)
    everything = [1, 1, 1, 279, 1]
    assert numbers(world) == [str(one * within) for one in everything]
    assert numbers(world, when="after") == [str(one * after) for one in everything]
    assert figure_of("accountability.answered", Scope(world.programme)).figure == f"0 / {within}"


def test_before_is_no_word_that_a_figure_takes(world: World) -> None:
    for key in KEYS:
        with refused("figure.unknown_scope"):
            figure_of(key, Scope(world.programme, more={"when": "before"}))


def test_people_present_are_counted_by_capacity(world: World) -> None:
    event = announced(world, world.ang, DAY)
    for capacity, count in (("citizen", 30), ("councillor", 5)):
        record_attendance(event, capacity=capacity, sex="f", count=count, by=world.manager, on=world.day)
    hold_event(event, papers={"minutes": world.paper()}, by=world.manager, on=world.day)
    said = {
        capacity: figure_of("events.present", Scope(world.programme, more={"capacity": capacity})).figure
        for capacity in ("citizen", "councillor", "staff")
    }
    assert said == {"citizen": "30", "councillor": "5", "staff": "0"}


# ── bodies ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def group(world: World, name: str) -> Party:
    return register_party("shg", name=Name(en=name), place=world.ang, by=world.manager, on=world.day)


def met(world: World, kind: str, *there: Party) -> Event:
    event = announced(world, world.ang, DAY, kind)
    for body in there:
        record_attendance(event, capacity="group", sex="f", count=4, body=body, by=world.manager, on=world.day)
    record_attendance(event, capacity="citizen", sex="f", count=4, by=world.manager, on=world.day)
    papers = {"minutes": world.paper(), "signed_sheet": world.paper()}
    return hold_event(event, papers=papers, by=world.manager, on=world.day)


def bodies(world: World, key: str = "events.bodies", **more: str) -> int:
    figure = figure_of(key, Scope(world.programme, more=more))
    assert isinstance(figure.measured, Records)
    assert figure.value == sum(adds for _, adds in figure.measured.contributions())
    return int(figure.value)


def test_a_body_that_came_twice_is_one_and_a_merged_record_is_no_other(world: World) -> None:
    one, same, other = group(world, "One"), group(world, "One again"), group(world, "Other")
    met(world, "training", one, world.council)
    met(world, "training", one, same, other)
    met(world, "forum", world.committee)
    assert (bodies(world), bodies(world, body="shg"), bodies(world, body="council")) == (4, 3, 1)
    merge_party(same, into=one, by=world.manager, on=world.day)
    assert (bodies(world), bodies(world, body="shg")) == (3, 2)
    merge_party(one, into=other, by=world.manager, on=world.day)
    assert (bodies(world), bodies(world, body="shg")) == (2, 1)


def test_a_person_is_no_body_to_ask_for(world: World) -> None:
    with refused("figure.unknown_scope"):
        bodies(world, body="person")


def test_councils_that_met_others_are_counted_once(world: World) -> None:
    met(world, "inter_commune", world.council, world.committee)
    met(world, "inter_commune", world.council)
    assert bodies(world, "events.communes_met") == 1


# ── the hole ────────────────────────────────────────────────────────────────────────────────────────────────────────


def announced(world: World, place: Place, day: date, kind: str = "forum") -> Event:
    return announce_event(
        world.programme, kind, place=place, host=world.council, day=day, title=Name(en=f"{kind} {day}"),
        by=world.manager, on=world.day,
    )  # fmt: skip


def forum(world: World, place: Place, day: date = DAY) -> Event:
    event = announced(world, place, day)
    record_attendance(event, capacity="citizen", sex="f", count=9, by=world.manager, on=world.day)
    return hold_event(event, papers={"minutes": world.paper()}, by=world.manager, on=world.day)


@pytest.fixture
def third(world: World) -> Place:
    """A third commune, so that two of three are most."""
    table = b"code,name_km,name_en\n210103,,Prasat\n"
    load_gazetteer(read(table, "a.csv"), source="test", since=None, by=None, on=world.day)
    add_location(world.programme, place_coded("210103"), since=date(2007, 3, 1), by=world.manager, on=world.day)
    return place_coded("210103")


def without(world: World, **more: str) -> list[str]:
    measured = figure_of("events.communes_without_forum", Scope(world.programme, more=more)).measured
    assert isinstance(measured, Records)
    return [location.place.code for location in measured.records]


def test_a_commune_without_a_forum_is_named_for_the_year_and_for_the_whole_action(world: World, third: Place) -> None:
    forum(world, world.ang)
    forum(world, place_coded("21010101"))
    forum(world, world.ba, date(2008, 1, 5))
    announced(world, third, DAY)
    assert without(world) == ["210103"]
    assert without(world, year="2007") == ["210102", "210103"]
    assert without(world, year="2008") == ["210101", "210103"]


def test_a_forum_after_the_action_fills_no_hole(world: World, third: Place) -> None:
    describe(world)
    forum(world, third, date(2008, 2, 1))
    assert "210103" in without(world)


def test_a_year_that_is_none_is_refused(world: World) -> None:
    with refused("figure.unknown_scope"):
        without(world, year="07")


def test_a_hole_is_named_with_the_forum_that_was_cancelled(world: World, third: Place) -> None:
    forum(world, world.ang)
    forum(world, world.ba)
    assert forum_holes(world.programme) == [Hole(third, 2007, None)]
    cancelled = announced(world, third, DAY)
    assert forum_holes(world.programme) == [Hole(third, 2007, None)]
    cancelled = cancel_event(cancelled, reason=Name(en="Flood"), by=world.manager, on=world.day)
    (hole,) = forum_holes(world.programme)
    assert hole == Hole(third, 2007, cancelled)
    assert hole.cancelled
    assert hole.cancelled.reason_en == "Flood"


def test_a_year_in_which_few_had_a_forum_has_no_holes(world: World, third: Place) -> None:
    forum(world, third)
    assert forum_holes(world.programme) == []


def test_a_commune_in_which_the_programme_works_since_later_has_no_hole_before(world: World, third: Place) -> None:
    table = b"code,name_km,name_en\n210104,,Ponley\n"
    load_gazetteer(read(table, "a.csv"), source="test", since=None, by=None, on=world.day)
    add_location(world.programme, place_coded("210104"), since=date(2008, 1, 1), by=world.manager, on=world.day)
    forum(world, world.ang)
    forum(world, world.ba)
    forum(world, third)
    assert forum_holes(world.programme) == []
