"""Every address of the desk × every reader, by name of the address: one module for each part of the desk."""

from __future__ import annotations

from tests.desk.matrix import account, chapters, look, records, screens, start, verbs
from tests.desk.matrix.row import Row

TABLE: dict[str, list[Row]] = {
    **records.ROWS, **account.ROWS, **chapters.ROWS, **look.ROWS, **screens.ROWS, **start.ROWS,
    **verbs.ROWS,
}  # fmt: skip
