"""Every address of the desk × every reader, by name of the address: one module for each part of the desk."""

from __future__ import annotations

from tests.desk.matrix import (
    account,
    books_budgets,
    books_cash,
    books_docs,
    books_finance,
    books_statements,
    chapters,
    look,
    records,
    screens,
    start,
    verbs,
)
from tests.desk.matrix.row import Row

TABLE: dict[str, list[Row]] = {
    **records.ROWS,
    **account.ROWS,
    **books_budgets.ROWS,
    **books_cash.ROWS,
    **books_docs.ROWS,
    **books_finance.ROWS,
    **books_statements.ROWS,
    **chapters.ROWS,
    **look.ROWS,
    **screens.ROWS,
    **start.ROWS,
    **verbs.ROWS,
}
