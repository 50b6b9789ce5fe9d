"""A Refusal becomes a page with its sentence and its status; a door never invents one."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from laar.desk.verbs.resumed import keep_typed
from laar.kit.refusals import Refusal


class RefusalMiddleware:
    """Shows what the domain refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a Refusal; everything else is Django's to report."""
        if isinstance(exception, Refusal):
            return render(request, "desk/refused.html", {"refusal": exception}, status=exception.status)
        return None


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that this desk did not make, or whose cookie is gone: of a page from before the last sign-in it is shown anew."""
    if keep_typed(request):
        return redirect(request.get_full_path())
    no = Refusal("form.not_ours")
    return render(request, "desk/refused.html", {"refusal": no}, status=no.status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that is none."""
    return render(request, "desk/refused.html", {"refusal": Refusal("record.not_found")}, status=404)
