"""Writes of the ground floor."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from uuid import UUID

from laar.base import store
from laar.base.act import act, action
from laar.base.models import Evidence, Programme, Role, User
from laar.base.queries import installation, kept_evidence
from laar.base.rules import ROLES
from laar.kit.money import decimals_of
from laar.kit.names import Name, clean
from laar.kit.refusals import Refusal

#: What may be kept, by its first bytes: the name of a file says nothing about what is in it.
KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"%PDF-": "application/pdf"}
MOST_BYTES = 25 * 1024 * 1024


@action("programme.found")
def found_programme(
    code: str,
    *,
    name: Name,
    currency: str,
    by: User | None,
    on: date,
    is_demo: bool = False,
    command: UUID | None = None,
) -> Programme:
    """Found a programme; its reports are in `currency`. Done by the installation, before anybody can sign in."""
    decimals_of(currency)
    with act(by, "programme.found", installation(), on=on, command=command) as step:
        return step.create(
            Programme(code=code, name_en=clean(name.en), name_km=clean(name.km), currency=currency, is_demo=is_demo)
        )


@action("user.register")
def register_user(
    username: str, *, name: Name, by: User | None, on: date, is_fictional: bool = False, command: UUID | None = None
) -> User:
    """Let somebody work here. What the user may do is said by `grant_role`."""
    with act(by, "user.register", installation(), on=on, command=command) as step:
        user = User(username=username, name_en=clean(name.en), name_km=clean(name.km), is_fictional=is_fictional)
        user.set_unusable_password()
        return step.create(user)


@action("role.grant")
def grant_role(
    user: User,
    *,
    role: str,
    programme: Programme | None,
    since: date,
    by: User | None,
    on: date,
    place: str = "",
    until: date | None = None,
    command: UUID | None = None,
) -> Role:
    """Give a user a role in a programme (None: in all) and an area (prefix of place codes; empty: all of it).

    Raises Refusal `role.unknown`, `role.already_given`, `period.reversed`.
    """
    if role not in ROLES:
        raise Refusal("role.unknown", role=role, known=", ".join(ROLES))
    with act(by, "role.grant", programme or installation(), on=on, command=command) as step:
        return step.create(Role(user=user, role=role, programme=programme, place=place, since=since, until=until))


@action("role.end")
def end_role(
    role: Role, *, until: date, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Role:
    """End a role: `until` is the first day without it."""
    with act(by, "role.end", role, on=on, command=command, seen=seen) as step:
        role = step.subject
        if role.until is not None:
            raise Refusal("role.ended", until=role.until)
        role.until = until
        step.save(role)
    return role


@action("evidence.keep")
def keep_evidence(
    programme: Programme,
    content: bytes,
    *,
    caption: Name,
    dated: date,
    by: User,
    on: date,
    command: UUID | None = None,
) -> Evidence:
    """Keep a file: its bytes in the store first, then its row. The same content twice is one piece of evidence.

    Raises Refusal `evidence.kind` for anything but a picture or a PDF, `evidence.size`, `store.full`.
    """
    media_type = next((kind for first, kind in KINDS.items() if content.startswith(first)), None)
    if media_type is None:
        raise Refusal("evidence.kind")
    if len(content) > MOST_BYTES:
        raise Refusal("evidence.size", size=len(content) // 2**20, most=MOST_BYTES // 2**20)
    with act(by, "evidence.keep", programme, on=on, command=command) as step:
        if there := kept_evidence(programme, sha256(content).hexdigest()):
            return there
        return step.create(
            Evidence(
                programme=programme,
                sha256=store.put(content),
                size=len(content),
                media_type=media_type,
                caption_en=clean(caption.en),
                caption_km=clean(caption.km),
                dated=dated,
            )
        )
