"""Writes about requests: what was asked, what was decided about it, and who was told."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import User
from laar.events.models import Event, Request
from laar.events.queries import unused_code
from laar.events.rules import KINDS, REQUEST, was_held
from laar.kit.names import Name, clean
from laar.kit.refusals import Refusal
from laar.registers.models import Party, Place


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
        was_held(step.subject)
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


@action("request.correct")
def correct_request(
    request: Request,
    *,
    text: Name,
    by: User,
    on: date,
    sex: str = "",
    is_sensitive: bool = False,
    command: UUID | None = None,
    seen: int | None = None,
) -> Request:
    """Correct how a request was written down, until it is answered; its first wording stays in the trail.

    Raises Refusal `request.answered`.
    """
    with act(by, "request.correct", request, on=on, command=command, seen=seen) as step:
        request = step.subject
        if request.state != REQUEST.initial:
            raise Refusal("request.answered", request=request.code, state=REQUEST.states[request.state])
        request.text_en, request.text_km = clean(text.en), clean(text.km)
        request.sex, request.is_sensitive = sex, is_sensitive
        step.save(request)
    return request


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
        was_held(at)
        REQUEST.move(request, "report_back")
        request.told_at = at
        step.save(request)
    return request
