"""What of a book is exported: its entries in order, its accounts, its currencies; read in few questions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Prefetch, QuerySet

from laar.kit.money import SCALE, coin_of, decimals_of
from laar.ledger.models import Account, Book, Entry, Posting

#: How many entries are read at once.
MANY = 500


def accounts_of(book: Book) -> QuerySet[Account]:
    """Every account of a book, in the order of their codes."""
    return book.accounts.order_by("code")


def entries_of(book: Book, to: date | None) -> Iterator[Entry]:
    """Every entry up to the end of a day, with its lines and what they name."""
    lines = Posting.objects.select_related("account", "fund", "purpose", "place", "line__budget").order_by("position")
    entries = Entry.objects.filter(book=book).select_related("reverses")
    if to:
        entries = entries.filter(on__lte=to)
    yield from entries.order_by("on", "number").prefetch_related(Prefetch("postings", lines)).iterator(chunk_size=MANY)


def currencies_of(book: Book) -> list[str]:
    """The currencies that a book names, its own first."""
    used = set(Posting.objects.filter(account__book=book).order_by().values_list("currency", flat=True).distinct())
    used |= set(book.accounts.exclude(currency="").values_list("currency", flat=True))
    return [book.currency, *sorted(used - {book.currency})]


def first_day(book: Book) -> date | None:
    """The day of the first entry."""
    return Entry.objects.filter(book=book).order_by("on").values_list("on", flat=True).first()


def plain_amount(units: int, currency: str) -> str:
    """An amount as programs read it: `-1270.00`; with four decimals where it is finer than a coin."""
    decimals = decimals_of(currency) if units % coin_of(currency) == 0 else 4
    whole, rest = divmod(abs(units), SCALE)
    fraction = f"{rest:04}"[:decimals]
    return f"{'-' if units < 0 else ''}{whole}{'.' if fraction else ''}{fraction}"


def amount_said(posting: Posting, currency: str) -> str:
    """An amount with its price in the currency of the book: `400000 KHR @@ 70.00 EUR`.

    What revalues a currency has no coins of it, only a worth: it stands in the currency of the book alone.
    """
    if posting.currency == currency or not posting.units:
        return f"{plain_amount(posting.in_book, currency)} {currency}"
    own = f"{plain_amount(posting.units, posting.currency)} {posting.currency}"
    return f"{own} @@ {plain_amount(abs(posting.in_book), currency)} {currency}"


def dimensions(posting: Posting) -> dict[str, str]:
    """What a posting says beside account and amount, by name."""
    line = posting.line
    named = {
        "fund": posting.fund.code,
        "purpose": posting.purpose.code if posting.purpose else "",
        "place": posting.place.code if posting.place else "",
        "budget_line": f"{line.budget.code} {line.code}" if line else "",
    }
    return {name: code for name, code in named.items() if code}
