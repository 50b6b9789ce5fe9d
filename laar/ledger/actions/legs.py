"""The lines of the documents that people know, made from what they write on them: whom, from which account, for what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from laar.kit.money import Money
from laar.kit.refusals import Refusal
from laar.ledger.actions.lines import Leg, credit, debit
from laar.ledger.actions.worth import gain_account
from laar.ledger.models import Account, BudgetLine, Fund, Purpose
from laar.ledger.queries import worth_in
from laar.ledger.rules import MONEY_USES
from laar.registers.models import Place


@dataclass(frozen=True, slots=True)
class Item:
    """One line as it is written on a voucher: what it is charged to, whose money it is, how much."""

    account: Account
    fund: Fund
    amount: Money
    purpose: Purpose | None = None
    place: Place | None = None
    line: BudgetLine | None = None


def paid(
    money: Account, items: Sequence[Item], *, tax: Account | None = None, withheld: Money | None = None
) -> list[Leg]:
    """A payment: what was bought is debited; the payee gets it from `money`, less the tax withheld for the state."""
    legs = [_debited(item) for item in items]
    for item, share in zip(items, _shares(items, withheld), strict=True):
        if tax and share:
            legs.append(credit(tax, item.fund, share, item.purpose, place=item.place))
        if rest := item.amount - share:
            legs.append(credit(money, item.fund, rest, item.purpose, place=item.place))
    return _gathered(legs)


def received(money: Account, items: Sequence[Item]) -> list[Leg]:
    """A receipt: `money` is debited with what came in, and what it is for credited."""
    legs = [debit(money, item.fund, item.amount, item.purpose, place=item.place) for item in items]
    return _gathered(legs + [_credited(item) for item in items])


def given_out(money: Account, advances: Account, item: Item) -> list[Leg]:
    """An advance to staff or a partner: no cost yet."""
    return [
        debit(advances, item.fund, item.amount, item.purpose, place=item.place),
        credit(money, item.fund, item.amount, item.purpose, place=item.place),
    ]


def settled_with(advances: Account, items: Sequence[Item]) -> list[Leg]:
    """The liquidation of an advance: its receipts become a cost, and the advance is smaller by them."""
    return paid(advances, items)


def in_kind(income: Account, items: Sequence[Item]) -> list[Leg]:
    """Something given in kind, valued: a cost, and as much income."""
    return paid(income, items)


def transferred(out_of: Account, into: Account, fund: Fund, amount: Money) -> list[Leg]:
    """A deposit or a withdrawal: the same money in another place."""
    return [debit(into, fund, amount), credit(out_of, fund, amount)]


def exchanged(
    out_of: Account,
    given: Money,
    into: Account,
    got: Money,
    *,
    fund: Fund,
    exchange: Account,
    gain: Account,
    on: date,
) -> list[Leg]:
    """An exchange through the exchange account, which is zero afterwards in the currency of the book.

    What is bought with the book's own currency stands in the books at what was agreed. Where another currency is given
    away for it, that leaves the books at the rate of the day, and the difference is booked openly as a gain or a loss.
    """
    book, source = exchange.book.currency, exchange.book.rate_source
    worth_given, worth_got = worth_in(given, book, on, source), worth_in(got, book, on, source)
    if given.currency == book or got.currency != book:
        worth_got = worth_given
    foreign_given = None if given.currency == book else worth_given
    foreign_got = None if got.currency == book else worth_got
    legs = [
        Leg(into, fund, got, in_book=foreign_got),
        Leg(exchange, fund, -got, in_book=None if foreign_got is None else -foreign_got),
        Leg(exchange, fund, given, in_book=foreign_given),
        Leg(out_of, fund, -given, in_book=None if foreign_given is None else -foreign_given),
    ]
    if made := worth_got - worth_given:
        legs += [Leg(exchange, fund, made), Leg(gain, fund, -made)]
    return legs


def exchanged_on(lines: Sequence[Leg], on: date) -> list[Leg]:
    """The lines of an exchange as they are on a day: agreed is what was given and what was got, the rest is rated anew.

    Raises Refusal `document.exchange_lines`, `account.no_gain_account`, `rate.missing`.
    """
    out_of = [leg for leg in lines if leg.account.use in MONEY_USES and leg.amount.units < 0]
    into = [leg for leg in lines if leg.account.use in MONEY_USES and leg.amount.units > 0]
    through = [leg.account for leg in lines if leg.account.use == "exchange"]
    other = [leg for leg in lines if leg.account.use not in (*MONEY_USES, "exchange", "gain")]
    if len(out_of) != 1 or len(into) != 1 or other or not through or out_of[0].fund != into[0].fund:
        raise Refusal("document.exchange_lines")
    gains = [leg.account for leg in lines if leg.account.use == "gain"]
    return exchanged(
        out_of[0].account,
        -out_of[0].amount,
        into[0].account,
        into[0].amount,
        fund=out_of[0].fund,
        exchange=through[0],
        gain=gains[0] if gains else gain_account(through[0].book),
        on=on,
    )


def _debited(item: Item) -> Leg:
    return debit(item.account, item.fund, item.amount, item.purpose, place=item.place, line=item.line)


def _credited(item: Item) -> Leg:
    return credit(item.account, item.fund, item.amount, item.purpose, place=item.place, line=item.line)


def _shares(items: Sequence[Item], withheld: Money | None) -> list[Money]:
    """The tax withheld, shared out by what each line comes to. Raises Refusal `value.negative`, `money.mixed`."""
    if withheld is None or not items:
        return [item.amount - item.amount for item in items]
    total = sum((item.amount for item in items[1:]), items[0].amount)
    if withheld.units < 0 or total < withheld:
        raise Refusal("value.negative", value=total - withheld, column=withheld)
    return withheld.split([item.amount.units for item in items])


def _gathered(legs: Sequence[Leg]) -> list[Leg]:
    """Lines on one account for one fund, purpose, place and budget line become one, in the order in which they came."""
    found: dict[tuple[object, ...], Leg] = {}
    for leg in legs:
        key = (leg.account, leg.fund, leg.purpose, leg.place, leg.line, leg.amount.currency, leg.amount.units > 0)
        known = found.get(key)
        charged = leg.account.kind == "expense"
        if known is None or charged:
            found[(*key, len(found)) if known else key] = leg
        else:
            found[key] = Leg(
                leg.account, leg.fund, known.amount + leg.amount, leg.purpose, leg.place, leg.line, leg.in_book
            )
    return list(found.values())
