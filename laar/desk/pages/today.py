"""Today: what waits for whoever is signed in, what is planned, and whether the house is in order."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from laar.base import clock
from laar.base.queries import day_in, programmes_for
from laar.desk.page import programme, reader, user
from laar.results.day import day_of


@require_safe
@login_required
def today(request: HttpRequest) -> HttpResponse:
    """The day of who is signed in; `?all` shows everything that waits instead of the oldest."""
    who, eyes = user(request), reader(request)
    assert who is not None  # signed in
    own = programme(request) if programmes_for(eyes) else None
    day = day_of(who, eyes, own, day_in(own) if own else clock.today(), is_whole="all" in request.GET)
    return render(request, "desk/today.html", {"day": day})
