"""The trail: who did what when, and what one line changed."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from laar.base.rules import verbs
from laar.desk.page import programme, reader
from laar.results.trail import Asked, line_opened, sealed, trail_eyes, trail_page, trail_reader, verb_called


@require_safe
@login_required
def trail(request: HttpRequest) -> HttpResponse:
    """The trail, the newest line first, filtered by its address: `?by=`, `?verb=`, `?kind=`, `?key=`, `?day=`."""
    eyes = trail_reader(reader(request), programme(request))
    page = trail_page(eyes, _asked(request))
    given = {name: value for name, value in request.GET.items() if value and name != "before"}
    context = {
        "page": page,
        "sealed": sealed(),
        "verbs": verbs(),
        "given": given,
        "older": urlencode({**given, "before": page.before}) if page.before else "",
    }
    return render(request, "desk/trail.html", context)


@require_safe
@login_required
def line(request: HttpRequest, key: int) -> HttpResponse:
    """One line: what was changed, before and after."""
    eyes = trail_eyes(reader(request), programme(request))
    return render(request, "desk/line.html", {"opened": line_opened(eyes, key)})


def _asked(request: HttpRequest) -> Asked:
    """What the address asks for; what can't be read is not asked for."""
    asked = request.GET
    return Asked(
        by=asked.get("by", "").strip(),
        verb=verb_called(asked.get("verb", "")),
        kind=asked.get("kind", "").strip(),
        key=_number(asked.get("key", "")),
        day=_day(asked.get("day", "")),
        before=_number(asked.get("before", "")),
    )


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
