"""The secrets of second factors lie in a table of the sign-in library, which is not recorded: here they are taken out."""

from __future__ import annotations

from allauth.mfa.models import Authenticator

from laar.base.models import User


def forget_factors(user: User) -> None:
    """Remove every secret of a user's second factor, recovery codes included; called inside a step that says so."""
    Authenticator.objects.filter(user_id=user.pk).delete()
