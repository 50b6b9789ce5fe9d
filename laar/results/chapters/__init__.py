"""Every register of the house as a list: declared here, one after the other in the order of the evidence chain."""

from laar.results.chapters import events, ledger, people, plans, projects, proof
from laar.results.chapters.asked import Asked, Page, Row, ask, order_named
from laar.results.chapters.chapter import Chapter, chapter_called, chapters, keep
from laar.results.chapters.columns import Cell, Column
from laar.results.chapters.filters import Filter
from laar.results.chapters.totals import Added, Totals, declare, length_of, totals_of

for _chapter in (
    *events.CHAPTERS,
    *plans.CHAPTERS,
    *projects.CHAPTERS,
    *ledger.CHAPTERS,
    *people.CHAPTERS,
    *proof.CHAPTERS,
):
    declare(keep(_chapter))

__all__ = [
    "Added",
    "Asked",
    "Cell",
    "Chapter",
    "Column",
    "Filter",
    "Page",
    "Row",
    "Totals",
    "ask",
    "chapter_called",
    "chapters",
    "length_of",
    "order_named",
    "totals_of",
]
