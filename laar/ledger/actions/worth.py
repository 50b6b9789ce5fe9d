"""When the last of a currency goes, what it was still worth in the book goes with it: a gain or a loss, said openly.

Money leaves at the rate of its day and came at another one's. While some of it is left the next revaluation evens that
out; of an account that is empty, or an advance that is accounted for, nothing would. So the entry that takes the last of
it has two more lines without a coin: the account loses the worth that is left, and the account of gains has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from laar.base.act import Step
from laar.kit.money import Money
from laar.kit.refusals import Refusal
from laar.ledger.actions.lines import Leg
from laar.ledger.models import Account, Book, Document, Posting
from laar.ledger.queries import settled, stands_for, worth_of_advance
from laar.ledger.queries.worth import Pot
from laar.ledger.rules import HOLDS


def rests(
    step: Step[Any], book: Book, legs: Sequence[Leg], in_book: Sequence[Money], settles: Document | None = None
) -> list[Leg]:
    """The lines without a coin for what some lines leave behind; none where they empty nothing.

    What somebody else's memorandum book copies has no gains of ours. Raises Refusal `account.no_gain_account`.
    """
    found: list[Leg] = []
    if book.is_memorandum:
        return found
    for pot, (leg, units, worth) in _taken(book, legs, in_book).items():
        held, held_worth = _before(step, pot)
        rest = 0
        if held + units == 0:
            rest = held_worth + worth
        elif settles and leg.account.use == "advance" and settled(settles).left == Money(-units, leg.amount.currency):
            rest = worth_of_advance(settles, pot) + worth
        if rest:
            left, none = Money(rest, book.currency), Money(0, leg.amount.currency)
            found.append(Leg(leg.account, leg.fund, none, leg.purpose, leg.place, in_book=-left))
            found.append(Leg(gain_account(book), leg.fund, none, leg.purpose, leg.place, in_book=left))
    return found


def gain_account(book: Book) -> Account:
    """Where gains and losses of a book are. Raises Refusal `account.no_gain_account`."""
    gain = book.accounts.filter(use="gain", currency="").order_by("code").first()
    if gain is None:
        raise Refusal("account.no_gain_account", book=book.name)
    return gain


def _taken(book: Book, legs: Sequence[Leg], in_book: Sequence[Money]) -> dict[Pot, tuple[Leg, int, int]]:
    """What the lines move in each foreign currency that lies somewhere, and what of the book's; with a line of it.

    A line without a coin counts, too: the mirror image of an entry has those that the entry had.
    """
    moved: dict[Pot, tuple[Leg, int, int]] = {}
    for leg, worth in zip(legs, in_book, strict=True):
        if leg.account.use in HOLDS and leg.amount.currency != book.currency:
            pot = (leg.account.pk, leg.fund.pk, leg.amount.currency)
            _, units, sum_ = moved.get(pot, (leg, 0, 0))
            moved[pot] = (leg, units + leg.amount.units, sum_ + worth.units)
    return moved


def _before(step: Step[Any], pot: Pot) -> tuple[int, int]:
    """What was there before the entry: in the roll-up, and what this very transaction has posted already."""
    sums: dict[str, int] = defaultdict(int)
    for row in step.made(Posting):
        if (row["account_id"], row["fund_id"], row["currency"]) == pot:
            sums["units"] += row["units"]
            sums["worth"] += row["in_book"]
    units, worth = stands_for(step.subject.programme_id, pot)
    return units + sums["units"], worth + sums["worth"]
