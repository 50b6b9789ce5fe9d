"""A form that was sent, as a command."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID, uuid5

from django.http import HttpRequest

from laar.kit.refusals import Refusal


def command_of(request: HttpRequest) -> UUID:
    """The same form with the same content is the same command, however often it is sent; changed content is another."""
    content = sha256()
    for key in sorted(request.POST):
        if key != "csrfmiddlewaretoken":
            content.update(f"{key}={request.POST.getlist(key)}\n".encode())
    for key in sorted(request.FILES):
        for file in request.FILES.getlist(key):
            content.update(f"{key}={file.name} {file.size}\n".encode())
    return uuid5(_uuid(request.POST.get("nonce", "")), content.hexdigest())


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refusal("form.not_ours") from None
