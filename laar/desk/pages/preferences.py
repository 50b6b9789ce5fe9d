"""Preferences: the language to begin in, and the digits of Khmer pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods

from laar.desk.preferences import Preferences, keep, preferred_language, wants_arabic_digits


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Show what is chosen, or keep what was chosen and begin in that language at once."""
    if request.method == "POST":
        form = Preferences(request.POST)
        if form.is_valid():
            with translation.override(form.cleaned_data["language"]):
                response = redirect(reverse("preferences", query={"kept": "1"}))
            keep(response, **form.cleaned_data)
            return response
    else:
        digits = "arabic" if wants_arabic_digits(request) else "khmer"
        form = Preferences(initial={"language": preferred_language(request), "digits": digits})
    is_kept = "kept" in request.GET and not form.is_bound
    context = {"form": form, "is_kept": is_kept}
    return render(request, "desk/preferences.html", context, status=422 if form.errors else 200)
