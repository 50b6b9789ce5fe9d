"""Decisions about the reports, by report."""

from laar.reports.rules.finance import (
    FINANCE_REPORT,
    REPORT_KINDS,
    Blocked,
    fits_the_budget,
    is_open_for_words,
)
from laar.reports.rules.sheet import (
    DEMO_LABEL,
    LANGUAGES,
    LEVELS,
    MAKERS,
    SECTIONS,
    Asked,
    Words,
    may_be_made,
    pack_is_known,
    pieces,
    section_is_known,
    text_may_be_printed,
)

__all__ = [
    "DEMO_LABEL",
    "FINANCE_REPORT",
    "LANGUAGES",
    "LEVELS",
    "MAKERS",
    "REPORT_KINDS",
    "SECTIONS",
    "Asked",
    "Blocked",
    "Words",
    "fits_the_budget",
    "is_open_for_words",
    "may_be_made",
    "pack_is_known",
    "pieces",
    "section_is_known",
    "text_may_be_printed",
]
