"""The sheet on paper: one document, in one form and one language, as data; then set as PDF or as Word.

`document_of` makes the document from the sheet and is the only one that asks the records anything.
"""

from laar.reports.documents.compose import document_of
from laar.reports.documents.docx import as_docx
from laar.reports.documents.forms import FORMS
from laar.reports.documents.issue import FORMATS, address_of, documents_of
from laar.reports.documents.pdf import as_pdf

__all__ = ["FORMATS", "FORMS", "address_of", "as_docx", "as_pdf", "document_of", "documents_of"]
