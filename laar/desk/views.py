"""The pages: each asks the floors below one question and shows the answer."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from laar.base import store
from laar.base.access import can_open
from laar.base.queries import evidence_called, programme_of
from laar.desk.page import reader
from laar.kit.figures import Scope, figure_of
from laar.reports.factsheet import sheet_of
from laar.results.cards import card_of, record_called
from laar.results.opened import opened


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The reference sheet of the programme."""
    return render(request, "desk/sheet.html", {"sheet": sheet_of(programme_of())})


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
def evidence_file(request: HttpRequest, uid: UUID) -> FileResponse:
    """The file of a piece of evidence, for those who may see what it proves."""
    piece = evidence_called(uid)
    if not can_open(reader(request), piece) or not store.path_of(piece.sha256).exists():
        raise Http404
    response = FileResponse(store.path_of(piece.sha256).open("rb"), content_type=piece.media_type)
    response["Cache-Control"] = "private, max-age=86400, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
