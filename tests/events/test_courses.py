"""A training course from its design to its report; its sessions are events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from laar.base.queries import papers_of
from laar.events.actions import (
    announce_event,
    cancel_course,
    cancel_event,
    design_course,
    evaluate_course,
    hold_course,
    hold_event,
    open_course,
    record_attendance,
    report_course,
    schedule_course,
)
from laar.events.models import Course, Event
from laar.events.rules import COURSE
from laar.kit.figures import Scope, figure_of
from laar.kit.names import Name
from laar.results.cards import card_of
from tests.refused import refused_without_trace
from tests.thread import faults
from tests.world import World

TITLE = Name(en="Outreach", km="ចុះផ្សព្វផ្សាយ")
WHY = Name(en="No trainer", km="គ្មានគ្រូ")


def design(world: World, code: str = "OA", **given: Any) -> Course:
    facts = {"title": TITLE, "audience": TITLE, "objectives": TITLE, "by": world.manager, "on": world.day, **given}
    return design_course(world.programme, code, **facts)


def announced(world: World, course: Course | None, kind: str = "training") -> Event:
    return announce_event(
        world.programme, kind, place=world.ang, host=world.council, day=world.day, title=Name(en="Session"),
        course=course, by=world.users["ang"], on=world.day,
    )  # fmt: skip


def held(world: World, course: Course | None, capacity: str = "councillor") -> Event:
    session = announced(world, course)
    for who in ("councillor", capacity):
        record_attendance(session, capacity=who, sex="f", count=5, by=world.users["ang"], on=world.day)
    return hold_event(session, papers={"signed_sheet": world.paper()}, by=world.users["ang"], on=world.day)


def steps(world: World) -> dict[str, Callable[[Course], Course]]:
    """Every step of the table as the action that does it."""
    facts = {"by": world.manager, "on": world.day}
    paper = world.paper()
    tests: dict[str, Any] = {"tested": 25, "before": Decimal("41.5"), "after": Decimal("72.25"), "paper": paper}
    return {
        "schedule": lambda one: schedule_course(one, since=date(2008, 3, 1), until=date(2008, 4, 1), **facts),
        "open": lambda one: open_course(one, **facts),
        "hold": lambda one: hold_course(one, **facts),
        "evaluate": lambda one: evaluate_course(one, **tests, **facts),
        "report": lambda one: report_course(one, report=paper, **facts),
        "cancel": lambda one: cancel_course(one, reason=WHY, **facts),
    }


def brought(world: World, state: str, code: str = "OA", **given: Any) -> Course:
    """A course that was carried as far as a state; it has one session that was held once it is scheduled."""
    do, course = steps(world), design(world, code, **given)
    if state == "cancelled":
        return do["cancel"](course)
    way = ["designed", "scheduled", "open", "held", "evaluated", "reported"]
    for verb in ["schedule", "open", "hold", "evaluate", "report"][: way.index(state)]:
        course = do[verb](course)
        if verb == "schedule":
            held(world, course)
    return course


def printed(world: World, key: str, place: str = "", **more: str) -> str:
    return figure_of(key, Scope(world.programme, place, more)).figure


def test_a_course_goes_from_its_design_to_its_report(world: World) -> None:
    course = brought(world, "reported")
    assert (course.tested, course.before, course.after) == (25, 4150, 7225)
    assert papers_of(course) == {"evaluation", "report"}
    assert faults() == []


PAIRS = set(product(COURSE.states, {step.verb for step in COURSE.steps}))


@pytest.mark.parametrize(("state", "verb"), sorted(PAIRS - {(step.source, step.verb) for step in COURSE.steps}))
def test_a_step_that_is_not_in_the_table_is_refused(world: World, state: str, verb: str) -> None:
    course, do = brought(world, state), steps(world)
    with refused_without_trace("state.no_such_step"):
        do[verb](course)


def test_the_average_of_the_tests_stands_on_the_card(world: World) -> None:
    said = {one.label: one.text for one in card_of(brought(world, "evaluated"), world.manager).said}
    assert said["average of the test before"] == "41.50 %"
    assert said["average of the test after"] == "72.25 %"


def test_a_course_that_nobody_came_to_was_not_held(world: World) -> None:
    course = open_course(steps(world)["schedule"](design(world)), by=world.manager, on=world.day)
    with refused_without_trace("course.no_session"):
        hold_course(course, by=world.manager, on=world.day)
    cancel_event(announced(world, course), reason=WHY, by=world.users["ang"], on=world.day)
    with refused_without_trace("course.no_session"):
        hold_course(course, by=world.manager, on=world.day)
    held(world, course)
    assert hold_course(course, by=world.manager, on=world.day).state == "held"


def test_a_course_is_not_held_while_a_session_is_planned(world: World) -> None:
    course = brought(world, "open")
    planned = announced(world, course)
    with refused_without_trace("course.sessions_left"):
        hold_course(course, by=world.manager, on=world.day)
    cancel_event(planned, reason=WHY, by=world.users["ang"], on=world.day)
    assert hold_course(course, by=world.manager, on=world.day).state == "held"


def test_a_course_is_cancelled_with_a_reason_and_before_anything_took_place(world: World) -> None:
    course = steps(world)["schedule"](design(world))
    with refused_without_trace("course.reason_missing"):
        cancel_course(course, reason=Name(en=" "), by=world.manager, on=world.day)
    planned = announced(world, course)
    with refused_without_trace("course.sessions_left"):
        cancel_course(course, reason=WHY, by=world.manager, on=world.day)
    cancel_event(planned, reason=WHY, by=world.users["ang"], on=world.day)
    held(world, course)
    with refused_without_trace("course.was_held"):
        cancel_course(course, reason=WHY, by=world.manager, on=world.day)
    other = cancel_course(design(world, "FM"), reason=WHY, by=world.manager, on=world.day)
    assert (other.state, other.reason_en, other.reason_km) == ("cancelled", "No trainer", "គ្មានគ្រូ")


@pytest.mark.parametrize(("given", "code"), [
    ({"tested": 0}, "course.tested"),
    ({"before": Decimal("-1")}, "course.average"),
    ({"after": Decimal("100.01")}, "course.average"),
    ({"after": Decimal("71.005")}, "course.average"),
])  # fmt: skip
def test_a_test_that_cannot_be_is_refused(world: World, given: dict[str, Any], code: str) -> None:
    course, paper = brought(world, "held"), world.paper()
    facts = {"tested": 25, "before": Decimal(0), "after": Decimal(100), "by": world.manager, "on": world.day, **given}
    with refused_without_trace(code):
        evaluate_course(course, paper=paper, **facts)


def test_a_session_belongs_to_a_training_of_a_course_that_is_under_way(world: World) -> None:
    for state in ("designed", "held", "cancelled"):
        course = brought(world, state, code=state)
        with refused_without_trace("course.takes_no_session"):
            announced(world, course)
    course = brought(world, "open")
    with refused_without_trace("event.no_course"):
        announced(world, course, kind="forum")
    assert announced(world, course).course == course


def test_a_course_is_there_once_in_each_version_and_says_what_it_is(world: World) -> None:
    design(world)
    with refused_without_trace("course.code"):
        design(world)
    assert design(world, version=2).name.en == "OA (2): Outreach"
    with refused_without_trace("course.says_nothing"):
        design(world, "FM", objectives=Name(en=" "))


def test_a_course_does_not_end_before_it_begins(world: World) -> None:
    course = design(world)
    with refused_without_trace("period.reversed"):
        schedule_course(course, since=world.day, until=world.day, by=world.manager, on=world.day)


@pytest.mark.parametrize("name", ["ang", "finance", "nobody", "stranger"])
def test_courses_are_designed_by_the_office(world: World, name: str) -> None:
    with refused_without_trace("access.no_role"):
        design(world, by=world.users[name])


def test_courses_that_were_held_are_counted_once_in_all_their_versions(world: World) -> None:
    brought(world, "held")
    brought(world, "reported", version=2)
    brought(world, "open", code="FM")
    assert printed(world, "training.courses") == "1"
    assert [printed(world, "training.sessions", course=code) for code in ("", "OA", "FM")] == ["3", "2", "1"]


def test_sessions_with_officials_are_told_from_those_without(world: World) -> None:
    course = brought(world, "open")
    held(world, course, capacity="official")
    held(world, None, capacity="official")
    assert printed(world, "training.with_officials") == "1 / 2"
    assert printed(world, "events.trainings") == "3"
    assert printed(world, "training.with_officials", "210102") == "0 / 0"
