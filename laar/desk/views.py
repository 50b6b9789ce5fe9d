"""The pages: each asks the floors below one question and shows the answer."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from laar.base import store
from laar.base.access import can_open, may_know, visible
from laar.base.actions import open_evidence
from laar.base.clock import today
from laar.base.models import Evidence
from laar.base.queries import evidence_called, programme_of
from laar.desk import said
from laar.desk.page import reader, user
from laar.desk.templatetags.laar import figure_address
from laar.kit.figures import Scope, figure_of
from laar.kit.refusals import Refusal
from laar.ledger.models import Book
from laar.ledger.queries import balances, book_called, books_of
from laar.reports.documents import FORMATS, address_of, document_of
from laar.reports.documents.document import Document
from laar.reports.documents.writer import Link
from laar.reports.factsheet import sheet_of
from laar.results.cards import card_of, record_called
from laar.results.opened import opened


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The reference sheet of the programme."""
    return render(request, "desk/sheet.html", {"sheet": sheet_of(programme_of())})


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
    made, kind = _document(request, form, address_of), FORMATS[ending]
    headers = {
        "Content-Disposition": content_disposition_header(ending != "pdf", f"{made.name}.{ending}") or "",
        "Cache-Control": "no-store",  # computed now, and not everybody is shown the same
    }
    return HttpResponse(kind.made(made), content_type=kind.media_type, headers=headers)


def _document(request: HttpRequest, form: str, link: Link) -> Document:
    sheet = sheet_of(programme_of())
    if sheet is None:
        raise Refusal("record.not_found")
    return document_of(sheet, form, said.language(), eyes=reader(request), on=today(), link=link)


@require_safe
def figure(request: HttpRequest, programme: str, key: str) -> HttpResponse:
    """A figure, opened: its rule, and every record behind it with what it adds."""
    asked = figure_of(key, Scope.asked(programme_of(programme), request.GET.urlencode()))
    return render(request, "desk/figure.html", {"opened": opened(asked, reader(request))})


@require_safe
def record(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """A record: what it says, what it cites, what came of it, its evidence, its way and its trail."""
    eyes = reader(request)
    return render(request, "desk/record.html", {"card": card_of(record_called(kind, key, eyes), eyes)})


@require_safe
def books(request: HttpRequest) -> HttpResponse:
    """The books of the programme that this reader may see."""
    return render(request, "desk/books.html", {"books": visible(reader(request), books_of(programme_of()))})


@require_safe
def book(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """The trial balance of one book."""
    shown = book_called(programme_of(programme), code)
    if not visible(reader(request), Book.objects.filter(pk=shown.pk)).exists():
        raise Refusal("record.not_found")
    found = balances(shown)
    total = figure_of("books.balance", Scope(shown.programme, more={"book": code}))
    return render(request, "desk/book.html", {"book": shown, "balances": found, "total": total})


@require_safe
def evidence_file(request: HttpRequest, uid: UUID) -> FileResponse:
    """The file of a piece of evidence, for those who may see what it proves; never an original that shows persons."""
    piece, eyes = evidence_called(uid), reader(request)
    if can_open(eyes, piece):
        if piece.is_personal:
            raise Refusal("evidence.needs_reason")
    elif may_know(eyes, piece):
        raise Refusal("evidence.closed")
    else:
        raise Http404
    return _file(piece, "private, max-age=86400, immutable")


@require_POST
def open_original(request: HttpRequest, uid: UUID) -> FileResponse:
    """An original that shows persons, for those who work with them: the opening is recorded with its reason."""
    piece, by = evidence_called(uid), user(request)
    if by is None or not may_know(reader(request), piece):
        raise Http404
    _there(piece)
    open_evidence(piece, reason=request.POST.get("reason", ""), by=by, on=today())
    return _file(piece, "no-store")


def _file(piece: Evidence, caching: str) -> FileResponse:
    response = FileResponse(_there(piece).open("rb"), content_type=piece.media_type)
    response["Cache-Control"] = caching
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _there(piece: Evidence) -> Path:
    """Where its bytes lie; a page that is none where they are gone."""
    path = store.path_of(piece.sha256)
    if not path.exists():
        raise Http404
    return path
