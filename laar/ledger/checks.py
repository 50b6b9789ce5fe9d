"""What `verify` recounts in the books."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Count, Sum

from laar.base.faults import Fault, check
from laar.kit.names import Name
from laar.ledger.models import Document, Entry, Posting, Series
from laar.ledger.rules import number_of


@check("books.balance")
def entries_balance() -> Iterator[Fault]:
    """Every entry balances in every currency and in its book's own, and has at least two lines."""
    sums = Posting.objects.values("entry_id", "currency").annotate(sum=Sum("units")).exclude(sum=0)
    for row in sums.order_by("entry_id"):
        yield _unbalanced(row["entry_id"])
    for entry, in_book, lines in (
        Entry.objects.annotate(sum=Sum("postings__in_book"), lines=Count("postings"))
        .values_list("id", "sum", "lines")
        .iterator()
    ):
        if in_book or lines < 2:
            yield _unbalanced(entry)


def _unbalanced(entry: int) -> Fault:
    return Fault(
        "books.balance",
        Name(
            en=f"Entry {entry} does not balance: its postings were changed or some are gone.",
            km=f"ការចុះបញ្ជី {entry} មិនស្មើគ្នា៖ បន្ទាត់ត្រូវបានកែ ឬបាត់។",
        ),
        "ledger.entry",
        entry,
    )


@check("books.numbers")
def numbers_are_without_gaps() -> Iterator[Fault]:
    """Every series of documents runs from 1 to its last number: each is an entry, or a document that waits or is void."""
    used: dict[tuple[int, str, int], set[int]] = defaultdict(set)
    for model in (Entry, Document):
        numbered = model.objects.filter(serial__isnull=False).values_list("programme_id", "kind", "year", "serial")
        for programme, kind, year, serial in numbered.iterator():
            used[programme, kind, year or 0].add(serial or 0)
    last = {
        (programme, kind, year): number
        for programme, kind, year, number in Series.objects.values_list("programme_id", "kind", "year", "last")
    }
    for key in sorted(used.keys() | last.keys()):
        if used[key] != set(range(1, last.get(key, 0) + 1)):
            yield _broken(*key[1:])


def _broken(kind: str, year: int) -> Fault:
    series = number_of(kind, year, 1).rsplit("-", 1)[0]
    return Fault(
        "books.numbers",
        Name(
            en=f"The numbers of the series {series} have a gap, or one beyond the last that was given.",
            km=f"លេខនៃស៊េរី {series} មានចន្លោះ ឬមានលេខលើសលេខចុងក្រោយ។",
        ),
        "ledger.series",
        year,
    )
