"""Statements of the books, by what they are ordered by. Each is made from what it is asked for, at any day."""

from laar.ledger.queries.statements import accounts, money, places
from laar.ledger.queries.statements.ask import ask, choices_of
from laar.ledger.queries.statements.statement import KINDS, Asked, Cell, Column, Kind, Part, Remark, Row, Statement

__all__ = [
    "KINDS",
    "Asked",
    "Cell",
    "Column",
    "Kind",
    "Part",
    "Remark",
    "Row",
    "Statement",
    "accounts",
    "ask",
    "choices_of",
    "money",
    "places",
]
