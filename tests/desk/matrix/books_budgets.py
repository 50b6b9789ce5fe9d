"""The addresses of budgets, limits, advances and recipients."""

from __future__ import annotations

from tests.desk.matrix.readers import EVERYBODY
from tests.desk.matrix.records import BOOKS
from tests.desk.matrix.row import Row

#: Who sees the books of the own programme, or of another one: a stranger is shown that one's.
WITH_BOOKS = (*BOOKS, "stranger")

ROWS: dict[str, list[Row]] = {
    "budgets": [Row("/books/budgets/", EVERYBODY)],  # a list of those that the reader may see
    "budget": [Row("/books/budgets/NONE/")],
    "budget_lines": [Row("/books/budgets/NONE/lines/", anonymous=302)],
    "budget_change": [Row("/books/budgets/NONE/change/", anonymous=302)],
    "budget_type": [Row("/books/budgets/NONE/lines/type/", anonymous=302)],
    "budget_forecast": [Row("/books/budgets/NONE/forecast/", anonymous=302)],
    "budget_forms": [Row("/books/budgets/forms/", ("manager", "finance", "stranger"), others=403, anonymous=302)],
    "limits": [Row("/books/limits/", WITH_BOOKS, anonymous=200)],
    "advances": [Row("/books/advances/", WITH_BOOKS, anonymous=302)],
    "advance_letter": [Row("/books/advances/{tranche}/letter-km.pdf", anonymous=302)],  # nothing is overdue there
    "advance_letter_to_person": [Row("/books/advances/paid/1/letter-km.pdf", anonymous=302)],  # nor of such a one
    "recipients": [Row("/books/recipients/", WITH_BOOKS, anonymous=200)],
}
