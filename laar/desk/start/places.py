"""The step of the places: their official codes from a file, and the communes in which the programme works."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from laar.base.clock import today
from laar.desk.start.asking import Beginner, beginner, step_page
from laar.desk.verbs.sent import command_of
from laar.kit.figures import Scope, figure_of
from laar.kit.refusals import Refusal
from laar.registers.actions import add_location, load_gazetteer
from laar.registers.gazetteer import Named, read
from laar.registers.models import Place
from laar.registers.queries import chosen_codes, place_coded, places_in, profile_of

#: All provinces, districts, communes and villages of the country are 4 MB.
MOST_BYTES = 12 * 2**20


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def places_step(request: HttpRequest) -> HttpResponse:
    """Load codes; choose a province, a district, then its communes."""
    who = beginner(request)
    who.its  # noqa: B018 - refused where there is no programme yet
    refusal, error = None, ""
    if request.method == "POST":
        command = command_of(request)
        try:
            with transaction.atomic():
                error = _load(request, who) if "load" in request.POST else _choose(request, who, command)
            if not error:
                return redirect(f"{reverse('first_places')}?{_back(request, command)}")
        except Refusal as no:
            refusal = no
    status = refusal.status if refusal else 422 if error else 200
    return render(
        request, "desk/start/places.html", {**_page(request, who), "refusal": refusal, "error": error}, status=status
    )


def _page(request: HttpRequest, who: Beginner) -> dict[str, Any]:
    code = request.GET.get("in", "")
    inside = place_coded(code) if code else None
    profile, chosen = profile_of(who.its), chosen_codes(who.its)
    near = list(places_in(code)) if code or places_in("").exists() else []
    return {
        **step_page(request, "places"),
        "inside": inside,
        "near": [(one, one.code in chosen) for one in near],
        "are_communes": bool(inside and inside.level == "district"),
        "communes": figure_of("places.communes", Scope.asked(who.its, "")),
        "ticked": request.POST.getlist("commune"),
        "since": request.POST.get("since") or (profile.since if profile else today()).isoformat(),
        "loaded": "loaded" in request.GET,
        "nonce": request.POST.get("nonce") or uuid4(),
    }


def _load(request: HttpRequest, who: Beginner) -> str:
    """Take the places of the files into the register; several files count as one. Returns what is missing."""
    files = request.FILES.getlist("files")
    if not files:
        return _("Choose a file first.")
    named: list[Named] = []
    for file in files:
        name = file.name or ""
        if (file.size or 0) > MOST_BYTES:
            raise Refusal("sheet.too_large", file=name, most=MOST_BYTES // 2**20)
        named += read(file.read(), name)
    source = request.POST.get("source", "").strip() or ", ".join(file.name or "" for file in files)
    load_gazetteer(named, source=source[:200], since=None, by=who.user, on=today())
    return ""


def _choose(request: HttpRequest, who: Beginner, command: UUID) -> str:
    """The programme works in the communes that were ticked, besides those where it does already. Returns what is missing."""
    chosen = chosen_codes(who.its)
    ticked = [one for one in _ticked(request) if one.code not in chosen]
    if not ticked:
        return _("Tick at least one commune that is not chosen yet.")
    try:
        since = today().fromisoformat(request.POST.get("since", ""))
    except ValueError:
        return _("Say from which day the programme works there.")
    for one in ticked:
        add_location(who.its, one, since=since, by=who.user, on=today(), command=uuid5(command, one.code))
    return ""


def _ticked(request: HttpRequest) -> Iterable[Place]:
    codes = set(request.POST.getlist("commune"))
    return [one for one in places_in(request.GET.get("in", "")) if one.level == "commune" and one.code in codes]


def _back(request: HttpRequest, command: UUID) -> str:
    if "load" in request.POST:
        return "loaded"
    first = next(iter(_ticked(request)))
    return f"in={request.GET.get('in', '')}&done={uuid5(command, first.code)}"
