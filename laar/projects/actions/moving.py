"""Taking a step of a project's path, with everything that its guards may ask for."""

from __future__ import annotations

from typing import Any

from laar.base.act import Step
from laar.base.queries import in_order, papers_of
from laar.kit.names import Name, clean, name_of
from laar.kit.refusals import Refusal
from laar.ledger.actions import release_commitment
from laar.plans.queries import lines_left
from laar.projects.models import Agreement, Project
from laar.projects.queries import any_paid, open_findings, outstanding, pending_share, words_on
from laar.projects.rules import PATHS

#: The steps after which no more of a grant is paid; after each of the last three nothing comes back either.
LETS_GO = ("terminate", "settle", "wind_up", "close")


def moved(step: Step[Project], verb: str, **more: Any) -> Project:
    """Take a step of the path of this kind of project and save it. Raises Refusal `day.before_its_cause`."""
    project = step.subject
    in_order(project, PATHS[project.kind], step.on)
    PATHS[project.kind].move(project, verb, **facts_of(step, verb), **more)
    step.save(project)
    if verb in LETS_GO:
        _let_go(step)
    return project


def _let_go(step: Step[Project]) -> None:
    """What of the grant will not be paid any more is free for others again."""
    agreement = Agreement.objects.filter(project=step.subject).select_related("commitment").first()
    if agreement and agreement.commitment:
        release_commitment(agreement.commitment, by=step.by, on=step.on)


def moved_because(step: Step[Project], verb: str, reason: Name) -> Project:
    """Take a step that needs a reason, and keep the reason."""
    step.subject.reason_en, step.subject.reason_km = clean(reason.en), clean(reason.km)
    return moved(step, verb, reason=reason)


def facts_of(step: Step[Project], verb: str) -> dict[str, Any]:
    """What the guards of a step look at; read only where the step has them."""
    project = step.subject
    facts: dict[str, Any] = {"by": step.by, "papers": papers_of(project)}
    if verb in ("approve", "sign"):
        facts["words"] = words_on(project)
    if verb == "complete":
        facts["left"] = lines_left(project.plan).count() if project.kind == "oa" else 0
    if verb in ("verify", "settle"):
        facts |= {"visits": project.visits.count(), "findings": open_findings(project).count()}
    if verb in ("settle", "wind_up", "close") and Agreement.objects.filter(project=project).exists():
        facts |= {
            "paid": any_paid(project),
            "outstanding": outstanding(project),
            "pending": pending_share(project),
        }
    return facts


def of_the_council(project: Project, what: Any, council: int | None) -> None:
    """Refuse what belongs to another council than the project's: its decision, its book, its committee's place."""
    if council != project.council_id:
        raise Refusal(
            "project.not_of_its_council", what=name_of(what), council=project.council.name, project=project.name
        )
