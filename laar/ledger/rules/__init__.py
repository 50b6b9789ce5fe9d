"""Decisions about the books, by noun."""

from laar.ledger.rules import journal, statements
from laar.ledger.rules.books import (
    ACCOUNT_KINDS,
    ACCOUNT_USES,
    COST_COMES,
    FUND_KINDS,
    HOLDS,
    MONEY,
    MONEY_USES,
    NO_INSTALMENT,
    PURPOSE_KINDS,
    is_instalment,
)
from laar.ledger.rules.budgets import (
    BUDGET_CHANGES,
    COMMITMENT_MOVES,
    HEADING_ROLES,
    LIMITS,
    SHARES,
    is_shifted_too_far,
    shift_of,
    within_the_ceiling,
    within_their_most,
)
from laar.ledger.rules.cash import FILE_KINDS, STATEMENT
from laar.ledger.rules.closing import CLOSING, CLOSINGS, is_open_on
from laar.ledger.rules.commitments import CAPS, within_the_caps
from laar.ledger.rules.documents import (
    DOCUMENT,
    DOCUMENT_PAPERS,
    DOCUMENTS,
    NAMES_PAYEE,
    PAID_ONCE,
    DocumentKind,
    advances_are_named,
    fits_its_kind,
    money_goes_its_way,
    number_of,
)
from laar.ledger.rules.entries import entry_balances, moves_no_money
from laar.ledger.rules.rates import RATE_POLICIES, RATE_SCALE, converted
from laar.ledger.rules.salaries import SALARY_COLUMNS, SALARY_NEEDED, columns_fit

__all__ = [
    "ACCOUNT_KINDS",
    "ACCOUNT_USES",
    "BUDGET_CHANGES",
    "CAPS",
    "CLOSING",
    "CLOSINGS",
    "COMMITMENT_MOVES",
    "COST_COMES",
    "DOCUMENT",
    "DOCUMENTS",
    "DOCUMENT_PAPERS",
    "FILE_KINDS",
    "FUND_KINDS",
    "HEADING_ROLES",
    "HOLDS",
    "LIMITS",
    "MONEY",
    "MONEY_USES",
    "NAMES_PAYEE",
    "NO_INSTALMENT",
    "PAID_ONCE",
    "PURPOSE_KINDS",
    "RATE_POLICIES",
    "RATE_SCALE",
    "SALARY_COLUMNS",
    "SALARY_NEEDED",
    "SHARES",
    "STATEMENT",
    "DocumentKind",
    "advances_are_named",
    "columns_fit",
    "converted",
    "entry_balances",
    "fits_its_kind",
    "is_instalment",
    "is_open_on",
    "is_shifted_too_far",
    "journal",
    "money_goes_its_way",
    "moves_no_money",
    "number_of",
    "shift_of",
    "statements",
    "within_the_caps",
    "within_the_ceiling",
    "within_their_most",
]
