"""Reads of the ground floor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from laar.base.clock import today
from laar.base.models import Attachment, Evidence, Installation, Programme, TrailLine, User
from laar.base.readers import Eyes
from laar.base.rules import RETURNED, not_before, quoted
from laar.kit.refusals import Refusal
from laar.kit.states import Machine

#: What a story may change years later because the world around it changes: lists that all programmes share.
SHARED_LATER = ("registers.sector",)


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


def programmes_for(eyes: Eyes) -> list[Programme]:
    """The programmes that a reader may look at: those with a role of the reader's, then those that are open to anybody."""
    there = list(Programme.objects.order_by("id"))
    own = [one for one in there if eyes.inside(one)]
    return own + [one for one in there if one not in own and one.is_open]


def programme_for(eyes: Eyes, code: str) -> Programme:
    """The programme with a code, if this reader may look at it. Raises Refusal `record.not_found`."""
    for one in programmes_for(eyes):
        if one.code == code:
            return one
    raise Refusal("record.not_found")


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


def doer_of(record: Model, verb: str) -> User | None:
    """Who last did a verb to a record, or made it by it; None where nobody did."""
    lines = TrailLine.objects.filter(table=record._meta.label_lower, key=record.pk, verb=verb).select_related("by")
    line = lines.order_by("-id").first()
    return line.by if line else None


def in_order(record: Model, table: Machine, on: date) -> None:
    """Refuse a step that is dated before the one by which the record came where it is, or before the record was made.

    Raises Refusal `day.before_its_cause`.
    """
    if record.state == RETURNED:  # type: ignore[attr-defined]  # what goes by a table of states has a state
        return
    steps = {f"{record._meta.model_name}.{step.verb}" for step in table.steps}
    lines = TrailLine.objects.filter(table=record._meta.label_lower, key=record.pk).order_by("-id")
    taken = list(lines.values_list("verb", "on"))
    before = next(((verb, day) for verb, day in taken if verb in steps), taken[-1] if taken else None)
    if before:
        not_before(on, before[1], quoted(before[0]))


def was_done(command: UUID) -> bool:
    """Whether a command was carried out before."""
    return TrailLine.objects.filter(command=command).exists()


def line_of_command(command: str, user: User | None) -> TrailLine | None:
    """The line of a command that this user has carried out; None where there is none."""
    try:
        line = TrailLine.objects.filter(command=UUID(command), by=user) if user and command else None
    except ValueError:
        return None
    return line.first() if line is not None else None


def day_in(programme: Programme) -> date:
    """Today; in a demonstration the day at which its story stands, so that its work is not years late."""
    if programme.is_demo:
        told = TrailLine.objects.filter(is_simulated=True).exclude(table__in=SHARED_LATER).order_by("-id")
        last = told.values_list("at", flat=True).first()
        if last:
            return timezone.localtime(last).date()
    return today()
