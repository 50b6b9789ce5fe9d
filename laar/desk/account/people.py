"""Who works here: the list, somebody new, and one of them. For administrators; to everybody else there is no such page."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4, uuid5

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from laar.base.actions import end_role, grant_role, register_user
from laar.base.clock import today
from laar.base.models import Role, User
from laar.base.people.actions import close_user, invite_user, reopen_user, reset_factor
from laar.base.people.queries import (
    EVERYWHERE,
    Colleague,
    administered,
    colleague_of,
    colleagues_of,
    is_open,
    newest_invitation,
    programmes_administered,
)
from laar.base.people.tokens import digest_of, token_of
from laar.base.queries import programme_of
from laar.base.why import ALL_OF_IT
from laar.desk import said
from laar.desk.account.forms import NewUserForm, RoleForm
from laar.desk.page import signed_in
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.registers.queries import area_names, areas_of

Places = list[tuple[str, list[tuple[str, str]]]]


def administrator(request: HttpRequest) -> User:
    """Who is signed in, if it is an administrator. Raises Refusal `record.not_found`."""
    who = signed_in(request)
    if not administered(who):
        raise Refusal("record.not_found")
    return who


@require_safe
@login_required
def users(request: HttpRequest) -> HttpResponse:
    """Everybody whom this administrator looks after."""
    by = administrator(request)
    context = {"colleagues": colleagues_of(by), "today": today(), "areas": area_names()}
    return render(request, "desk/account/users.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_user(request: HttpRequest) -> HttpResponse:
    """Register somebody, give a role and a link, all at once or not at all; then the slip with the link."""
    by, typed = administrator(request), request.POST
    form = NewUserForm(typed or None, places=places_for(by), initial={"since": today()})
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            invited, token = _engage(form, by, _command(typed))
            return _slip(request, invited, token)
        except Refusal as no:
            refusal = no
    context = {"form": form, "refusal": refusal, "command": typed.get("command") or uuid4()}
    return render(request, "desk/account/new_user.html", context, status=refusal.status if refusal else 200)


def _engage(form: NewUserForm, by: User, command: UUID) -> tuple[User, str]:
    """Three actions, one transaction; the same form once more does nothing and gives the same link."""
    said_of, token = form.cleaned_data, token_of(command)
    name = Name(en=said_of["name_en"], km=said_of["name_km"])
    with transaction.atomic():
        invited = register_user(said_of["username"], name=name, by=by, on=today(), command=command)
        _grant(invited, form, by, uuid5(command, "role"))
        invite_user(invited, token=token, by=by, on=today(), command=uuid5(command, "invitation"))
    return invited, token


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one_user(request: HttpRequest, username: str) -> HttpResponse:
    """One of them: roles, link, account; what is done there is sent back to the same page."""
    by, typed = administrator(request), request.POST
    one = colleague_of(by, username)
    form = RoleForm(typed if typed.get("deed") == "grant" else None, places=places_for(by), initial={"since": today()})
    refusal = None
    if request.method == "POST":
        deed = DEEDS.get(typed.get("deed", ""))
        if deed is None:
            raise Refusal("record.not_found")
        try:
            token = deed(one, by, typed, form)
            if token:
                return _slip(request, one.user, token)
            if not form.is_bound or form.is_valid():
                return redirect("one_user", username)
        except Refusal as no:
            refusal, one = no, colleague_of(by, username)
    context = {"one": one, "form": form, "refusal": refusal, "command": uuid4(), "areas": area_names(), "by": by}
    context["today"] = today()
    return render(request, "desk/account/one_user.html", context, status=refusal.status if refusal else 200)


#: Does something to a colleague and returns the token of a new link, or nothing.
Deed = Callable[[Colleague, User, QueryDict, RoleForm], str]


def _invite(one: Colleague, by: User, typed: QueryDict, form: RoleForm) -> str:
    token = token_of(_command(typed))
    invite_user(one.user, token=token, by=by, on=today(), command=_command(typed))
    return token


def _lost(one: Colleague, by: User, typed: QueryDict, form: RoleForm) -> str:
    token = token_of(_command(typed))
    reset_factor(one.user, token=token, by=by, on=today(), command=_command(typed))
    return token


def _close(one: Colleague, by: User, typed: QueryDict, form: RoleForm) -> str:
    close_user(one.user, by=by, on=today(), command=_command(typed))
    return ""


def _reopen(one: Colleague, by: User, typed: QueryDict, form: RoleForm) -> str:
    reopen_user(one.user, by=by, on=today(), command=_command(typed))
    return ""


def _give(one: Colleague, by: User, typed: QueryDict, form: RoleForm) -> str:
    if form.is_valid():
        _grant(one.user, form, by, _command(typed))
    return ""


def _end(one: Colleague, by: User, typed: QueryDict, form: RoleForm) -> str:
    role = next((role for role in one.roles if str(role.pk) == typed.get("role")), None)
    if role is None:
        raise Refusal("record.not_found")
    end_role(role, until=today(), by=by, on=today(), command=_command(typed))
    return ""


DEEDS: dict[str, Deed] = {
    "invite": _invite,
    "lost": _lost,
    "close": _close,
    "reopen": _reopen,
    "grant": _give,
    "end": _end,
}


def _grant(invited: User, form: RoleForm, by: User, command: UUID) -> Role:
    chosen = form.cleaned_data
    code, _, place = chosen["where"].partition(":")
    return grant_role(
        invited,
        role=chosen["role"],
        programme=programme_of(code) if code else None,
        place=place,
        since=chosen["since"],
        until=chosen["until"],
        by=by,
        on=today(),
        command=command,
    )


def _command(typed: QueryDict) -> UUID:
    """The id that the form was made with: the same form twice is one command."""
    try:
        return UUID(typed.get("command", ""))
    except ValueError:
        raise Refusal("form.not_ours") from None


def places_for(by: User) -> Places:
    """Where an administrator may give roles, as choices `PROGRAMME:place`: all of it, a province, a district, a commune."""
    language = said.language()
    own = programmes_administered(by)
    groups: Places = []
    if any(role.programme_id is None for role in administered(by)):
        groups.append((EVERYWHERE.say(language), [(":", EVERYWHERE.say(language))]))
    for one in own:
        areas = [(f"{one.code}:{code}", f"{code} {name.say(language)}") for code, name in areas_of(one)]
        groups.append((one.name.say(language), [(f"{one.code}:", ALL_OF_IT.say(language)), *areas]))
    return groups


def _slip(request: HttpRequest, invited: User, token: str) -> HttpResponse:
    """The slip of paper: the link as text and as a code, until when it holds.

    The same form shows the same slip: of a double click a browser shows the second answer. A link that holds no longer
    is shown to nobody.
    """
    slip = newest_invitation(invited)
    if slip.digest != digest_of(token) or not is_open(slip):
        return redirect("one_user", invited.username)
    path = reverse("invitation", args=[token])
    link = f"{settings.LAAR_PUBLIC_URL}{path}" if settings.LAAR_PUBLIC_URL else request.build_absolute_uri(path)
    return render(request, "desk/account/slip.html", {"invited": invited, "link": link, "slip": slip})
