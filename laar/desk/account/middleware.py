"""What holds for every page of somebody who is signed in."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from laar.base.people.queries import needs_second_factor
from laar.desk.page import reader, user

#: What is open to those who must set up a second factor first: setting it up, and leaving.
ON_THE_WAY = frozenset({"mfa_activate_totp", "account_reauthenticate", "account_logout", "invitation"})
#: How often a session that is used is written, in seconds: not with every page, and often enough that it ends half an
#: hour early at most.
WRITTEN_EVERY = 30 * 60


class SignedIn:
    """Keeps the pages of a user out of shared caches, the session awake, and the second factor where it is asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if user(request) is None:
            return response
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"  # nobody reads them with “back” after a sign-out
        now = int(time.time())
        if now - request.session.get("used", 0) > WRITTEN_EVERY:
            request.session["used"] = now
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Send those who need a second factor to set it up, wherever they wanted to go."""
        who, asked = user(request), request.resolver_match
        if who is None or asked is None or asked.url_name in ON_THE_WAY:
            return None
        return redirect("mfa_activate_totp") if needs_second_factor(who, reader(request)) else None
