"""Which programme one looks at, and whether anybody may look at it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from laar.base.access import can
from laar.base.actions import publish_programme, unpublish_programme
from laar.base.clock import now, today
from laar.base.models import Programme, User
from laar.base.queries import programme_for
from laar.base.rules import verb_of
from laar.desk.page import programme, reader, signed_in, user
from laar.kit.refusals import Refusal


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Look at another programme from now on."""
    chosen = programme_for(reader(request), request.POST.get("code", ""))
    request.session["programme"] = chosen.code
    return redirect("today" if user(request) else "sheet")


def may_publish(by: User, shown: Programme) -> bool:
    """Whether somebody decides who reads the sheet."""
    return can(by, verb_of("programme.publish"), shown, now())


#: What the page does; anything else is refused, above all nothing.
DEEDS = {"publish": publish_programme, "unpublish": unpublish_programme}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_for_all(request: HttpRequest) -> HttpResponse:
    """Publish the sheet, or take it back; what that means is said before."""
    shown, by = programme(request), signed_in(request)
    if not may_publish(by, shown):
        raise Refusal("record.not_found")
    if request.method == "POST":
        do = DEEDS.get(request.POST.get("deed", ""))
        if do is None:
            raise Refusal("record.not_found")
        do(shown, by=by, on=today())
        return redirect("programme_settings")
    return render(request, "desk/account/programme.html", {"programme": shown})
