"""Who asks for a page."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend
from django.test import Client

from laar.base.models import User

#: A door for the small world only, which has both: invented people and a real programme. The real door lets in nobody
#: invented there.
SIDE_DOOR = "tests.desk.clients.SideDoor"


class SideDoor(ModelBackend):
    """Whoever a test sends."""


def client_of(username: str) -> Client:
    """A browser in which this user is signed in; nobody where the name is empty."""
    client = Client()
    if username:
        client.force_login(User.objects.get(username=username), backend=SIDE_DOOR)
    return client
