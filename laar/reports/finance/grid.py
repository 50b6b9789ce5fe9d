"""A report as plain tables, before it is set: what a page, a spreadsheet and paper are all made of, so they agree."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from laar.kit.money import Money

#: What a cell may hold.
Value = str | Money | Fraction | int | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its word, what its cells hold (`text`, `money`, `day`, `percent`, `rate`, `number`), how wide it is."""

    label: str
    kind: str = "money"
    width: int = 13


@dataclass(frozen=True, slots=True)
class Sum:
    """A cell that adds up the same column of other rows."""

    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Across:
    """A cell that adds up other columns of its row, less others; or is the first of them over the second."""

    plus: tuple[int, ...] = ()
    less: tuple[int, ...] = ()
    over: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row: what it is (`heading`, `line`, `sum`, `loose`, `note`), how deep, its cells, and which are reckoned from others."""

    kind: str
    cells: tuple[Value, ...]
    depth: int = 0
    reckoned: dict[int, Sum | Across] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its title, as a sheet of a spreadsheet or a part of a paper."""

    name: str
    title: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    note: str = ""
    #: How many columns stay where they are when the others are moved.
    fixed: int = 2


@dataclass(frozen=True, slots=True)
class Form:
    """A whole report in one language."""

    file: str
    lang: str
    title: str
    kind: str
    about: tuple[tuple[str, str], ...]
    grids: tuple[Grid, ...]
    #: Who signs, and the line for it.
    signed: tuple[str, ...]
    #: What stands on every page of a demonstration.
    label: str
    page_of: str
    author: str
    day: date
    cover: str
