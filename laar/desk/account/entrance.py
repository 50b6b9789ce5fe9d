"""Getting in: by user name and password, with an invitation, and in a demonstration as somebody invented."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.account.views import LoginView, PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from laar.base.clock import today
from laar.base.models import Invitation
from laar.base.people.actions import accept_invitation
from laar.base.people.queries import invented, open_invitation
from laar.base.people.rules import SHORTEST_PASSWORD
from laar.desk.account.forms import PasswordForm
from laar.desk.page import user
from laar.desk.verbs.resumed import waits, way_back
from laar.kit.refusals import Refusal
from laar.registers.queries import area_names


class SignIn(LoginView):  # type: ignore[misc]  # the library has no types
    """The door; in a demonstration with the invented persons beside it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, and whom one may step in as."""
        return {
            **super().get_context_data(**kwargs),
            "invented": invented(),
            "areas": area_names(),
            "waits": waits(self.request),
        }


class ChangePassword(PasswordChangeView):  # type: ignore[misc]  # the library has no types
    """Another password; all other sessions end."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """For whoever has one."""
        who = user(request)
        if who and not who.has_usable_password():
            raise Refusal("password.none", who=who.name)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, and what a password must be."""
        return {**super().get_context_data(**kwargs), "least": SHORTEST_PASSWORD}


@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The link on the slip: say who you are, choose a password, and you are in."""
    try:
        found = open_invitation(token)
    except Refusal as no:
        return render(request, "desk/account/no_invitation.html", {"refusal": no}, status=no.status)
    form = PasswordForm(request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            return _accepted(request, found, form.cleaned_data)
        except Refusal as no:
            refusal = no
    context = {"invited": found.user, "form": form, "refusal": refusal, "least": SHORTEST_PASSWORD}
    return render(request, "desk/account/invitation.html", context, status=refusal.status if refusal else 200)


def _accepted(request: HttpRequest, invitation: Invitation, typed: dict[str, str]) -> HttpResponse:
    """In, as at the door: whoever has a second factor is asked for it here, too."""
    if typed["password1"] != typed["password2"]:
        raise Refusal("password.not_the_same")
    invited = invitation.user
    accept_invitation(invitation, password=typed["password1"], by=invited, on=today())
    if user(request):
        get_adapter().logout(request)  # somebody else was signed in at this browser
    invited.refresh_from_db()
    response: HttpResponse = perform_password_login(request, {"username": invited.username}, Login(user=invited))
    return response


@require_POST
def step_in(request: HttpRequest) -> HttpResponse:
    """Look at a demonstration through somebody's eyes. Where a real programme is kept, there is no such door."""
    for one in invented():
        if one.user.username == request.POST.get("username"):
            get_adapter().login(request, one.user)
            return redirect(way_back(request, one.user) or "today")
    raise Refusal("record.not_found")
