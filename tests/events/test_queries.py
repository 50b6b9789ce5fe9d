"""The figures about events, people present, and what was asked."""

from __future__ import annotations

from laar.events.actions import accept_request, announce_event, cancel_event, raise_request, record_attendance
from laar.kit.figures import Scope, figure_of
from laar.kit.names import Name
from tests.thread import Thread
from tests.world import World


def printed(world: World, key: str, place: str = "", **more: str) -> str:
    return figure_of(key, Scope(world.programme, place, more)).figure


def test_only_forums_that_were_held_are_counted(world: World) -> None:
    Thread(world).to("announce_forum")
    assert printed(world, "events.forums") == "0"
    thread = Thread(world, 2).to("hold_forum")
    assert printed(world, "events.forums") == "1"
    cancelled = Thread(world, 3).to("announce_forum").forum
    cancel_event(cancelled, reason=Name(en="Flood"), by=world.users["ang"], on=world.day)
    assert printed(world, "events.forums") == "1"
    assert list(figure_of("events.forums", Scope(world.programme)).measured.records) == [thread.forum]  # type: ignore[union-attr]


def test_each_kind_of_event_is_its_own_figure(world: World) -> None:
    thread = Thread(world)
    for kind in ("forum", "inter_commune", "training", "training"):
        thread.event_on(world.day, kind, kind)
    keys = ("events.forums", "events.inter_commune_meetings", "events.trainings")
    assert [printed(world, key) for key in keys] == ["1", "1", "2"]


def test_people_present_are_counted_where_an_event_was_held(world: World) -> None:
    thread = Thread(world).to("hold_forum")
    planned = announce_event(
        world.programme, "forum", place=world.ang, host=world.council, day=world.day, title=Name(en="Next"),
        by=world.users["ang"], on=world.day,
    )  # fmt: skip
    record_attendance(planned, capacity="citizen", sex="f", count=500, by=world.users["ang"], on=world.day)
    thread.event_on(world.day, "training", "Training")
    assert printed(world, "events.present") == "193"
    assert printed(world, "events.present", sex="f") == "113"
    assert printed(world, "events.present", kind="training") == "93"
    assert printed(world, "events.present", kind="training", sex="m") == "40"
    assert printed(world, "participation.women") == "58.55 %"


def test_a_figure_of_one_commune_leaves_the_other_out(world: World) -> None:
    Thread(world).to("raise_request")
    assert [printed(world, "events.present", place) for place in ("21", "210101", "210102")] == ["100", "100", "0"]
    assert [printed(world, "requests.raised", place) for place in ("2101", "210102")] == ["1", "0"]
    assert printed(world, "participation.women", "210102") == "–"


def test_requests_answered_are_those_on_which_something_was_decided(world: World) -> None:
    thread = Thread(world).to("raise_request")
    raise_request(thread.forum, text=Name(en="A road"), by=world.users["ang"], on=world.day)
    assert printed(world, "accountability.answered") == "0 / 2"
    accept_request(thread.request, by=world.users["ang"], on=world.day)
    assert printed(world, "accountability.answered") == "1 / 2"
    assert figure_of("accountability.answered", Scope(world.other)).figure == "0 / 0"
