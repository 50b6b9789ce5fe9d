"""Find something by a word or a code."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from laar.desk.page import programme, reader
from laar.results.found import found, is_too_short


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """What is found by `?q=`."""
    query = request.GET.get("q", "").strip()[:100]
    kinds = found(programme(request), reader(request), query)
    return render(request, "desk/find.html", {"query": query, "kinds": kinds, "is_short": is_too_short(query)})
