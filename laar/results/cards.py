"""A record as it is shown: what it says, what it cites, what came of it, what proves it, and who wrote it when.

One card serves every table of the house, because every table keeps the same conventions: names in pairs, money in
1/10 000 with its currency, causes as foreign keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from laar.base.access import can_open, openable, visible
from laar.base.models import Attachment, Evidence, TrailLine, TrailRow
from laar.base.papers import Paper, papers_shown, redacted_copies
from laar.base.queries import evidence_of
from laar.base.readers import NOBODY, Eyes, Reader, eyes_of, name_for
from laar.base.recorded import recorded_models
from laar.base.rules import verb_of
from laar.base.trail import history
from laar.events.models import PaymentLine, PaymentList, Request
from laar.kit.figures import hundredths
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.kit.small import public_counts
from laar.ledger.models import CashCount, Closing, Document, DocumentLine, Entry, Posting
from laar.ledger.queries import postings_of
from laar.projects.models import Agreement, Completion, Contribution, Opinion, Project, Visit
from laar.results.changes import Column, Words, columns_of, knows_persons
from laar.results.documents import DocumentSheet, PaymentSheet, payment_sheet, sheet_of
from laar.results.plain import AMOUNTS, amount_of, in_words, label_of, points_of
from laar.results.queries import Stage, Stretch, on_way, stages_of, way_of

#: Columns that a card leaves out: how the house keeps a record, not what it says.
SILENT = frozenset({"id", "uid", "programme", "currency", "is_fictional", "email", "number_key"})
#: Of which records the way has all that cite one already.
ALL_ON_THE_WAY: dict[type[models.Model], tuple[type[models.Model], ...]] = {
    Project: (Agreement, Completion, Opinion, Visit)
}
#: How many records of a kind a card lists.
MOST = 100


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a card: a label, and a text, a day, an amount or another record."""

    label: str
    text: str = ""
    #: Which column of the record it says.
    column: str = ""
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
    columns: list[Column]


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that is shown of a record."""

    record: models.Model
    kind: str
    name: Name
    said: list[Said]
    effects: list[Effects]
    evidence: list[Paper]
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
    #: Of a piece of evidence: what of it this reader may look at.
    paper: Paper | None
    #: Of a document of the books: its lines, and what it does.
    document: DocumentSheet | None
    #: Of a payment list: who is paid what, as far as the reader may know persons.
    payments: PaymentSheet | None


def record_called(kind: str, key: int, reader: Reader) -> models.Model:
    """The record of a table (by the name of its model), if the reader may see it. Raises `record.not_found`."""
    for model in recorded_models():
        if model._meta.model_name == kind and model is not Attachment:
            found = _piece(key, reader) if model is Evidence else _seen(model, key, reader)
            if found is not None:
                return found
    raise Refusal("record.not_found")


def _seen(model: type[models.Model], key: int, reader: Reader) -> models.Model | None:
    found = with_causes(visible(reader, model._default_manager.filter(pk=key))).first()
    return found if isinstance(found, models.Model) else None


def _piece(key: int, reader: Reader) -> Evidence | None:
    """Evidence is seen by whoever may look at the file, also through a record that it proves."""
    piece = Evidence.objects.select_related("redacts").filter(pk=key).first()
    return piece if piece and can_open(reader, piece) else None


def card_of(record: models.Model, reader: Reader) -> Card:
    """The card of a record, as this reader may see it."""
    eyes = eyes_of(reader)
    said, way = list(said_of(record, eyes)), way_of(record)
    stages = stages_of(record) if isinstance(record, Request) else []
    named = [one.record for one in said if one.record]
    named += [one for stretch in way for one in stretch.records]
    named += [stage.record for stage in stages]
    may_open = openable(eyes, named)
    return Card(
        record=record,
        kind=str(record._meta.verbose_name),
        name=name_for(eyes, record),
        said=[one for one in said if not (eyes.is_public and one.record) or _key(one.record) in may_open],
        open=frozenset(may_open),
        effects=list(_effects(record, eyes, [one for one in on_way(way, models.Model) if _key(one) in may_open])),
        evidence=papers_shown(eyes, evidence_of(record)),
        way=way,
        history=[] if eyes.is_public else changes_of(history(record), eyes, known=[*named, *cited_by(record)]),
        proves=list(_proven_by(record, eyes)) if isinstance(record, Evidence) else [],
        postings=list(postings_of(record)) if isinstance(record, Entry) else [],
        stages=stages,
        paper=_paper(record) if isinstance(record, Evidence) else None,
        document=sheet_of(record) if isinstance(record, Document) else None,
        payments=payment_sheet(record) if isinstance(record, PaymentList) and knows_persons(eyes) else None,
    )


def said_of(record: models.Model, eyes: Eyes = NOBODY) -> Iterator[Said]:
    """What the columns of a record say; to the public without those that tell of a person, and few people uncounted."""
    left_out: frozenset[str] = SILENT | getattr(record, "SECRET", frozenset())
    counted: dict[str, str] = {}
    if not knows_persons(eyes):
        left_out |= getattr(record, "NAMES_PERSONS", frozenset())
    if eyes.is_public:
        left_out |= getattr(record, "PERSONAL", frozenset())
        columns: tuple[str, ...] = getattr(record, "COUNTS_PEOPLE", ())
        counted = dict(zip(columns, public_counts([getattr(record, name) for name in columns]), strict=True))
    heading = name_for(eyes, record)
    for column in record._meta.concrete_fields:
        value = getattr(record, column.attname)
        if column.name in left_out or value in (None, "") or _goes_without_saying(record, column, value):
            continue
        if column.name.endswith(("_en", "_km")) and value in heading.en + heading.km:
            continue  # the heading says it already
        if column.name in counted:
            yield Said(str(column.verbose_name), text=counted[column.name], column=column.name)
        else:
            yield from (replace(one, column=column.name) for one in _lines(record, column, value))


def _lines(record: models.Model, column: models.Field[Any, Any], value: Any) -> Iterator[Said]:
    """What one column says: one line; of a checklist every point, and with what the books have how far that is."""
    if isinstance(record, Closing) and column.name == "found":
        yield from (Said(point, text=found) for point, found in points_of(record))
    else:
        yield _one(record, column, str(column.verbose_name), value)
    if isinstance(record, CashCount) and column.name == "booked":  # it is what the count is for
        yield Said(str(_("difference")), amount=record.difference)


def _goes_without_saying(record: models.Model, column: models.Field[Any, Any], value: Any) -> bool:
    """A no to what holds for few, and the first of several times: it would stand on every record and say nothing."""
    if isinstance(column, models.BooleanField):
        return value is False and column.default is False
    if isinstance(record, Contribution) and column.name in ("units", "worth"):
        return bool(value == 0)  # only promised yet
    return column.name == "round" and value == 1 and isinstance(record, Project | Opinion)


def _paper(piece: Evidence) -> Paper:
    """A piece whose page is open: an original that shows persons by its redacted copy, and for a reason."""
    if not piece.is_personal:
        return Paper("", piece, piece)
    return Paper("", piece, redacted_copies([piece.pk]).get(piece.pk), needs_reason=True)


def _key(record: models.Model | None) -> tuple[str, int]:
    return (record._meta.label_lower, record.pk) if record else ("", 0)


def _one(record: models.Model, column: models.Field[Any, Any], label: str, value: Any) -> Said:
    if isinstance(column, models.ForeignKey):
        return Said(label, record=getattr(record, column.name))
    if amount := _amount(record, column):
        return amount
    if isinstance(value, date):
        return Said(label, day=value)
    return Said(label, text=_text(record, column, value))


def _text(record: models.Model, column: models.Field[Any, Any], value: Any) -> str:
    if (words := in_words(type(record), column.name, value)) is not None:
        return words
    if column.name in getattr(record, "HUNDREDTHS", ()):
        return f"{hundredths(Fraction(value, 100))} %"
    if column.flatchoices:
        return str(dict(column.flatchoices).get(value, value))
    return str(_("yes") if value is True else _("no") if value is False else value)


def _amount(record: models.Model, column: models.Field[Any, Any]) -> Said | None:
    if column.name == "units":
        return Said(label_of(column), amount=record.amount)  # type: ignore[attr-defined]  # every table with units has it
    if (type(record), column.name) in AMOUNTS:
        label, of = AMOUNTS[type(record), column.name]
        return Said(str(label), amount=of(record))
    amount = amount_of(type(record), column.name, vars(record))
    return None if amount is None else Said(label_of(column), amount=amount)


def _effects(record: models.Model, reader: Reader, on_its_way: Sequence[models.Model]) -> Iterator[Effects]:
    """What came of a record, table by table; `on_its_way` is what this reader may see of its way."""
    for model in recorded_models():
        if (
            model is Attachment  # it has its own place on the card
            or (isinstance(record, Entry) and model is Posting)
            or (isinstance(record, Document) and model is DocumentLine)
            or (isinstance(record, PaymentList) and model is PaymentLine)
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
        if model in ALL_ON_THE_WAY.get(type(record), ()):
            citing = [one for one in on_its_way if isinstance(one, model)][: MOST + 1]
        else:
            every = visible(reader, model._default_manager.filter(cited))
            citing = list(with_causes(every).order_by("pk")[: MOST + 1])
        if citing:
            yield Effects(str(model._meta.verbose_name), citing[:MOST], len(citing) > MOST)


def _proven_by(evidence: Evidence, reader: Reader) -> Iterator[tuple[str, models.Model]]:
    original = evidence.redacts or evidence  # a copy proves what its original does
    for attachment in original.attachments.order_by("id"):
        records = apps.get_model(attachment.table)._default_manager.filter(pk=attachment.key)
        for record in with_causes(visible(reader, records)):
            yield attachment.role, record


def with_causes(records: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Records with what they cite, so that their names cost no query each."""
    causes = [field.name for field in records.model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    causes += getattr(records.model, "NAMED_BY", ())
    return records.select_related(*causes) if causes else records


def cited_by(record: models.Model) -> Iterator[models.Model]:
    """What a record cites, as far as it was read with it."""
    for column in record._meta.concrete_fields:
        if isinstance(column, models.ForeignKey) and (cited := column.get_cached_value(record, default=None)):
            yield cited


def change_of(row: TrailRow, words: Words) -> Change:
    """What a row of the trail says was changed, in words; secrets are in no row."""
    model = apps.get_model(row.table)
    before = None if row.before is None else {**(row.after or {}), **row.before}
    return Change(row.line, verb_of(row.line.verb).label, columns_of(model, before, row.after or {}, words))


def changes_of(rows: Iterable[TrailRow], eyes: Eyes, known: Iterable[models.Model] = ()) -> list[Change]:
    """What some rows of the trail say, with one question for each table that they cite and whose records aren't known."""
    listed = list(rows)
    images = [(apps.get_model(row.table), image) for row in listed for image in (row.before, row.after) if image]
    words = Words(images, eyes, known)
    return [change_of(row, words) for row in listed]
