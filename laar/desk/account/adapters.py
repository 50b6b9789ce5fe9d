"""How the sign-in library is tied to this house: nobody signs up, and what it changes of a user goes through `act()`."""

from __future__ import annotations

from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from laar.base.clock import today
from laar.base.models import User
from laar.base.people.actions import change_password
from laar.base.people.queries import may_come_in
from laar.base.people.secrets import hide, show
from laar.base.queries import user_called
from laar.kit.refusals import Refusal

TOO_MANY = _("Too many tries. Wait five minutes, then try again.")
WRONG_CODE = _("This code is not right. A code holds for half a minute and is used once: wait for the next one.")


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Users are invited by an administrator."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("User name and password do not go together. Check both, and the keyboard."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your password."),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an administrator invites."""
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Right password, but invented for a demonstration, which this house is no longer."""
        if user.is_active and not may_come_in(user):
            raise Refusal("user.only_demonstration", who=user.name)
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in; whoever just did so need not type the password again to set up a second factor."""
        super().login(request, user)
        record_authentication(request, user, method="password", reauthenticated=True)

    def set_password(self, user: User, password: str) -> None:
        """Change the password by its action; the session at hand goes on, all others end."""
        account = user_called(user.username)  # the library hands over the promise of a record, not the record
        user.password = change_password(account, password=password, by=account, on=today()).password

    def respond_user_inactive(self, request: HttpRequest, user: User) -> NoReturn:
        """Right password, closed account."""
        raise Refusal("access.not_active", who=user.name)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Where one came from."""
        return "settings"

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail server is needed, and none is asked."""


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    """A code from a telephone beside the password."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        """No secret lies readable in the database."""
        return hide(text)

    def decrypt(self, encrypted_text: str) -> str:
        """What was hidden, as it is."""
        return show(encrypted_text)
