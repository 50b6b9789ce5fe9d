"""Real users for the tests: with a password, and a telephone that shows codes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time

from laar.base.actions import grant_role, register_user
from laar.base.clock import today
from laar.base.models import Programme, User
from laar.base.people.actions import accept_invitation, invite_user
from laar.base.people.tokens import new_token
from laar.kit.names import Name

PASSWORD = "three wet ducks"
#: So many seconds before a code changes nobody begins to type it.
TOO_LATE = 4


def hired(username: str, *roles: str, programme: Programme | None, place: str = "") -> User:
    """Somebody who works here, and has accepted the invitation with the password above."""
    user = appointed(username, *roles, programme=programme, place=place)
    invitation = invite_user(user, token=new_token(), by=None, on=today())
    accept_invitation(invitation, password=PASSWORD, by=user, on=today())
    user.refresh_from_db()
    return user


def appointed(username: str, *roles: str, programme: Programme | None, place: str = "") -> User:
    """Somebody who was given roles, and no link yet."""
    name = Name(en=username.capitalize() + " Chan", km="ចាន់")
    user = register_user(username, name=name, by=None, on=today())
    for role in roles:
        grant_role(user, role=role, programme=programme, place=place, since=today(), by=None, on=today())
    return user


def code_of(secret: str, later: int = 0) -> str:
    """What a telephone shows (RFC 6238); `later` is how many half minutes from now.

    A code that is about to change would be refused where the machine is busy: then it is the next one, as with people.
    """
    left = 30 - time.time() % 30
    if left < TOO_LATE:
        time.sleep(left)
    key = base64.b32decode(secret)
    counter = struct.pack(">Q", int(time.time()) // 30 + later)
    digest = hmac.new(key, counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"
