"""The next number of a document."""

from __future__ import annotations

from laar.base.ids import next_number
from laar.ledger.models import Series


def next_serial(programme_id: int, kind: str, year: int) -> int:
    """Take the next number of a kind of document in a programme and year. Ask inside `act()`, with the book locked."""
    return next_number(Series, programme_id=programme_id, kind=kind, year=year)
