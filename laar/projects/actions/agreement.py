"""Writes about the agreement: what was signed, which tranches it has, and what the commune pays itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Sum

from laar.base.act import Step, act, action
from laar.base.models import Evidence, User
from laar.base.rules import not_before, not_later
from laar.events.models import Decision
from laar.kit.money import Money
from laar.kit.names import Name, clean
from laar.kit.refusals import Refusal
from laar.ledger.actions import make_commitment
from laar.ledger.models import Account, BudgetLine, Commitment, Fund
from laar.ledger.rules import ACCOUNT_KINDS
from laar.plans.rules import ADOPTED, GIVEN_UP, PLAN
from laar.projects.actions.moving import moved, of_the_council
from laar.projects.models import Agreement, Project, Share, Tranche
from laar.projects.rules import ROUTES, tranches_make_the_amount


@dataclass(frozen=True, slots=True)
class Part:
    """The commune's part: what its council decided to pay, and where that is copied to in its memorandum book."""

    amount: Money
    decision: Decision
    fund: Fund
    paid_from: Account
    expense: Account


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
    share: Part | None = None
    #: The line of the fund's budget that the grant is charged to, where the fund has a budget.
    line: BudgetLine | None = None


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
    """Record the signed agreement, its tranches, and the commune's part.

    Raises Refusal `agreement.tranches` unless they add up to the amount, `agreement.more_than_plan` where the lines of
    the plan need less, `agreement.share_missing` where a social development project has no part of the commune,
    `agreement.not_budgeted` where the money goes over the treasury and is not in the council's budget, `commitment.cap`
    where the council would get more than a third party may, `commitment.line_missing`.
    """
    tranches_make_the_amount(terms.tranches, terms.amount)
    with act(by, "project.sign", project, on=on, command=command, seen=seen) as step:
        project = step.subject
        _in_one_book(project, terms, on)
        _within_the_plan(project, terms.amount)
        _adopted(project, terms)
        step.attach(project, paper, "agreement", is_signed=True)
        moved(step, "sign")
        _agree(step, project, terms)
    return project


def _agree(step: Step[Project], project: Project, terms: Terms) -> None:
    agreement = Agreement(
        programme_id=project.programme_id,
        project=project,
        number=clean(terms.number),
        signed_on=step.on,
        currency=terms.amount.currency,
        units=terms.amount.units,
        route=terms.route,
        fund=terms.fund,
        bank=terms.bank,
        advances=terms.advances,
        expense=terms.expense,
        commitment=_promised(step, project, terms),
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
    if part := terms.share:
        step.add(
            Share(
                programme_id=project.programme_id,
                agreement=agreement,
                currency=part.amount.currency,
                units=part.amount.units,
                decision=part.decision,
                fund=part.fund,
                paid_from=part.paid_from,
                expense=part.expense,
            )
        )


def _promised(step: Step[Project], project: Project, terms: Terms) -> Commitment:
    """What the agreement promises of the fund, to the council, on a line of the budget."""
    title = project.name
    return make_commitment(
        terms.fund,
        amount=terms.amount,
        text=Name(en=f"Agreement {terms.number}: {title.en}", km=f"កិច្ចព្រមព្រៀង {terms.number}៖ {title.km or title.en}"),
        line=terms.line,
        purpose=project.purpose,
        place=project.place,
        recipient=project.council,
        by=step.by,
        on=step.on,
    )


def _in_one_book(project: Project, terms: Terms, on: date) -> None:
    """The money is agreed in the currency that the programme reports in; each side moves within one book."""
    wanted = project.programme.currency
    if terms.amount.currency != wanted:
        raise Refusal("agreement.currency", currency=terms.amount.currency, wanted=wanted)
    if terms.bank.book.is_memorandum:
        raise Refusal("agreement.memorandum", book=terms.bank.book.name)
    for account, kind in ((terms.bank, "asset"), (terms.advances, "asset"), (terms.expense, "expense")):
        _is_of(account, kind, terms.bank)
    if part := terms.share:
        for account, kind in ((part.paid_from, "income"), (part.expense, "expense")):
            _is_of(account, kind, part.paid_from)
        of_the_council(project, part.decision, part.decision.council_id)
        not_later(part.decision.on, on)
        not_before(part.decision.on, project.proposed_on, project.name)
        of_the_council(project, part.paid_from.book, part.paid_from.book.owner_id)
        if not part.paid_from.book.is_memorandum or part.fund.kind != "commune":
            raise Refusal("agreement.not_the_communes", book=part.paid_from.book.name, fund=part.fund.name)


def _is_of(account: Account, kind: str, one: Account) -> None:
    if account.kind != kind:
        raise Refusal("agreement.account", account=account.name, kind=ACCOUNT_KINDS[kind])
    if account.book_id != one.book_id:
        raise Refusal("entry.other_book", account=account.name, book=one.book.name)


def _within_the_plan(project: Project, amount: Money) -> None:
    """The grant is not more than what is planned: the lines of an outreach plan, or the one line of a project."""
    lines = project.plan.lines.filter(pk=project.line_id) if project.line_id else project.plan.lines.all()
    lines = lines.exclude(state__in=GIVEN_UP)
    needed = lines.filter(currency=amount.currency).aggregate(sum=Sum("units"))["sum"] or 0
    if amount.units > needed:
        raise Refusal("agreement.more_than_plan", amount=amount, plan=Money(needed, amount.currency))


def _adopted(project: Project, terms: Terms) -> None:
    line = project.line
    if line is None:
        return
    if project.plan.state not in ADOPTED:
        raise Refusal("project.plan_not_adopted", plan=project.plan.name, state=PLAN.states[project.plan.state])
    if terms.share is None:
        raise Refusal("agreement.share_missing", project=project.name)
    if ROUTES[terms.route].is_budgeted and line.state != "budgeted":
        raise Refusal("agreement.not_budgeted", line=line.name)
