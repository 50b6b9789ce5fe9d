"""A figure opened, and a record with everything that is known of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from laar.base.clock import now
from laar.base.queries import line_of_command, programme_for
from laar.desk.page import reader, user
from laar.desk.verbs.asks import ELSEWHERE
from laar.kit.figures import Scope, figure_of
from laar.results.cards import card_of, record_called
from laar.results.opened import opened
from laar.results.queries.steps import deeds_for, state_of


@require_safe
def figure(request: HttpRequest, programme: str, key: str) -> HttpResponse:
    """A figure, opened: its rule, and every record behind it with what it adds."""
    asked = figure_of(key, Scope.asked(programme_for(reader(request), programme), request.GET.urlencode()))
    return render(request, "desk/figure.html", {"opened": opened(asked, reader(request))})


@require_safe
def record(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """A record: what can be done with it, what it says, what it cites, what came of it, its evidence, way and trail."""
    eyes, who = reader(request), user(request)
    found = record_called(kind, key, eyes)
    context = {
        "card": card_of(found, eyes),
        "deeds": [deed for deed in deeds_for(found, who, now()) if deed.verb.code not in ELSEWHERE] if who else [],
        "state": state_of(found),
        "done": line_of_command(request.GET.get("done", ""), who),
    }
    return render(request, "desk/record.html", context)
