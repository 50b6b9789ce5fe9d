"""Writes about the commune's own money: its part revised, and payments of the treasury copied from their papers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import Evidence, User
from laar.base.rules import not_before
from laar.events.models import Decision
from laar.kit.money import Money
from laar.kit.names import clean
from laar.kit.refusals import Refusal
from laar.ledger.actions import credit, debit, post_entry
from laar.projects.actions.moving import of_the_council
from laar.projects.models import Project, Share, TreasuryPayment
from laar.projects.queries import paid_by_treasury, share_of
from laar.projects.rules import PAPERS, TREASURY_PAPERS


@action("treasury_payment.copy")
def copy_treasury_payment(
    project: Project,
    *,
    decision: Decision,
    budget_line: str,
    contract: str,
    order: str,
    slip: str,
    payee: str,
    amount: Money,
    papers: Mapping[str, Evidence],
    by: User,
    on: date,
    command: UUID | None = None,
) -> TreasuryPayment:
    """Copy what the treasury paid for a project from the commune/sangkat fund, in its own currency.

    `on` is the day on which the treasury paid: on it the payment is posted to the council's memorandum book, and at its
    rate it is converted there. `papers` are the copies by role: `contract`, `payment_order`, `slip`. Raises Refusal
    `treasury.no_share`, `treasury.too_much`, `treasury.currency`, `treasury.number_taken`, `project.paper_missing`.
    """
    with act(by, "treasury_payment.copy", project, on=on, command=command) as step:
        project = step.subject
        share = share_of(project)
        if share is None:
            raise Refusal("treasury.no_share", project=project.name)
        share = step.lock(share)
        of_the_council(project, decision, decision.council_id)
        not_before(on, decision.on, decision.name)
        _fits(project, share, amount)
        payment = TreasuryPayment(
            programme_id=project.programme_id,
            share=share,
            on=on,
            decision=decision,
            budget_line=clean(budget_line),
            contract=clean(contract),
            order=clean(order),
            slip=clean(slip),
            payee=clean(payee),
            currency=amount.currency,
            units=amount.units,
        )
        for role in TREASURY_PAPERS:
            if role not in papers:
                raise Refusal("project.paper_missing", record=payment.name, what=PAPERS[role])
        payment.entry = post_entry(
            share.expense.book,
            [
                debit(share.expense, share.fund, amount, project.purpose, place=project.place),
                credit(share.paid_from, share.fund, amount, project.purpose, place=project.place),
            ],
            text=payment.name,
            by=by,
            on=on,
        )
        step.create(payment)
        for role, paper in papers.items():
            step.attach(payment, paper, role)
    return payment


@action("share.revise")
def revise_share(
    share: Share,
    *,
    amount: Money,
    decision: Decision,
    by: User,
    on: date,
    command: UUID | None = None,
    seen: int | None = None,
) -> Share:
    """Change the commune's part as a new decision of its council says; what it was stays in the trail.

    Raises Refusal `share.same_decision`, `share.below_paid`, `treasury.currency`, `money.before_its_cause`.
    """
    with act(by, "share.revise", share, on=on, command=command, seen=seen) as step:
        share = step.subject
        of_the_council(share.agreement.project, decision, decision.council_id)
        not_before(on, decision.on, decision.name)
        if decision.pk == share.decision_id:
            raise Refusal("share.same_decision")
        if amount.currency != share.currency:
            raise Refusal("treasury.currency", currency=amount.currency, wanted=share.currency)
        paid = paid_by_treasury(share)
        if amount < paid or amount.units <= 0:
            raise Refusal("share.below_paid", paid=paid, amount=amount)
        share.units, share.decision = amount.units, decision
        step.save(share)
    return share


def _fits(project: Project, share: Share, amount: Money) -> None:
    if amount.currency != share.currency:
        raise Refusal("treasury.currency", currency=amount.currency, wanted=share.currency)
    paid = paid_by_treasury(share) + amount
    if paid > share.amount or amount.units <= 0:
        raise Refusal("treasury.too_much", sum=paid, project=project.name, agreed=share.amount)
