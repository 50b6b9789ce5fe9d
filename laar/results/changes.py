"""What a change says, in words: the columns of a record as they are printed, before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Field, ForeignKey, Model
from django.utils.translation import gettext as _

from laar.base.images import Image
from laar.base.readers import NOBODY, Eyes, name_for
from laar.base.trail import LineDraft, RowDraft
from laar.kit.names import Name
from laar.results.plain import amount_of, in_words, label_of

#: How the house keeps a record, not what it says.
SILENT = frozenset(
    {"id", "uid", "programme_id", "currency", "is_fictional", "email", "position", "digest", "book_id", "number_key"}
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a record that changed."""

    label: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Told:
    """A record that is made, or what of it is changed. A new one is told by its name, which says what matters of it."""

    kind: str
    name: Name
    is_new: bool
    columns: list[Column]


def told(lines: Iterable[LineDraft], eyes: Eyes) -> list[Told]:
    """What the lines of a rehearsal change, record by record, in the order in which it happens."""
    rows = [row for line in lines for row in line.rows]
    words = Words([(row.model, image) for row in rows for image in (row.before, row.after) if image], eyes)
    return [_told(row, words, eyes) for row in rows]


def _told(row: RowDraft, words: Words, eyes: Eyes) -> Told:
    record = row.model._default_manager.filter(pk=row.after["id"]).first()
    return Told(
        kind=str(row.model._meta.verbose_name),
        name=name_for(eyes, record) if record else Name(en=""),
        is_new=row.before is None,
        columns=[] if row.before is None else columns_of(row.model, row.before, row.after, words),
    )


def knows_persons(eyes: Eyes) -> bool:
    """Whether somebody may know persons by their names."""
    return any(held.knows_persons for held in eyes.held)


class Words:
    """What the values of some images are called; the records that they cite are read with one query for each table, those at
    hand not again.
    """

    def __init__(
        self,
        images: Iterable[tuple[type[Model], Mapping[str, Any]]],
        eyes: Eyes = NOBODY,
        known: Iterable[Model] = (),
    ) -> None:
        self.knows_persons = knows_persons(eyes)
        wanted: dict[type[Model], set[int]] = defaultdict(set)
        for model, image in images:
            for column in model._meta.concrete_fields:
                if isinstance(column, ForeignKey) and image.get(column.attname) is not None:
                    wanted[column.related_model].add(image[column.attname])
        self._names = {}
        at_hand = {(type(record), record.pk): record for record in known}
        for model, keys in wanted.items():
            unknown = [key for key in keys if (model, key) not in at_hand]
            read = model._default_manager.filter(pk__in=unknown) if unknown else []
            for record in [*read, *(at_hand[model, key] for key in keys.difference(unknown))]:
                self._names[model, record.pk] = name_for(eyes, record)

    def say(self, image: Mapping[str, Any], column: Field[Any, Any]) -> Any:
        """A value as it is printed: a Name, an amount, a day or a text; None where there is nothing."""
        value = image.get(column.attname)
        if value in (None, ""):
            return None
        if isinstance(column, ForeignKey):
            return self._names.get((column.related_model, value), Name(en=str(value)))
        if (amount := amount_of(column.model, column.name, image)) is not None:
            return amount
        if (said := in_words(column.model, column.name, value)) is not None:
            return said
        if column.flatchoices:
            return str(dict(column.flatchoices).get(value, value))
        return _plain(value, column.get_internal_type())


def _plain(value: Any, kind: str) -> Any:
    """A value that is no record, amount or choice."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str) and kind == "DateField":
        return date.fromisoformat(value)
    if isinstance(value, str) and kind == "DateTimeField":
        return datetime.fromisoformat(value)
    return value if isinstance(value, date) else str(value)


def columns_of(model: type[Model], before: Image | None, after: Image, words: Words) -> list[Column]:
    """The columns in which two images differ; of a new record all that say something."""
    secret: frozenset[str] = getattr(model, "SECRET", frozenset())
    if not words.knows_persons:
        secret |= getattr(model, "NAMES_PERSONS", frozenset())
    found = []
    for column in model._meta.concrete_fields:
        name = column.attname
        if name in SILENT or column.name in secret or name not in after:
            continue
        if before is not None and (name not in before or before[name] == after[name]):
            continue
        then = words.say(before, column) if before is not None else None
        now = words.say(after, column)
        if then is None and now is None:
            continue
        found.append(Column(label_of(column), then, now))
    return found
