"""A form that was sent, as a command."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from laar.kit.refusals import Refusal


def command_of(request: HttpRequest) -> UUID:
    """The same form with the same content is the same command, however often it is sent; changed content is another."""
    return command_with(request.POST, request.FILES)


def command_with(typed: QueryDict, files: MultiValueDict[str, Any]) -> UUID:
    """The same, of what was typed and the files beside it."""
    content = sha256()
    for key in sorted(typed):
        if key not in ("csrfmiddlewaretoken", "whose"):
            content.update(f"{key}={typed.getlist(key)}\n".encode())
    for key in sorted(files):
        for file in files.getlist(key):
            content.update(f"{key}={file.name} {file.size}\n".encode())
    return uuid5(_uuid(typed.get("nonce", "")), content.hexdigest())


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refusal("form.not_ours") from None
