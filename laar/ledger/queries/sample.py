"""A sample of the entries of a book: the largest of a period, or drawn by a seed that is printed with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum

from laar.kit.money import Money
from laar.kit.refusals import Refusal
from laar.ledger.models import Account, Book, Entry, Heading, Posting
from laar.ledger.rules.sampling import draw_order, is_a_sample


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is sampled: how many entries of a book, how drawn, of which days, perhaps of one account or heading."""

    size: int
    how: str = "largest"
    seed: str = ""
    since: date | None = None
    until: date | None = None
    account: Account | None = None
    heading: Heading | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """An entry of the sample, with what of it lies in what was sampled."""

    entry: Entry
    amount: Money


@dataclass(frozen=True, slots=True)
class Sample:
    """The entries in the order in which they were drawn, of how many, worth how much."""

    book: Book
    wanted: Wanted
    drawn: tuple[Drawn, ...]
    of: int
    whole: Money

    @property
    def amount(self) -> Money:
        """What the sample is worth."""
        return Money(sum(one.amount.units for one in self.drawn), self.book.currency)


def sample_of(book: Book, wanted: Wanted) -> Sample:
    """Draw it. Raises Refusal `sample.size`, `sample.seed_missing`, `sample.nothing`."""
    is_a_sample(wanted.how, wanted.size, wanted.seed)
    sizes = _sizes(book, wanted)
    if not sizes:
        raise Refusal("sample.nothing")
    numbers = dict(Entry.objects.filter(pk__in=sizes).values_list("id", "number"))
    if wanted.how == "largest":
        order = sorted(sizes, key=lambda key: (-sizes[key], numbers[key]))
    else:
        order = sorted(sizes, key=lambda key: draw_order(wanted.seed, book.code, numbers[key]))
    chosen = order[: wanted.size]
    entries = Entry.objects.filter(pk__in=chosen).select_related("book", "reverses").in_bulk()
    currency = book.currency
    return Sample(
        book,
        wanted,
        tuple(Drawn(entries[key], Money(sizes[key], currency)) for key in chosen),
        len(sizes),
        Money(sum(sizes.values()), currency),
    )


def _sizes(book: Book, wanted: Wanted) -> dict[int, int]:
    """Every entry of what is sampled, with its size: the larger of its two sides there."""
    postings = Posting.objects.filter(account__book=book)
    if wanted.since:
        postings = postings.filter(on__gte=wanted.since)
    if wanted.until:
        postings = postings.filter(on__lte=wanted.until)
    if wanted.account:
        postings = postings.filter(account=wanted.account)
    if wanted.heading:
        postings = postings.filter(Q(heading=wanted.heading) | Q(heading__parent=wanted.heading))
    sides = (
        postings.order_by()
        .values_list("entry_id")
        .annotate(
            debits=Sum("in_book", filter=Q(in_book__gt=0), default=0),
            credited=Sum("in_book", filter=Q(in_book__lt=0), default=0),
        )
    )
    return {entry: max(debits, -credits_) for entry, debits, credits_ in sides}
