"""Writes about a project under way: it starts, may stop, is completed, looked at, settled and closed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import Evidence, User
from laar.base.rules import not_before
from laar.events.models import Event
from laar.kit.names import Name, clean
from laar.kit.refusals import Refusal
from laar.projects.actions.moving import moved, moved_because, of_the_council
from laar.projects.models import Completion, Project, Visit
from laar.projects.rules import OPEN_FOR_VISITS, PATHS
from laar.registers.models import Party


@action("project.start")
def start_project(
    project: Project, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Project:
    """Start an agreed project; its first payment does so by itself."""
    with act(by, "project.start", project, on=on, command=command, seen=seen) as step:
        return moved(step, "start")


@action("project.suspend")
def suspend_project(
    project: Project, *, reason: Name, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Project:
    """Suspend a running project: no money goes out until it goes on."""
    with act(by, "project.suspend", project, on=on, command=command, seen=seen) as step:
        return moved_because(step, "suspend", reason)


@action("project.resume")
def resume_project(
    project: Project, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Project:
    """Let a suspended project go on."""
    with act(by, "project.resume", project, on=on, command=command, seen=seen) as step:
        return moved(step, "resume")


@action("project.terminate")
def terminate_project(
    project: Project, *, reason: Name, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Project:
    """End a project before it is complete; what was paid is still accounted for and settled."""
    with act(by, "project.terminate", project, on=on, command=command, seen=seen) as step:
        return moved_because(step, "terminate", reason)


@action("project.complete")
def complete_project(
    project: Project,
    *,
    people: int,
    women: int,
    text: Name,
    report: Evidence,
    by: User,
    on: date,
    quantity: int | None = None,
    command: UUID | None = None,
    seen: int | None = None,
) -> Project:
    """Record the one-page completion: what was done, how much of it, for how many people."""
    with act(by, "project.complete", project, on=on, command=command, seen=seen) as step:
        project = step.subject
        step.attach(project, report, "report")
        project.completed_by = by
        moved(step, "complete")
        step.add(
            Completion(
                programme_id=project.programme_id,
                project=project,
                on=on,
                people=people,
                women=women,
                quantity=quantity,
                text_en=clean(text.en),
                text_km=clean(text.km),
            )
        )
    return project


@action("visit.record")
def record_visit(
    project: Project,
    *,
    body: Party,
    opinion: str,
    text: Name,
    by: User,
    on: date,
    event: Event | None = None,
    command: UUID | None = None,
) -> Visit:
    """Record what the monitoring committee says of a project after its visit `event` – or that it was asked and is
    silent. What it found there is raised as requests at the event, and answered before the completion is verified.

    Raises Refusal `visit.event_missing`, `visit.wrong_event`, `visit.not_a_committee`, `project.not_delivering`.
    """
    with act(by, "visit.record", project, on=on, command=command) as step:
        project = step.subject
        if project.state not in OPEN_FOR_VISITS:
            raise Refusal(
                "project.not_delivering", project=project.name, state=PATHS[project.kind].states[project.state]
            )
        if body.kind != "committee":
            raise Refusal("visit.not_a_committee", body=body.name)
        if event is not None and (event.kind != "monitoring" or event.state != "held"):
            raise Refusal("visit.wrong_event", event=event.name)
        if event is None and opinion != "silent":
            raise Refusal("visit.event_missing")
        if not (body.place and body.place.code == project.place.code):
            of_the_council(project, body, None)
        if event is not None:
            not_before(event.on, project.agreement.signed_on, project.agreement.name)
        return step.create(
            Visit(
                programme_id=project.programme_id,
                project=project,
                body=body,
                on=event.on if event else on,
                event=event,
                opinion=opinion,
                text_en=clean(text.en),
                text_km=clean(text.km),
            )
        )


@action("project.verify")
def verify_project(
    project: Project, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Project:
    """Verify a completion: by another person than recorded it, the committee was asked, its findings are answered.

    What the committee says is printed; it stops nothing (the committee is no authority over public money).
    """
    with act(by, "project.verify", project, on=on, command=command, seen=seen) as step:
        return moved(step, "verify")


@action("project.settle")
def settle_project(
    project: Project, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Project:
    """Settle our part of a project: paid = liquidated + refunded, nothing is outstanding.

    That the commune's part is still pending is a normal state: `close_project` waits for it.
    """
    with act(by, "project.settle", project, on=on, command=command, seen=seen) as step:
        return moved(step, "settle")


@action("project.wind_up")
def wind_up_project(
    project: Project, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Project:
    """Account for a terminated project: what was paid is liquidated or came back. The need may have a new project."""
    with act(by, "project.wind_up", project, on=on, command=command, seen=seen) as step:
        return moved(step, "wind_up")


@action("project.close")
def close_project(
    project: Project, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Project:
    """Close a project: our part is settled, and the treasury has paid the commune's."""
    with act(by, "project.close", project, on=on, command=command, seen=seen) as step:
        return moved(step, "close")
