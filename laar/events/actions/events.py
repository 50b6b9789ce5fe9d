"""Writes about events and who was present."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import Evidence, Programme, User
from laar.base.queries import papers_of
from laar.base.rules import not_later
from laar.events.models import Attendance, Course, Event
from laar.events.queries import present_at
from laar.events.rules import EVENT, MOST_ON_A_LINE, takes_a_session
from laar.kit.names import Name, clean
from laar.kit.refusals import Refusal
from laar.registers.models import Party, Place


@action("event.announce")
def announce_event(
    programme: Programme,
    kind: str,
    *,
    place: Place,
    host: Party,
    day: date,
    title: Name,
    by: User,
    on: date,
    course: Course | None = None,
    command: UUID | None = None,
) -> Event:
    """Announce an event for a day; `on` is the day of the invitation. A training may be a session of a course.

    Raises Refusal `event.no_course`, `course.takes_no_session`.
    """
    with act(by, "event.announce", place, on=on, command=command) as step:
        if course:
            course = step.lock(course)  # it is not closed meanwhile
            takes_a_session(course, kind)
        return step.create(
            Event(
                programme=programme,
                kind=kind,
                place=step.subject,
                host=host,
                on=day,
                title_en=clean(title.en),
                title_km=clean(title.km),
                course=course,
            )
        )


@action("event.correct")
def correct_event(
    event: Event, *, title: Name, day: date, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Event:
    """Correct what an event is called, or put it on another day, while it is planned. Raises Refusal `event.closed`."""
    with act(by, "event.correct", event, on=on, command=command, seen=seen) as step:
        event = _still_planned(step.subject)
        event.title_en, event.title_km, event.on = clean(title.en), clean(title.km), day
        step.save(event)
    return event


@action("attendance.record")
def record_attendance(
    event: Event,
    *,
    capacity: str,
    by: User,
    on: date,
    person: Party | None = None,
    sex: str = "",
    count: int = 1,
    body: Party | None = None,
    command: UUID | None = None,
) -> Attendance:
    """Record a person who was present, or a count by sex and capacity; `body` is for which body they were present.

    Raises Refusal `attendance.count`, `attendance.named_once`, `attendance.not_a_body`.
    """
    one = Present(capacity, person, sex, count, body)
    with act(by, "attendance.record", event, on=on, command=command) as step:
        return step.create(_attendance(step.subject, one))


@dataclass(frozen=True, slots=True)
class Present:
    """A line of an attendance sheet: a person, or a count by sex and capacity, and for which body they came."""

    capacity: str
    person: Party | None = None
    sex: str = ""
    count: int = 1
    body: Party | None = None


@action("attendance.enter")
def enter_attendance(
    event: Event, present: Sequence[Present], *, by: User, on: date, command: UUID | None = None
) -> Event:
    """Enter a whole sheet at once: all of its lines or none. Raises what `record_attendance` raises for any of them, and
    `attendance.entered_already`.
    """
    with act(by, "attendance.enter", event, on=on, command=command) as step:
        if present_at(_still_planned(step.subject)):
            raise Refusal("attendance.entered_already", event=step.subject.name)
        step.create_many([_attendance(step.subject, one) for one in present])
    return step.subject


def _still_planned(event: Event) -> Event:
    if event.state != "planned":
        raise Refusal("event.closed", event=event.name, state=EVENT.states[event.state])
    return event


def _attendance(event: Event, one: Present) -> Attendance:
    _still_planned(event)
    if not 1 <= one.count <= MOST_ON_A_LINE or (one.person and one.count > 1):
        raise Refusal("attendance.count", count=one.count)
    if one.body and one.body.kind == "person":
        raise Refusal("attendance.not_a_body", body=one.body.name)
    return Attendance(
        programme_id=event.programme_id,
        event=event,
        person=one.person,
        sex=one.person.sex if one.person else one.sex,
        capacity=one.capacity,
        count=one.count,
        body=one.body,
    )


@action("attendance.correct")
def correct_attendance(
    attendance: Attendance, *, count: int, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Attendance:
    """Correct how many people a line of a sheet counts, while the event is planned. Raises what `record_attendance` raises."""
    with act(by, "attendance.correct", attendance, on=on, command=command, seen=seen) as step:
        line = step.subject
        _still_planned(line.event)
        if not 1 <= count <= MOST_ON_A_LINE or line.person_id:
            raise Refusal("attendance.count", count=count)
        line.count = count
        step.save(line)
    return line


@action("event.hold")
def hold_event(
    event: Event,
    *,
    papers: Mapping[str, Evidence],
    by: User,
    on: date,
    command: UUID | None = None,
    seen: int | None = None,
) -> Event:
    """Record that an event was held, with its papers: `{"minutes": …}`. What its kind requires is in `KINDS`."""
    with act(by, "event.hold", event, on=on, command=command, seen=seen) as step:
        event = step.subject
        not_later(event.on, on)
        for role, evidence in papers.items():
            step.attach(event, evidence, role)
        EVENT.move(event, "hold", present=present_at(event), papers=papers_of(event))
        step.save(event)
    return event


@action("event.cancel")
def cancel_event(
    event: Event, *, reason: Name, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Event:
    """Cancel an event that was not held, and say why. Raises Refusal `event.reason_missing`."""
    with act(by, "event.cancel", event, on=on, command=command, seen=seen) as step:
        event = step.subject
        EVENT.move(event, "cancel", reason=reason)
        event.reason_en, event.reason_km = clean(reason.en), clean(reason.km)
        step.save(event)
    return event
