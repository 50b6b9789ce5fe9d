"""Writes about training courses and about the advice of coaching visits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import Evidence, Programme, User
from laar.base.queries import papers_of
from laar.base.rules import not_later
from laar.events.models import Advice, Course, Event
from laar.events.queries import session_in
from laar.events.rules import ADVICE, COURSE, hundredths_of, is_a_visit, is_said
from laar.kit.names import Name, clean
from laar.kit.refusals import Refusal


@action("course.design")
def design_course(
    programme: Programme,
    code: str,
    *,
    title: Name,
    audience: Name,
    objectives: Name,
    by: User,
    on: date,
    version: int = 1,
    command: UUID | None = None,
) -> Course:
    """Design a course: for whom it is and what people can do after it. Raises Refusal `course.code`."""
    with act(by, "course.design", programme, on=on, command=command) as step:
        return step.create(
            Course(
                programme=programme,
                code=clean(code),
                version=version,
                title_en=clean(title.en),
                title_km=clean(title.km),
                audience_en=clean(audience.en),
                audience_km=clean(audience.km),
                objectives_en=clean(objectives.en),
                objectives_km=clean(objectives.km),
            )
        )


@action("course.schedule")
def schedule_course(
    course: Course,
    *,
    since: date,
    until: date,
    by: User,
    on: date,
    command: UUID | None = None,
    seen: int | None = None,
) -> Course:
    """Say when a course is given: from `since`, and no more on `until`. From now on sessions can be announced."""
    with act(by, "course.schedule", course, on=on, command=command, seen=seen) as step:
        course = step.subject
        COURSE.move(course, "schedule")
        course.since, course.until = since, until
        step.save(course)
    return course


@action("course.open")
def open_course(course: Course, *, by: User, on: date, command: UUID | None = None, seen: int | None = None) -> Course:
    """Open a course: its people are known and it begins."""
    with act(by, "course.open", course, on=on, command=command, seen=seen) as step:
        course = step.subject
        COURSE.move(course, "open")
        step.save(course)
    return course


@action("course.hold")
def hold_course(course: Course, *, by: User, on: date, command: UUID | None = None, seen: int | None = None) -> Course:
    """Record that a course was held. Raises Refusal `course.sessions_left`, `course.no_session`."""
    with act(by, "course.hold", course, on=on, command=command, seen=seen) as step:
        course = step.subject
        COURSE.move(course, "hold", planned=session_in(course, "planned"), held=session_in(course, "held"))
        step.save(course)
    return course


@action("course.evaluate")
def evaluate_course(
    course: Course,
    *,
    tested: int,
    before: Decimal,
    after: Decimal,
    paper: Evidence,
    by: User,
    on: date,
    command: UUID | None = None,
    seen: int | None = None,
) -> Course:
    """Record what the tests showed: how many people took both, and their average before and after, in percent.

    Raises Refusal `course.tested`, `course.average`.
    """
    if tested < 1:
        raise Refusal("course.tested", tested=tested)
    with act(by, "course.evaluate", course, on=on, command=command, seen=seen) as step:
        course = step.subject
        step.attach(course, paper, "evaluation")
        COURSE.move(course, "evaluate", papers=papers_of(course))
        course.tested, course.before, course.after = tested, hundredths_of(before), hundredths_of(after)
        step.save(course)
    return course


@action("course.report")
def report_course(
    course: Course, *, report: Evidence, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Course:
    """Close a course with its report."""
    with act(by, "course.report", course, on=on, command=command, seen=seen) as step:
        course = step.subject
        step.attach(course, report, "report")
        COURSE.move(course, "report", papers=papers_of(course))
        step.save(course)
    return course


@action("course.cancel")
def cancel_course(
    course: Course, *, reason: Name, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Course:
    """Cancel a course that did not take place. Raises Refusal `course.reason_missing`, `course.was_held`."""
    with act(by, "course.cancel", course, on=on, command=command, seen=seen) as step:
        course = step.subject
        sessions = {"planned": session_in(course, "planned"), "held": session_in(course, "held")}
        COURSE.move(course, "cancel", reason=reason, **sessions)
        course.reason_en, course.reason_km = clean(reason.en), clean(reason.km)
        step.save(course)
    return course


@action("advice.give")
def give_advice(visit: Event, *, text: Name, due: date, by: User, on: date, command: UUID | None = None) -> Advice:
    """Record what was advised at a coaching visit, and by when it is followed.

    Raises Refusal `advice.no_visit`, `event.not_held`, `advice.due`, `advice.says_nothing`.
    """
    with act(by, "advice.give", visit, on=on, command=command) as step:
        visit = step.subject
        is_a_visit(visit)
        if due < visit.on:
            raise Refusal("advice.due", day=visit.on, due=due)
        return step.create(
            Advice(
                programme_id=visit.programme_id, visit=visit, text_en=clean(text.en), text_km=clean(text.km), due=due
            )
        )


@action("advice.follow_up")
def follow_up_advice(
    advice: Advice,
    *,
    at: Event,
    text: Name,
    by: User,
    on: date,
    command: UUID | None = None,
    seen: int | None = None,
) -> Advice:
    """Record what was found about a piece of advice at a later coaching visit.

    Raises Refusal `advice.no_visit`, `event.not_held`, `advice.not_later`, `advice.says_nothing`.
    """
    with act(by, "advice.follow_up", advice, on=on, command=command, seen=seen) as step:
        advice, at = step.subject, step.lock(at)
        is_a_visit(at)
        not_later(at.on, on)
        if at.on <= advice.visit.on:
            raise Refusal("advice.not_later", event=at.name)
        if not is_said(text):
            raise Refusal("advice.says_nothing")
        ADVICE.move(advice, "follow_up")
        advice.followed_at, advice.found_en, advice.found_km = at, clean(text.en), clean(text.km)
        step.save(advice)
    return advice
