"""The addresses of figures, records, evidence, the sheet and the books."""

from __future__ import annotations

from tests.desk.matrix.readers import EVERYBODY, OWN_AREA, SIGNED_IN
from tests.desk.matrix.row import Row

#: Books concern the whole programme.
BOOKS = ("admin", "manager", "finance", "monitoring", "donor", "auditor")
ROWS: dict[str, list[Row]] = {
    "home": [Row("/", SIGNED_IN, anonymous=200, answer=302)],
    "sheet": [Row("/sheet/", EVERYBODY)],
    # Nobody has written here what the programme is about; what they show otherwise: tests/desk/test_documents.py.
    "consultant": [Row("/consultant/")],
    "sheet_file": [Row("/sheet.pdf"), Row("/sheet.docx")],
    "consultant_file": [Row("/consultant.pdf"), Row("/consultant.exe")],
    "figure": [Row("/figures/TEST/oa.support/", EVERYBODY), Row("/figures/OTHER/oa.support/", ("stranger",))],
    "books": [Row("/books/", EVERYBODY)],  # a list of those books that the reader may see
    "record": [
        # Anybody may look at a demonstration; nobody is named there.
        Row("/records/tranche/{tranche}/", OWN_AREA, anonymous=200),
        Row("/records/request/{request}/", OWN_AREA, anonymous=200),
        Row("/records/entry/{entry}/", BOOKS, anonymous=200),
        Row("/records/fund/{fund}/", BOOKS, anonymous=200),
    ],
    "evidence": [Row("/evidence/{evidence}/", OWN_AREA)],
    # A picture of a PDF; this one is none.
    "first_page": [Row("/evidence/{evidence}/first-page/", ())],
    # What a form sends: tests/desk/test_privacy.py.
    "open": [Row("/evidence/{evidence}/open/", EVERYBODY, answer=405)],
}
