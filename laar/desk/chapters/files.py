"""A list as a file: CSV for machines, XLSX for people. Exactly the rows that the page shows, all its pages."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it brings no types

from laar.base.clock import now
from laar.desk import said
from laar.desk.chapters.cells import plain
from laar.kit.money import SCALE, Money
from laar.results.chapters import Asked, Column, Row

#: How many rows a file has at most.
MOST = 100_000
#: What a spreadsheet takes for the beginning of a formula. A tab or a return before it is dropped by some.
FORMULA = re.compile(r"[=+\-@\t\r\n]")
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*")
#: Above this a spreadsheet, which counts in binary fractions, would round.
EXACT = 10**15


def lines_about(asked: Asked) -> list[tuple[str, str]]:
    """What a file or a printed list says of itself: which programme, which list, by what narrowed, when, for whom."""
    language = said.language()
    about = [
        (_("Programme"), asked.programme.name.say(language)),
        (_("List"), asked.chapter.title.say(language)),
        *chips(asked),
        (_("As of"), said.instant(now())),
        (_("May be read by"), may_read(asked)),
    ]
    return [*about, (_("Demonstration"), _("The rows are synthetic."))] if asked.programme.is_demo else about


def chips(asked: Asked) -> list[tuple[str, str]]:
    """By what the list is narrowed, in words."""
    return [(capfirst(str(one.label)), said_value(asked, one.name)) for one in asked.filters if one.name in asked.given]


def said_value(asked: Asked, name: str) -> str:
    """What a filter is set to, in words: what its option is called, or what was typed."""
    options = dict(asked.options.get(name, ()))
    typed = asked.given[name]
    chosen = options.get(typed, typed)
    if hasattr(chosen, "say"):
        return str(chosen.say(said.language()))
    value = asked.values.get(name)
    return said.day(value) if isinstance(value, date) else str(chosen)


def may_read(asked: Asked) -> str:
    """For whom the file is, by what stands in it."""
    if asked.chapter.of_persons or any(column.of_persons for column in asked.columns):
        return _("It tells of persons: only those who may know them by name. Do not pass it on.")
    if asked.eyes.is_public:
        return _("Everybody.")
    return _("Those who work in the programme.")


def file_name(asked: Asked, ending: str) -> str:
    """What the file is called; that it tells of persons is part of its name."""
    persons = "-persons" if asked.chapter.of_persons else ""
    return f"laar-{asked.programme.code}-{asked.chapter.slug}{persons}-{now():%Y-%m-%d}.{ending}".lower()


def as_csv(asked: Asked) -> Iterator[str]:
    """The lines of a CSV file: UTF-8 with its mark, so that a spreadsheet reads Khmer; RFC 4180.

    Refuses before the first line. Amounts are two columns, days are written as machines do.
    """
    rows, language = asked.every_row(MOST), said.language()

    def lines() -> Iterator[str]:
        with translation.override(language):  # it is sent when the page is done
            write = csv.writer(_Echo()).writerow
            yield "\ufeff" + write([_no_formula(name) for name in _names(asked)])
            for row in rows:
                yield write([part for cell in _cells(asked, row) for part in _written(*cell)])

    return lines()


class _Echo:
    """Hands a written line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _names(asked: Asked) -> Iterator[str]:
    for column in asked.columns:
        yield capfirst(str(column.label))
        if column.kind == "money":
            yield _("Currency")


def _cells(asked: Asked, row: Row) -> Iterator[tuple[Column, Any]]:
    for column, cell in zip(asked.columns, row.cells, strict=True):
        yield column, plain(column, cell)


def _written(column: Column, cell: Any) -> list[str]:
    if isinstance(cell, Money):
        return [cell.plain(), cell.currency]
    if column.kind == "money":
        return ["", ""]
    if isinstance(cell, date):
        return [cell.isoformat()]
    return [str(cell) if isinstance(cell, int) else _no_formula(cell)]


def _no_formula(text: str) -> str:
    """A text that no spreadsheet computes: an apostrophe before what it would take for a formula."""
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text


class _Sheet:
    """A sheet that is written line by line, each cell as what it is."""

    def __init__(self, book: Any, name: str) -> None:
        self.sheet = book.add_worksheet(name)
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.bold = book.add_format({"bold": True, "bottom": 1})
        self.money = {
            decimals: book.add_format({"num_format": f"#,##0.{'0' * decimals}".rstrip(".")}) for decimals in (0, 2, 4)
        }

    def put(self, line: int, place: int, column: Column, cell: Any) -> int:
        """Write one cell; the place after it."""
        if column.kind == "money":
            if isinstance(cell, Money):
                self._put_amount(line, place, cell)
            return place + 2
        if isinstance(cell, date):
            self.sheet.write_datetime(line, place, cell, self.day)
        elif isinstance(cell, int):
            self.sheet.write_number(line, place, cell)
        elif cell:
            self.sheet.write_string(line, place, cell)
        return place + 1

    def _put_amount(self, line: int, place: int, amount: Money) -> None:
        text = amount.plain()
        if abs(amount.units) < EXACT:
            shown = self.money[len(text.partition(".")[2])]
            self.sheet.write_number(line, place, Decimal(amount.units) / SCALE, shown)
        else:
            self.sheet.write_string(line, place, text)
        self.sheet.write_string(line, place + 1, amount.currency)


def as_xlsx(asked: Asked) -> IO[bytes]:
    """An XLSX file: what it is about, then the rows under a heading that stays; real numbers and days, no formula."""
    rows = asked.every_row(MOST)
    file = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    book = Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": asked.chapter.title.say(said.language()), "author": "LAAR"})
    made = _Sheet(book, asked.chapter.slug)
    made.sheet.set_column(0, 0, 28)
    made.sheet.set_column(1, 20, 18)
    about = lines_about(asked)
    for number, line_about in enumerate(about):
        for place, text in enumerate(line_about):
            made.sheet.write_string(number, place, text)
    heading = len(about) + 1
    for place, name in enumerate(_names(asked)):
        made.sheet.write_string(heading, place, name, made.bold)
    made.sheet.freeze_panes(heading + 1, 0)
    for line, row in enumerate(rows, start=heading + 1):
        place = 0
        for column, cell in _cells(asked, row):
            place = made.put(line, place, column, cell)
    book.close()
    file.seek(0)
    return file


#: The kinds of file: what makes it, and what it is called on the way.
FILES: dict[str, tuple[Callable[[Asked], Any], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
