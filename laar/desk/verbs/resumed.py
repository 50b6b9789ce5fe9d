"""A form that was sent after the session had ended: it waits, filled, until the one who typed it has signed in again.

It is kept in the new session, which lies on this machine and ends like any other, and there unreadable; never in an
address. Nothing is done with it: after the sign-in – password, code, whatever comes in between – the form stands there as
it was sent, to be looked through and sent. It is the same command, so what was done already is not done twice. Files are
not kept: nobody is signed in who could be asked whether they may be.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest, QueryDict

from laar.base.models import User
from laar.base.people.secrets import hide, show
from laar.kit.refusals import Refusal

#: Under which it lies in the session, and the hidden field that says whose form it is.
SESSION, WHOSE = "typed", "whose"
#: The longest form there is has two texts of 6000 signs; what is longer is no form of ours.
MOST = 200_000


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody had typed, and the files that they have to choose again."""

    data: QueryDict
    files: list[str]


def whose(user: User) -> str:
    """What a form carries along to say whose it is: nobody else who signs in at this browser gets to see it."""
    return signing.dumps(user.pk, salt=__name__)


def keep_typed(request: HttpRequest) -> bool:
    """Keep what was sent by somebody who is not signed in any more, and say whether it was a form of this desk, of which
    the last one is kept.
    """
    typed = request.POST.copy()
    sender = _sender(str(typed.pop(WHOSE, [""])[0]))
    typed.pop("csrfmiddlewaretoken", None)
    text = typed.urlencode()
    if sender is None or len(text) > MOST:
        return False
    files = [file.name or "" for _, several in request.FILES.lists() for file in several]
    request.session[SESSION] = hide(signing.dumps([sender, request.get_full_path(), text, files], salt=__name__))
    return True


def typed_before(request: HttpRequest, user: User) -> Typed | None:
    """What this user had typed into the form at this address; it is given back once."""
    found = _kept(request)
    if found is None or found[:2] != (user.pk, request.get_full_path()):
        return None
    del request.session[SESSION]
    return Typed(QueryDict(found[2]), found[3])


def way_back(request: HttpRequest, user: User) -> str:
    """Where the form of this user waits; empty where none does."""
    found = _kept(request)
    return found[1] if found and found[0] == user.pk else ""


def waits(request: HttpRequest) -> bool:
    """Whether something that was typed waits for whoever signs in."""
    return SESSION in request.session


def _kept(request: HttpRequest) -> tuple[int, str, str, list[str]] | None:
    if SESSION not in request.session:
        return None
    try:
        sender, path, text, files = signing.loads(show(request.session[SESSION]), salt=__name__)
    except (signing.BadSignature, Refusal):
        return None  # hidden with another key: this house was restored meanwhile
    return sender, path, text, files


def _sender(signed: str) -> int | None:
    try:
        return int(signing.loads(signed, salt=__name__))
    except signing.BadSignature:
        return None
