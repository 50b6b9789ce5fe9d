"""Decisions about projects and their money, by noun."""

from laar.projects.rules.money import (
    NO_MORE_MONEY,
    OPEN_FOR_VOUCHERS,
    PAID,
    TRANCHE,
    VOUCHER,
    tranches_make_the_amount,
)
from laar.projects.rules.project import (
    AGREED,
    DONE,
    ENDED_EARLY,
    OA,
    OPEN_FOR_VISITS,
    OPEN_FOR_WORDS,
    OVER,
    PATHS,
    PLAN_OF,
    SDP,
    SETTLED,
    choices,
)
from laar.projects.rules.words import OPINIONS, PAPERS, PROJECT_KINDS, ROUTES, THEMES, TREASURY_PAPERS, WORD_BEFORE

__all__ = [
    "AGREED",
    "DONE",
    "ENDED_EARLY",
    "NO_MORE_MONEY",
    "OA",
    "OPEN_FOR_VISITS",
    "OPEN_FOR_VOUCHERS",
    "OPEN_FOR_WORDS",
    "OPINIONS",
    "OVER",
    "PAID",
    "PAPERS",
    "PATHS",
    "PLAN_OF",
    "PROJECT_KINDS",
    "ROUTES",
    "SDP",
    "SETTLED",
    "THEMES",
    "TRANCHE",
    "TREASURY_PAPERS",
    "VOUCHER",
    "WORD_BEFORE",
    "choices",
    "tranches_make_the_amount",
]
