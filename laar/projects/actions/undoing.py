"""Taking back what was posted by mistake: the entry is reversed, and the record says again what is true.

Paid = liquidated + refunded + outstanding holds before and after. Each is a step of the record's own table, with a reason,
by another person than who posted it. What was taken back stays, with its papers and both entries.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import User
from laar.base.queries import doer_of
from laar.base.rules import verb_of
from laar.kit.names import Name, clean
from laar.ledger.actions import account_commitment, draw_commitment, return_commitment, reverse_entry
from laar.projects.models import Project, Refund, Tranche, TreasuryPayment, Voucher
from laar.projects.queries import standing_on, unaccounted
from laar.projects.rules import PATHS, REFUND, TRANCHE, TREASURY_PAYMENT, VOUCHER


@action("tranche.reverse")
def reverse_tranche(
    tranche: Tranche, *, reason: Name, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Tranche:
    """Take the payment of a tranche back: it never arrived, or it went to somebody else. It is requested anew.

    Raises Refusal `money.reason_missing`, `access.same_person`, `money.settled`, `tranche.accounted`, `month.closed`.
    """
    with act(by, "tranche.reverse", tranche, on=on, command=command, seen=seen) as step:
        tranche = step.subject
        agreement, entry, was_cost = tranche.agreement, tranche.entry, tranche.is_cost
        assert entry  # a paid tranche has its entry
        project = step.lock(agreement.project)
        facts = _facts(tranche, "tranche.pay", project, by)
        TRANCHE.move(tranche, "reverse", reason=reason, standing=standing_on(tranche), **facts)
        tranche.reason_en, tranche.reason_km = clean(reason.en), clean(reason.km)
        tranche.entry = tranche.paid_by = tranche.paid_on = None
        tranche.is_cost = False
        step.save(tranche)
        mirror = reverse_entry(entry, reason=reason, by=by, on=on)
        if agreement.commitment:
            return_commitment(
                agreement.commitment, amount=tranche.amount, entry=mirror, was_cost=was_cost, by=by, on=on
            )
    return tranche


@action("voucher.reverse")
def reverse_voucher(
    voucher: Voucher, *, reason: Name, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Voucher:
    """Take an accepted voucher back: its cost is an advance again, and its tranche is open again.

    The right voucher comes in under the same number. Raises Refusal `money.reason_missing`, `access.same_person`,
    `money.settled`, `month.closed`.
    """
    with act(by, "voucher.reverse", voucher, on=on, command=command, seen=seen) as step:
        voucher, tranche = step.subject, step.lock(step.subject.tranche)
        agreement = tranche.agreement
        VOUCHER.move(voucher, "reverse", reason=reason, **_facts(voucher, "voucher.accept", agreement.project, by))
        voucher.reason_en, voucher.reason_km = clean(reason.en)[:300], clean(reason.km)[:300]
        step.save(voucher)
        if voucher.entry:
            mirror = reverse_entry(voucher.entry, reason=reason, by=by, on=on)
            if agreement.commitment:
                account_commitment(agreement.commitment, amount=-voucher.amount, entry=mirror, by=by, on=on)
        _open_again(tranche, by, on)
    return voucher


@action("refund.reverse")
def reverse_refund(
    refund: Refund, *, reason: Name, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Refund:
    """Take a refund back that did not come: the tranche is open again by as much.

    Raises Refusal `money.reason_missing`, `access.same_person`, `money.settled`, `commitment.cap`, `month.closed`.
    """
    with act(by, "refund.reverse", refund, on=on, command=command, seen=seen) as step:
        refund, tranche = step.subject, step.lock(step.subject.tranche)
        agreement = tranche.agreement
        REFUND.move(refund, "reverse", reason=reason, **_facts(refund, "refund.receive", agreement.project, by))
        refund.reason_en, refund.reason_km = clean(reason.en), clean(reason.km)
        step.save(refund)
        mirror = reverse_entry(refund.entry, reason=reason, by=by, on=on)
        if agreement.commitment:
            draw_commitment(
                agreement.commitment, amount=refund.amount, entry=mirror, is_cost=tranche.is_cost, by=by, on=on
            )
        _open_again(tranche, by, on)
    return refund


@action("treasury_payment.reverse")
def reverse_treasury_payment(
    payment: TreasuryPayment, *, reason: Name, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> TreasuryPayment:
    """Take a payment of the treasury back that was copied wrongly; the right one is copied under the same order.

    Raises Refusal `money.reason_missing`, `access.same_person`, `money.settled`, `month.closed`.
    """
    with act(by, "treasury_payment.reverse", payment, on=on, command=command, seen=seen) as step:
        payment, share = step.subject, step.lock(step.subject.share)
        facts = _facts(payment, "treasury_payment.copy", share.agreement.project, by)
        TREASURY_PAYMENT.move(payment, "reverse", reason=reason, **facts)
        payment.reason_en, payment.reason_km = clean(reason.en), clean(reason.km)
        step.save(payment)
        reverse_entry(payment.entry, reason=reason, by=by, on=on)
    return payment


@action("tranche.reopen")
def reopen_tranche(
    tranche: Tranche, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Tranche:
    """Open a liquidated tranche again of which not all is accounted for any more. Raises `tranche.nothing_open`."""
    with act(by, "tranche.reopen", tranche, on=on, command=command, seen=seen) as step:
        tranche = step.subject
        TRANCHE.move(tranche, "reopen", outstanding=unaccounted(tranche))
        step.save(tranche)
    return tranche


def _open_again(tranche: Tranche, by: User, on: date) -> None:
    if tranche.state == "liquidated":
        reopen_tranche(tranche, by=by, on=on)


def _facts(
    record: Tranche | Voucher | Refund | TreasuryPayment, verb: str, project: Project, by: User
) -> dict[str, Any]:
    """What the guards look at: who did the step that is taken back, and how the project stands."""
    did = {"did_by": doer_of(record, verb), "did": verb_of(verb).label}
    return {"by": by, "project": project, "path": PATHS[project.kind], **did}
