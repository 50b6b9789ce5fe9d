"""What a reader prefers, kept in two cookies of the browser: the language to begin in, and the digits of Khmer pages.

The language of a page is in its address (decision 0004); the preference only says where somebody begins. It holds nothing
about a person and needs no account.
"""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from laar.desk import said

DIGITS = "laar_digits"
A_YEAR = 365 * 24 * 3600


class Preferences(forms.Form):
    """Two questions."""

    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("LAAR opens in it. Every page can be switched at its top."),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
    )
    digits = forms.ChoiceField(
        label=_("Digits on Khmer pages"),
        help_text=_("Documents are always written in the digits of their language."),
        choices=[("khmer", "០១២៣៤៥៦៧៨៩"), ("arabic", "0123456789")],
        widget=forms.RadioSelect,
    )


def preferred_language(request: HttpRequest) -> str:
    """The language in which a reader begins; that of the page where nothing was chosen."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else said.language()


def wants_arabic_digits(request: HttpRequest) -> bool:
    """Whether Khmer pages shall be written with 1 2 3."""
    return request.COOKIES.get(DIGITS) == "arabic"


def keep(response: HttpResponse, *, language: str, digits: str) -> None:
    """Put what was chosen into the cookies."""
    for name, value in ((settings.LANGUAGE_COOKIE_NAME, language), (DIGITS, digits)):
        response.set_cookie(
            name, value, max_age=A_YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
        )


class DigitsMiddleware:
    """Says the numbers of a page in the digits that its reader chose."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with said.digits(arabic=wants_arabic_digits(request)):
            return self.get_response(request)
