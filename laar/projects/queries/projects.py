"""Reads of projects: which count, who was asked about them, what the committee found; and what this floor objects to."""

from __future__ import annotations

from django.db.models import QuerySet

from laar.base.models import Programme, TrailRow
from laar.base.objectors import objects_to
from laar.base.rules import verb_of
from laar.events.models import Request
from laar.kit.figures import Scope
from laar.kit.refusals import Refusal
from laar.ledger.models import Entry
from laar.plans.models import Line, Plan
from laar.plans.rules import NEED
from laar.projects.models import ApprovalStep, Opinion, Project, Refund, Tranche, TreasuryPayment, Visit, Voucher
from laar.projects.rules import AGREED, ENDED_EARLY, OVER
from laar.registers.queries import on_day


def grants(programme: Programme, kind: str, prefix: str = "") -> QuerySet[Project]:
    """The projects of a kind that were agreed."""
    return (
        Project.objects.filter(programme=programme, kind=kind, state__in=AGREED, place__code__startswith=prefix)
        .select_related("place", "council", "plan", "line", "agreement")
        .order_by("place__code", "code")
    )


def asked_grants(scope: Scope, kind: str) -> QuerySet[Project]:
    """The agreed projects of a kind that a figure is asked about; one of them where its code is said.

    Raises Refusal `record.not_found`: a typing error must not print a false zero.
    """
    records = grants(scope.programme, kind, scope.place)
    if not scope["project"]:
        return records
    if asked_about(scope).kind != kind:
        raise Refusal("record.not_found")
    return records.filter(code=scope["project"])


def asked_about(scope: Scope) -> Project:
    """The one agreed project whose code is said; looked up once for all figures that are asked for together.

    Raises Refusal `record.not_found`.
    """
    asked = ("project", scope["project"])
    if asked not in scope.cited:
        agreed = Project.objects.filter(programme=scope.programme, state__in=AGREED)
        scope.cited[asked] = agreed.filter(code=scope["project"]).first()
    project: Project | None = scope.cited[asked]
    if project is None:
        raise Refusal("record.not_found")
    return project


def words_on(project: Project) -> list[tuple[str, ApprovalStep, Opinion | None]]:
    """Who is asked about a proposal, before which step, in their order, and the newest word of each since it was last
    proposed.
    """
    asked = ApprovalStep.objects.filter(programme=project.programme_id, kind=project.kind)
    opinions = project.opinions.filter(round=project.round).select_related("body").order_by("on", "id")
    given = {opinion.step_id: opinion for opinion in opinions}
    steps = asked.filter(on_day(project.proposed_on)).order_by("position")
    return [(step.before, step, given.get(step.pk)) for step in steps]


def open_findings(project: Project) -> QuerySet[Request]:
    """What the committee found at its visits and nobody has answered."""
    visits = Visit.objects.filter(project=project).exclude(event=None).values("event")
    return Request.objects.filter(event__in=visits, state="recorded")


def project_of_line(line: Line) -> Project | None:
    """The agreed project that carries a line: its own, or the grant of its whole plan."""
    agreed = Project.objects.filter(state__in=AGREED).exclude(state__in=ENDED_EARLY).select_related("agreement")
    return agreed.filter(line=line).first() or agreed.filter(plan=line.plan_id, kind="oa").first()


#: The verbs that reverse the entry of a record and bring the record back to what is true.
TAKEN_BACK = ("tranche.reverse", "voucher.reverse", "refund.reverse", "treasury_payment.reverse")


@objects_to("entry.reverse")
def money_keeps_its_entry(entry: Entry) -> None:
    """A tranche, voucher, refund or payment that cites an entry would stand without its money; and one that was taken
    back would have it again, if its reversal were reversed.
    """
    for model in (Tranche, Voucher, Refund, TreasuryPayment):
        if cited := model._default_manager.filter(entry=entry).exclude(state="reversed").first():
            raise Refusal("tranche.entry_cited", tranche=cited.name)
    if entry.reverses_id:
        written = TrailRow.objects.filter(table=Entry._meta.label_lower, key=entry.pk, line__cause__verb__in=TAKEN_BACK)
        if row := written.select_related("line__cause").first():
            raise Refusal("entry.taken_back", verb=verb_of(row.line.cause.verb).label)  # type: ignore[union-attr]


@objects_to("plan.close")
def an_open_grant_keeps_its_plan_open(plan: Plan) -> None:
    """A plan is closed when its grants are settled."""
    open_grant = Project.objects.filter(plan=plan).exclude(state__in=OVER).first()
    if open_grant:
        raise Refusal("project.open", plan=plan.name, project=open_grant.name)


@objects_to("line.drop")
@objects_to("line.carry_over")
def a_project_keeps_its_need(line: Line) -> None:
    """A need on which a project lives is neither dropped nor carried over behind its back."""
    alive = Project.objects.filter(line=line).exclude(state__in=("rejected", *ENDED_EARLY)).first()
    if alive:
        state = NEED.states[line.state]
        raise Refusal("project.need_given_up", line=line.name, state=state, project=alive.name)
