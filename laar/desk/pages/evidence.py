"""The files that prove something."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from laar.base import store
from laar.base.access import can_open, may_know
from laar.base.actions import open_evidence
from laar.base.clock import today
from laar.base.models import Evidence
from laar.base.queries import evidence_called
from laar.desk.page import reader, user
from laar.kit.refusals import Refusal


@require_safe
def evidence_file(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The file of a piece of evidence, for those who may see what it proves; never an original that shows persons."""
    piece, eyes = evidence_called(uid), reader(request)
    if can_open(eyes, piece):
        if piece.is_personal:
            raise Refusal("evidence.needs_reason")
    elif may_know(eyes, piece):
        raise Refusal("evidence.closed")
    else:
        raise Http404
    # A computer of the commune is shared: kept copies are shown again only to whoever may still see the file.
    etag = f'"{piece.sha256}"'
    response = get_conditional_response(request, etag=etag) or _file(piece)
    response["Cache-Control"], response["ETag"] = "private, no-cache", etag
    return response


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
