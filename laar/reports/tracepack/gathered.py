"""What belongs into a trace pack: the figures of the sheet, their records, all causes of these, the way they lie on.

Ten thousand records are read table by table, never one by one. What the reader may not see is kept here, too, because
the name of one record may be made of another's; it gets no page and is not followed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model

from laar.base.access import visible
from laar.base.models import Attachment, Evidence, Programme, TrailRow, User
from laar.base.papers import Paper, papers_shown
from laar.base.queries import attachments_of
from laar.base.readers import Eyes
from laar.events.models import Attendance, Event
from laar.kit.figures import Figure, Records
from laar.ledger.models import Entry, Posting
from laar.plans.models import Plan
from laar.projects.models import Project
from laar.reports.factsheet import Sheet
from laar.results.queries import Stretch, way_of

#: A record as (table, key).
Key = tuple[str, int]
#: So many keys are asked for at once.
MANY = 2000

#: Rows that are shown on the page of what they belong to: `{table: column}`.
HOSTED: dict[type[Model], str] = {Posting: "entry", Attendance: "event"}
#: What gets no page of its own: a name is enough, or (evidence) the file itself.
WITHOUT_PAGE: tuple[type[Model], ...] = (User, Programme, Evidence, *HOSTED)


@dataclass(frozen=True, slots=True)
class Written:
    """A line of the trail about a record: who did what, when, and where it is sealed."""

    verb: str
    by: int | None
    at: datetime
    line: int
    digest: str
    seal: int | None
    is_simulated: bool


@dataclass
class Gathered:
    """Everything that a pack is made of, for one reader."""

    eyes: Eyes
    figures: dict[str, Figure] = field(default_factory=dict)
    records: dict[Key, Model] = field(default_factory=dict)
    open: set[Key] = field(default_factory=set)
    #: Of each figure its records and what each adds; of each record the figures that it adds to.
    contributions: dict[str, list[tuple[Key, int]]] = field(default_factory=dict)
    adds_to: dict[Key, list[str]] = field(default_factory=lambda: defaultdict(list))
    #: What cites a record, among the records that are open; and the rows shown on its page.
    effects: dict[Key, list[Model]] = field(default_factory=lambda: defaultdict(list))
    hosted: dict[Key, list[Model]] = field(default_factory=lambda: defaultdict(list))
    papers: dict[Key, list[Paper]] = field(default_factory=lambda: defaultdict(list))
    history: dict[Key, list[Written]] = field(default_factory=lambda: defaultdict(list))
    ways: dict[Key, list[Stretch]] = field(default_factory=dict)

    def is_open(self, record: Model) -> bool:
        """Whether this reader may see a record."""
        return key_of(record) in self.open

    def has_page(self, record: Model) -> bool:
        """Whether a record has a page in this pack."""
        return not isinstance(record, WITHOUT_PAGE) and self.is_open(record)

    def host_of(self, record: Model) -> Model:
        """The record on whose page this one is shown: itself, or the entry of a posting."""
        column = HOSTED.get(type(record))
        return getattr(record, column) if column else record

    def pages(self) -> Iterator[Model]:
        """Every record that has a page, in the order of their tables and keys."""
        return (record for _, record in sorted(self.records.items()) if self.has_page(record))

    def digest_of(self, key: Key) -> str:
        """The digest of the newest image of a record."""
        return self.history[key][0].digest if self.history[key] else ""


def key_of(record: Model) -> Key:
    """Table and key of a record."""
    return record._meta.label_lower, record.pk


def gathered(sheet: Sheet, eyes: Eyes) -> Gathered:
    """Read everything that the figures of a sheet lead to, as far as this reader may see it."""
    pack = Gathered(eyes)
    for one in sheet.figures.values():
        _take_figure(pack, one)
    _follow(pack, [record for record in pack.records.values() if pack.is_open(record)])
    _follow(pack, _along_the_way(pack))
    _follow(pack, _citing_entries(pack))
    _follow(pack, _along_the_way(pack))
    _follow(pack, _hosted_rows(pack))
    _put_together(pack)
    _read_papers(pack)
    _read_history(pack)
    return pack


def _take_figure(pack: Gathered, figure: Figure) -> None:
    """A figure, the figures that it is made of, and its records."""
    if figure.id in pack.figures:
        return
    pack.figures[figure.id] = figure
    for part in figure.parts:
        _take_figure(pack, part)
    measured = figure.measured
    if not isinstance(measured, Records):
        return
    pairs = list(measured.contributions())
    pack.contributions[figure.id] = [(key_of(record), adds) for record, adds in pairs]
    _take(pack, (record for record, _ in pairs))
    for record, _ in pairs:
        pack.adds_to[key_of(record)].append(figure.id)


def _take(pack: Gathered, records: Iterable[Model]) -> list[Model]:
    """Add records that are not there yet, and ask which of them this reader may see; those are returned."""
    fresh: dict[type[Model], dict[int, Model]] = defaultdict(dict)
    for record in records:
        if key_of(record) not in pack.records:
            fresh[type(record)][record.pk] = record
    for model, own in fresh.items():
        pack.records |= {key_of(record): record for record in own.values()}
        for keys in _chunks(list(own)):
            seen = visible(pack.eyes, model._default_manager.filter(pk__in=keys)).values_list("pk", flat=True)
            pack.open |= {(model._meta.label_lower, key) for key in seen}
    return [record for own in fresh.values() for record in own.values() if pack.is_open(record)]


def _follow(pack: Gathered, records: list[Model]) -> None:
    """Take the records in, and what they cite, and what that cites, up to where nothing is new or the reader's rights end.

    What is closed is read, for a name may be made of it, but not followed.
    """
    _take(pack, records)
    edge = [record for record in records if pack.is_open(record)]
    while edge:
        wanted: dict[type[Model], set[int]] = defaultdict(set)
        for record in edge:
            for column, target in causes_of(type(record)):
                key = getattr(record, column)
                if key is not None and (target._meta.label_lower, key) not in pack.records:
                    wanted[target].add(key)
        edge = _take(pack, _read(wanted))


def _read(wanted: dict[type[Model], set[int]]) -> Iterator[Model]:
    for model, keys in wanted.items():
        for some in _chunks(sorted(keys)):
            yield from model._default_manager.filter(pk__in=some)


def _along_the_way(pack: Gathered) -> list[Model]:
    """The records on the way of every project in the pack, and of every plan without one; each learns on which way it
    lies.
    """
    ways: dict[Key, list[list[Stretch]]] = defaultdict(list)
    projects = [one for one in pack.records.values() if isinstance(one, Project) and pack.is_open(one)]
    carried = {project.plan_id for project in projects}
    plans = [
        one for one in pack.records.values() if isinstance(one, Plan) and pack.is_open(one) and one.pk not in carried
    ]
    for start in (*projects, *plans):
        way = way_of(start)
        for record in (record for stretch in way for record in stretch.records):
            ways[key_of(record)].append(way)
    pack.ways = {key: own[0] if len(own) == 1 else _joined(own) for key, own in ways.items()}
    found = {key_of(one): one for own in pack.ways.values() for stretch in own for one in stretch.records}
    return [one for key, one in found.items() if key not in pack.records]


def _joined(ways: Sequence[list[Stretch]]) -> list[Stretch]:
    """Several ways that meet in one record, stretch by stretch."""
    joined: dict[str, tuple[Stretch, dict[Key, Model]]] = {}
    for way in ways:
        for stretch in way:
            _, records = joined.setdefault(stretch.name.en, (stretch, {}))
            records |= {key_of(record): record for record in stretch.records}
    return [Stretch(stretch.name, tuple(records.values())) for stretch, records in joined.values()]


def _citing_entries(pack: Gathered) -> list[Model]:
    """What was posted by an entry of the pack: its tranche, its voucher, its payment by the treasury."""
    entries = [record.pk for record in pack.records.values() if isinstance(record, Entry) and pack.is_open(record)]
    found: list[Model] = []
    for model in _ours():
        if model in (Posting, Entry):
            continue
        for column, target in causes_of(model):
            if target is Entry:
                for keys in _chunks(entries):
                    found += model._default_manager.filter(**{f"{column}__in": keys})
    return found


def _hosted_rows(pack: Gathered) -> list[Model]:
    """The lines of every entry, and who was present at every event, as far as the reader may see them."""
    found: list[Model] = []
    for model, column in HOSTED.items():
        host: type[Model] = Entry if model is Posting else Event
        hosts = [record.pk for record in pack.records.values() if isinstance(record, host) and pack.is_open(record)]
        for keys in _chunks(hosts):
            found += visible(pack.eyes, model._default_manager.filter(**{f"{column}__in": keys}))
    return found


def _put_together(pack: Gathered) -> None:
    """Let every record hold the others that it cites, so that names cost no query; and note who cites whom."""
    for key, record in pack.records.items():
        for column, target in causes_of(type(record)):
            cited = pack.records.get((target._meta.label_lower, getattr(record, column)))
            if cited is not None:
                setattr(record, column.removesuffix("_id"), cited)
                if key in pack.open and type(record) not in HOSTED:
                    pack.effects[key_of(cited)].append(record)
        host = pack.host_of(record)
        if host is not record and key in pack.open:
            pack.hosted[key_of(host)].append(record)


def _read_papers(pack: Gathered) -> None:
    """The evidence of every open record, as this reader may see it."""
    attached: list[Attachment] = []
    for table, keys in _by_table(pack.open):
        for some in _chunks(keys):
            attached += attachments_of([(table, key) for key in some])
    for one, paper in zip(attached, papers_shown(pack.eyes, attached), strict=True):
        pack.papers[one.table, one.key].append(paper)


def _read_history(pack: Gathered) -> None:
    """The trail of every record, the newest line first."""
    columns = (
        "key",
        "line__verb",
        "line__by",
        "line__at",
        "line",
        "digest",
        "line__seal__number",
        "line__is_simulated",
    )
    for table, keys in _by_table(pack.records):
        for some in _chunks(keys):
            rows = TrailRow.objects.filter(table=table, key__in=some).order_by("-id")
            for key, *written in rows.values_list(*columns):
                pack.history[table, key].append(Written(*written))
    users = {line.by for lines in pack.history.values() for line in lines if line.by}
    _take(pack, _read({User: users - {key for table, key in pack.records if table == "base.user"}}))


def _by_table(keys: Iterable[Key]) -> list[tuple[str, list[int]]]:
    tables: dict[str, list[int]] = defaultdict(list)
    for table, key in sorted(keys):
        tables[table].append(key)
    return list(tables.items())


@cache
def causes_of(model: type[Model]) -> tuple[tuple[str, type[Model]], ...]:
    """The columns by which a table cites others, with the table cited; its programme apart."""
    fields: Any = model._meta.concrete_fields
    return tuple(
        (field.attname, field.related_model)
        for field in fields
        if isinstance(field, ForeignKey) and field.related_model is not Programme
    )


def _ours() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("laar.")]


def _chunks(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), MANY):
        yield keys[start : start + MANY]
