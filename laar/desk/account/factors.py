"""The second factor: the sign-in library keeps its secret, an action writes down that it is there."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from laar.base.clock import today
from laar.base.people.actions import secure_user, unsecure_user
from laar.base.people.queries import needs_second_factor, secured_role
from laar.base.rules import ROLES
from laar.desk.page import reader, signed_in


class SetUp(ActivateTOTPView):  # type: ignore[misc]  # the library has no types
    """Bring the secret to the telephone, and show that it is there."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The secret as a code and in fours, and whether there is a way around."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        secret = context["form"].secret
        context["fours"] = [secret[start : start + 4] for start in range(0, len(secret), 4)]
        context["is_needed"] = needs_second_factor(self.request.user, reader(self.request))
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        """Both or neither: the secret of the library, and the line in the trail."""
        with transaction.atomic():
            who = signed_in(self.request)
            secure_user(who, by=who, on=today())
            response: HttpResponse = super().form_valid(form)
        return response


class GiveUp(DeactivateTOTPView):  # type: ignore[misc]  # the library has no types
    """Go without; whoever needs it is told so before and has no button."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The role that asks for it, if there is one."""
        held = (one.role for one in reader(self.request).held)
        role = secured_role(self.request.user, held)
        return {**super().get_context_data(**kwargs), "asked_by": ROLES[role] if role else None}

    def form_valid(self, form: Any) -> HttpResponse:
        """Both or neither."""
        with transaction.atomic():
            who = signed_in(self.request)
            unsecure_user(who, by=who, on=today())
            response: HttpResponse = super().form_valid(form)
        return response


class Authenticate(AuthenticateView):  # type: ignore[misc]  # the library has no types
    """The code at sign-in."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A form without a code is for a kind of factor that is not used here."""
        if request.method == "POST" and "code" not in request.POST:
            return redirect("mfa_authenticate")
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response
