"""The first hour of a house: nobody works in it yet, and whoever started it at the terminal lets themselves in.

The way in is a key of one use that only the terminal shows: nobody else on the machine or the network becomes the
administrator of a house that somebody is just moving into.
"""

from __future__ import annotations

import os
import secrets
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings

from laar.base.act import act, action
from laar.base.actions import grant_role, register_user
from laar.base.models import Programme, User
from laar.base.people.actions import invite_user
from laar.base.queries import installation
from laar.kit.names import Name
from laar.kit.refusals import Refusal


def is_empty() -> bool:
    """Whether nobody and nothing is in this house yet."""
    return not User.objects.exists() and not Programme.objects.exists()


def the_key() -> str:
    """The key that lets the first one in: made when it is first asked for, the same until it is used."""
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as made:
            made.write(secrets.token_urlsafe(24))
    except FileExistsError:
        pass  # `laar start` was stopped and started again: the address that stands in the terminal goes on holding
    return file.read_text().strip()


def require_key(given: str) -> None:
    """Refuse whoever does not have it. Raises Refusal `start.no_key`."""
    file = _file()
    known = file.read_text().strip() if file.exists() else ""
    if not known or not secrets.compare_digest(known.encode(), given.encode()):
        raise Refusal("start.no_key")


def forget_key() -> None:
    """It was used."""
    _file().unlink(missing_ok=True)


def _file() -> Path:
    return Path(settings.LAAR_HOME) / "keys" / "start.key"


@action("installation.open")
def open_installation(
    username: str, *, name: Name, token: str, by: User | None, on: date, command: UUID | None = None
) -> User:
    """Let the first one in: registered, administrator of all programmes, and invited with `token`.

    Whoever comes second, be it at the same moment, is refused. Raises Refusal `start.not_empty`, `user.name_form`.
    """
    with act(by, "installation.open", installation(), on=on, command=command) as step:
        if not is_empty():
            raise Refusal("start.not_empty")
        user = register_user(username, name=name, by=by, on=on)
        grant_role(user, role="administrator", programme=None, since=on, by=by, on=on)
        invite_user(user, token=token, by=by, on=on)
        return step.result(user)
