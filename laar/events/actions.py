"""Writes about events and requests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import Evidence, Programme, User
from laar.base.queries import papers_of
from laar.base.rules import not_later
from laar.events.models import Attendance, Event, Request
from laar.events.queries import present_at, unused_code
from laar.events.rules import EVENT, KINDS, REQUEST
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
    command: UUID | None = None,
) -> Event:
    """Announce an event for a day; `on` is the day of the invitation."""
    with act(by, "event.announce", place, on=on, command=command) as step:
        return step.create(
            Event(
                programme=programme,
                kind=kind,
                place=step.subject,
                host=host,
                on=day,
                title_en=clean(title.en),
                title_km=clean(title.km),
            )
        )


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
    command: UUID | None = None,
) -> Attendance:
    """Record a person who was present, or a count by sex and capacity. Raises Refusal `attendance.named_once`."""
    if count < 1 or (person and count > 1):
        raise Refusal("attendance.count", count=count)
    with act(by, "attendance.record", event, on=on, command=command) as step:
        if step.subject.state != "planned":
            raise Refusal("event.closed", event=event.name, state=EVENT.states[step.subject.state])
        return step.create(
            Attendance(
                programme_id=event.programme_id,
                event=step.subject,
                person=person,
                sex=person.sex if person else sex,
                capacity=capacity,
                count=count,
            )
        )


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
def cancel_event(event: Event, *, by: User, on: date, command: UUID | None = None, seen: int | None = None) -> Event:
    """Cancel an event that was not held."""
    with act(by, "event.cancel", event, on=on, command=command, seen=seen) as step:
        event = step.subject
        EVENT.move(event, "cancel")
        step.save(event)
    return event


@action("request.raise")
def raise_request(
    event: Event,
    *,
    text: Name,
    by: User,
    on: date,
    place: Place | None = None,
    sex: str = "",
    is_sensitive: bool = False,
    command: UUID | None = None,
) -> Request:
    """Record what somebody asked for; nobody's name is kept. `place` is the village it is about, if it is known."""
    with act(by, "request.raise", event, on=on, command=command) as step:
        kind = KINDS[event.kind]
        if not kind.takes_requests:
            raise Refusal("event.no_requests_here", kind=kind.name)
        if step.subject.state != "held":
            raise Refusal("event.not_held", event=event.name)
        request = Request(
            programme_id=event.programme_id,
            event=step.subject,
            place=place or event.place,
            text_en=clean(text.en),
            text_km=clean(text.km),
            sex=sex,
            is_sensitive=is_sensitive,
        )
        request.code = unused_code(request.uid)
        return step.create(request)


@action("request.accept")
def accept_request(
    request: Request, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Request:
    """The council takes a request up."""
    with act(by, "request.accept", request, on=on, command=command, seen=seen) as step:
        request = step.subject
        REQUEST.move(request, "accept")
        step.save(request)
    return request


@action("request.refer")
def refer_request(
    request: Request,
    *,
    to: Party,
    reason: Name,
    by: User,
    on: date,
    command: UUID | None = None,
    seen: int | None = None,
) -> Request:
    """Send a request on to the body that can answer it, and say why."""
    with act(by, "request.refer", request, on=on, command=command, seen=seen) as step:
        request = step.subject
        REQUEST.move(request, "refer", reason=reason)
        request.referred_to, request.reason_en, request.reason_km = to, clean(reason.en), clean(reason.km)
        step.save(request)
    return request


@action("request.decline")
def decline_request(
    request: Request, *, reason: Name, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Request:
    """Say no, with the reason that the people who asked will be told."""
    with act(by, "request.decline", request, on=on, command=command, seen=seen) as step:
        request = step.subject
        REQUEST.move(request, "decline", reason=reason)
        request.reason_en, request.reason_km = clean(reason.en), clean(reason.km)
        step.save(request)
    return request


@action("request.report_back")
def report_back_request(
    request: Request, *, at: Event, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Request:
    """Tell the people who asked, at an event, what became of it."""
    with act(by, "request.report_back", request, on=on, command=command, seen=seen) as step:
        request = step.subject
        at = step.lock(at)
        if at.state != "held":
            raise Refusal("event.not_held", event=at.name)
        REQUEST.move(request, "report_back")
        request.told_at = at
        step.save(request)
    return request
