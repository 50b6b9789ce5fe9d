"""The addresses of the financial reports: they concern the whole programme, and are no page of the public's."""

from __future__ import annotations

from tests.desk.matrix.readers import EVERYBODY
from tests.desk.matrix.row import Row

#: Who reads the books of the programme.
BOOKS = ("admin", "manager", "finance", "monitoring", "donor", "auditor")
ROWS: dict[str, list[Row]] = {
    # A list of those that the reader may see.
    "finance_reports": [Row("/reports/finance/", EVERYBODY, anonymous=200)],
    "finance_report": [Row("/reports/finance/{finance}/", BOOKS), Row("/reports/finance/999999/")],
    # What a form sends: tests/desk/test_finance.py.
    "finance_explain": [Row("/reports/finance/{finance}/explain/", EVERYBODY, answer=405, anonymous=405)],
    "finance_file": [
        Row("/reports/finance/{finance}/report.xlsx", BOOKS),
        Row("/reports/finance/{finance}/report.pdf", BOOKS),
        Row("/reports/finance/{finance}/report.exe"),
    ],
    "finance_quarter": [
        Row("/reports/finance/quarter/EU-B/2007/2/", BOOKS, anonymous=200),
        Row("/reports/finance/quarter/EU-B/1999/2/"),
    ],
    "finance_quarter_file": [
        Row("/reports/finance/quarter/EU-B/2007/2.xlsx", BOOKS, anonymous=200),
        Row("/reports/finance/quarter/EU-B/2007/2.pdf", BOOKS, anonymous=200),
    ],
}
