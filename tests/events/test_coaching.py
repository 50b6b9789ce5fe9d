"""Advice is given at a coaching visit, and followed up at a later one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from laar.events.actions import announce_event, follow_up_advice, give_advice
from laar.events.models import Advice, Event
from laar.kit.figures import Scope, figure_of
from laar.kit.names import Name
from tests.refused import refused_without_trace
from tests.thread import Thread, faults
from tests.world import World

TEXT, FOUND, NOTHING = Name(en="Show the plan", km="បង្ហាញផែនការ"), Name(en="It hangs there"), Name(en=" ")


def visit(world: World, days_ago: int, kind: str = "coaching") -> Event:
    return Thread(world).event_on(world.day - timedelta(days=days_ago), kind, f"Visit {days_ago}")


def give(world: World, at: Event, **given: Any) -> Advice:
    facts = {"text": TEXT, "due": world.day, "by": world.users["ang"], "on": world.day, **given}
    return give_advice(at, **facts)


def follow_up(world: World, advice: Advice, at: Event, **given: Any) -> Advice:
    facts = {"text": FOUND, "by": world.users["ang"], "on": world.day, **given}
    return follow_up_advice(advice, at=at, **facts)


def printed(world: World, key: str) -> str:
    return figure_of(key, Scope(world.programme)).figure


def test_advice_is_followed_up_at_a_later_visit(world: World) -> None:
    first, later = visit(world, 30), visit(world, 3)
    advice, _ = give(world, first), give(world, first)
    assert (printed(world, "coaching.visits"), printed(world, "coaching.followed_up")) == ("2", "0 / 2")
    done = follow_up(world, advice, later)
    assert (done.state, done.followed_at, done.found_en, done.name) == ("followed_up", later, FOUND.en, TEXT)
    assert printed(world, "coaching.followed_up") == "1 / 2"
    assert faults() == []


def test_advice_is_followed_up_once(world: World) -> None:
    first, later = visit(world, 30), visit(world, 3)
    advice = give(world, first)
    follow_up(world, advice, later)
    with refused_without_trace("state.no_such_step"):
        follow_up(world, advice, later)


@pytest.mark.parametrize("days", [30, 31])
def test_the_same_visit_or_an_earlier_one_follows_nothing_up(world: World, days: int) -> None:
    advice, other = give(world, visit(world, 30)), visit(world, days)
    with refused_without_trace("advice.not_later"):
        follow_up(world, advice, other)


def test_advice_is_given_and_followed_up_at_a_coaching_visit(world: World) -> None:
    forum, advice = visit(world, 2, "forum"), give(world, visit(world, 30))
    with refused_without_trace("advice.no_visit"):
        give(world, forum)
    with refused_without_trace("advice.no_visit"):
        follow_up(world, advice, forum)


def test_nothing_is_advised_at_a_visit_that_was_not_held(world: World) -> None:
    advice = give(world, visit(world, 30))
    planned = announce_event(
        world.programme, "coaching", place=world.ang, host=world.council, day=world.day, title=TEXT,
        by=world.users["ang"], on=world.day,
    )  # fmt: skip
    with refused_without_trace("event.not_held"):
        give(world, planned)
    with refused_without_trace("event.not_held"):
        follow_up(world, advice, planned)


def test_advice_says_something_and_is_due_after_it_was_given(world: World) -> None:
    first, later = visit(world, 30), visit(world, 3)
    with refused_without_trace("advice.says_nothing"):
        give(world, first, text=NOTHING)
    with refused_without_trace("advice.due"):
        give(world, first, due=first.on - timedelta(days=1))
    advice = give(world, first, due=first.on)
    with refused_without_trace("advice.says_nothing"):
        follow_up(world, advice, later, text=NOTHING)


@pytest.mark.parametrize("name", ["ba", "finance", "nobody", "stranger"])
def test_who_does_not_work_in_this_commune_advises_nobody(world: World, name: str) -> None:
    first, later = visit(world, 30), visit(world, 3)
    with refused_without_trace("access.no_role"):
        give(world, first, by=world.users[name])
    advice = give(world, first)
    with refused_without_trace("access.no_role"):
        follow_up(world, advice, later, by=world.users[name])
