"""How far a request has come: every stage it has reached, seen from above."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Model

from laar.base.queries import day_of
from laar.events.models import Request
from laar.kit.names import Name
from laar.plans.models import Line
from laar.plans.queries import lines_answering
from laar.plans.rules import ADOPTED, GIVEN_UP
from laar.projects.models import Project
from laar.projects.queries import project_of_line
from laar.projects.rules import DONE, PAID
from laar.results.rules import STAGES

#: The verb by which each decision about a request is taken.
DECIDED_BY = {"accepted": "request.accept", "referred": "request.refer", "declined": "request.decline"}


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage that a request has reached: the record that shows it, and the day."""

    code: str
    record: Model
    on: date

    @property
    def name(self) -> Name:
        """What the stage is called."""
        return STAGES[self.code]


def stages_of(request: Request) -> list[Stage]:
    """Every stage that a request has reached, in order; the last one is where it stands."""
    stages = [Stage("asked", request, request.event.on)]
    if request.decision:
        decided = day_of(request, DECIDED_BY[request.decision])
        stages.append(Stage(request.decision, request, decided or request.event.on))
    answers = lines_answering(request).filter(plan__state__in=ADOPTED).exclude(state__in=GIVEN_UP)
    ways = [_line_stages(line) for line in answers]
    farthest: list[Stage] = max(ways, key=len) if ways else []
    stages += farthest
    if request.told_at:
        stages.append(Stage("told", request.told_at, request.told_at.on))
    return stages


def stage_of(request: Request) -> Stage:
    """Where a request stands now."""
    return stages_of(request)[-1]


def _line_stages(line: Line) -> list[Stage]:
    """How far a line has carried what was asked; of several lines the one that came farthest counts."""
    decision = line.plan.decision
    stages = [Stage("planned", line, decision.on if decision else line.month)]
    if line.decision:
        stages.append(Stage("budgeted", line, line.decision.on))
    project = project_of_line(line)
    if project:
        stages += _money_stages(project)
    if line.state == "held" and line.event:
        stages.append(Stage("done", line.event, line.event.on))
    elif project and project.line_id == line.pk and project.state in DONE:
        stages.append(Stage("done", project.completion, project.completion.on))
    return stages


def _money_stages(project: Project) -> Iterator[Stage]:
    yield Stage("agreed", project.agreement, project.agreement.signed_on)
    for tranche in project.agreement.tranches.filter(state__in=PAID).order_by("number")[:1]:
        if tranche.paid_on:
            yield Stage("funded", tranche, tranche.paid_on)
