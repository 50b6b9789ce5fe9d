"""A table on paper: A4, as wide as it needs to be, its heading on every page. typst sets it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import typst

from laar.kit.money import Money
from laar.kit.names import Name
from laar.reports import said
from laar.reports.documents.fonts import LATIN, typeface
from laar.reports.documents.pdf import printable
from laar.reports.documents.words import PAGE_OF
from laar.reports.statements.printed import Plain, Printed

TEMPLATE = Path(__file__).parents[1] / "templates" / "documents" / "table.typ"
#: From so many columns on a sheet lies on its side.
WIDE = 6


def as_pdf(table: Printed) -> bytes:
    """Set a table. Raises Refusal `document.no_khmer_font` for one in Khmer where no font has it."""
    face = typeface()
    if table.lang == "km":
        face.need_khmer()
    data = {
        "lang": table.lang,
        "title": table.title,
        "about": [list(pair) for pair in table.about],
        "remarks": list(table.remarks),
        "label": table.label,
        "page_of": PAGE_OF.say(table.lang),
        "checked": CHECKED.say(table.lang),
        "columns": [label for label, _ in table.columns],
        "numbers": [is_number for _, is_number in table.columns],
        "rows": [
            {"kind": row.kind, "cells": [_text(cell, table.currency) for cell in row.cells]} for row in table.rows
        ],
        "wide": len(table.columns) >= WIDE,
        "day": table.day.isoformat(),
        "fonts": [face.khmer or LATIN, LATIN],
    }
    pdf = typst.compile(
        TEMPLATE,
        format="pdf",
        font_paths=face.fonts,
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(printable(data, face))},
    )
    assert isinstance(pdf, bytes)
    return pdf


CHECKED = Name(en="Checked by, signature, date", km="ពិនិត្យដោយ ហត្ថលេខា កាលបរិច្ឆេទ")


def _text(cell: Plain, currency: str) -> str:
    if isinstance(cell, Money):
        amount = said.amount(cell)
        return amount if cell.currency == currency else f"{cell.currency} {amount}"
    return said.day(cell) if isinstance(cell, date) else cell or ""
