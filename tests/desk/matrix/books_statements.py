"""The hub of the books, statements, exports, the audit pack, and accounts kept elsewhere."""

from __future__ import annotations

from tests.desk.matrix.records import BOOKS
from tests.desk.matrix.row import Row

#: Who is signed in and has no book is told of none; who is not, is sent to sign in.
ROWS: dict[str, list[Row]] = {
    "statement": [
        # Anybody may look at the books of a demonstration; nobody is named there.
        Row("/books/statements/journal/?book=MAIN", BOOKS, anonymous=200),
        Row("/books/statements/ledger/?account=MAIN:bank", BOOKS, anonymous=200),
        Row("/books/statements/trial-balance/?day=2008-03-31", BOOKS, anonymous=200),
        Row("/books/statements/cash/", BOOKS, anonymous=200),
        Row("/books/statements/funds/", BOOKS, anonymous=200),
        Row("/books/statements/cost/", BOOKS, anonymous=200),
        Row("/books/statements/sources-uses/", BOOKS, anonymous=200),
        Row("/books/statements/lines/", BOOKS, anonymous=200),
        Row("/books/statements/communes/", BOOKS, anonymous=200),
        Row("/books/statements/commune/", BOOKS, anonymous=200),
        Row("/books/statements/nothing/"),
    ],
    "statement_file": [
        Row("/books/statements/trial-balance.xlsx", BOOKS, anonymous=200),
        Row("/books/statements/trial-balance.pdf", BOOKS, anonymous=200),
        Row("/books/statements/trial-balance.exe"),
    ],
    # It says what every entry is about.
    "book_export": [Row("/books/export/MAIN.hledger", BOOKS), Row("/books/export/MAIN.beancount", BOOKS)],
    "audit_pack": [Row("/books/audit/", BOOKS, anonymous=302)],
    "elsewhere": [Row("/books/elsewhere/", BOOKS, anonymous=302)],
    "elsewhere_columns": [
        Row("/books/elsewhere/columns/journal/", BOOKS, anonymous=302),
        Row("/books/elsewhere/columns/nothing/", anonymous=302),
    ],
}
