"""Where a record belongs: its commune, the list in which it stands, and the records of which it is a part."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Model

from laar.base.access import openable, place_of, visible
from laar.base.models import Role
from laar.base.readers import Eyes
from laar.events.models import Advice, Attendance, Decision, Event, Request
from laar.kit.figures import follow
from laar.ledger.models import Account, BudgetLine, DocumentLine, Entry, Posting, StatementLine
from laar.plans.models import Answer, Line
from laar.projects.models import (
    Agreement,
    Completion,
    Contribution,
    Delivery,
    Opinion,
    Project,
    Refund,
    Share,
    Tranche,
    TreasuryPayment,
    Visit,
    Voucher,
)
from laar.registers.models import Mandate, Membership, Party, Place
from laar.results.chapters import Chapter, chapters

#: Of what a record is a part, from the whole to the part, as query paths.
PART_OF: dict[type[Model], tuple[str, ...]] = {
    Account: ("book",),
    Advice: ("visit",),
    Agreement: ("project",),
    Answer: ("line__plan", "line"),
    Attendance: ("event",),
    BudgetLine: ("budget",),
    Completion: ("project",),
    Decision: ("session",),
    DocumentLine: ("document",),
    Entry: ("book",),
    Event: ("course",),
    Line: ("plan",),
    Mandate: ("body",),
    Membership: ("body",),
    Opinion: ("project",),
    Posting: ("entry",),
    Project: ("plan",),
    Refund: ("tranche__agreement__project", "tranche"),
    Request: ("event",),
    Role: ("user",),
    Share: ("agreement__project", "agreement"),
    StatementLine: ("statement",),
    Tranche: ("agreement__project",),
    TreasuryPayment: ("share__agreement__project",),
    Visit: ("project",),
    Contribution: ("project",),
    Delivery: ("contribution__project", "contribution"),
    Voucher: ("tranche__agreement__project", "tranche"),
}
#: How long the code of a commune is: a village has no page of its own.
COMMUNE = 6


@dataclass(frozen=True, slots=True)
class Belongs:
    """Where a record belongs, as far as this reader may go there."""

    place: Place | None
    chapter: Chapter | None
    wholes: tuple[Model, ...]


def belongs_to(record: Model, eyes: Eyes, known: Collection[tuple[str, int]] = frozenset()) -> Belongs:
    """Where a record belongs; the same few queries for each of a kind. `known` is what this reader may open for sure."""
    wholes = [one for path in PART_OF.get(type(record), ()) if (one := follow(record, path)) is not None]
    may_open = {*known, *openable(eyes, [one for one in wholes if _key(one) not in known])}
    shown = tuple(one for one in wholes if _key(one) in may_open)
    return Belongs(_place(record, eyes), _chapter(record, shown, eyes), shown)


def _key(record: Model) -> tuple[str, int]:
    return record._meta.label_lower, record.pk


def _place(record: Model, eyes: Eyes) -> Place | None:
    if isinstance(record, Place):
        return None
    code = (place_of(record) or "")[:COMMUNE]
    return visible(eyes, Place.objects.filter(code=code, until=None)).first() if len(code) == COMMUNE else None


def _chapter(record: Model, wholes: tuple[Model, ...], eyes: Eyes) -> Chapter | None:
    """The list of its kind; where there is none, that of what it is a part of."""
    for one in (record, *wholes):
        for chapter in chapters().values():
            if chapter.model is type(one) and _stands_in(chapter, one) and chapter.open_to(eyes):
                return chapter
    return None


def _stands_in(chapter: Chapter, record: Model) -> bool:
    """People and bodies are of one table and stand in two lists."""
    return not isinstance(record, Party) or chapter.of_persons is (record.kind == "person")
