"""What a currency stands for in the book: what of it is left, and what that is worth at the rate of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from laar.kit.money import Money
from laar.ledger.models import Account, AccountMonth, Document, Entry, Fund, FundMonth, Posting, Rate
from laar.ledger.queries.rates import rate_on
from laar.ledger.rules import converted

#: An account, whose money on it, and the currency: each has a worth of its own in the book.
Pot = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Off:
    """What one fund's money in a currency is worth more (or less) than the book has it, and by which rate."""

    fund: Fund
    rate: Rate
    more: Money

    @property
    def none(self) -> Money:
        """No coin of the currency: only its worth changes."""
        book = self.more.currency
        return Money(0, self.rate.currency if self.rate.base == book else self.rate.base)


def off_on(account: Account, on: date) -> list[Off]:
    """What of an account has another worth in the book than at the rate of a day: by currency, and by fund.

    Of what is emptied nothing is worth anything. Raises Refusal `rate.missing`.
    """
    book, found = account.book, []
    postings = Posting.objects.filter(account=account, on__lte=on).exclude(currency=book.currency)
    sums = postings.order_by("currency", "fund").values_list("currency", "fund")
    for currency, fund, units, worth in sums.annotate(units=Sum("units"), worth=Sum("in_book")):
        if units or worth:
            rate = rate_on(book.currency, currency, on, book.rate_source)
            now = converted(Money(units, currency), rate.per_unit_of(currency), book.currency)
            if more := now - Money(worth, book.currency):
                found.append(Off(Fund.objects.get(pk=fund), rate, more))
    return found


def holds_foreign(account: Account) -> bool:
    """Whether an account holds, or held, money in another currency than its book's: its worth changes with the rates."""
    moved = AccountMonth.objects.filter(account_id=account.pk)
    return moved.exclude(currency=account.book.currency).exists()


def stands_for(programme: int, pot: Pot) -> tuple[int, int]:
    """What is on an account of a fund in a currency, and what that is worth in the book; by the roll-up."""
    account, fund, currency = pot
    months = FundMonth.objects.filter(programme_id=programme, fund_id=fund, account_id=account, currency=currency)
    sums = months.aggregate(units=Sum("units"), worth=Sum("in_book"))
    return int(sums["units"] or 0), int(sums["worth"] or 0)


def worth_of_advance(advance: Document, pot: Pot) -> int:
    """What is left of one advance is worth in the book: what it and its liquidations posted.

    Where the account was revalued since, its part of what the account was worth then, and what was posted afterwards.
    """
    account, fund, currency = pot
    all_of_it = Posting.objects.filter(account=account, fund=fund, currency=currency)
    own = all_of_it.filter(entry__in=_entries_of(advance))
    last = _last_revaluation(all_of_it)
    if last is None:
        return _sum(own, "in_book")
    before = Q(entry__number__lte=last)
    units, then = _sum(all_of_it.filter(before), "units"), _sum(all_of_it.filter(before), "in_book")
    part = round(then * _sum(own.filter(before), "units") / units) if units else 0
    return part + _sum(own.exclude(before), "in_book")


def _entries_of(advance: Document) -> Sequence[int]:
    """The entries of an advance and of what accounts for it, with everything that undid one of them, or undid that."""
    made = Document.objects.filter(Q(pk=advance.pk) | Q(settles=advance), entry__isnull=False)
    found = newest = list(made.values_list("entry_id", flat=True))
    while newest:
        newest = list(Entry.objects.filter(reverses__in=newest).values_list("pk", flat=True))
        found = found + newest
    return found


def _last_revaluation(postings: QuerySet[Posting]) -> int | None:
    """The number of the last entry that changed a worth alone, and stands."""
    moving = Posting.objects.filter(entry=OuterRef("entry")).exclude(units=0)
    alone = postings.filter(units=0, entry__reverses=None, entry__reversal=None).exclude(Exists(moving))
    return alone.order_by("-entry__number").values_list("entry__number", flat=True).first()


def _sum(postings: QuerySet[Posting], column: str) -> int:
    return int(postings.aggregate(sum=Sum(column))["sum"] or 0)
