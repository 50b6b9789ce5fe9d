"""What every page needs to know: its language, its twin in the other one, and whether it shows a demonstration."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.middleware import get_user
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject

from laar.base.models import Programme, User
from laar.base.queries import programmes_for
from laar.base.readers import PUBLIC, Eyes, eyes_of
from laar.desk import assets, said
from laar.desk.navigation import ways
from laar.kit.refusals import Refusal


def user(request: HttpRequest) -> User | None:
    """Who is signed in, as a record and not as the promise of one; None for anybody else."""
    who = get_user(request) if isinstance(request.user, SimpleLazyObject) else request.user
    return who if isinstance(who, User) else None


def signed_in(request: HttpRequest) -> User:
    """Who is signed in, on a page that nobody else has. Raises Refusal `record.not_found`."""
    who = user(request)
    if who is None:
        raise Refusal("record.not_found")
    return who


def reader(request: HttpRequest) -> Eyes:
    """Through whose eyes the pages are shown; asked for once a request. Who is not signed in is the public."""
    known: Eyes | None = request.__dict__.get("eyes")
    if known is None:
        who = user(request)
        known = request.__dict__["eyes"] = eyes_of(who) if who else PUBLIC
    return known


def programmes(request: HttpRequest) -> list[Programme]:
    """The programmes that this reader may look at; asked for once a request. A demonstration is open to everybody."""
    known: list[Programme] | None = request.__dict__.get("programmes")
    if known is None:
        known = request.__dict__["programmes"] = programmes_for(reader(request))
    return known


def programme(request: HttpRequest) -> Programme:
    """The programme at which a reader looks: the one chosen, else the first. Raises Refusal `record.not_found`."""
    there = programmes(request)
    if not there:
        raise Refusal("record.not_found")
    chosen = request.session.get("programme")
    return next((one for one in there if one.code == chosen), there[0])


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of every template."""
    language = said.language()
    other = "en" if language == "km" else "km"
    return {
        "language": language,
        "other_language": other,
        "twin": translate_url(request.get_full_path(), other),
        "is_demo": any(one.is_demo for one in programmes(request)),
        "style": assets.version_of(assets.STYLE),
        "letters": assets.version_of(assets.LETTERS),
        "eyes": reader(request),
        "user": user(request),
        "ways": ways(request, reader(request)) if user(request) else None,
    }
