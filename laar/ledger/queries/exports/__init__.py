"""A complete book in the formats of other programs, so that their own tools recompute every balance."""

from collections.abc import Callable, Iterator
from datetime import date

from laar.ledger.models import Book
from laar.ledger.queries.exports.beancount import as_beancount
from laar.ledger.queries.exports.hledger import as_hledger

#: The formats, by name: the lines of the file, and what its name ends with.
EXPORTS: dict[str, tuple[Callable[[Book, date | None, str], Iterator[str]], str]] = {
    "hledger": (as_hledger, "journal"),
    "beancount": (as_beancount, "beancount"),
}

__all__ = ["EXPORTS", "as_beancount", "as_hledger"]
