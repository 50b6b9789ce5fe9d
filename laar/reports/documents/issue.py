"""Which documents there are of a programme, and their bytes: what the doors ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from laar.base.readers import Eyes
from laar.kit.figures import Figure
from laar.reports.documents.compose import document_of
from laar.reports.documents.document import Document
from laar.reports.documents.docx import as_docx
from laar.reports.documents.forms import FORMS
from laar.reports.documents.pdf import as_pdf
from laar.reports.factsheet import Sheet
from laar.reports.tracepack.addresses import address_in_pack, public_address


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: what it is called on the web, and who sets it."""

    media_type: str
    made: Callable[[Document], bytes]


FORMATS = {
    "pdf": Format("application/pdf", as_pdf),
    "docx": Format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", as_docx),
}


def address_of(figure: Figure) -> str:
    """Where a number of a document opens: in public, or in the trace pack in whose folder the document lies."""
    return public_address(figure) or address_in_pack(figure)


def address_beside(figure: Figure) -> str:
    """The same, for a document that lies in the pack's folder `documents`."""
    return public_address(figure) or f"../{address_in_pack(figure)}"


def documents_of(sheet: Sheet, lang: str, eyes: Eyes, on: date) -> dict[str, bytes]:
    """Every document of a sheet in a language by the name of its file, as it goes into a trace pack for a reader."""
    made = [document_of(sheet, form, lang, eyes=eyes, on=on, link=address_beside) for form in FORMS]
    return {f"{one.name}.{ending}": form.made(one) for one in made for ending, form in FORMATS.items()}
