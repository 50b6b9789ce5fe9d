"""Writes of the ground floor."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from uuid import UUID

from django.db.models import Model

from laar.base import store
from laar.base.access import can_open
from laar.base.act import Step, act, action
from laar.base.clock import today
from laar.base.models import Evidence, Opening, Programme, Role, User
from laar.base.people.queries import (
    administrates,
    keep_an_administrator,
    outgrown_invitation,
    refuse_invented,
    who_else_answers,
)
from laar.base.people.rules import well_formed
from laar.base.queries import installation, kept_evidence
from laar.base.rules import PAPERS, ROLES, code_is_well_formed, may_end
from laar.kit.money import decimals_of
from laar.kit.names import Name, clean, gives_reason, listed, name_of
from laar.kit.refusals import Refusal

#: What may be kept, by its first bytes: the name of a file says nothing about what is in it.
KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"%PDF-": "application/pdf"}
#: A table that was read before it is kept; text is shown as text, whatever stands in it.
WORKBOOK, TEXT = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/plain"
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
    """Found a programme; its reports are in `currency`. Raises Refusal `programme.code_form`."""
    code_is_well_formed(code)
    decimals_of(currency)
    with act(by, "programme.found", installation(), on=on, command=command) as step:
        return step.create(
            Programme(code=code, name_en=clean(name.en), name_km=clean(name.km), currency=currency, is_demo=is_demo)
        )


@action("programme.publish")
def publish_programme(programme: Programme, *, by: User, on: date, command: UUID | None = None) -> Programme:
    """Let anybody read the sheet and what stands behind it, as far as the tables say that it is public."""
    with act(by, "programme.publish", programme, on=on, command=command) as step:
        programme = step.subject
        _refuse_demo(programme)
        if programme.is_published:
            raise Refusal("programme.open_already", programme=programme.name)
        programme.is_published = True
        step.save(programme)
    return programme


@action("programme.unpublish")
def unpublish_programme(programme: Programme, *, by: User, on: date, command: UUID | None = None) -> Programme:
    """Show the sheet only to those who work in the programme again."""
    with act(by, "programme.unpublish", programme, on=on, command=command) as step:
        programme = step.subject
        _refuse_demo(programme)
        if not programme.is_published:
            raise Refusal("programme.closed_already", programme=programme.name)
        programme.is_published = False
        step.save(programme)
    return programme


def _refuse_demo(programme: Programme) -> None:
    if programme.is_demo:
        raise Refusal("programme.is_demo", programme=programme.name)


@action("user.register")
def register_user(
    username: str, *, name: Name, by: User | None, on: date, is_fictional: bool = False, command: UUID | None = None
) -> User:
    """Let somebody work here. What the user may do is said by `grant_role`, how they get in by `invite_user`.

    Whom somebody invented registers is invented, too: who practises in a demonstration leaves no real user behind.
    Raises Refusal `user.name_form`, `user.name_taken`.
    """
    well_formed(username)
    with act(by, "user.register", installation(), on=on, command=command) as step:
        if User.objects.filter(username=username).exists():
            raise Refusal("user.name_taken", username=username)
        user = User(username=username, name_en=clean(name.en), name_km=clean(name.km))
        user.is_fictional = is_fictional or (by is not None and by.is_fictional)
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

    A link that is still open holds no longer, if whoever made it does not look after this role, too. Nobody gives one to
    themselves, unless nobody else answers for the programme: the first one of an installation is alone, and it is said.
    Raises Refusal `role.unknown`, `role.already_given`, `role.to_oneself`, `period.reversed`, `user.invented`.
    """
    if role not in ROLES:
        raise Refusal("role.unknown", role=role, known=", ".join(ROLES))
    if until is not None and until <= since:
        raise Refusal("period.reversed")
    with act(by, "role.grant", programme or installation(), on=on, command=command) as step:
        user = step.lock(user)  # as where a link is made or used: one after the other
        refuse_invented(by, user)
        given = Role(user=user, role=role, programme=programme, place=place, since=since, until=until)
        given.is_own_gift = user == by
        if given.is_own_gift and (others := list(who_else_answers(user, programme))):
            raise Refusal("role.to_oneself", others=listed(one.name for one in others))
        step.create(given)
        if outgrown := outgrown_invitation(user, given):
            outgrown = step.lock(outgrown)
            outgrown.until = today()
            step.save(outgrown)
    return given


@action("role.end")
def end_role(
    role: Role, *, until: date, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Role:
    """End a role: `until` is the first day without it, today at the earliest. One that has an end ends earlier.

    One that begins today or later, and is ended by then, never held a day; that it was given stays in the trail.
    Raises Refusal `role.ended`, `role.ends_by_then`, `role.ends_before_today`, `user.last_administrator`.
    """
    with act(by, "role.end", role, on=on, command=command, seen=seen) as step:
        role = step.subject
        may_end(role.until, until, today())
        if administrates(role):
            step.lock(installation())  # two administrators who end each other's role come one after the other
        keep_an_administrator([role], until)
        role.until = max(until, role.since)
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
    signed_by: str = "",
    is_table: bool = False,
    command: UUID | None = None,
) -> Evidence:
    """Keep a file: its bytes in the store first, then its row. The same content twice is one piece of evidence.

    `signed_by`: whose signatures it carries, as name and office stand on the paper. `is_personal`: it shows persons
    (thumbprints, telephones, faces); only the office opens it, and says why. Said once, both hold for this content.
    `is_table`: a file of a bank or of another program, which was read as one before: a workbook or text.
    Raises Refusal `evidence.kind` for anything else but a picture or a PDF, `evidence.size`, `store.full`.
    """
    media_type = _kind_of(content, is_table=is_table)
    with act(by, "evidence.keep", programme, on=on, command=command) as step:
        if there := kept_evidence(programme, sha256(content).hexdigest()):
            return _said_more(step, there, is_personal=is_personal, signed_by=clean(signed_by))
        return step.create(
            _evidence(
                programme, content, media_type, caption, dated, is_personal=is_personal, signed_by=clean(signed_by)
            )
        )


def _said_more(step: Step[Programme], there: Evidence, *, is_personal: bool, signed_by: str) -> Evidence:
    """A file that is kept already, with what is said about it now and was not said before."""
    shows, signed = is_personal and not there.is_personal, signed_by and not there.signed_by
    if not shows and not signed:
        return there
    there = step.lock(there)
    if shows and there.redacts_id:
        raise Refusal("evidence.not_redacted")
    there.is_personal, there.signed_by = there.is_personal or is_personal, there.signed_by or signed_by
    step.save(there)
    return step.result(there)


@action("evidence.attach")
def attach_evidence(
    record: Model, *, paper: Evidence, role: str, by: User, on: date, command: UUID | None = None
) -> Evidence:
    """Add a paper or a photo to any record; `role` says what it is there, one of `PAPERS`.

    Raises Refusal `value.unknown`, `evidence.already_attached`.
    """
    if role not in PAPERS:
        raise Refusal("value.unknown", value=role, column=name_of(paper), known=listed(PAPERS.values()))
    with act(by, "evidence.attach", record, on=on, command=command) as step:
        step.attach(step.subject, paper, role)
        return step.result(paper)


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
    if not gives_reason(reason):
        raise Refusal("evidence.no_reason")
    with act(by, "evidence.open", evidence, on=on, command=command) as step:
        if not can_open(by, step.subject):
            raise Refusal("evidence.closed")
        return step.create(
            Opening(programme=step.subject.programme, evidence=step.subject, by=by, on=on, reason=clean(reason))
        )


def _kind_of(content: bytes, *, is_table: bool = False) -> str:
    """The media type of a file that may be kept."""
    media_type = next((kind for first, kind in KINDS.items() if content.startswith(first)), None)
    if media_type is None and is_table:
        media_type = WORKBOOK if content.startswith(b"PK") else TEXT
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
    signed_by: str = "",
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
        signed_by=signed_by,
        redacts=redacts,
    )
