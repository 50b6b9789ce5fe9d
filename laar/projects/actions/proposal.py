"""Writes about a proposal: who puts it forward, who looks at it, whose word is asked."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import Evidence, Programme, User
from laar.base.rules import not_before, not_later
from laar.events.models import Decision
from laar.kit.names import Name, clean, gives_reason, listed
from laar.kit.refusals import Refusal
from laar.ledger.models import Purpose
from laar.plans.models import Line, Plan
from laar.plans.rules import NEED, OPEN_FOR_GRANT, PLAN, PLAN_KINDS
from laar.projects.actions.moving import moved, moved_because, of_the_council
from laar.projects.models import ApprovalStep, Opinion, Project
from laar.projects.queries import words_on
from laar.projects.rules import OPEN_FOR_WORDS, PATHS, PLAN_OF, THEMES
from laar.registers.models import Party
from laar.registers.rules import PARTY_KINDS


@action("approval.require")
def require_approval(
    programme: Programme,
    kind: str,
    position: int,
    *,
    name: Name,
    body_kind: str,
    before: str,
    since: date,
    by: User,
    on: date,
    until: date | None = None,
    command: UUID | None = None,
) -> ApprovalStep:
    """Say that proposals of a kind made from `since` on need a body's word before they are approved, or signed."""
    with act(by, "approval.require", programme, on=on, command=command) as step:
        return step.create(
            ApprovalStep(
                programme=programme,
                kind=kind,
                position=position,
                name_en=clean(name.en),
                name_km=clean(name.km),
                body_kind=body_kind,
                before=before,
                since=since,
                until=until,
            )
        )


@action("project.propose")
def propose_project(
    plan: Plan,
    *,
    code: str,
    purpose: Purpose,
    title: Name,
    by: User,
    on: date,
    line: Line | None = None,
    theme: str = "",
    command: UUID | None = None,
) -> Project:
    """Propose an outreach grant for an approved outreach plan, or with `line` a social development project for a
    prioritised need of an investment programme.

    Raises Refusal `project.plan_not_approved`, `project.plan_not_funded`, `project.line_not_prioritised`,
    `project.wrong_plan`, `project.theme_missing`.
    """
    with act(by, "project.propose", plan, on=on, command=command) as step:
        plan = step.subject
        kind = "sdp" if line else "oa"
        if plan.kind != PLAN_OF[kind]:
            raise Refusal("project.wrong_plan", plan=plan.name, kind=PLAN_KINDS[plan.kind])
        if line:
            _may_be_proposed(step.lock(line), plan, theme)
        else:
            _may_be_granted(plan)
        return step.create(
            Project(
                programme_id=plan.programme_id,
                kind=kind,
                code=code,
                place=plan.place,
                council=plan.owner,
                plan=plan,
                line=line,
                theme=theme,
                purpose=purpose,
                title_en=clean(title.en),
                title_km=clean(title.km),
                state=PATHS[kind].initial,
                proposed_on=on,
            )
        )


def _may_be_granted(plan: Plan) -> None:
    if plan.state not in OPEN_FOR_GRANT:
        raise Refusal("project.plan_not_approved", plan=plan.name, state=PLAN.states[plan.state])
    if plan.funding != "grant":
        raise Refusal("project.plan_not_funded", plan=plan.name)


def _may_be_proposed(line: Line, plan: Plan, theme: str) -> None:
    if line.plan_id != plan.pk:
        raise Refusal("project.line_of_another_plan", line=line.name, plan=plan.name)
    if line.state not in ("prioritised", "budgeted"):
        raise Refusal("project.line_not_prioritised", line=line.name, state=NEED.states[line.state])
    if not theme or theme not in THEMES:
        known = [name for code, name in THEMES.items() if code]
        raise Refusal("project.theme_missing", known=listed(known))


@action("project.check")
def check_project(
    project: Project,
    *,
    checklist: Evidence,
    second: Party | None,
    by: User,
    on: date,
    command: UUID | None = None,
    seen: int | None = None,
) -> Project:
    """Check a proposal with the one-page quality checklist, signed by two people: `by` and `second`."""
    with act(by, "project.check", project, on=on, command=command, seen=seen) as step:
        step.attach(step.subject, checklist, "checklist")
        step.subject.checked_by, step.subject.second = by, second
        if second is not None and second.user_id == by.pk:
            raise Refusal("access.same_person", who=by.name, step=PATHS[project.kind].states["checked"])
        return moved(step, "check", second=second)


@action("project.return")
def return_project(
    project: Project, *, reason: Name, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Project:
    """Give a proposal back to be mended, and say what is missing."""
    with act(by, "project.return", project, on=on, command=command, seen=seen) as step:
        return moved_because(step, "return", reason)


@action("project.propose_again")
def propose_again_project(
    project: Project, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Project:
    """Propose a returned project again; who is asked is asked anew."""
    with act(by, "project.propose_again", project, on=on, command=command, seen=seen) as step:
        step.subject.proposed_on, step.subject.round = on, step.subject.round + 1
        return moved(step, "propose_again")


@action("project.approve")
def approve_project(
    project: Project, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Project:
    """Let a checked project go to agreement, once everybody who is asked before that has said yes."""
    with act(by, "project.approve", project, on=on, command=command, seen=seen) as step:
        return moved(step, "approve")


@action("project.reject")
def reject_project(
    project: Project, *, reason: Name, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Project:
    """Say no to a checked project, with the reason."""
    with act(by, "project.reject", project, on=on, command=command, seen=seen) as step:
        return moved_because(step, "reject", reason)


@action("opinion.give")
def give_opinion(
    project: Project,
    asked: ApprovalStep,
    *,
    body: Party,
    is_favourable: bool,
    text: Name,
    paper: Evidence,
    by: User,
    on: date,
    decision: Decision | None = None,
    command: UUID | None = None,
) -> Opinion:
    """Record a body's word on a proposal, on its behalf, from its signed paper.

    Raises Refusal `opinion.wrong_body`, `opinion.decided`; a word with objections needs them in writing.
    """
    with act(by, "opinion.give", project, on=on, command=command) as step:
        project = step.subject
        if project.state not in OPEN_FOR_WORDS:
            raise Refusal("opinion.decided", project=project.name, state=PATHS[project.kind].states[project.state])
        if body.kind != asked.body_kind:
            raise Refusal("opinion.wrong_body", step=asked.name, kind=PARTY_KINDS[asked.body_kind], body=body.name)
        if asked.pk not in {wanted.pk for _, wanted, _ in words_on(project)}:
            raise Refusal("opinion.other_step", step=asked.name, project=project.name)
        if body.kind == "council":
            if decision is None:
                raise Refusal("opinion.decision_missing")
            of_the_council(project, body, body.pk)
        if decision is not None:
            of_the_council(project, decision, decision.council_id)
            not_later(decision.on, on)
            not_before(decision.on, project.proposed_on, project.name)
        if not is_favourable and not gives_reason(text):
            raise Refusal("project.reason_missing")
        opinion = step.create(
            Opinion(
                programme_id=project.programme_id,
                project=project,
                step=asked,
                body=body,
                round=project.round,
                on=on,
                is_favourable=is_favourable,
                text_en=clean(text.en),
                text_km=clean(text.km),
                decision=decision,
            )
        )
        step.attach(opinion, paper, "opinion", is_signed=True)
    return opinion
