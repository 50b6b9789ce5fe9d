"""Writes about projects: proposal to agreement, and completion to settlement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Sum

from laar.base.act import Step, act, action
from laar.base.models import Evidence, User
from laar.base.queries import papers_of
from laar.kit.money import Money
from laar.kit.names import Name, clean
from laar.kit.refusals import Refusal
from laar.ledger.models import Account, Fund, Purpose
from laar.ledger.rules import ACCOUNT_KINDS
from laar.plans.models import Plan
from laar.plans.queries import lines_left
from laar.plans.rules import OPEN_FOR_GRANT, PLAN
from laar.projects.models import Agreement, Completion, Project, Tranche
from laar.projects.queries import any_paid, outstanding
from laar.projects.rules import PATHS, tranches_make_the_amount


@action("project.propose")
def propose_project(
    plan: Plan, *, code: str, purpose: Purpose, title: Name, by: User, on: date, command: UUID | None = None
) -> Project:
    """Propose an outreach grant for a plan that the council has approved and that is to be paid by a grant."""
    with act(by, "project.propose", plan, on=on, command=command) as step:
        plan = step.subject
        if plan.state not in OPEN_FOR_GRANT:
            raise Refusal("project.plan_not_approved", plan=plan.name, state=PLAN.states[plan.state])
        if plan.funding != "grant":
            raise Refusal("project.plan_not_funded", plan=plan.name)
        return step.create(
            Project(
                programme_id=plan.programme_id,
                kind="oa",
                code=code,
                place=plan.place,
                council=plan.owner,
                plan=plan,
                purpose=purpose,
                title_en=clean(title.en),
                title_km=clean(title.km),
            )
        )


@action("project.check")
def check_project(
    project: Project,
    *,
    checklist: Evidence,
    by: User,
    on: date,
    command: UUID | None = None,
    seen: int | None = None,
) -> Project:
    """Check a proposal with the one-page quality checklist, signed by two people."""
    with act(by, "project.check", project, on=on, command=command, seen=seen) as step:
        step.attach(step.subject, checklist, "checklist")
        step.subject.checked_by = by
        return _moved(step, "check")


@action("project.return")
def return_project(
    project: Project, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Project:
    """Give a proposal back to be mended."""
    with act(by, "project.return", project, on=on, command=command, seen=seen) as step:
        return _moved(step, "return")


@action("project.propose_again")
def propose_again_project(
    project: Project, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Project:
    """Propose a returned project again."""
    with act(by, "project.propose_again", project, on=on, command=command, seen=seen) as step:
        return _moved(step, "propose_again")


@action("project.approve")
def approve_project(
    project: Project, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Project:
    """Let a checked project go to agreement."""
    with act(by, "project.approve", project, on=on, command=command, seen=seen) as step:
        return _moved(step, "approve")


@action("project.reject")
def reject_project(
    project: Project, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Project:
    """Say no to a checked project."""
    with act(by, "project.reject", project, on=on, command=command, seen=seen) as step:
        return _moved(step, "reject")


@dataclass(frozen=True, slots=True)
class Terms:
    """What an agreement says about the money."""

    number: str
    amount: Money
    tranches: Sequence[Money]
    route: str
    fund: Fund
    bank: Account
    advances: Account
    expense: Account


@action("project.sign")
def sign_project(
    project: Project,
    *,
    terms: Terms,
    paper: Evidence,
    by: User,
    on: date,
    command: UUID | None = None,
    seen: int | None = None,
) -> Project:
    """Record the signed agreement and its tranches.

    Raises Refusal `agreement.tranches` unless they add up to the amount, `agreement.more_than_plan` where the lines of
    the plan need less.
    """
    tranches_make_the_amount(terms.tranches, terms.amount)
    with act(by, "project.sign", project, on=on, command=command, seen=seen) as step:
        project = step.subject
        _in_one_book(project, terms)
        _within_the_plan(project, terms.amount)
        step.attach(project, paper, "agreement")
        _moved(step, "sign")
        agreement = Agreement(
            programme_id=project.programme_id,
            project=project,
            number=clean(terms.number),
            signed_on=on,
            currency=terms.amount.currency,
            units=terms.amount.units,
            route=terms.route,
            fund=terms.fund,
            bank=terms.bank,
            advances=terms.advances,
            expense=terms.expense,
        )
        step.add(agreement)
        for number, amount in enumerate(terms.tranches, start=1):
            step.add(
                Tranche(
                    programme_id=project.programme_id,
                    agreement=agreement,
                    number=number,
                    currency=amount.currency,
                    units=amount.units,
                )
            )
    return project


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
    command: UUID | None = None,
    seen: int | None = None,
) -> Project:
    """Record the one-page completion: what was done, for how many people."""
    with act(by, "project.complete", project, on=on, command=command, seen=seen) as step:
        project = step.subject
        step.attach(project, report, "report")
        _moved(step, "complete")
        step.add(
            Completion(
                programme_id=project.programme_id,
                project=project,
                on=on,
                people=people,
                women=women,
                text_en=clean(text.en),
                text_km=clean(text.km),
            )
        )
    return project


@action("project.settle")
def settle_project(
    project: Project, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Project:
    """Settle the accounts of a completed project: paid = liquidated + refunded, nothing is outstanding."""
    with act(by, "project.settle", project, on=on, command=command, seen=seen) as step:
        return _moved(step, "settle")


def _moved(step: Step[Project], verb: str) -> Project:
    """Take a step of the path of this kind of project, with everything that its guards may ask for."""
    project = step.subject
    facts = {
        "by": step.by,
        "papers": papers_of(project),
        "left": lines_left(project.plan).count(),
        "paid": any_paid(project),
        "outstanding": outstanding(project) if Agreement.objects.filter(project=project).exists() else None,
    }
    PATHS[project.kind].move(project, verb, **facts)
    step.save(project)
    return project


def _in_one_book(project: Project, terms: Terms) -> None:
    """The money is agreed in the currency that the programme reports in, and moves within one book."""
    wanted = project.programme.currency
    if terms.amount.currency != wanted:
        raise Refusal("agreement.currency", currency=terms.amount.currency, wanted=wanted)
    for account, kind in ((terms.bank, "asset"), (terms.advances, "asset"), (terms.expense, "expense")):
        if account.kind != kind:
            raise Refusal("agreement.account", account=account.name, kind=ACCOUNT_KINDS[kind])
        if account.book_id != terms.bank.book_id:
            raise Refusal("entry.other_book", account=account.name, book=terms.bank.book.name)


def _within_the_plan(project: Project, amount: Money) -> None:
    needed = project.plan.lines.filter(currency=amount.currency).aggregate(sum=Sum("units"))["sum"] or 0
    if amount.units > needed:
        raise Refusal("agreement.more_than_plan", amount=amount, plan=Money(needed, amount.currency))
