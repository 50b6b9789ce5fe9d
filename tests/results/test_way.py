"""The way from what was asked to what was spent: the same, from wherever on it one looks."""

from __future__ import annotations

from django.db.models import Model

from laar.events.actions import raise_request
from laar.kit.names import Name
from laar.results.queries import Stretch, way_of
from tests.ledger.books import post
from tests.thread import Thread
from tests.world import World


def shown(way: list[Stretch]) -> dict[str, list[Model]]:
    return {stretch.name.en: list(stretch.records) for stretch in way}


def test_the_way_has_every_record_in_the_order_of_the_causes(world: World) -> None:
    thread = Thread(world).to("report_back")
    way = shown(way_of(thread.request))
    vouchers = list(way["Voucher"])
    assert list(way) == [
        "Asked at", "Request", "Line of the plan", "Plan", "Council decision", "Grant", "Agreement", "Tranche", "Entry",
        "Held", "Voucher", "Completion",
    ]  # fmt: skip
    assert way == {
        "Asked at": [thread.forum],
        "Request": [thread.request],
        "Line of the plan": [thread.line],
        "Plan": [thread.plan],
        "Council decision": [thread.plan.decision],
        "Grant": [thread.project],
        "Agreement": [thread.agreement],
        "Tranche": [thread.first, thread.second],
        "Entry": [thread.first.entry, thread.second.entry],
        "Held": [thread.event],
        "Voucher": vouchers,
        "Completion": [thread.completion],
    }
    assert vouchers[0] == thread.voucher


def test_every_record_on_the_way_shows_the_same_way(world: World) -> None:
    Thread(world, 2).to("hold_line")
    thread = Thread(world).to("report_back")
    way = shown(way_of(thread.request))
    entry = thread.voucher.entry
    others = [
        thread.link,
        entry,
        *entry.postings.all(),
        *thread.first.entry.postings.all(),
        *thread.event.attendances.all(),
    ]
    stops = [record for records in way.values() for record in records]
    assert len(stops) == 15
    for record in (*stops, *others):
        assert shown(way_of(record)) == way, record


def test_every_stretch_is_named_in_both_languages(world: World) -> None:
    for stretch in way_of(Thread(world).to("report_back").plan):
        assert stretch.name.en
        assert stretch.name.km
        assert stretch.records


def test_the_way_ends_where_the_thread_does(world: World) -> None:
    thread = Thread(world).to("submit_plan")
    assert list(shown(way_of(thread.request))) == ["Asked at", "Request", "Line of the plan", "Plan"]
    thread.to("sign")
    assert list(shown(way_of(thread.line)))[-2:] == ["Agreement", "Tranche"]


def test_what_answers_nothing_lies_on_no_way(world: World) -> None:
    thread = Thread(world).to("accept_request")
    assert way_of(thread.request) == []
    assert way_of(thread.forum) == []
    assert way_of(post(world, "debit bank EUR 1", "credit income EUR 1")) == []
    assert way_of(world.council) == []


def test_a_forum_shows_the_ways_of_all_that_was_asked_there(world: World) -> None:
    thread = Thread(world).to("hold_forum")
    second = Thread(world, 2)
    second.forum = thread.forum
    second.done = ["announce_forum", "hold_forum"]
    second.request = raise_request(thread.forum, text=Name(en="A well"), by=world.users["ang"], on=world.day)
    second.done.append("raise_request")
    thread.to("sign")
    second.to("sign")
    assert shown(way_of(thread.forum))["Grant"] == [thread.project, second.project]
    assert shown(way_of(second.project))["Request"] == [second.request]
