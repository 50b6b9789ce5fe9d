"""More: every way in, for a phone whose bar holds four."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
@login_required
def more(request: HttpRequest) -> HttpResponse:
    """What the rail of a wide screen shows, as a list."""
    return render(request, "desk/more.html")
