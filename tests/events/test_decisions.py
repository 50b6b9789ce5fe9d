"""What councils decide: numbered, signed, and only in a session that was held."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from laar.base.queries import papers_of
from laar.events.actions import announce_event, record_decision
from laar.events.models import Decision, Event
from laar.kit.figures import Scope, figure_of
from laar.kit.names import Name
from tests.refused import refused_without_trace
from tests.thread import Thread, faults
from tests.world import World

TITLE = Name(en="The well is co-financed", km="សហហិរញ្ញប្បទានអណ្ដូង")


def session(world: World, kind: str = "council_session") -> Event:
    return Thread(world).event_on(world.day - timedelta(days=3), kind, "Session")


def decide(world: World, at: Event, **given: Any) -> Decision:
    facts = {"number": "05/09", "title": TITLE, "by": world.users["ang"], "on": world.day, **given}
    return record_decision(at, paper=world.paper(), **facts)


def test_a_decision_has_the_day_and_the_council_of_its_session(world: World) -> None:
    at = session(world)
    decision = decide(world, at)
    assert (decision.council, decision.on, papers_of(decision)) == (world.council, at.on, {"decision"})
    assert decision.name.en == f"Decision 05/09 of {world.council.name.en}: The well is co-financed"
    assert decision.name.km.startswith("សេចក្តីសម្រេចលេខ 05/09")
    assert figure_of("decisions.recorded", Scope(world.programme)).figure == "1"
    assert figure_of("decisions.recorded", Scope(world.programme, "210102")).figure == "0"
    assert faults() == []


def test_nothing_is_decided_at_a_forum(world: World) -> None:
    forum = session(world, "forum")
    with refused_without_trace("decision.no_session"):
        decide(world, forum)


def test_nothing_is_decided_before_the_session_is_held(world: World) -> None:
    planned = announce_event(
        world.programme, "council_session", place=world.ang, host=world.council, day=world.day, title=TITLE,
        by=world.users["ang"], on=world.day,
    )  # fmt: skip
    with refused_without_trace("event.not_held"):
        decide(world, planned)


def test_only_a_council_decides(world: World) -> None:
    of_the_committee = Thread(world).event_on(world.day, "council_session", "Session", host=world.committee)
    with refused_without_trace("decision.no_council"):
        decide(world, of_the_committee)


def test_a_number_is_given_once_in_a_council(world: World) -> None:
    decide(world, session(world))
    later = session(world)
    with refused_without_trace("decision.numbered_once") as no:
        decide(world, later, number=" 05/09 ")
    assert "05/09" in no.value.text.km


@pytest.mark.parametrize(("given", "code"), [
    ({"number": " "}, "decision.number"), ({"title": Name(en=" ")}, "decision.title")
])  # fmt: skip
def test_a_decision_has_a_number_and_says_something(world: World, given: dict[str, Any], code: str) -> None:
    at = session(world)
    with refused_without_trace(code):
        decide(world, at, **given)


def test_a_decision_is_not_recorded_before_the_day_of_its_session(world: World) -> None:
    at = session(world)
    with refused_without_trace("day.later"):
        decide(world, at, on=at.on - timedelta(days=1))


@pytest.mark.parametrize("name", ["ba", "nobody", "stranger", "finance"])
def test_who_does_not_work_with_this_council_records_no_decision(world: World, name: str) -> None:
    at = session(world)
    with refused_without_trace("access.no_role"):
        decide(world, at, by=world.users[name])
