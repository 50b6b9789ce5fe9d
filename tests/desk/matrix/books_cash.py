"""The addresses of rates, cash boxes, bank accounts and months: they concern the whole programme."""

from __future__ import annotations

from tests.desk.matrix.records import BOOKS
from tests.desk.matrix.row import Row

ROWS: dict[str, list[Row]] = {
    "rates": [Row("/books/rates/", BOOKS, anonymous=302)],
    "rate_columns": [Row("/books/rates/columns/", BOOKS, anonymous=302)],
    "cash_boxes": [Row("/books/cash/", BOOKS, anonymous=302)],
    # The small world has neither a cash box nor a bank account; their pages: tests/desk/test_money_screens.py.
    "cash_book": [Row("/books/cash/cash/", anonymous=302)],
    "bank_accounts": [Row("/books/bank/", BOOKS, anonymous=302)],
    "bank_statement": [Row("/books/bank/statement/1/", anonymous=302)],
    "bank_account": [Row("/books/bank/bank/", anonymous=302)],
    "bank_columns": [Row("/books/bank/bank/columns/", anonymous=302)],
    "months": [Row("/books/months/", BOOKS, anonymous=302)],
}
