"""A line of an entry before it is posted."""

from __future__ import annotations

from dataclasses import dataclass

from laar.kit.money import Money
from laar.ledger.models import Account, BudgetLine, Fund, Purpose
from laar.registers.models import Place


@dataclass(frozen=True, slots=True)
class Leg:
    """One line of an entry before it is posted: a debit is positive, a credit negative."""

    account: Account
    fund: Fund
    amount: Money
    purpose: Purpose | None = None
    place: Place | None = None
    #: The budget line that a cost is charged to.
    line: BudgetLine | None = None
    #: The worth in the book where it was agreed (an exchange) or changes alone (a revaluation); else the rate of the day.
    in_book: Money | None = None


def debit(
    account: Account,
    fund: Fund,
    amount: Money,
    purpose: Purpose | None = None,
    *,
    place: Place | None = None,
    line: BudgetLine | None = None,
) -> Leg:
    """A debit of a positive amount."""
    return Leg(account, fund, amount, purpose, place, line)


def credit(
    account: Account,
    fund: Fund,
    amount: Money,
    purpose: Purpose | None = None,
    *,
    place: Place | None = None,
    line: BudgetLine | None = None,
) -> Leg:
    """A credit of a positive amount."""
    return Leg(account, fund, -amount, purpose, place, line)
