"""The settings: what of them exists for whoever is signed in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from laar.base.clock import today
from laar.base.people.queries import administered
from laar.base.queries import programmes_for
from laar.base.readers import roles_on
from laar.desk.account.programmes import may_publish
from laar.desk.page import programme, reader, signed_in
from laar.registers.queries import area_names


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Who you are here, and what you may set."""
    who = signed_in(request)
    there = programmes_for(reader(request))
    context = {
        "areas": area_names(),
        "held": roles_on(who, today()).select_related("programme").order_by("id"),
        "is_administrator": bool(administered(who)),
        "publishes": bool(there) and may_publish(who, programme(request)),
        "programmes": there,
        "chosen": programme(request) if there else None,
    }
    return render(request, "desk/account/settings.html", context)
