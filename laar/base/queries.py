"""Reads of the ground floor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from laar.base.models import Attachment, Evidence, Installation, Programme, TrailLine, User
from laar.kit.refusals import Refusal


def installation() -> Installation:
    """This house: the parent of what has none."""
    return Installation.objects.get()


def programme_of(code: str = "") -> Programme:
    """The programme with a code; without one, the only programme there is. Raises Refusal `record.not_found`."""
    found = Programme.objects.filter(code=code) if code else Programme.objects.order_by("id")
    programme = found.first()
    if programme is None:
        raise Refusal("record.not_found")
    return programme


def user_called(username: str) -> User:
    """The user with this name. Raises Refusal `record.not_found`."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise Refusal("record.not_found")
    return user


def user_or_none(username: str) -> User | None:
    """The user with this name, if there is one who may work."""
    return User.objects.filter(username=username, is_active=True).first() if username else None


def has_demo() -> bool:
    """Whether a demonstration is in this house: then every page says so."""
    return Programme.objects.filter(is_demo=True).exists()


def evidence_called(uid: UUID) -> Evidence:
    """The evidence with this id. Raises Refusal `record.not_found`."""
    piece = Evidence.objects.filter(uid=uid).first()
    if piece is None:
        raise Refusal("record.not_found")
    return piece


def evidence_of(record: Model) -> QuerySet[Attachment]:
    """What proves a record, in the order in which it was attached."""
    return (
        Attachment.objects.filter(table=record._meta.label_lower, key=record.pk)
        .select_related("evidence")
        .order_by("id")
    )


def kept_evidence(programme: Programme, sha256: str) -> Evidence | None:
    """The evidence row of a content, where it is kept already."""
    return Evidence.objects.filter(programme=programme, sha256=sha256).first()


def attachments_of(owners: Collection[tuple[str, int]]) -> QuerySet[Attachment]:
    """What is attached to any of some records, given as (table, key), in the order in which it was attached."""
    keys: dict[str, list[int]] = defaultdict(list)
    for table, key in owners:
        keys[table].append(key)
    any_of = Q(pk__in=[])
    for table, own in keys.items():
        any_of |= Q(table=table, key__in=own)
    return Attachment.objects.filter(any_of).select_related("evidence").order_by("id")


def papers_of(record: Model) -> set[str]:
    """Which kinds of paper are attached to a record: `{"minutes", "photo"}`."""
    return set(evidence_of(record).values_list("role", flat=True))


def day_of(record: Model, verb: str) -> date | None:
    """The day of the paper by which a verb was last done to a record; None where it was not."""
    lines = TrailLine.objects.filter(table=record._meta.label_lower, key=record.pk, verb=verb)
    return lines.order_by("-id").values_list("on", flat=True).first()


def was_done(command: UUID) -> bool:
    """Whether a command was carried out before."""
    return TrailLine.objects.filter(command=command).exists()
