"""Writes about commitments: money that is promised, paid, comes back, is accounted for, and is let go.

The caps on grants to third parties are looked at with the fund locked: whoever promises or pays the fund's money to a
third party waits here for whoever does the same, so that together they never go above a cap.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from laar.base.act import Step, act, action
from laar.base.models import User
from laar.kit.money import Money
from laar.kit.names import Name, clean
from laar.kit.refusals import Refusal
from laar.ledger.models import BudgetLine, Commitment, CommitmentMove, Entry, Fund, Purpose
from laar.ledger.queries import caps_on, is_set, promised
from laar.ledger.rules import within_the_caps
from laar.registers.models import Party, Place


@action("commitment.make")
def make_commitment(
    fund: Fund,
    *,
    amount: Money,
    text: Name,
    line: BudgetLine | None = None,
    purpose: Purpose | None = None,
    place: Place | None = None,
    recipient: Party | None = None,
    by: User | None,
    on: date,
    command: UUID | None = None,
) -> Commitment:
    """Promise money of a fund. Where the fund has a budget, a line of it is named.

    Raises Refusal `commitment.line_missing`, `entry.line_of_other_fund`, `commitment.cap`.
    """
    with act(by, "commitment.make", fund, on=on, command=command) as step:
        fund = step.subject  # locked: nobody else promises or pays its money meanwhile
        if line is None and any(is_set(budget) for budget in fund.budgets.all()):
            raise Refusal("commitment.line_missing", fund=fund.name)
        if line is not None and line.budget.fund_id != fund.pk:
            raise Refusal("entry.line_of_other_fund", line=line.name, wanted=line.budget.fund.name, fund=fund.name)
        if recipient:
            within_the_caps(caps_on(fund, recipient, amount.currency, on), granted=amount)
        commitment = step.create(
            Commitment(
                programme_id=fund.programme_id,
                fund=fund,
                purpose=purpose,
                line=line,
                place=place,
                recipient=recipient,
                on=on,
                text_en=clean(text.en)[:300],
                text_km=clean(text.km)[:300],
                currency=amount.currency,
                units=amount.units,
            )
        )
        step.add(_move(commitment, "made", on, amount.units))
    return commitment


@action("commitment.draw")
def draw_commitment(
    commitment: Commitment, *, amount: Money, entry: Entry, is_cost: bool, by: User, on: date
) -> Commitment:
    """Pay of what is promised, by an entry: it is a cost at once, or an advance that is accounted for later.

    Raises Refusal `commitment.too_much`, `commitment.cap`.
    """
    with act(by, "commitment.draw", commitment, on=on) as step:
        commitment = step.subject
        fund = step.lock(commitment.fund)
        left = promised(commitment)
        if amount > left:
            raise Refusal("commitment.too_much", commitment=commitment.name, left=left, amount=amount)
        if commitment.recipient:
            within_the_caps(caps_on(fund, commitment.recipient, amount.currency, on), paid=amount)
        out = 0 if is_cost else amount.units
        step.create(_move(commitment, "drawn", on, -amount.units, out=out, entry=entry))
    return commitment


@action("commitment.account")
def account_commitment(commitment: Commitment, *, amount: Money, entry: Entry, by: User, on: date) -> Commitment:
    """Account for a part of what was advanced: it is a cost now."""
    with act(by, "commitment.account", commitment, on=on) as step:
        step.create(_move(step.subject, "accounted", on, 0, out=-amount.units, entry=entry))
    return step.subject


@action("commitment.return")
def return_commitment(
    commitment: Commitment, *, amount: Money, entry: Entry, was_cost: bool, by: User, on: date
) -> Commitment:
    """Take back what was paid of a commitment: it is promised again until it is let go."""
    with act(by, "commitment.return", commitment, on=on) as step:
        out = 0 if was_cost else -amount.units
        step.create(_move(step.subject, "returned", on, amount.units, out=out, entry=entry))
    return step.subject


@action("commitment.release")
def release_commitment(commitment: Commitment, *, by: User | None, on: date) -> Commitment:
    """Let go what of a commitment will not be paid any more; nothing happens where nothing is left."""
    with act(by, "commitment.release", commitment, on=on) as step:
        _release(step)
    return step.subject


def _release(step: Step[Commitment]) -> None:
    left = promised(step.subject)
    if left.units > 0:
        step.create(_move(step.subject, "released", step.on, -left.units))


def _move(
    commitment: Commitment, kind: str, on: date, units: int, *, out: int = 0, entry: Entry | None = None
) -> CommitmentMove:
    return CommitmentMove(
        programme_id=commitment.programme_id,
        commitment=commitment,
        kind=kind,
        on=on,
        units=units,
        out=out,
        entry=entry,
    )
