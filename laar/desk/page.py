"""What every page needs to know: its language, its twin in the other one, and whether it shows a demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url

from laar import __version__
from laar.base.models import User
from laar.base.queries import has_demo, user_or_none
from laar.base.readers import EVERYBODY, PUBLIC, Eyes, eyes_of
from laar.desk import said


def user(request: HttpRequest) -> User | None:
    """Who is at the desk, until people can sign in: `laar serve --as USER`."""
    return user_or_none(settings.LAAR_READER)


def reader(request: HttpRequest) -> Eyes:
    """Through whose eyes the pages are shown; asked for once a request."""
    known: Eyes | None = request.__dict__.get("eyes")
    if known is None:
        known = request.__dict__["eyes"] = _eyes(request)
    return known


def _eyes(request: HttpRequest) -> Eyes:
    return PUBLIC if settings.LAAR_READER == EVERYBODY else eyes_of(user(request))


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of every template."""
    language = said.language()
    other = "en" if language == "km" else "km"
    return {
        "language": language,
        "other_language": other,
        "twin": translate_url(request.get_full_path(), other),
        "is_demo": has_demo(),
        "version": __version__,
        "eyes": reader(request),
    }
