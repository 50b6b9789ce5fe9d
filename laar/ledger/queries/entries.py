"""Entries and postings, and what they add up to."""

from __future__ import annotations

from datetime import date

from django.db.models import F, QuerySet, Sum

from laar.base.ids import newest
from laar.base.models import Programme
from laar.kit.money import Money
from laar.ledger.models import Account, Book, Entry, Posting


def last_number(book: Book) -> int:
    """The number of the last entry of a book; 0 in an empty one. Stable while the book is locked."""
    last = newest(Entry, "number", programme_id=book.programme_id, book_id=book.pk)  # as the index has them
    return int(last[0]) if last else 0


def is_undone(entry_id: int | None) -> bool:
    """Whether an entry was reversed; not where its reversal was reversed in its turn."""
    mirror = Entry.objects.filter(reverses=entry_id).values_list("pk", flat=True).first() if entry_id else None
    return mirror is not None and not is_undone(mirror)


def postings_of(entry: Entry) -> QuerySet[Posting]:
    """The lines of an entry."""
    return entry.postings.select_related("account", "fund", "purpose", "place", "line", "heading", "rate").order_by(
        "position"
    )


def balance(account: Account, on: date | None = None) -> Money:
    """What an account holds at the end of a day (or now), in the book's currency; debit positive."""
    postings = Posting.objects.filter(account=account)
    if on:
        postings = postings.filter(on__lte=on)
    return Money(postings.aggregate(sum=Sum("in_book"))["sum"] or 0, account.book.currency)


def booked(programme: Programme) -> QuerySet[Posting]:
    """The postings of the programme's own books, with what a figure needs of them."""
    return (
        Posting.objects.filter(
            programme=programme, account__book__currency=programme.currency, account__book__is_memorandum=False
        )
        .select_related("account", "fund", "purpose", "entry")
        .annotate(received=-F("in_book"), cost=F("in_book"))
        .order_by("on", "entry_id", "position")
    )
