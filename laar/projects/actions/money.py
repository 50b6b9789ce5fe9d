"""Writes about the money of a project: a tranche on its way, and the vouchers that account for it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import Evidence, User
from laar.base.queries import papers_of
from laar.base.rules import not_later
from laar.kit.money import Money
from laar.kit.names import Name, clean
from laar.kit.refusals import Refusal
from laar.ledger.actions import credit, debit, post_entry
from laar.plans.actions import start_plan
from laar.projects.models import Tranche, Voucher
from laar.projects.queries import accepted, earlier
from laar.projects.rules import PAID, TRANCHE, VOUCHER


@action("tranche.request")
def request_tranche(
    tranche: Tranche, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Tranche:
    """Request a tranche on behalf of the council."""
    with act(by, "tranche.request", tranche, on=on, command=command, seen=seen) as step:
        tranche = step.subject
        project = step.lock(tranche.agreement.project)
        TRANCHE.move(tranche, "request", project=project, earlier=earlier(tranche))
        tranche.requested_by = by
        step.save(tranche)
    return tranche


@action("tranche.approve")
def approve_tranche(
    tranche: Tranche, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Tranche:
    """Approve a payment that somebody else has requested."""
    with act(by, "tranche.approve", tranche, on=on, command=command, seen=seen) as step:
        tranche = step.subject
        TRANCHE.move(tranche, "approve", by=by)
        tranche.approved_by = by
        step.save(tranche)
    return tranche


@action("tranche.withhold")
def withhold_tranche(
    tranche: Tranche, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Tranche:
    """Hold a requested payment back."""
    with act(by, "tranche.withhold", tranche, on=on, command=command, seen=seen) as step:
        tranche = step.subject
        TRANCHE.move(tranche, "withhold")
        step.save(tranche)
    return tranche


@action("tranche.pay")
def pay_tranche(
    tranche: Tranche, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Tranche:
    """Pay an approved tranche from the books: an advance to the council; the plan starts with the first one."""
    with act(by, "tranche.pay", tranche, on=on, command=command, seen=seen) as step:
        tranche = step.subject
        agreement, amount = tranche.agreement, tranche.amount
        project = step.lock(agreement.project)
        TRANCHE.move(tranche, "pay", by=by, project=project)
        purpose = project.purpose
        tranche.entry = post_entry(
            agreement.bank.book,
            [
                debit(agreement.advances, agreement.fund, amount, purpose),
                credit(agreement.bank, agreement.fund, amount, purpose),
            ],
            text=tranche.name,
            by=by,
            on=on,
        )
        tranche.paid_by, tranche.paid_on = by, on
        step.save(tranche)
        if project.plan.state == "approved":
            start_plan(project.plan, by=by, on=on)
    return tranche


@action("tranche.acknowledge")
def acknowledge_tranche(
    tranche: Tranche,
    *,
    receipt: Evidence,
    by: User,
    on: date,
    command: UUID | None = None,
    seen: int | None = None,
) -> Tranche:
    """Record the receipt that the council signed for the money."""
    with act(by, "tranche.acknowledge", tranche, on=on, command=command, seen=seen) as step:
        tranche = step.subject
        step.attach(tranche, receipt, "receipt")
        TRANCHE.move(tranche, "acknowledge", papers=papers_of(tranche))
        step.save(tranche)
    return tranche


@action("voucher.bring")
def bring_voucher(
    tranche: Tranche,
    *,
    number: str,
    dated: date,
    payee: str,
    text: Name,
    amount: Money,
    paper: Evidence,
    by: User,
    on: date,
    command: UUID | None = None,
) -> Voucher:
    """Bring in what was spent of a tranche, with its paper. Raises Refusal `voucher.tranche_not_paid`."""
    with act(by, "voucher.bring", tranche, on=on, command=command) as step:
        if step.subject.state not in PAID:
            state = TRANCHE.states[step.subject.state]
            raise Refusal("voucher.tranche_not_paid", tranche=tranche.name, state=state)
        if amount.currency != step.subject.currency:
            raise Refusal("voucher.currency", currency=amount.currency, wanted=step.subject.currency)
        voucher = step.create(
            Voucher(
                programme_id=tranche.programme_id,
                tranche=step.subject,
                number=clean(number),
                dated=not_later(dated, on),
                payee=clean(payee),
                text_en=clean(text.en),
                text_km=clean(text.km),
                currency=amount.currency,
                units=amount.units,
                brought_by=by,
            )
        )
        step.attach(voucher, paper, "voucher")
    return voucher


@action("voucher.accept")
def accept_voucher(
    voucher: Voucher, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Voucher:
    """Accept a voucher that somebody else brought in, and post it: the advance becomes an expense.

    Raises Refusal `voucher.too_much` where the vouchers would come to more than was paid.
    """
    with act(by, "voucher.accept", voucher, on=on, command=command, seen=seen) as step:
        voucher = step.subject
        tranche = step.lock(voucher.tranche)
        VOUCHER.move(voucher, "accept", by=by, papers=papers_of(voucher))
        total = accepted(tranche) + voucher.amount
        if total.units > tranche.units:
            raise Refusal("voucher.too_much", tranche=tranche.name, sum=total, paid=tranche.amount)
        agreement = tranche.agreement
        purpose = agreement.project.purpose
        voucher.entry = post_entry(
            agreement.expense.book,
            [
                debit(agreement.expense, agreement.fund, voucher.amount, purpose),
                credit(agreement.advances, agreement.fund, voucher.amount, purpose),
            ],
            text=voucher.name,
            by=by,
            on=on,
        )
        step.save(voucher)
    return voucher


@action("voucher.refuse")
def refuse_voucher(
    voucher: Voucher, *, reason: Name, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Voucher:
    """Refuse a voucher, with the reason, so that the commune can mend it."""
    with act(by, "voucher.refuse", voucher, on=on, command=command, seen=seen) as step:
        voucher = step.subject
        VOUCHER.move(voucher, "refuse", reason=reason)
        voucher.reason_en, voucher.reason_km = clean(reason.en), clean(reason.km)
        step.save(voucher)
    return voucher


@action("tranche.liquidate")
def liquidate_tranche(
    tranche: Tranche, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Tranche:
    """Say that a tranche is accounted for: accepted vouchers add up to what was paid."""
    with act(by, "tranche.liquidate", tranche, on=on, command=command, seen=seen) as step:
        tranche = step.subject
        left: Money = tranche.amount - accepted(tranche)
        TRANCHE.move(tranche, "liquidate", outstanding=left)
        step.save(tranche)
    return tranche
