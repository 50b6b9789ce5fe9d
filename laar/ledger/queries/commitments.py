"""Reads of commitments: what is still promised, what is advanced, and how far a cap is used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from laar.kit.money import Money
from laar.ledger.models import Book, Commitment, CommitmentMove, Fund, Limit
from laar.ledger.queries.budgets import limit_on, planned_of_fund
from laar.ledger.queries.rates import rate_on
from laar.ledger.rules import CAPS, converted
from laar.registers.models import Party

#: What makes up what somebody was granted, and what of it was paid.
GRANTED, PAID = ("made", "released"), ("drawn", "returned")


@dataclass(frozen=True, slots=True)
class Cap:
    """A cap that holds on a day, with what is granted and paid below it, in the currency of the commitments."""

    limit: Limit
    recipient: Party | None
    most: Money
    granted: Money
    paid: Money


def promised(commitment: Commitment) -> Money:
    """What is still promised and not paid."""
    sums = commitment.moves.aggregate(sum=Sum("units"))
    return Money(sums["sum"] or 0, commitment.currency)


def caps_on(fund: Fund, recipient: Party, currency: str, day: date) -> list[Cap]:
    """The caps of a fund that hold on a day: for this third party, and for all of them together."""
    found = []
    for kind in CAPS:
        limit = limit_on(fund.programme, kind, day, fund)
        if limit is None:
            continue
        who = recipient if kind == "recipient" else None
        most = cap_of(limit, fund, currency, day)
        granted, paid = (_moved(fund, who, currency, kinds, day) for kinds in (GRANTED, PAID))
        found.append(Cap(limit, who, most, granted, -paid))
    return found


def cap_of(limit: Limit, fund: Fund, currency: str, day: date) -> Money:
    """How much a limit is in a currency: as it is, converted at the rate of the day, or a part of the fund's budget."""
    most = limit.amount
    if most is None:
        planned = planned_of_fund(fund) or Money(0, currency)
        most = Money(planned.units * (limit.percent or 0) // 10_000, planned.currency)
    if most.currency == currency:
        return most
    return _in(most, currency, fund, day)


def _in(amount: Money, currency: str, fund: Fund, day: date) -> Money:
    """An amount in another currency, at the rate of the day on the list that counts for the fund."""
    if amount.currency == currency:
        return amount
    rate = rate_on(currency, amount.currency, day, fund.rate_source or _books_source(fund))
    return converted(amount, rate.per_unit_of(amount.currency), currency)


def _books_source(fund: Fund) -> str:
    """Whose rates the programme's own book is kept with: they count where the contract names none. Empty: any."""
    own = Book.objects.filter(programme=fund.programme_id, is_memorandum=False).order_by("code")
    return own.values_list("rate_source", flat=True).first() or ""


def _moved(fund: Fund, recipient: Party | None, currency: str, kinds: tuple[str, ...], day: date) -> Money:
    """What moved of commitments in whatever currency, in one."""
    moves = CommitmentMove.objects.filter(commitment__fund=fund, kind__in=kinds)
    if recipient:
        moves = moves.filter(commitment__recipient=recipient)
    else:
        moves = moves.filter(commitment__recipient__isnull=False)
    sums = moves.order_by().values_list("commitment__currency").annotate(sum=Sum("units"))
    return sum((_in(Money(units, other), currency, fund, day) for other, units in sums), Money(0, currency))
