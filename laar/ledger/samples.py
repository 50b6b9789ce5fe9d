"""What a file of a bank or another program looks like, before it is said which of its columns is what. Reads only.

It proposes; it never decides. Where a day or an amount can be read in two ways, both are shown and a person says which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from laar.kit.refusals import Refusal
from laar.kit.sheets import UTF_8, WESTERN, first_lines, is_workbook, text_of
from laar.ledger.files import AN_HOUR, DATES, DECIMAL_SIGNS, day_written, plain_number

#: So many lines are shown.
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Twice:
    """A day that can be read in several ways, and what it would be in each."""

    text: str
    readings: tuple[tuple[str, date], ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """The first lines of a file, and what they let one know of how it is written."""

    encoding: str
    lines: list[list[str]]
    #: Where its heading seems to be: the line with the most cells, the first of them.
    heading: int
    #: The ways in which all its days can be read; one only is sure.
    dates: list[str]
    decimals: list[str]
    twice: Twice | None

    @property
    def headings(self) -> list[str]:
        """What its columns seem to be called."""
        return [cell for cell in self.lines[self.heading] if cell] if self.lines else []

    @property
    def shown(self) -> list[tuple[int, list[str]]]:
        """The lines that are shown, each with its number: from a little above the heading on."""
        first = max(0, self.heading - SHOWN // 2)
        return list(enumerate(self.lines[first : first + SHOWN], start=first + 1))

    @property
    def proposed(self) -> dict[str, str]:
        """What is beyond doubt of how it writes."""
        sure = {"date": self.dates, "decimal": self.decimals}
        return {"encoding": self.encoding, **{key: ways[0] for key, ways in sure.items() if len(ways) == 1}}


def sample_of(content: bytes, file: str) -> Sample:
    """The beginning of a file. Raises Refusal `sheet.*`."""
    encoding = _encoding(content, file)
    lines = first_lines(content, file=file, encoding=encoding)
    filled = [sum(bool(cell) for cell in line) for line in lines]
    heading = filled.index(max(filled)) if filled else 0
    cells = [cell for line in lines[heading + 1 :] for cell in line if cell]
    dates = _fitting(DATES, cells, lambda way, cell: day_written(AN_HOUR.sub("", cell), way) is not None)
    decimals = _fitting(DECIMAL_SIGNS, cells, lambda sign, cell: plain_number(cell, sign) is not None)
    return Sample(encoding, lines, heading, dates, decimals, _twice(cells, dates))


def _encoding(content: bytes, file: str) -> str:
    if is_workbook(content, file):
        return UTF_8
    try:
        text_of(content, file, UTF_8)
    except Refusal:
        return WESTERN
    return UTF_8


def _fitting(ways: Iterable[str], cells: list[str], fits: Callable[[str, str], bool]) -> list[str]:
    """The ways in which all the cells can be read that can be read in any."""
    ways = list(ways)
    found = [kept for cell in cells if (kept := {way for way in ways if fits(way, cell)})]
    return [way for way in ways if found and all(way in kept for kept in found)]


def _twice(cells: list[str], ways: list[str]) -> Twice | None:
    """The first day that is another one in another of these ways."""
    for cell in cells:
        readings = tuple((way, day) for way in ways if (day := day_written(AN_HOUR.sub("", cell), way)))
        if len({day for _, day in readings}) > 1:
            return Twice(cell, readings)
    return None
