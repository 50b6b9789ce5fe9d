"""Writes of the ground floor."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from uuid import UUID

from laar.base import store
from laar.base.access import can_open
from laar.base.act import act, action
from laar.base.models import Evidence, Opening, Programme, Role, User
from laar.base.queries import installation, kept_evidence
from laar.base.readers import EVERYBODY
from laar.base.rules import ROLES
from laar.kit.money import decimals_of
from laar.kit.names import Name, clean, fold
from laar.kit.refusals import Refusal

#: What may be kept, by its first bytes: the name of a file says nothing about what is in it.
KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"%PDF-": "application/pdf"}
#: The caption of a copy in which the persons are covered.
REDACTED = Name(en="{caption} – redacted copy", km="{caption} – ច្បាប់លាក់ទិន្នន័យ")
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
    """Let somebody work here. What the user may do is said by `grant_role`. Raises Refusal `user.reserved`."""
    if username == EVERYBODY:
        raise Refusal("user.reserved", username=username)
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
    is_personal: bool = False,
    command: UUID | None = None,
) -> Evidence:
    """Keep a file: its bytes in the store first, then its row. The same content twice is one piece of evidence.

    `is_personal`: it shows persons (thumbprints, telephones, faces); only the office opens it, and says why. Said once,
    it holds for this content. Raises Refusal `evidence.kind` for anything but a picture or a PDF, `evidence.size`,
    `store.full`.
    """
    media_type = _kind_of(content)
    with act(by, "evidence.keep", programme, on=on, command=command) as step:
        if there := kept_evidence(programme, sha256(content).hexdigest()):
            if not is_personal or there.is_personal:
                return there
            there = step.lock(there)
            if there.redacts_id:
                raise Refusal("evidence.not_redacted")
            there.is_personal = True
            step.save(there)
            return step.result(there)
        return step.create(_evidence(programme, content, media_type, caption, dated, is_personal=is_personal))


@action("evidence.redact")
def redact_evidence(evidence: Evidence, content: bytes, *, by: User, on: date, command: UUID | None = None) -> Evidence:
    """Keep a copy of a paper in which the persons are covered; it is shown wherever the original may not be.

    Raises Refusal `evidence.not_personal`, `evidence.closed` for who may not open the original, `evidence.not_redacted`
    for a file that is kept already as something else.
    """
    media_type = _kind_of(content)
    with act(by, "evidence.redact", evidence, on=on, command=command) as step:
        original = step.subject
        if not original.is_personal:
            raise Refusal("evidence.not_personal", evidence=original.name)
        if not can_open(by, original):
            raise Refusal("evidence.closed")
        there = kept_evidence(original.programme, sha256(content).hexdigest())
        if there and there.redacts_id != original.pk:
            raise Refusal("evidence.not_redacted")
        if there:
            return there
        caption = REDACTED.format(caption=Name(en=original.caption_en[:260], km=original.caption_km[:260]))
        return step.create(
            _evidence(original.programme, content, media_type, caption, original.dated, redacts=original)
        )


@action("evidence.open")
def open_evidence(evidence: Evidence, *, reason: str, by: User, on: date, command: UUID | None = None) -> Opening:
    """Open an original that shows persons: the opening is recorded with its reason, then the file may be read.

    Raises Refusal `evidence.no_reason`, `evidence.closed` for who does not work with people at its place.
    """
    if not fold(reason):
        raise Refusal("evidence.no_reason")
    with act(by, "evidence.open", evidence, on=on, command=command) as step:
        if not can_open(by, step.subject):
            raise Refusal("evidence.closed")
        return step.create(
            Opening(programme=step.subject.programme, evidence=step.subject, by=by, on=on, reason=clean(reason))
        )


def _kind_of(content: bytes) -> str:
    """The media type of a file that may be kept."""
    media_type = next((kind for first, kind in KINDS.items() if content.startswith(first)), None)
    if media_type is None:
        raise Refusal("evidence.kind")
    if len(content) > MOST_BYTES:
        raise Refusal("evidence.size", size=len(content) // 2**20, most=MOST_BYTES // 2**20)
    return media_type


def _evidence(
    programme: Programme,
    content: bytes,
    media_type: str,
    caption: Name,
    dated: date,
    *,
    is_personal: bool = False,
    redacts: Evidence | None = None,
) -> Evidence:
    """The row of a file, whose bytes are put into the store first."""
    return Evidence(
        programme=programme,
        sha256=store.put(content),
        size=len(content),
        media_type=media_type,
        caption_en=clean(caption.en),
        caption_km=clean(caption.km),
        dated=dated,
        is_personal=is_personal,
        redacts=redacts,
    )
