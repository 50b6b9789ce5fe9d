"""A figure opened, and a record with everything that is known of it."""

from __future__ import annotations

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from laar.base.clock import now
from laar.base.models import User
from laar.base.queries import line_of_command, programme_for
from laar.desk.page import reader, user
from laar.desk.verbs.asks import ELSEWHERE
from laar.kit.figures import Scope, figure_of
from laar.projects.models import Project
from laar.results.belongs import belongs_to
from laar.results.cards import card_of, record_called
from laar.results.opened import opened
from laar.results.project import project_page
from laar.results.queries.conditions import Ahead, ahead_of
from laar.results.queries.steps import Deed, deeds_for, state_of


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
    here = [deed for deed in deeds_for(found, who, now()) if deed.verb.code not in ELSEWHERE] if who else []
    card = card_of(found, eyes)
    deeds = [deed for deed in here if deed.may or deed.brings_on]  # what others may stop is nothing to wait for
    context = {
        "card": card,
        "deeds": deeds,
        "ahead": _ahead(found, deeds, who),
        "state": state_of(found),
        "done": line_of_command(request.GET.get("done", ""), who),
        "belongs": belongs_to(found, eyes, card.open),
        "project": project_page(found, card.way) if isinstance(found, Project) else None,
    }
    return render(request, "desk/record.html", context)


def _ahead(record: Model, deeds: list[Deed], who: User | None) -> list[Ahead]:
    """What the next steps take, for those of them that take anything."""
    found = [ahead_of(record, deed.verb.code, who) for deed in deeds if deed.target and not deed.is_setback]
    return [one for one in found if one and one.conditions]
