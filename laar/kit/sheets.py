"""Rows in from CSV, with a line number beside every value, so that an error can say where it is."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

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
        heading, *lines = list(csv.reader(io.StringIO(text_of(data, file), newline=""), strict=True)) or [[]]
    except csv.Error as error:
        raise Refusal("sheet.broken", file=file, why=error) from None
    heading = [clean(name) for name in heading]
    doubled = [name for name in columns if heading.count(name) > 1]
    if doubled:
        raise Refusal("sheet.broken", file=file, why=f"two columns are called {doubled[0]}")
    missing = [column for column in columns if column not in heading]
    if missing:
        raise Refusal("sheet.columns", file=file, missing=", ".join(missing), wanted=", ".join(columns))
    rows = [
        Row(number, dict(zip(heading, cells, strict=False)))
        for number, cells in enumerate(([clean(cell) for cell in line] for line in lines), start=2)
        if any(cells)
    ]
    if not rows:
        raise Refusal("sheet.empty", file=file)
    return rows
