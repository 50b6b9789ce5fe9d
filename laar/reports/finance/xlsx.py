"""A report as a spreadsheet with the look of the donor's form: a sheet for each table, sums as formulas with their values."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it brings no types
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell  # type: ignore[import-untyped]  # nor here

from laar.kit.money import SCALE, Money, decimals_of
from laar.reports import said
from laar.reports.finance.grid import Across, Column, Form, Grid, Line, Sum, Value

#: Above the rows of every sheet: title, what it is, a blank line, the heads.
HEAD = 3
FACES = {"en": "Calibri", "km": "Khmer OS Siemreap"}
#: What a heading, a sum, a line that stands apart look like.
FILLS = {"heading": "#E8EFEA", "sum": "#D5E3DB", "loose": "#F6EBD9"}
#: How many signs stand in a unit of width, and how high a line of text is, by language.
WIDE, HIGH = {"en": 1.05, "km": 1.3}, {"en": 12.0, "km": 17.0}
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_xlsx(form: Form) -> bytes:
    """Set a form as a spreadsheet. The same form gives the same bytes."""
    file = BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {"title": form.title, "author": form.author, "comments": form.label, "created": _noon(form.day)}
    )
    book.set_calc_mode("auto")
    looks = _Looks(book, FACES[form.lang])
    _cover(book, form, looks)
    for grid in form.grids:
        _Sheet(book, form, grid, looks).write()
    book.close()
    return file.getvalue()


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 - a spreadsheet knows no zones


class _Looks:
    """The formats of a book, each made once."""

    def __init__(self, book: Any, face: str) -> None:
        self.book, self.face = book, face
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def look(self, **facts: Any) -> Any:
        """A format with these properties."""
        facts = {"font_name": self.face, "font_size": 9, "valign": "top", **facts}
        key = tuple(sorted(facts.items()))
        if key not in self._made:
            self._made[key] = self.book.add_format(facts)
        return self._made[key]

    def cell(self, column: Column, line: Line, value: Value) -> Any:
        """How a cell of a row is shown."""
        facts: dict[str, Any] = {"border": 4, "border_color": "#9AA39E"}
        if line.kind in FILLS:
            facts["bg_color"] = FILLS[line.kind]
        if line.kind in ("heading", "sum"):
            facts["bold"] = True
        if column.kind == "text":
            facts |= {"text_wrap": True, "indent": line.depth if column.width > 30 else 0}
        else:
            facts |= {"align": "right"}
        if column.kind == "day":
            facts["num_format"] = "yyyy-mm-dd"
        elif column.kind == "percent":
            facts["num_format"] = "0.00%;[Red]-0.00%"
        elif column.kind == "rate":
            facts["num_format"] = "#,##0.000000"
        elif column.kind == "number":
            facts["num_format"] = "#,##0.##" if isinstance(value, Fraction) and value.denominator > 1 else "#,##0"
        elif isinstance(value, Money):
            digits = "." + "0" * decimals_of(value.currency) if decimals_of(value.currency) else ""
            facts["num_format"] = f"#,##0{digits};[Red]-#,##0{digits}"
        return self.look(**facts)


def _page(sheet: Any, form: Form) -> None:
    """Landscape A4, as wide as a page, with its number and what a demonstration says below."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    pages = form.page_of.replace("{page}", "&P").replace("{pages}", "&N")
    sheet.set_footer(f"&L&8{form.label[:150].replace('&', '&&')}&R&8{pages}")
    sheet.hide_gridlines(2)


def _cover(book: Any, form: Form, looks: _Looks) -> None:
    sheet = book.add_worksheet(_tab(form.cover))
    _page(sheet, form)
    sheet.set_column(0, 0, 42)
    sheet.set_column(1, 1, 86)
    sheet.write_string(0, 0, form.kind, looks.look(font_color="#4D5550"))
    sheet.write_string(1, 0, form.title, looks.look(bold=True, font_size=16))
    sheet.set_row(1, 30)
    row = 3
    for label, text in form.about:
        sheet.write_string(row, 0, label, looks.look(font_color="#4D5550", bottom=4))
        sheet.write_string(row, 1, text, looks.look(bottom=4, text_wrap=True))
        row += 1
    for label in form.signed:
        row += 3
        sheet.write_string(row, 0, label, looks.look(top=1, font_color="#4D5550"))
        sheet.write_blank(row, 1, None, looks.look(top=1))
    if form.label:
        sheet.write_string(row + 3, 0, form.label, looks.look(italic=True, font_color="#8A5A00"))


def _tab(name: str) -> str:
    """What a sheet may be called."""
    return "".join("-" if sign in r"[]:*?/\'" else sign for sign in name)[:31]


class _Sheet:
    """One table."""

    def __init__(self, book: Any, form: Form, grid: Grid, looks: _Looks) -> None:
        self.sheet, self.form, self.grid, self.looks = book.add_worksheet(_tab(grid.name)), form, grid, looks

    def write(self) -> None:
        """Title, heads that stay, the rows."""
        grid, sheet = self.grid, self.sheet
        _page(sheet, self.form)
        sheet.write_string(0, 0, grid.title, self.looks.look(bold=True, font_size=13))
        sheet.write_string(1, 0, f"{self.form.title}. {grid.note}", self.looks.look(font_color="#4D5550"))
        head = self.looks.look(
            bold=True,
            text_wrap=True,
            border=1,
            bg_color="#0B5D4B",
            font_color="#FFFFFF",
            align="center",
            valign="vcenter",
        )
        sheet.set_row(HEAD, 44 if self.form.lang == "km" else 34)
        for place, column in enumerate(grid.columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(HEAD, place, column.label, head)
        sheet.freeze_panes(HEAD + 1, grid.fixed)
        sheet.repeat_rows(HEAD)
        for number, line in enumerate(grid.lines):
            sheet.set_row(HEAD + 1 + number, self._height(line))
            for place, value in enumerate(line.cells):
                self._put(number, place, line, value)

    def _height(self, line: Line) -> float:
        """How high a row must be for its longest text: programs do not agree on doing this by themselves."""
        texts = [
            -(-len(value) // max(1, int(column.width * WIDE[self.form.lang])))
            for column, value in zip(self.grid.columns, line.cells, strict=True)
            if isinstance(value, str)
        ]
        return HIGH[self.form.lang] * max(1, *texts, 1) + 2

    def _put(self, number: int, place: int, line: Line, value: Value) -> None:
        row, column = HEAD + 1 + number, self.grid.columns[place]
        look = self.looks.cell(column, line, value)
        reckoned = line.reckoned.get(place)
        if reckoned is not None and value is not None:
            self.sheet.write_formula(row, place, self._formula(row, place, reckoned), look, _number(value))
        elif value is None or value == "":
            self.sheet.write_blank(row, place, None, look)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, place, value, look)
        elif isinstance(value, str):
            self.sheet.write_string(row, place, value, look)
        else:
            self.sheet.write_number(row, place, _number(value), look)

    def _formula(self, row: int, place: int, reckoned: Sum | Across) -> str:
        if isinstance(reckoned, Sum):
            return f"=SUM({','.join(_runs(reckoned.rows, xl_col_to_name(place)))})"
        cells = [xl_rowcol_to_cell(row, one) for one in reckoned.plus]
        if reckoned.over:
            return f'=IF({cells[1]}=0,"",{cells[0]}/{cells[1]})'
        less = "".join(f"-{xl_rowcol_to_cell(row, one)}" for one in reckoned.less)
        return f"=ROUND({'+'.join(cells)}{less},4)"


def _runs(rows: tuple[int, ...], column: str) -> list[str]:
    """Rows as ranges: 3, 4, 5, 9 are `F8:F10` and `F14`."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    first = HEAD + 2  # a spreadsheet counts from one
    return [f"{column}{begin + first}" + (f":{column}{end + first}" if end > begin else "") for begin, end in runs]


def _number(value: Value) -> Any:
    """A number as a spreadsheet keeps it."""
    if isinstance(value, Money):
        return Decimal(value.units) / SCALE
    if isinstance(value, Fraction):
        return float(value)
    return value


def printed(value: Value, column: Column) -> str:
    """A cell as it is printed in the language of the page."""
    if value is None:
        return ""
    if isinstance(value, Money):
        return said.amount(value)
    if isinstance(value, date):
        return said.day(value)
    if isinstance(value, Fraction):
        if column.kind == "percent":
            return f"{said.number(f'{float(value * 100):,.2f}'.replace('-', '–'))}\u00a0%"
        return said.number(f"{float(value):,.6f}" if column.kind == "rate" else f"{float(value):,g}")
    return said.number(f"{value:,}") if isinstance(value, int) else value
