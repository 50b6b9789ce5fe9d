"""The reference sheet: on the page, in the consultants' form, as PDF and Word."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from laar.base.clock import today
from laar.base.people.first import is_empty
from laar.base.queries import programmes_for
from laar.desk import said
from laar.desk.page import programme, reader, user
from laar.desk.preferences import preferred_language
from laar.desk.templatetags.laar import figure_address
from laar.kit.refusals import Refusal
from laar.reports.documents import FORMATS, address_of, document_of
from laar.reports.documents.document import Document
from laar.reports.documents.writer import Link
from laar.reports.factsheet import sheet_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page: of who is signed in the day; to anybody else the sheet, where there is one; in a new house the choice."""
    if user(request):
        with translation.override(preferred_language(request)):
            return redirect("today")
    if programmes_for(reader(request)):
        return sheet(request)
    return redirect("start" if is_empty() else "account_login")


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The reference sheet of the programme."""
    return render(request, "desk/sheet.html", {"sheet": sheet_of(programme(request))})


@require_safe
def consultant(request: HttpRequest) -> HttpResponse:
    """The same record in the form that consultants are asked for."""
    made = _document(request, "consultant", figure_address)
    return render(request, "desk/consultant.html", {"document": made})


@require_safe
def document(request: HttpRequest, form: str, ending: str) -> HttpResponse:
    """A form of the sheet as PDF or Word, in the language of the address."""
    if ending not in FORMATS:
        raise Refusal("record.not_found")
    with said.digits(arabic=False):  # a document is written alike, whoever takes it
        made, kind = _document(request, form, address_of), FORMATS[ending]
    headers = {
        "Content-Disposition": content_disposition_header(ending != "pdf", f"{made.name}.{ending}") or "",
        "Cache-Control": "no-store",  # computed now, and not everybody is shown the same
    }
    return HttpResponse(kind.made(made), content_type=kind.media_type, headers=headers)


def _document(request: HttpRequest, form: str, link: Link) -> Document:
    sheet = sheet_of(programme(request))
    if sheet is None:
        raise Refusal("record.not_found")
    return document_of(sheet, form, said.language(), eyes=reader(request), on=today(), link=link)
