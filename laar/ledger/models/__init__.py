"""Tables of the books, by noun."""

from laar.ledger.models.books import Account, Book, Fund, Purpose
from laar.ledger.models.budgets import (
    Budget,
    BudgetChange,
    BudgetForecast,
    BudgetLine,
    BudgetMove,
    Commitment,
    CommitmentMove,
    ForecastAmount,
    Heading,
    Limit,
)
from laar.ledger.models.cash import BankStatement, CashCount, ColumnMapping, Difference, Match, StatementLine
from laar.ledger.models.closing import Closing
from laar.ledger.models.documents import Document, DocumentLine, Series
from laar.ledger.models.entries import Entry, Posting
from laar.ledger.models.journal import ImportedEntry, JournalImport
from laar.ledger.models.rates import Rate
from laar.ledger.models.totals import AccountMonth, FundMonth, HeadingMonth, HeadingPlan, PlaceYear

__all__ = [
    "Account",
    "AccountMonth",
    "BankStatement",
    "Book",
    "Budget",
    "BudgetChange",
    "BudgetForecast",
    "BudgetLine",
    "BudgetMove",
    "CashCount",
    "Closing",
    "ColumnMapping",
    "Commitment",
    "CommitmentMove",
    "Difference",
    "Document",
    "DocumentLine",
    "Entry",
    "ForecastAmount",
    "Fund",
    "FundMonth",
    "Heading",
    "HeadingMonth",
    "HeadingPlan",
    "ImportedEntry",
    "JournalImport",
    "Limit",
    "Match",
    "PlaceYear",
    "Posting",
    "Purpose",
    "Rate",
    "Series",
    "StatementLine",
]
