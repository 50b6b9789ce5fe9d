"""A report as a file: which kinds there are, and how one is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from laar.kit.refusals import Refusal
from laar.reports.finance.grid import Form
from laar.reports.finance.pdf import as_pdf
from laar.reports.finance.xlsx import MEDIA_TYPE, as_xlsx


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: what it is called on the web, who sets it."""

    media_type: str
    made: Callable[[Form], bytes]


KINDS = {"pdf": Kind("application/pdf", as_pdf), "xlsx": Kind(MEDIA_TYPE, as_xlsx)}


def kind_called(ending: str) -> Kind:
    """The kind of file with this ending. Raises Refusal `record.not_found`."""
    if ending not in KINDS:
        raise Refusal("record.not_found")
    return KINDS[ending]


def sent(form: Form, ending: str) -> HttpResponse:
    """A form as a file to be kept. Not everybody is shown the same, so nobody keeps it for another."""
    kind = kind_called(ending)
    headers = {
        "Content-Disposition": content_disposition_header(ending != "pdf", f"{form.file}.{ending}") or "",
        "Cache-Control": "no-store",
    }
    return HttpResponse(kind.made(form), content_type=kind.media_type, headers=headers)
