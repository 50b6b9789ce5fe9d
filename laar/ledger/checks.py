"""What `verify` recounts in the books."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Sum

from laar.base.faults import Fault, check
from laar.kit.names import Name
from laar.ledger.models import Entry, Posting


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
