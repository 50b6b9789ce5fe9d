"""The trail as a page shows it: who did what when; and what was changed by one line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils import timezone

from laar.base.access import visible
from laar.base.models import Programme, Seal, TrailLine, TrailRow
from laar.base.readers import Eyes, Held
from laar.base.rules import ROLES, verb_of, verbs
from laar.kit.names import Name, fold, listed
from laar.kit.refusals import Refusal
from laar.results.cards import Change, changes_of, with_causes

#: Who reads the trail as a whole; what was done to one record stands on its page for everybody who may see it.
TRAIL_READERS = frozenset({"administrator", "manager", "auditor"})

#: How many lines a page shows, how many are looked at in one go, and how often for one page.
PAGE, BATCH, TRIES = 50, 200, 10


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the trail is asked for: whose lines, which verb, which record, which day, and older than which line."""

    by: str = ""
    verb: str = ""
    kind: str = ""
    key: int | None = None
    day: date | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A line of the trail with the record that it is about, which this reader may see."""

    line: TrailLine
    record: Model
    verb: Name


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines of the trail, the newest first, and before which line the next page begins."""

    lines: tuple[Done, ...]
    before: int | None


@dataclass(frozen=True, slots=True)
class Sealed:
    """How far the trail is sealed: the newest seal, and since when there are lines without one."""

    seal: Seal | None
    unsealed_since: datetime | None


@dataclass(frozen=True, slots=True)
class Opened:
    """One line: what was changed by it, what it is part of, what is part of it; and how much of it is closed."""

    done: Done
    changes: tuple[tuple[Model, Change], ...]
    closed: int
    cause: TrailLine | None
    effects: tuple[Done, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """What was done of one kind since a day: the newest records of it."""

    verb: Name
    records: tuple[Model, ...]
    has_more: bool


def trail_eyes(eyes: Eyes, programme: Programme) -> Eyes:
    """The reader as far as the reading of the trail goes: a line belongs to no place, so it takes a role in the whole of
    the programme.
    """
    return Eyes(
        tuple(one for one in eyes.held if one.role in TRAIL_READERS and not one.place and _reaches(one, programme))
    )


def trail_reader(eyes: Eyes, programme: Programme) -> Eyes:
    """The same, where the trail is asked for as a whole. Raises Refusal `trail.closed`."""
    reader = trail_eyes(eyes, programme)
    if not reader.held:
        raise Refusal("trail.closed", roles=listed(ROLES[role] for role in sorted(TRAIL_READERS)))
    return reader


def _reaches(held: Held, programme: Programme) -> bool:
    return held.programme in (None, programme.pk)


def trail_page(eyes: Eyes, asked: Asked) -> Page:
    """A page of the trail as far as this reader may see the records; the next one begins where this one ends."""
    lines, before, shown = _asked(asked), asked.before, list[Done]()
    for _ in range(TRIES):
        batch = list((lines.filter(id__lt=before) if before else lines)[:BATCH])
        if not batch:
            return Page(tuple(shown), None)
        for done in done_by(batch, eyes):
            if len(shown) == PAGE:
                return Page(tuple(shown), shown[-1].line.pk)
            shown.append(done)
        before = batch[-1].pk
    return Page(tuple(shown), before)


def _asked(asked: Asked) -> QuerySet[TrailLine]:
    lines = TrailLine.objects.select_related("by", "seal").order_by("-id")
    if asked.by:
        lines = lines.filter(by__username=asked.by)
    if asked.verb:
        lines = lines.filter(verb=asked.verb)
    if asked.kind:
        tables = [one._meta.label_lower for one in apps.get_models() if one._meta.model_name == asked.kind]
        lines = lines.filter(table__in=tables)
    if asked.key is not None:
        lines = lines.filter(key=asked.key)
    if asked.day:
        lines = lines.filter(at__date=asked.day)
    return lines


def done_by(lines: Iterable[TrailLine], eyes: Eyes) -> list[Done]:
    """The lines whose record these eyes may see, in their order; one query for each table."""
    listed_ = list(lines)
    records = _records({(line.table, line.key) for line in listed_}, eyes)
    return [
        Done(line, records[line.table, line.key], verb_of(line.verb).label)
        for line in listed_
        if (line.table, line.key) in records
    ]


def _records(wanted: set[tuple[str, int]], eyes: Eyes) -> dict[tuple[str, int], Model]:
    found: dict[tuple[str, int], Model] = {}
    for table in sorted({table for table, _ in wanted}):
        keys = [key for own, key in wanted if own == table]
        records = visible(eyes, apps.get_model(table)._default_manager.filter(pk__in=keys))
        found |= {(table, record.pk): record for record in with_causes(records)}
    return found


def sealed() -> Sealed:
    """How far the trail is sealed."""
    open_lines = TrailLine.objects.filter(seal=None).order_by("id")
    return Sealed(Seal.objects.order_by("-number").first(), open_lines.values_list("at", flat=True).first())


def line_opened(eyes: Eyes, key: int) -> Opened:
    """One line with what it changed. Raises Refusal `record.not_found`, also where its record is not this reader's."""
    line = TrailLine.objects.select_related("by", "seal", "cause").filter(pk=key).first()
    shown = done_by([line], eyes) if line else []
    if line is None or not shown:
        raise Refusal("record.not_found")
    rows = list(TrailRow.objects.filter(line=line).select_related("line").order_by("id"))
    records = _records({(row.table, row.key) for row in rows}, eyes)
    open_rows = [row for row in rows if (row.table, row.key) in records]
    return Opened(
        shown[0],
        tuple(
            (records[row.table, row.key], change)
            for row, change in zip(open_rows, changes_of(open_rows, eyes), strict=True)
        ),
        len(rows) - len(open_rows),
        line.cause,
        tuple(done_by(line.effects.select_related("by", "seal").order_by("id")[:BATCH], eyes)),
    )


def changed_since(programme: Programme, eyes: Eyes, today: date) -> tuple[Group, ...]:
    """What was done in the last seven days and belongs to the programme, by verb; of each the newest records."""
    since = today - timedelta(days=7)
    newest = TrailLine.objects.filter(cause=None).order_by("-id")[:BATCH]  # by its key: the trail is long
    lines = [line for line in newest if timezone.localtime(line.at).date() > since]
    groups: dict[str, dict[Model, None]] = {}
    for done in done_by(lines, eyes):
        if getattr(done.record, "programme_id", programme.pk) in (None, programme.pk):
            groups.setdefault(done.line.verb, {})[done.record] = None
    return tuple(Group(verb_of(verb).label, tuple(records)[:3], len(records) > 3) for verb, records in groups.items())


def verb_called(query: str) -> str:
    """The verb with a code, or empty: what somebody typed into an address is no verb until it is one."""
    return next((verb.code for verb in verbs() if fold(query) == verb.code), "")
