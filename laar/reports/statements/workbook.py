"""A table as a workbook: what it is about, then the rows under a heading that stays. Numbers are numbers, days are days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it brings no types

from laar.kit.money import SCALE, Money
from laar.reports.statements.printed import Plain, Printed, PrintedRow

#: Above this a spreadsheet, which counts in binary fractions, would round.
EXACT = 10**15


def as_xlsx(tables: Sequence[Printed]) -> IO[bytes]:
    """One sheet for each table. What somebody typed is never taken for a formula or a link."""
    file = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    book = Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": tables[0].title, "author": "LAAR"})
    for number, table in enumerate(tables, start=1):
        _Sheet(book, table, number).write()
    book.close()
    file.seek(0)
    return file


class _Sheet:
    """A sheet that is written line by line."""

    def __init__(self, book: Any, table: Printed, number: int) -> None:
        self.table = table
        self.sheet = book.add_worksheet(f"{number}"[:31])
        self.formats = {
            (kind, number_format): book.add_format(
                {
                    **({"num_format": number_format} if number_format else {}),
                    **({"bold": True} if kind else {}),
                    **({"top": 1} if kind == "total" else {}),
                    **({"bottom": 1, "text_wrap": True, "valign": "bottom"} if kind == "head" else {}),
                }
            )
            for kind in ("", "heading", "total", "head")
            for number_format in ("", "yyyy-mm-dd", "#,##0", "#,##0.00", "#,##0.0000")
        }

    def write(self) -> None:
        """Write all of it, set up to be printed on A4."""
        self._set_up()
        lines = [(self.table.title, ""), *self.table.about, *(("", remark) for remark in self.table.remarks)]
        if self.table.label:
            lines.append(("", self.table.label))
        for line, texts in enumerate(lines):
            for place, text in enumerate(texts):
                self.sheet.write_string(line, place, text, self.formats["" if line else "heading", ""])
        heading = len(lines) + 1
        for place, (label, _is_number) in enumerate(self.columns):
            self.sheet.write_string(heading, place, label, self.formats["head", ""])
        self.sheet.freeze_panes(heading + 1, 0)
        self.sheet.repeat_rows(heading)
        for line, row in enumerate(self.table.rows, start=heading + 1):
            self._row(line, row)

    @property
    def columns(self) -> tuple[tuple[str, bool], ...]:
        return self.table.columns

    def _set_up(self) -> None:
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        if len(self.columns) > 4:
            self.sheet.set_landscape()
        for place, (_label, is_number) in enumerate(self.columns):
            self.sheet.set_column(place, place, 16 if is_number else 36 if place < 3 else 26)

    def _row(self, line: int, row: PrintedRow) -> None:
        for place, cell in enumerate(row.cells):
            self._cell(line, place, cell, row.kind)

    def _cell(self, line: int, place: int, cell: Plain, kind: str) -> None:
        if isinstance(cell, Money):
            self._amount(line, place, cell, kind)
        elif isinstance(cell, date):
            self.sheet.write_datetime(line, place, cell, self.formats[kind, "yyyy-mm-dd"])
        elif cell:
            self.sheet.write_string(line, place, cell, self.formats[kind, ""])
        elif kind == "total":
            self.sheet.write_blank(line, place, None, self.formats[kind, ""])

    def _amount(self, line: int, place: int, amount: Money, kind: str) -> None:
        """An amount as a number; with its currency as a text where that is not the one of the table."""
        text = amount.plain()
        decimals = len(text.partition(".")[2])
        if amount.currency != self.table.currency:
            shown = self.formats[kind, ""]
            self.sheet.write_string(line, place, f"{amount.currency} {amount.figure}", shown)
        elif abs(amount.units) < EXACT:
            shown = self.formats[kind, "#,##0" + f".{'0' * decimals}".rstrip(".")]
            self.sheet.write_number(line, place, Decimal(amount.units) / SCALE, shown)
        else:
            self.sheet.write_string(line, place, text, self.formats[kind, ""])
