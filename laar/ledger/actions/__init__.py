"""Writes of the books, by noun.

What is locked together is locked in one order, so that no two steps ever wait for each other: the paper (a document and
the advance that it accounts for, a project, a statement, a count, a closing), the book, an account of it, the fund of a
commitment, and last the series that gives a number. What acts on an account therefore asks for its book first:
`act(…, account, within=account.book)`; whatever holds a book locks no paper that stands already. Roll-ups come after
everything, in the order of their keys (`laar.base.rollups`).
"""

from laar.ledger.actions.accounts import describe_account
from laar.ledger.actions.bank import (
    Offered,
    book_charge,
    explain_statement_line,
    import_statement,
    keep_mapping,
    make_match,
    match_statement,
    offered,
    reconcile_statement,
    undo_match,
)
from laar.ledger.actions.books import open_account, open_book, open_fund, open_purpose, rate_book
from laar.ledger.actions.budgets import Shift, amend_budget, open_budget, reallocate_budget, set_budget
from laar.ledger.actions.cash import book_count, count_cash, revalue_account
from laar.ledger.actions.charts import load_chart, load_heading
from laar.ledger.actions.closing import close_month, close_year, reopen_closing
from laar.ledger.actions.commitments import (
    account_commitment,
    draw_commitment,
    make_commitment,
    release_commitment,
    return_commitment,
)
from laar.ledger.actions.documents import (
    approve_document,
    post_document,
    prepare_document,
    prove_document,
    void_document,
)
from laar.ledger.actions.entries import decided_elsewhere, in_book_of, post_entry, reverse_entry
from laar.ledger.actions.forecasts import Expected, forecast_budget
from laar.ledger.actions.funds import agree_fund
from laar.ledger.actions.journal import import_journal
from laar.ledger.actions.legs import Item, exchanged, given_out, in_kind, paid, received, settled_with, transferred
from laar.ledger.actions.limits import set_limit
from laar.ledger.actions.lines import Leg, credit, debit
from laar.ledger.actions.rates import import_rate, read_rate_file, set_rate
from laar.ledger.actions.salaries import allocate_salary
from laar.ledger.actions.series import next_serial

__all__ = [
    "Expected",
    "Item",
    "Leg",
    "Offered",
    "Shift",
    "account_commitment",
    "agree_fund",
    "allocate_salary",
    "amend_budget",
    "approve_document",
    "book_charge",
    "book_count",
    "close_month",
    "close_year",
    "count_cash",
    "credit",
    "debit",
    "decided_elsewhere",
    "describe_account",
    "draw_commitment",
    "exchanged",
    "explain_statement_line",
    "forecast_budget",
    "given_out",
    "import_journal",
    "import_rate",
    "import_statement",
    "in_book_of",
    "in_kind",
    "keep_mapping",
    "load_chart",
    "load_heading",
    "make_commitment",
    "make_match",
    "match_statement",
    "next_serial",
    "offered",
    "open_account",
    "open_book",
    "open_budget",
    "open_fund",
    "open_purpose",
    "paid",
    "post_document",
    "post_entry",
    "prepare_document",
    "prove_document",
    "rate_book",
    "read_rate_file",
    "reallocate_budget",
    "received",
    "reconcile_statement",
    "release_commitment",
    "reopen_closing",
    "return_commitment",
    "revalue_account",
    "reverse_entry",
    "set_budget",
    "set_limit",
    "set_rate",
    "settled_with",
    "transferred",
    "undo_match",
    "void_document",
]
