"""The programme: whether it is on track."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from laar.base.queries import day_in
from laar.desk.page import programme, reader
from laar.results.programme import overview_of


@require_safe
def programme_page(request: HttpRequest) -> HttpResponse:
    """The programme at one glance."""
    overview = overview_of(here := programme(request), reader(request), day_in(here))
    return render(request, "desk/programme.html", {"overview": overview})
