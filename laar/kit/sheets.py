"""Rows in from CSV and XLSX, with a line number beside every value, so that an error can say where it is.

A workbook gives its values only: a formula is refused, never computed, because what it would say can't be seen on paper.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook

from laar.kit.names import clean
from laar.kit.refusals import Refusal, refusal

refusal(
    "sheet.encoding",
    en="{file} is not written in UTF-8 (byte {byte}). Save it again as “CSV UTF-8” and load it once more.",
    km="{file} មិនមែនជា UTF-8 ទេ (បៃទី {byte})។ សូមរក្សាទុកម្ដងទៀតជា «CSV UTF-8» រួចបញ្ចូលម្ដងទៀត។",
    status=422,
)
refusal(
    "sheet.columns",
    en="{file} has no column {missing}. The first line must name: {wanted}.",
    km="{file} គ្មានជួរឈរ {missing} ទេ។ បន្ទាត់ទីមួយត្រូវមាន៖ {wanted}។",
    status=422,
)
refusal(
    "sheet.broken",
    en="{file} can't be read as a table ({why}). Save it again as “CSV UTF-8” and load it once more.",
    km="មិនអាចអាន {file} ជាតារាង ({why})។ សូមរក្សាទុកម្ដងទៀតជា «CSV UTF-8» រួចបញ្ចូលម្ដងទៀត។",
    status=422,
)
refusal(
    "sheet.empty",
    en="{file} has no row below its first line. Fill it in and load it once more.",
    km="{file} គ្មានទិន្នន័យក្រោមបន្ទាត់ទីមួយទេ។ សូមបំពេញ រួចបញ្ចូលម្ដងទៀត។",
    status=422,
)
refusal(
    "sheet.too_large",
    en="{file} is larger than {most} MB. Make several files of it and load them one after the other.",
    km="{file} ធំជាង {most} MB។ សូមបំបែកជាឯកសារច្រើន រួចបញ្ចូលម្ដងមួយៗ។",
    status=422,
)
refusal(
    "sheet.too_long",
    en="{file} goes on beyond line {most}. Make several files of it and load them one after the other.",
    km="{file} លើសបន្ទាត់ទី {most}។ សូមបំបែកជាឯកសារច្រើន រួចបញ្ចូលម្ដងមួយៗ។",
    status=422,
)
refusal(
    "sheet.no_workbook",
    en="{file} can't be read as an Excel workbook. Save it again as “Excel workbook (.xlsx)” without a password, or as CSV.",
    km="មិនអាចអាន {file} ជាឯកសារ Excel ទេ។ សូមរក្សាទុកម្ដងទៀតជា «Excel workbook (.xlsx)» គ្មានពាក្យសម្ងាត់ ឬជា CSV។",
    status=422,
)
refusal(
    "sheet.formula",
    en="{file} has a formula in cell {cell}. Copy the column and paste it as values, then load the file once more.",
    km="{file} មានរូបមន្តក្នុងក្រឡា {cell}។ សូមចម្លងជួរឈរនោះ ហើយបិទភ្ជាប់ជាតម្លៃ រួចបញ្ចូលម្ដងទៀត។",
    status=422,
)

#: A list of ten thousand people is 1 MB; more is a mistake, or somebody who wants to fill the memory.
MOST_BYTES = 4 * 2**20
MOST_UNPACKED = 64 * 2**20
MOST_LINES = 10_000
MOST_COLUMNS = 100
CELL = re.compile(rb"<(?:\w+:)?c\s(?:[^>]*\s)?r=\"([A-Z]+)([0-9]+)\"[^>]*>(\s*<(?:\w+:)?f[\s/>])?")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a sheet; `number` counts as a spreadsheet does, the heading being line 1."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def text_of(data: bytes, file: str) -> str:
    """The text of a file in UTF-8, with or without a byte order mark; refuses any other encoding."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Refusal("sheet.encoding", file=file, byte=wrong.start) from None


def rows_from_csv(data: bytes, *, columns: tuple[str, ...], file: str) -> list[Row]:
    """The rows of a CSV file that has at least these columns; cells are cleaned (NFC, no outer space)."""
    try:
        lines = list(csv.reader(io.StringIO(text_of(data, file), newline=""), strict=True))
    except csv.Error as error:
        raise Refusal("sheet.broken", file=file, why=error) from None
    return _rows(lines or [[]], columns, file)


def rows_from_xlsx(data: bytes, *, columns: tuple[str, ...], file: str) -> list[Row]:
    """The rows of the first sheet of a workbook that has these columns; others, like one to read, are passed over.

    Raises Refusal `sheet.no_workbook`, `sheet.formula`, `sheet.too_large`, `sheet.too_long`, and those of a CSV.
    """
    _look_into(data, file)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            sheets = [
                _lines(book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names
            ]
    except (CalamineError, ValueError, OSError):
        raise Refusal("sheet.no_workbook", file=file) from None
    for lines in sheets:
        if lines and set(columns) <= set(_heading(lines[0])):
            return _rows(lines, columns, file)
    return _rows(next((lines for lines in reversed(sheets) if lines), [[]]), columns, file)


def rows_of(data: bytes, *, columns: tuple[str, ...], file: str) -> list[Row]:
    """The rows of a file that somebody filled in: a workbook or CSV, by its first bytes."""
    if len(data) > MOST_BYTES:
        raise Refusal("sheet.too_large", file=file, most=MOST_BYTES // 2**20)
    is_workbook = data.startswith(b"PK") or file.lower().endswith((".xlsx", ".xlsm", ".xls", ".ods"))
    rows = (rows_from_xlsx if is_workbook else rows_from_csv)(data, columns=columns, file=file)
    if rows[-1].number > MOST_LINES:
        raise Refusal("sheet.too_long", file=file, most=MOST_LINES)
    return rows


def _rows(lines: Sequence[Sequence[str]], columns: tuple[str, ...], file: str) -> list[Row]:
    heading = _heading(lines[0])
    doubled = [name for name in columns if heading.count(name) > 1]
    if doubled:
        raise Refusal("sheet.broken", file=file, why=f"two columns are called {doubled[0]}")
    missing = [column for column in columns if column not in heading]
    if missing:
        raise Refusal("sheet.columns", file=file, missing=", ".join(missing), wanted=", ".join(columns))
    rows = [
        Row(number, dict(zip(heading, cells, strict=False)))
        for number, cells in enumerate(([clean(cell) for cell in line] for line in lines[1:]), start=2)
        if any(cells)
    ]
    if not rows:
        raise Refusal("sheet.empty", file=file)
    return rows


def _heading(line: Sequence[str]) -> list[str]:
    """The names of the columns: the first line of each cell, below which a template says it in Khmer."""
    return [clean(cell).split("\n")[0].strip() for cell in line]


def _look_into(data: bytes, file: str) -> None:
    """Refuse what is no workbook, one that would not fit into memory, and one with a formula."""
    if len(data) > MOST_BYTES:
        raise Refusal("sheet.too_large", file=file, most=MOST_BYTES // 2**20)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(member.file_size for member in packed.infolist()) > MOST_UNPACKED:
                raise Refusal("sheet.too_large", file=file, most=MOST_BYTES // 2**20)
            if packed.testzip():  # also whether each member is as long as it says
                raise Refusal("sheet.no_workbook", file=file)
            sheets = [packed.read(name) for name in packed.namelist() if name.startswith("xl/worksheets/")]
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError):
        raise Refusal("sheet.no_workbook", file=file) from None
    for cell in (cell for sheet in sheets for cell in CELL.finditer(sheet)):
        column, line, formula = cell.groups()
        if int(line) > 2 * MOST_LINES or _position(column) > MOST_COLUMNS:
            raise Refusal("sheet.too_long", file=file, most=MOST_LINES)
        if formula:
            raise Refusal("sheet.formula", file=file, cell=(column + line).decode())


def _position(column: bytes) -> int:
    """The number of a column that a spreadsheet calls A, B … Z, AA."""
    position = 0
    for letter in column:
        position = 26 * position + letter - 64
    return position


def _lines(values: Iterable[Sequence[object]]) -> list[list[str]]:
    return [[_text(value) for value in line] for line in values]


def _text(value: object) -> str:
    """A cell as it would be typed: a whole number without a point, a day as 2008-03-10."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
