"""Who is let through the door, asked with every page: a session that was good once need not be good for ever."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from laar.base.models import User
from laar.base.people.queries import may_come_in


class Door(AuthenticationBackend):  # type: ignore[misc]  # the library has no types
    """By password, as the sign-in library checks it; the first real programme ends the sessions of the invented."""

    def get_user(self, user_id: int) -> User | None:
        """Who is signed in, if they may be."""
        user: User | None = super().get_user(user_id)
        return user if user and may_come_in(user) else None
