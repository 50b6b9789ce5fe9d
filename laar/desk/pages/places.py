"""The places of a programme: all communes as tiles, and everything about one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from laar.base.clock import now
from laar.base.queries import day_in
from laar.desk.page import programme, reader, user
from laar.kit.refusals import Refusal
from laar.results.place import place_page
from laar.results.queries.choices import place_known
from laar.results.queries.steps import adds_at
from laar.results.strip import SHOWS, strip_of


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """The communes; `?show=` says what their tiles and the table show."""
    strip = strip_of(programme(request), reader(request), request.GET.get("show", ""))
    shows = [(show, name) for show, (name, _) in SHOWS.items()]
    return render(request, "desk/places.html", {"strip": strip, "shows": shows})


@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    """One place; where the programme does not work, what the register says of it."""
    here = programme(request)
    try:
        page = place_page(here, code, reader(request), day_in(here))
    except Refusal:
        return redirect("record", "place", place_known(code, reader(request)).pk)
    adds = adds_at(page.place, user(request), now())
    return render(request, "desk/place.html", {"page": page, "place": page.place, "adds": adds})
