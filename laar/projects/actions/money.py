"""Writes about the money of a project: a tranche on its way, and the vouchers that account for it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import Evidence, User
from laar.base.queries import in_order, papers_of
from laar.base.rules import not_before, not_later
from laar.kit.money import Money
from laar.kit.names import Name, clean
from laar.kit.refusals import Refusal
from laar.ledger.actions import (
    Leg,
    account_commitment,
    credit,
    debit,
    draw_commitment,
    post_entry,
    return_commitment,
)
from laar.ledger.models import BudgetLine
from laar.plans.actions import start_plan
from laar.projects.actions.running import start_project
from laar.projects.models import Agreement, Refund, Tranche, Voucher
from laar.projects.queries import accepted, earlier, unaccounted, voucher_numbered, voucher_of_paper
from laar.projects.queries.twins import document_paying, voucher_paid_by_us
from laar.projects.rules import OPEN_FOR_VOUCHERS, PATHS, ROUTES, TRANCHE, VOUCHER, number_key
from laar.registers.models import Party


@action("tranche.request")
def request_tranche(
    tranche: Tranche,
    *,
    by: User,
    on: date,
    paper: Evidence | None = None,
    payee: Party | None = None,
    command: UUID | None = None,
    seen: int | None = None,
) -> Tranche:
    """Request a tranche on behalf of the council: with its request and the supplier where the route pays a supplier."""
    with act(by, "tranche.request", tranche, on=on, command=command, seen=seen) as step:
        tranche = step.subject
        project = step.lock(tranche.agreement.project)
        not_before(on, tranche.agreement.signed_on, tranche.agreement.name)
        if paper:
            step.attach(tranche, paper, "request", is_signed=True)
        tranche.requested_by, tranche.payee = by, payee
        facts = {"route": tranche.agreement.route, "papers": papers_of(tranche), "path": PATHS[project.kind]}
        in_order(tranche, TRANCHE, on)
        TRANCHE.move(tranche, "request", project=project, earlier=earlier(tranche), **facts)
        step.save(tranche)
    return tranche


@action("tranche.approve")
def approve_tranche(
    tranche: Tranche, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Tranche:
    """Approve a payment that somebody else has requested."""
    with act(by, "tranche.approve", tranche, on=on, command=command, seen=seen) as step:
        tranche = step.subject
        in_order(tranche, TRANCHE, on)
        TRANCHE.move(tranche, "approve", by=by, earlier=earlier(tranche))
        tranche.approved_by = by
        step.save(tranche)
    return tranche


@action("tranche.withhold")
def withhold_tranche(
    tranche: Tranche, *, reason: Name, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Tranche:
    """Hold a requested payment back, and say why. Raises Refusal `project.reason_missing`."""
    with act(by, "tranche.withhold", tranche, on=on, command=command, seen=seen) as step:
        tranche = step.subject
        in_order(tranche, TRANCHE, on)
        TRANCHE.move(tranche, "withhold", reason=reason)
        tranche.reason_en, tranche.reason_km = clean(reason.en), clean(reason.km)
        step.save(tranche)
    return tranche


@action("tranche.pay")
def pay_tranche(
    tranche: Tranche, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Tranche:
    """Pay an approved tranche from the books, by its route; the first one starts the plan, or the project.

    Where the contract of the fund says so it is a cost at once; else it is an advance. Raises Refusal `commitment.cap`.
    """
    with act(by, "tranche.pay", tranche, on=on, command=command, seen=seen) as step:
        tranche = step.subject
        agreement, amount = tranche.agreement, tranche.amount
        project = step.lock(agreement.project)
        not_before(on, agreement.signed_on, agreement.name)
        in_order(tranche, TRANCHE, on)
        TRANCHE.move(tranche, "pay", by=by, project=project, path=PATHS[project.kind], earlier=earlier(tranche))
        tranche.is_cost = agreement.fund.cost_on == "transfer"
        purpose, place = project.purpose, project.place
        tranche.entry = post_entry(
            agreement.bank.book,
            [
                _held_by_the_commune(tranche, amount),
                credit(agreement.bank, agreement.fund, amount, purpose, place=place),
            ],
            kind="payment" if tranche.is_cost else "advance",
            text=tranche.name,
            by=by,
            on=on,
        )
        if agreement.commitment:
            draw_commitment(
                agreement.commitment, amount=amount, entry=tranche.entry, is_cost=tranche.is_cost, by=by, on=on
            )
        tranche.paid_by, tranche.paid_on = by, on
        step.save(tranche)
        if project.kind == "sdp" and project.state == "agreed":
            start_project(project, by=by, on=on)
        if project.kind == "oa" and project.plan.state == "approved":
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
    """Record that the money arrived: the council's receipt, the supplier's delivery note, or the treasury's slip."""
    with act(by, "tranche.acknowledge", tranche, on=on, command=command, seen=seen) as step:
        tranche = step.subject
        route = tranche.agreement.route
        step.attach(tranche, receipt, ROUTES[route].receipt, is_signed=True)
        in_order(tranche, TRANCHE, on)
        TRANCHE.move(tranche, "acknowledge", route=route, papers=papers_of(tranche))
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
    """Bring in what was spent of a tranche, with its paper.

    Raises Refusal `voucher.tranche_not_paid`, `voucher.currency`, `voucher.brought_already`, `voucher.paid_by_us`.
    """
    with act(by, "voucher.bring", tranche, on=on, command=command) as step:
        if step.subject.state not in OPEN_FOR_VOUCHERS:
            state = TRANCHE.states[step.subject.state]
            raise Refusal("voucher.tranche_not_paid", tranche=tranche.name, state=state)
        if amount.currency != step.subject.currency:
            raise Refusal("voucher.currency", currency=amount.currency, wanted=step.subject.currency)
        agreement = step.subject.agreement
        not_before(dated, agreement.signed_on, agreement.name)
        if same := voucher_of_paper(paper) or voucher_numbered(step.subject.programme, number):
            raise Refusal("voucher.brought_already", voucher=same.name)
        ours = document_paying(tranche.programme, [paper.sha256], payee=payee, number=number, amount=amount)
        if ours:
            raise Refusal("voucher.paid_by_us", document=ours.name)
        voucher = step.create(
            Voucher(
                programme_id=tranche.programme_id,
                tranche=step.subject,
                number=clean(number),
                number_key=number_key(number),
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

    Where the tranche was a cost when it was paid, the voucher accounts for it and is not posted again.
    Raises Refusal `voucher.too_much` where the vouchers would come to more than was paid, `voucher.paid_by_us` where its
    bill stands on a document of our own books.
    """
    with act(by, "voucher.accept", voucher, on=on, command=command, seen=seen) as step:
        voucher = step.subject
        tranche = step.lock(voucher.tranche)
        in_order(voucher, VOUCHER, on)
        VOUCHER.move(voucher, "accept", by=by, papers=papers_of(voucher))
        if voucher.amount > unaccounted(tranche):
            total = accepted(tranche) + voucher.amount
            raise Refusal("voucher.too_much", tranche=tranche.name, sum=total, paid=tranche.amount)
        if ours := voucher_paid_by_us(voucher):
            raise Refusal("voucher.paid_by_us", document=ours.name)
        if tranche.is_cost:
            voucher.only_accounts = True
        else:
            _post_voucher(voucher, tranche.agreement, by=by, on=on)
        step.save(voucher)
    return voucher


def _post_voucher(voucher: Voucher, agreement: Agreement, *, by: User, on: date) -> None:
    """The advance becomes a cost, charged to the line of the agreement."""
    purpose, place = agreement.project.purpose, agreement.project.place
    voucher.entry = post_entry(
        agreement.expense.book,
        [
            debit(agreement.expense, agreement.fund, voucher.amount, purpose, place=place, line=_line_of(agreement)),
            credit(agreement.advances, agreement.fund, voucher.amount, purpose, place=place),
        ],
        kind="liquidation",
        text=voucher.name,
        by=by,
        on=on,
    )
    if agreement.commitment:
        account_commitment(agreement.commitment, amount=voucher.amount, entry=voucher.entry, by=by, on=on)


def _line_of(agreement: Agreement) -> BudgetLine | None:
    """The budget line that an agreement is charged to."""
    return agreement.commitment.line if agreement.commitment else None


def _held_by_the_commune(tranche: Tranche, amount: Money) -> Leg:
    """Where a tranche stands while the commune has it: as cost with its line, or as an advance."""
    agreement = tranche.agreement
    purpose, place = agreement.project.purpose, agreement.project.place
    if tranche.is_cost:
        return Leg(agreement.expense, agreement.fund, amount, purpose, place, _line_of(agreement))
    return Leg(agreement.advances, agreement.fund, amount, purpose, place)


@action("voucher.refuse")
def refuse_voucher(
    voucher: Voucher, *, reason: Name, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Voucher:
    """Refuse a voucher, with the reason, so that the commune can mend it."""
    with act(by, "voucher.refuse", voucher, on=on, command=command, seen=seen) as step:
        voucher = step.subject
        in_order(voucher, VOUCHER, on)
        VOUCHER.move(voucher, "refuse", reason=reason)
        voucher.reason_en, voucher.reason_km = clean(reason.en), clean(reason.km)
        step.save(voucher)
    return voucher


@action("tranche.liquidate")
def liquidate_tranche(
    tranche: Tranche, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Tranche:
    """Say that a tranche is accounted for: accepted vouchers and refunds add up to what was paid."""
    with act(by, "tranche.liquidate", tranche, on=on, command=command, seen=seen) as step:
        tranche = step.subject
        in_order(tranche, TRANCHE, on)
        TRANCHE.move(tranche, "liquidate", outstanding=unaccounted(tranche))
        step.save(tranche)
    return tranche


@action("refund.receive")
def receive_refund(
    tranche: Tranche, *, amount: Money, paper: Evidence, by: User, on: date, command: UUID | None = None
) -> Refund:
    """Receive what is left of a tranche back into the bank: the advance, or the cost, is smaller by it.

    Raises Refusal `refund.too_much`, `voucher.tranche_not_paid`, `voucher.currency`.
    """
    with act(by, "refund.receive", tranche, on=on, command=command) as step:
        tranche = step.subject
        if tranche.state not in OPEN_FOR_VOUCHERS:
            raise Refusal("voucher.tranche_not_paid", tranche=tranche.name, state=TRANCHE.states[tranche.state])
        if amount.currency != tranche.currency:
            raise Refusal("voucher.currency", currency=amount.currency, wanted=tranche.currency)
        not_before(on, tranche.paid_on or on, tranche.name)
        left = unaccounted(tranche)
        if amount > left or amount.units <= 0:
            raise Refusal("refund.too_much", tranche=tranche.name, left=left, amount=amount)
        agreement = tranche.agreement
        purpose, place = agreement.project.purpose, agreement.project.place
        refund = Refund(
            programme_id=tranche.programme_id,
            tranche=tranche,
            on=on,
            currency=amount.currency,
            units=amount.units,
        )
        refund.entry = post_entry(
            agreement.bank.book,
            [
                debit(agreement.bank, agreement.fund, amount, purpose, place=place),
                _held_by_the_commune(tranche, -amount),
            ],
            kind="receipt",
            text=refund.name,
            by=by,
            on=on,
        )
        if agreement.commitment:
            return_commitment(
                agreement.commitment, amount=amount, entry=refund.entry, was_cost=tranche.is_cost, by=by, on=on
            )
        step.create(refund)
        step.attach(refund, paper, "refund")
    return refund
