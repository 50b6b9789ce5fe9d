"""The documents of the books on paper: one sheet each, Khmer and English, with places for signatures and thumbprints."""

from laar.reports.vouchers.lists import list_as_pdf
from laar.reports.vouchers.sheet import document_as_pdf, entry_as_pdf

__all__ = ["document_as_pdf", "entry_as_pdf", "list_as_pdf"]
