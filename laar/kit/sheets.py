"""Rows in from CSV and XLSX, with a line number beside every value, so that an error can say where it is.

The heading is the first line that names every column that is asked for: a bank writes its own address above it. A
separator is the one by which there is such a line. So neither is guessed, and a column that was renamed is refused.
A workbook gives its values only: a formula is refused, never computed, because what it would say can't be seen on paper.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from python_calamine import CalamineError, CalamineWorkbook

from laar.kit.names import clean
from laar.kit.refusals import Refusal, refusal

refusal(
    "sheet.encoding",
    en="{file} is not written in {encoding} (byte {byte}). Save it again as “CSV UTF-8” and load it once more.",
    km="{file} មិនមែនជា {encoding} ទេ (បៃទី {byte})។ សូមរក្សាទុកម្ដងទៀតជា «CSV UTF-8» រួចបញ្ចូលម្ដងទៀត។",
    status=422,
)
refusal(
    "sheet.columns",
    en="{file} has no column {missing}. Its heading must name: {wanted}. It names: {found}. If that is another file, choose it; "
    "if whoever made it changed its columns, say anew which column is what.",
    km="{file} គ្មានជួរឈរ {missing} ទេ។ ក្បាលតារាងត្រូវមាន៖ {wanted}។ វាមាន៖ {found}។ បើជាឯកសារផ្សេង សូមជ្រើសរើសវា; បើអ្នកបង្កើតបានប្ដូរជួរឈរ "
    "សូមបញ្ជាក់ម្ដងទៀតថាជួរឈរណាជាអ្វី។",
    status=422,
)
refusal(
    "sheet.column_twice",
    en="{file} has two columns called {column}. Give one of them another name, and load it once more.",
    km="{file} មានជួរឈរពីរឈ្មោះ {column}។ សូមដាក់ឈ្មោះផ្សេងឱ្យមួយ រួចបញ្ចូលម្ដងទៀត។",
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
    en="{file} has no row below its heading. Fill it in and load it once more.",
    km="{file} គ្មានទិន្នន័យក្រោមក្បាលតារាងទេ។ សូមបំពេញ រួចបញ្ចូលម្ដងទៀត។",
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
#: Of what a file has instead of what was wanted, so many headings are named.
MOST_NAMED = 12
#: So many lines may stand above the heading.
MOST_ABOVE = 60
CELL = re.compile(rb"<(?:\w+:)?c\s(?:[^>]*\s)?r=\"([A-Z]+)([0-9]+)\"[^>]*>(\s*<(?:\w+:)?f[\s/>])?")
#: What may stand between two cells, the usual one first.
SEPARATORS = (",", ";", "\t", "|")
#: A mark at the beginning of a file says how it is written, more surely than a person does.
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
UTF_8, WESTERN, UTF_16 = "utf-8", "cp1252", "utf-16-le"
#: How a file without such a mark can be written, and what that is called.
ENCODINGS = {UTF_8: "UTF-8", WESTERN: "Windows-1252", UTF_16: "UTF-16"}

Line = Sequence[object]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a sheet; `number` counts as a spreadsheet does, the first line being 1."""

    number: int
    cells: dict[str, str]
    #: What a workbook keeps as a number or a day, not as a text that somebody typed.
    kept: dict[str, Decimal | date] = field(default_factory=dict)

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def text_of(data: bytes, file: str, encoding: str = UTF_8) -> str:
    """The text of a file, with or without a byte order mark. Raises Refusal `sheet.encoding`."""
    mark = next((one for one in MARKS if data.startswith(one)), b"")
    body, marked = data[len(mark) :], MARKS.get(mark, encoding)
    try:
        text = body.decode(marked)
        if marked == WESTERN and not text.isascii():
            _is_not_utf_8(body, file)
        return text
    except UnicodeDecodeError as wrong:
        if marked == UTF_8 and encoding == WESTERN:  # a program that put the mark of the one before the other
            return text_of(body, file, WESTERN)
        name = ENCODINGS.get(marked, marked.upper())
        raise Refusal("sheet.encoding", file=file, encoding=name, byte=wrong.start) from None


def _is_not_utf_8(body: bytes, file: str) -> None:
    """Refuse to read as Windows-1252 what is UTF-8 beyond doubt: every accent would become two wrong signs."""
    try:
        body.decode(UTF_8)
    except UnicodeDecodeError:
        return
    first = next(place for place, byte in enumerate(body) if byte > 127)
    raise Refusal("sheet.encoding", file=file, encoding=ENCODINGS[WESTERN], byte=first)


def rows_from_csv(data: bytes, *, columns: tuple[str, ...], file: str, encoding: str = UTF_8) -> list[Row]:
    """The rows of a CSV file that has at least these columns; cells are cleaned (NFC, no outer space)."""
    ways, broken = _separated(text_of(data, file, encoding), strict=True)
    return _rows(ways, columns, file, broken=broken)


def _separated(text: str, *, strict: bool) -> tuple[list[Sequence[Line]], csv.Error | None]:
    """The lines by each of the separators that may stand between cells; what is wrong by one by which they are none."""
    ways, broken = list[Sequence[Line]](), None
    for separator in SEPARATORS:
        try:
            ways.append(list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)))
        except csv.Error as wrong:
            broken = broken or wrong
    return ways, broken


def rows_from_xlsx(data: bytes, *, columns: tuple[str, ...], file: str) -> list[Row]:
    """The rows of the first sheet of a workbook that has these columns; others, like one to read, are passed over.

    Raises Refusal `sheet.no_workbook`, `sheet.formula`, `sheet.too_large`, `sheet.too_long`, and those of a CSV.
    """
    return _rows(_sheets(data, file), columns, file)


def _sheets(data: bytes, file: str) -> list[Sequence[Line]]:
    _look_into(data, file)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
    except (CalamineError, ValueError, OSError):
        raise Refusal("sheet.no_workbook", file=file) from None


def rows_of(data: bytes, *, columns: tuple[str, ...], file: str, encoding: str = UTF_8) -> list[Row]:
    """The rows of a file that somebody filled in: a workbook or CSV, by its first bytes."""
    if len(data) > MOST_BYTES:
        raise Refusal("sheet.too_large", file=file, most=MOST_BYTES // 2**20)
    if is_workbook(data, file):
        rows = rows_from_xlsx(data, columns=columns, file=file)
    else:
        rows = rows_from_csv(data, columns=columns, file=file, encoding=encoding)
    if rows[-1].number > MOST_LINES:
        raise Refusal("sheet.too_long", file=file, most=MOST_LINES)
    return rows


def first_lines(data: bytes, *, file: str, encoding: str = UTF_8, most: int = MOST_ABOVE) -> list[list[str]]:
    """The first lines of a file as a person would see them, before it is known which is its heading.

    Its cells are separated, or its sheet is the one, that gives a line the most of them.
    """
    if len(data) > MOST_BYTES:
        raise Refusal("sheet.too_large", file=file, most=MOST_BYTES // 2**20)
    if is_workbook(data, file):
        ways = _sheets(data, file)
    else:
        ways, _broken = _separated(text_of(data, file, encoding), strict=False)
    seen = [[[clean(_text(cell)) for cell in line] for line in lines[:most]] for lines in ways]
    return max(seen, key=lambda lines: max((len(line) for line in lines), default=0), default=[])


def is_workbook(data: bytes, file: str) -> bool:
    """Whether a file is a workbook, or calls itself one."""
    return data.startswith(b"PK") or file.lower().endswith((".xlsx", ".xlsm", ".xls", ".ods"))


def _rows(
    ways: Sequence[Sequence[Line]], columns: tuple[str, ...], file: str, *, broken: csv.Error | None = None
) -> list[Row]:
    """The rows of the first sheet, or way to separate cells, in which a line names all columns."""
    tables = [(lines, *_where(lines, columns)) for lines in ways if lines] or [([[]], 0, 0)]
    lines, place, _found = max(tables, key=lambda table: table[2])  # the first of those that have most of them
    heading = _heading(lines[place])
    missing = [column for column in columns if column not in heading]
    if missing and broken:
        raise Refusal("sheet.broken", file=file, why=broken)
    if missing:
        named = ", ".join([one for one in heading if one][:MOST_NAMED]) or "–"
        raise Refusal("sheet.columns", file=file, missing=", ".join(missing), wanted=", ".join(columns), found=named)
    doubled = next((name for name in columns if heading.count(name) > 1), None)
    if doubled:
        raise Refusal("sheet.column_twice", file=file, column=doubled)
    rows = [
        Row(number, dict(zip(heading, cells, strict=False)), _kept(heading, line))
        for number, line in enumerate(lines[place + 1 :], start=place + 2)
        if any(cells := [clean(_text(value)) for value in line])
    ]
    if not rows:
        raise Refusal("sheet.empty", file=file)
    return rows


def _where(lines: Sequence[Line], columns: tuple[str, ...]) -> tuple[int, int]:
    """The line that names most of these columns, the first of them, and how many it names."""
    named = [sum(column in heading for column in columns) for heading in map(_heading, lines[:MOST_ABOVE])]
    return named.index(max(named)), max(named)


def _heading(line: Line) -> list[str]:
    """The names of the columns: the first line of each cell, below which a template says it in Khmer."""
    return [clean(_text(cell)).split("\n")[0].strip() for cell in line]


def _kept(heading: Sequence[str], line: Line) -> dict[str, Decimal | date]:
    """What a workbook keeps as a number or a day: no sign of a decimal and no order of day and month is in it."""
    found: dict[str, Decimal | date] = {}
    for name, value in zip(heading, line, strict=False):
        if isinstance(value, datetime):
            found[name] = value.date()
        elif isinstance(value, date):
            found[name] = value
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found[name] = _number(value)
    return found


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


def _text(value: object) -> str:
    """A cell as it would be typed: a whole number without a point, a day as 2008-03-10."""
    if isinstance(value, float):
        return f"{_number(value):f}"
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _number(value: float) -> Decimal:
    """A number of a workbook in the fifteen digits that a spreadsheet shows: 0.3, not 0.30000000000000004."""
    return Decimal(f"{value:.15g}")
