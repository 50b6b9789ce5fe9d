"""The files that prove something."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from laar.base import store
from laar.base.access import can_open, may_know
from laar.base.actions import open_evidence
from laar.base.clock import today
from laar.base.first_page import picture_of
from laar.base.models import Evidence
from laar.base.queries import evidence_called
from laar.desk.page import reader, user
from laar.kit.refusals import Refusal


@require_safe
def evidence_file(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The file of a piece of evidence, for those who may see what it proves; never an original that shows persons."""
    piece = _open_to(request, uid)
    return _kept(request, piece.sha256, lambda: _file(piece))


@require_safe
def first_page(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """A picture of the first page of a PDF, for those who may open the file."""
    piece = _open_to(request, uid)
    return _kept(request, f"{piece.sha256}-1", lambda: _picture(piece))


def _open_to(request: HttpRequest, uid: UUID) -> Evidence:
    """A piece whose file this reader may look at as it is. Raises Refusal `evidence.needs_reason`, `evidence.closed`."""
    piece, eyes = evidence_called(uid), reader(request)
    if can_open(eyes, piece):
        if piece.is_personal:
            raise Refusal("evidence.needs_reason")
        return piece
    if may_know(eyes, piece):
        raise Refusal("evidence.closed")
    raise Http404


def _kept(request: HttpRequest, tag: str, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """An answer that a browser keeps and asks for again.

    A computer of the commune is shared: kept copies are shown again only to whoever may still see the file.
    """
    etag = f'"{tag}"'
    response = get_conditional_response(request, etag=etag) or make()
    response["Cache-Control"], response["ETag"] = "private, no-cache", etag
    return response


def _picture(piece: Evidence) -> HttpResponseBase:
    drawn = picture_of(_there(piece)) if piece.media_type == "application/pdf" else None
    if drawn is None:
        raise Http404
    return HttpResponse(drawn, content_type="image/png")


@require_POST
def open_original(request: HttpRequest, uid: UUID) -> FileResponse:
    """An original that shows persons, for those who work with them: the opening is recorded with its reason."""
    piece, by = evidence_called(uid), user(request)
    if by is None or not may_know(reader(request), piece):
        raise Http404
    _there(piece)
    open_evidence(piece, reason=request.POST.get("reason", ""), by=by, on=today())
    response = _file(piece)
    response["Cache-Control"] = "no-store"
    return response


def _file(piece: Evidence) -> FileResponse:
    response = FileResponse(_there(piece).open("rb"), content_type=piece.media_type)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _there(piece: Evidence) -> Path:
    """Where its bytes lie; a page that is none where they are gone."""
    path = store.path_of(piece.sha256)
    if not path.exists():
        raise Http404
    return path
