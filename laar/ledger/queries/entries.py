"""Entries and postings, and what they add up to."""

from __future__ import annotations

from datetime import date

from django.db.models import F, QuerySet, Sum

from laar.base.ids import newest
from laar.base.models import Programme, TrailRow, User
from laar.base.rules import verb_of
from laar.kit.money import Money
from laar.kit.refusals import Refusal
from laar.ledger.models import Account, Book, Entry, Posting
from laar.ledger.rules import HOLDS


def last_number(book: Book) -> int:
    """The number of the last entry of a book; 0 in an empty one. Stable while the book is locked."""
    last = newest(Entry, "number", programme_id=book.programme_id, book_id=book.pk)  # as the index has them
    return int(last[0]) if last else 0


def is_undone(entry_id: int | None) -> bool:
    """Whether an entry was reversed; not where its reversal was reversed in its turn."""
    mirror = Entry.objects.filter(reverses=entry_id).values_list("pk", flat=True).first() if entry_id else None
    return mirror is not None and not is_undone(mirror)


def undone_entries(programme: Programme) -> set[int]:
    """The entries of a programme that were reversed; not those whose reversal was reversed in its turn. One question."""
    reversed_ = Entry.objects.filter(programme=programme, reverses__isnull=False)
    mirrors = dict(reversed_.values_list("reverses_id", "pk"))

    def undone(key: int) -> bool:
        return key in mirrors and not undone(mirrors[key])

    return {key for key in mirrors if undone(key)}


def undone_by_another(entry: Entry, by: User) -> None:
    """Where money or an advance moved, four eyes: who posted an entry does not undo it. Raises `access.same_person`."""
    moved = entry.postings.filter(account__use__in=HOLDS).exclude(units=0)
    if moved.exists() and posted_by(entry) == by:
        raise Refusal("access.same_person", who=by.name, step=verb_of("entry.post").label)


def posted_by(entry: Entry) -> User | None:
    """Who posted an entry: the trail knows."""
    made = TrailRow.objects.filter(table=Entry._meta.label_lower, key=entry.pk).select_related("line__by")
    first = made.order_by("id").first()
    return first.line.by if first else None


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
