"""The first page of a new house. It opens with the key that the terminal shows, and never again once somebody is in."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from laar.base.access import the_installation
from laar.base.clock import today
from laar.base.models import Programme, User
from laar.base.people.first import forget_key, is_empty, open_installation, require_key
from laar.base.people.tokens import new_token
from laar.demo.progress import noted
from laar.demo.story import is_told
from laar.desk.start import demonstration
from laar.desk.verbs.form import AskForm
from laar.desk.verbs.questions import About, Pair, Words
from laar.kit.names import Name
from laar.kit.refusals import Refusal

#: How often the page of the load looks again, in seconds.
AGAIN = 4

WHO = {
    "name": Pair(label=_("Your name"), most=120),
    "username": Words(
        label=_("User name"),
        most=60,
        hint=_("Small Latin letters and digits, as in sokha.chan. It is typed at every sign-in."),
    ),
}


def _key(request: HttpRequest) -> str:
    """The key in the address. Raises Refusal `record.not_found` where nobody may begin here any more."""
    if not is_empty():
        raise Refusal("record.not_found")
    return _right_key(request)


def _right_key(request: HttpRequest) -> str:
    given = request.GET.get("key", "")
    require_key(given)
    return given


def _closed(request: HttpRequest, no: Refusal) -> HttpResponse:
    return render(request, "desk/start/no_key.html", {"refusal": no}, status=no.status)


@never_cache
@require_http_methods(["GET", "HEAD"])
def start(request: HttpRequest) -> HttpResponse:
    """Two plain choices."""
    try:
        key = _key(request)
    except Refusal as no:
        if no.code == "start.no_key":
            return _closed(request, no)
        raise
    return render(request, "desk/start/start.html", {"query": urlencode({"key": key})})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Who are you? Then the link on which the password is chosen, as everybody else gets one on paper."""
    try:
        key = _key(request)
    except Refusal as no:
        if no.code == "start.no_key":
            return _closed(request, no)
        raise
    about = About(verb="installation.open", programme=Programme(), user=User())
    form = AskForm(about, WHO, request.POST if request.method == "POST" else None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("invitation", _let_in(form.answers()))
        except Refusal as no:
            refusal = no
    context = {"form": form, "refusal": refusal, "query": urlencode({"key": key})}
    return render(request, "desk/start/mine.html", context, status=refusal.status if refusal else _status(form))


def _let_in(said: dict[str, Any]) -> str:
    """The token of the invitation; the key was used."""
    token, name = new_token(), said["name"]
    with the_installation():  # nobody is here yet who could do it, and the key shows who stands at the terminal
        open_installation(
            said["username"], name=Name(en=name.en or name.km, km=name.km), token=token, by=None, on=today()
        )
    forget_key()
    return token


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    """The demonstration: begun by a form, then a page that renews itself until it leads to the sheet."""
    if is_told():
        forget_key()
        return redirect("sheet")
    try:
        key = _key(request) if noted() is None else _right_key(request)
    except Refusal as no:
        if no.code == "start.no_key" and (is_empty() or noted()):
            return _closed(request, no)
        raise Refusal("record.not_found") from None
    here = f"{reverse('start_demonstration')}?{urlencode({'key': key})}"
    if request.method == "POST":
        demonstration.begin()
        return redirect(here)
    progress = noted()
    if progress is None:
        return redirect(f"{reverse('start')}?{urlencode({'key': key})}")
    runs = demonstration.is_running()
    context = {"progress": progress, "runs": runs, "said": "" if runs else demonstration.last_words(), "here": here}
    response = render(request, "desk/start/load.html", context)
    if runs:
        response["Refresh"] = f"{AGAIN}; url={here}"  # without a script, and without an element that renews the page
    return response


def _status(form: AskForm) -> int:
    return 422 if form.errors else 200
