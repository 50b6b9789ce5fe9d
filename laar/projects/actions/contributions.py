"""Writes about what the community brings to a project: promised, received, or not given after all."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import Evidence, User
from laar.base.queries import doer_of, in_order, papers_of
from laar.base.rules import not_before, not_later, verb_of
from laar.kit.money import Money
from laar.kit.names import Name, clean
from laar.kit.refusals import Refusal
from laar.ledger.models import Entry
from laar.ledger.queries import worth_in
from laar.projects.models import Contribution, Delivery, Project
from laar.projects.queries import brought_by_entry, paper_used
from laar.projects.rules import AGREED, CONTRIBUTION, CONTRIBUTION_PAPERS, NOTHING_MORE, PAPER_OF, PATHS, worth_of
from laar.registers.models import Party


@action("contribution.promise")
def promise_contribution(
    project: Project,
    *,
    giver: Party,
    text: Name,
    amount: Money,
    by: User,
    on: date,
    command: UUID | None = None,
) -> Contribution:
    """Write down money that the community promised, in the currency in which it is collected.

    Raises Refusal `contribution.nothing`, `contribution.over`, `contribution.only_sdp`.
    """
    with act(by, "contribution.promise", project, on=on, command=command) as step:
        made = _promised(step.subject, "cash", giver, text, amount, by=by, on=on)
        return step.create(made)


@action("contribution.offer")
def offer_contribution(
    project: Project,
    *,
    giver: Party,
    text: Name,
    quantity: int,
    unit: Name,
    price: Money,
    basis: str,
    by: User,
    on: date,
    command: UUID | None = None,
) -> Contribution:
    """Write down work or materials that the community promised: so many units, each valued at a price.

    `basis` says by what the price is known. Raises Refusal `contribution.nothing`, `contribution.basis_missing`,
    `contribution.over`.
    """
    if not clean(basis):
        raise Refusal("contribution.basis_missing")
    with act(by, "contribution.offer", project, on=on, command=command) as step:
        counted: dict[str, Any] = {
            "quantity": quantity,
            "unit_en": clean(unit.en),
            "unit_km": clean(unit.km),
            "basis": clean(basis),
        }
        whole = Money(price.units * max(quantity, 0), price.currency)
        made = _promised(step.subject, "in_kind", giver, text, whole, by=by, on=on, **counted)
        return step.create(made)


@action("contribution.receive")
def receive_contribution(
    contribution: Contribution,
    *,
    amount: Money | None = None,
    quantity: int | None = None,
    counted_by: str = "",
    paper: Evidence,
    entry: Entry | None = None,
    by: User,
    on: date,
    command: UUID | None = None,
    seen: int | None = None,
) -> Contribution:
    """Write down what was given on a day, with the signed list: all of it or a part. Somebody else wrote the promise.

    Of money `amount` is what was collected; of what is given in kind `quantity` is what `counted_by` counted there, and
    its worth follows from the promise. `entry` is the one of our books, where it passed through them; else it is
    converted at the rate of the day. Raises Refusal `contribution.currency`, `contribution.nothing`,
    `contribution.not_counted`, `contribution.nobody_counted`, `contribution.too_much`, `contribution.rounds_away`,
    `contribution.entry`, `contribution.paper_twice`, `contribution.over`, `rate.missing`.
    """
    with act(by, "contribution.receive", contribution, on=on, command=command, seen=seen) as step:
        contribution = step.subject
        _open(contribution.project, to_receive=True)
        in_order(contribution, CONTRIBUTION, on)
        came = _what_came(contribution, amount, quantity, clean(counted_by))
        if paper_used(paper):
            raise Refusal("contribution.paper_twice", what=CONTRIBUTION_PAPERS[PAPER_OF[contribution.kind]])
        step.attach(contribution, paper, PAPER_OF[contribution.kind])
        CONTRIBUTION.move(contribution, "receive", by=by, papers=papers_of(contribution))
        if entry:
            entry = step.lock(entry)
            not_before(entry.on, contribution.promised_on, contribution.public_name)
            not_later(entry.on, on)
            worth = brought_by_entry(contribution, entry, came)
        else:
            worth = worth_in(came, contribution.project.programme.currency, on)
        if not worth:
            raise Refusal("contribution.rounds_away", amount=came, currency=worth.currency)
        step.add(
            Delivery(
                programme_id=contribution.programme_id,
                contribution=contribution,
                on=on,
                quantity=quantity if contribution.kind == "in_kind" else None,
                counted_by=clean(counted_by),
                currency=came.currency,
                units=came.units,
                worth=worth.units,
                received_by=by,
                entry=entry,
            )
        )
        contribution.units += came.units
        contribution.worth += worth.units
        contribution.received_on = max(contribution.received_on or on, on)
        step.save(contribution)
    return contribution


def _what_came(contribution: Contribution, amount: Money | None, quantity: int | None, counted_by: str) -> Money:
    """What was received now: as it was paid in, or as it was counted and the promise values it; never beyond it."""
    promised = contribution.promised
    if contribution.kind == "in_kind":
        if not quantity or amount is not None:
            unit = Name(en=contribution.unit_en, km=contribution.unit_km)
            raise Refusal("contribution.not_counted", unit=unit)
        if not counted_by:
            raise Refusal("contribution.nobody_counted")
        amount = worth_of(quantity, promised, contribution.quantity or 1)
    if amount is None or amount.units <= 0:
        raise Refusal("contribution.nothing", amount=amount or Money(0, promised.currency))
    if amount.currency != promised.currency:
        raise Refusal("contribution.currency", wanted=promised.currency, currency=amount.currency)
    together = Money(contribution.units, promised.currency) + amount
    if together > promised:
        raise Refusal("contribution.too_much", promised=promised, sum=together)
    return amount


@action("contribution.drop")
def drop_contribution(
    contribution: Contribution,
    *,
    reason: Name,
    by: User,
    on: date,
    command: UUID | None = None,
    seen: int | None = None,
) -> Contribution:
    """Write down that it was not given, or was counted by mistake, with the reason: it counts no more."""
    with act(by, "contribution.drop", contribution, on=on, command=command, seen=seen) as step:
        contribution = step.subject
        in_order(contribution, CONTRIBUTION, on)
        project = contribution.project
        received = verb_of("contribution.receive")
        CONTRIBUTION.move(
            contribution,
            "drop",
            reason=reason,
            by=by,
            did_by=_who_received(contribution, by) or doer_of(contribution, received.code),
            did=received.label,
            project=project,
            path=PATHS[project.kind],
        )
        contribution.reason_en, contribution.reason_km = clean(reason.en), clean(reason.km)
        for delivery in map(step.lock, contribution.deliveries.exclude(entry=None)):
            delivery.entry = None  # so that the entry can be reversed
            step.save(delivery)
        step.save(contribution)
    return contribution


def _who_received(contribution: Contribution, by: User) -> User | None:
    """Who takes it back, where some part of it was written down by just this person."""
    return by if contribution.deliveries.filter(received_by=by).exists() else None


def _promised(
    project: Project, kind: str, giver: Party, text: Name, amount: Money, *, by: User, on: date, **counted: Any
) -> Contribution:
    _open(project)
    if amount.units <= 0:
        raise Refusal("contribution.nothing", amount=amount)
    return Contribution(
        programme_id=project.programme_id,
        project=project,
        kind=kind,
        giver=giver,
        text_en=clean(text.en),
        text_km=clean(text.km),
        currency=amount.currency,
        promised_units=amount.units,
        promised_on=on,
        promised_by=by,
        **counted,
    )


def _open(project: Project, *, to_receive: bool = False) -> None:
    """Refuse what comes to an outreach grant or a project that is over, or is received for one that was never agreed."""
    if project.kind != "sdp":
        raise Refusal("contribution.only_sdp", project=project.name)
    if project.state in NOTHING_MORE or (to_receive and project.state not in AGREED):
        state = PATHS[project.kind].states[project.state]
        raise Refusal("contribution.over", project=project.name, state=state)
