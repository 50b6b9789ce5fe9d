"""A record as it is shown: what it says, what it cites, what came of it, what proves it, and who wrote it when.

One card serves every table of the house, because every table keeps the same conventions: names in pairs, money in
1/10 000 with its currency, causes as foreign keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from laar.base.access import can_open, openable, visible
from laar.base.models import Attachment, Evidence, Installation, Seal, TrailLine, TrailRow, User
from laar.base.queries import evidence_of
from laar.base.rules import verb_of
from laar.base.trail import history
from laar.events.models import Request
from laar.kit.money import Money
from laar.kit.names import Name, name_of
from laar.kit.refusals import Refusal
from laar.ledger.models import Entry, Posting
from laar.ledger.queries import postings_of
from laar.results.queries import Stage, Stretch, stages_of, way_of

#: Columns that a card leaves out: how the house keeps a record, not what it says.
SILENT = frozenset({"id", "uid", "programme", "currency", "is_fictional"})
#: What nobody looks up as "cited by": the trail and attachments have their own place on the card.
APART = (Attachment, TrailLine, TrailRow, Seal, Installation)
#: How many records of a kind a card lists.
MOST = 100


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a card: a label, and a text, a day, an amount or another record."""

    label: str
    text: str = ""
    day: date | None = None
    amount: Money | None = None
    record: models.Model | None = None


@dataclass(frozen=True, slots=True)
class Effects:
    """What came of a record: the records of one table that cite it."""

    label: str
    records: list[models.Model]
    more: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the history of a record."""

    line: TrailLine
    verb: Name
    columns: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that is shown of a record."""

    record: models.Model
    kind: str
    name: Name
    said: list[Said]
    effects: list[Effects]
    evidence: list[tuple[str, Evidence]]
    way: list[Stretch]
    history: list[Change]
    #: Which of the records that the card names this reader may open, as (table, key).
    open: frozenset[tuple[str, int]]
    #: Of a piece of evidence: what it is attached to, and as what.
    proves: list[tuple[str, models.Model]]
    #: Of an entry of the books: its lines.
    postings: list[Posting]
    #: Of a request: how far it has come.
    stages: list[Stage]


def record_called(kind: str, key: int, reader: User | None) -> models.Model:
    """The record of a table (by the name of its model), if the reader may see it. Raises `record.not_found`."""
    for model in apps.get_models():
        if model._meta.model_name == kind and model not in APART and model.__module__.startswith("laar."):
            found = _with_causes(visible(reader, model._default_manager.filter(pk=key))).first()
            if isinstance(found, models.Model):
                return found
    raise Refusal("record.not_found")


def card_of(record: models.Model, reader: User | None) -> Card:
    """The card of a record, as this reader may see it."""
    said, way, stages = list(_said(record)), way_of(record), stages_of(record) if isinstance(record, Request) else []
    named = [one.record for one in said if one.record]
    named += [one for stretch in way for one in stretch.records]
    named += [stage.record for stage in stages]
    return Card(
        record=record,
        kind=str(record._meta.verbose_name),
        name=name_of(record),
        said=said,
        open=frozenset(openable(reader, named)),
        effects=list(_effects(record, reader)),
        evidence=[
            (attachment.role, attachment.evidence)
            for attachment in evidence_of(record)
            if can_open(reader, attachment.evidence)
        ],
        way=way,
        history=[_change(row) for row in history(record)],
        proves=list(_proven_by(record, reader)) if isinstance(record, Evidence) else [],
        postings=list(postings_of(record)) if isinstance(record, Entry) else [],
        stages=stages,
    )


def _said(record: models.Model) -> Iterator[Said]:
    secret: frozenset[str] = getattr(record, "SECRET", frozenset())
    heading = name_of(record)
    for column in record._meta.concrete_fields:
        value = getattr(record, column.attname)
        if column.name in SILENT or column.name in secret or value in (None, ""):
            continue
        if column.name.endswith(("_en", "_km")) and value in heading.en + heading.km:
            continue  # the heading says it already
        yield _one(record, column, str(column.verbose_name), value)


def _one(record: models.Model, column: models.Field[Any, Any], label: str, value: Any) -> Said:
    if isinstance(column, models.ForeignKey):
        return Said(label, record=getattr(record, column.name))
    if column.name == "units":
        return Said(str(_("amount")), amount=record.amount)  # type: ignore[attr-defined]  # every table with units has it
    if isinstance(record, Posting) and column.name == "in_book":
        return Said(str(_("in the currency of the book")), amount=Money(value, record.account.book.currency))
    if column.flatchoices:
        return Said(label, text=str(dict(column.flatchoices).get(value, value)))
    if isinstance(value, date):
        return Said(label, day=value)
    return Said(label, text=str(_("yes") if value is True else _("no") if value is False else value))


def _effects(record: models.Model, reader: User | None) -> Iterator[Effects]:
    for model in apps.get_models():
        if (
            model in APART
            or not model.__module__.startswith("laar.")
            or (isinstance(record, Entry) and model is Posting)
        ):
            continue  # the lines of an entry have their own table
        paths = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.ForeignKey)
            and field.related_model is type(record)
            and field.name != "programme"
        ]
        if not paths:
            continue
        cited = models.Q()
        for path in paths:
            cited |= models.Q(**{path: record.pk})
        citing = list(_with_causes(visible(reader, model._default_manager.filter(cited))).order_by("pk")[: MOST + 1])
        if citing:
            yield Effects(str(model._meta.verbose_name), citing[:MOST], len(citing) > MOST)


def _proven_by(evidence: Evidence, reader: User | None) -> Iterator[tuple[str, models.Model]]:
    for attachment in evidence.attachments.order_by("id"):
        records = apps.get_model(attachment.table)._default_manager.filter(pk=attachment.key)
        for record in _with_causes(visible(reader, records)):
            yield attachment.role, record


def _with_causes(records: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """The records with what they cite, so that their names cost no query each."""
    causes = [field.name for field in records.model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    causes += getattr(records.model, "NAMED_BY", ())
    return records.select_related(*causes) if causes else records


def _change(row: TrailRow) -> Change:
    before, after = row.before or {}, row.after or {}
    names = [name for name in after if name != "id"] if row.before is None else list(before)
    columns = [
        (name, _plain(before.get(name)) if row.before is not None else "", _plain(after.get(name)))
        for name in names
        if row.before is not None or after.get(name) not in (None, "")
    ]
    return Change(row.line, verb_of(row.line.verb).label, columns)


def _plain(value: Any) -> str:
    return "" if value is None else str(value)
