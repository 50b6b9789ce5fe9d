"""What is printed, before it is set: one sheet in one form and one language, as plain data.

Every form of output – PDF, Word, page, terminal – is made from it and from nothing else, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure in its place: the number as the language writes it, and which note explains it."""

    id: str
    number: str
    #: Printed before the number; empty in a sentence that names it itself.
    currency: str
    note: str
    link: str | None


#: Words and figures, in order.
Line = tuple[str | Shown, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: what it is about, a remark on that, and what it says."""

    label: str = ""
    lines: tuple[Line, ...] = ()
    remark: str = ""
    columns: int = 1
    rows: int = 1
    #: What it says is the title of the whole: set as such, and once more in the other language.
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of cells; `widths` are the parts of its columns. A header stands over what the cells below it say."""

    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    header: tuple[Cell, ...] = ()

    def placed(self) -> Iterator[tuple[int, int, int, Cell]]:
        """Every cell with its row (the header is row 0 where there is one), its first column, and its place in the row.

        A row does not name again what spans down from above.
        """
        taken: set[tuple[int, int]] = set()
        for row, cells in enumerate((self.header, *self.rows) if self.header else self.rows):
            free = iter([column for column in range(len(self.widths)) if (row, column) not in taken])
            for place, cell in enumerate(cells):
                column = next(free)
                for _ in range(cell.columns - 1):
                    next(free)
                taken |= {(row + down, column + right) for down in range(cell.rows) for right in range(cell.columns)}
                yield row, column, place, cell

    def labelled(self) -> Iterator[tuple[Cell, Cell]]:
        """Every cell with the one that says what it is about: the head of its column, or itself."""
        for row, column, _, cell in self.placed():
            if not self.header:
                yield cell, cell
            elif row:
                yield self.header[column], cell


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the narrative: its word in both languages, what it says, the figures in its margin, what it names."""

    heading: str
    lines: tuple[Line, ...]
    other: str = ""
    is_list: bool = False
    margin: tuple[tuple[str, Line], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """What a number is: its key, by which it is asked for, its rule in words, and once more the number."""

    number: str
    id: str
    rule: str
    value: str
    link: str | None


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes on the last page, and the words over them."""

    heading: str
    lede: str
    columns: tuple[str, str, str, str]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole sheet. `label` is what a demonstration says on every page; empty for a real programme."""

    name: str
    lang: str
    kind: str
    title: str
    said_on: str
    label: str
    page_of: str
    tables: tuple[Table, ...]
    blocks: tuple[Block, ...]
    blocks_heading: str
    notes: Notes
    author: str
    day: date

    def figures(self) -> set[str]:
        """The keys of all figures that are printed."""
        return {note.id for note in self.notes.notes}


def flat(line: Line) -> str:
    """A line as plain text."""
    return "".join(part if isinstance(part, str) else plain(part) for part in line)


def plain(shown: Shown) -> str:
    """A figure as plain text, with its currency."""
    return f"{shown.currency} {shown.number}" if shown.currency else shown.number


def joined(lines: Iterable[Line], between: str) -> str:
    """Lines as one plain text."""
    return between.join(flat(line) for line in lines)
