"""The addresses of documents: who writes them, and who may print what."""

from __future__ import annotations

from tests.desk.matrix.readers import SIGNED_IN
from tests.desk.matrix.row import Row

BOOKS = ("admin", "manager", "finance", "monitoring", "donor", "auditor")
ROWS: dict[str, list[Row]] = {
    # Whoever is signed in is sent on: to write a document, or to the list of them.
    "documents": [Row("/books/documents/", SIGNED_IN, anonymous=302, answer=302)],
    "document_kinds": [Row("/books/new/", ("finance",), anonymous=302)],
    "document_new": [
        Row("/books/new/payment/", ("finance",), anonymous=302),
        Row("/books/new/nothing/", anonymous=302),
    ],
    "salaries": [Row("/books/salaries/", ("finance",), anonymous=302)],
    "salary_columns": [Row("/books/salaries/columns/", ("finance",), anonymous=302)],
    "document_pdf": [Row("/books/documents/999999.pdf", anonymous=302)],
    "entry_pdf": [Row("/books/entries/{entry}.pdf", BOOKS, anonymous=302)],
    "payments_pdf": [Row("/books/payment-lists/999999.pdf", anonymous=302)],
}
