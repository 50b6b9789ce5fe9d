"""What a statement is: what it is asked for, its columns and rows, and how a number on it is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from laar.base.models import Programme
from laar.base.rows import Wanted
from laar.kit.figures import Figure, Scope
from laar.kit.money import Money
from laar.kit.names import NOTHING, Name
from laar.ledger.models import Account, Book, Entry, Fund
from laar.ledger.queries.told import told
from laar.registers.models import Place


@dataclass(frozen=True)
class Asked:
    """What a statement is asked for. `day` is its last day (None: now); `known` what had been written down by then."""

    programme: Programme
    #: The books that the reader may see: the programme's own first.
    books: tuple[Book, ...]
    book: Book | None = None
    account: Account | None = None
    fund: Fund | None = None
    place: Place | None = None
    since: date | None = None
    day: date | None = None
    known: date | None = None
    #: How many entries are listed at most; the totals are always of all.
    most: int = 500
    #: How many were listed on the pages before.
    skip: int = 0

    @property
    def days(self) -> dict[str, str]:
        """The days of it as an address writes them."""
        days = {"day": self.day, "known": self.known}
        return {name: day.isoformat() for name, day in days.items() if day}

    @property
    def period(self) -> dict[str, str]:
        """The days of it with the first one."""
        return {"since": self.since.isoformat(), **self.days} if self.since else self.days

    def told(self, units: int, *, currency: str = "", place: str = "", **scope: str) -> Figure:
        """A sum that was computed with all others of the statement, as the figure that opens to its postings."""
        more = {name: text for name, text in {**scope, "currency": currency, "commune": place}.items() if text}
        return told("books.balance", Scope(self.programme, more=more), units, currency or self.programme.currency)


#: What stands in a cell: words, a day, an amount as it was recorded, a number that opens, an entry, or nothing.
Cell = Name | date | Money | Figure | Entry | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it is called, and whether numbers stand in it."""

    label: Name
    kind: Literal["text", "day", "amount"] = "text"
    #: Left out where the screen is narrow.
    on_phone: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A row, and the statement to which it leads on, with what that is asked for."""

    cells: tuple[Cell, ...]
    leads: str = ""
    to: Mapping[str, str] = field(default_factory=dict)
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows under a heading."""

    rows: tuple[Row, ...]
    heading: Name = NOTHING


@dataclass(frozen=True, slots=True)
class Remark:
    """What a statement says of itself: that it is balanced, that rows were left out."""

    tone: Literal["ok", "no", "plain"]
    text: Name


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement, computed: what is shown on the page is what stands in the file and on paper."""

    columns: tuple[Column, ...]
    parts: tuple[Part, ...]
    remarks: tuple[Remark, ...] = ()
    #: Whether more entries come after those listed.
    goes_on: bool = False

    @property
    def rows(self) -> Sequence[Row]:
        """Every row of every part."""
        return [row for part in self.parts for row in part.rows]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of statement: what it is called, what it says, and what it can be asked for by."""

    slug: str
    title: Name
    says: Name
    takes: tuple[str, ...]
    make: Callable[[Asked], Statement]
    #: What must be chosen before there is anything to show.
    needs: tuple[str, ...] = ()
    #: What a period begins with where none was asked: `year`, `month`; empty: the beginning.
    begins: str = ""


#: Every kind of statement, by its slug, in the order in which the hub lists them.
KINDS: dict[str, Kind] = {}


def statement(
    slug: str,
    *,
    title: Name,
    says: Name,
    takes: tuple[str, ...],
    needs: tuple[str, ...] = (),
    begins: str = "",
) -> Callable[[Callable[[Asked], Statement]], Callable[[Asked], Statement]]:
    """Declare a statement: the decorated function makes it from what it is asked for."""

    def declare(make: Callable[[Asked], Statement]) -> Callable[[Asked], Statement]:
        KINDS[slug] = Kind(slug, title, says, (*takes, "day", "known"), make, needs, begins)
        return make

    return declare


def where(asked: Asked, **more: Wanted) -> dict[str, Wanted]:
    """The columns by which postings and their roll-ups are narrowed."""
    narrowed: dict[str, Wanted] = {"programme_id": asked.programme.pk, **more}
    if asked.fund:
        narrowed["fund_id"] = asked.fund.pk
    return narrowed
