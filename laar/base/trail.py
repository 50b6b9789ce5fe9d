"""The trail: what a transaction did, drafted while it runs and written at its end; the seals that chain it.

A line's digest covers who, what, when and the digests of its rows; a row's digest is salted, so a person can be
forgotten (payload and salt blanked) and the chain still verifies.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from laar.base import head
from laar.base.clock import is_simulated, now
from laar.base.guard import open_door
from laar.base.ids import newest
from laar.base.images import Image, digest
from laar.base.models import Seal, TrailLine, TrailRow, User
from laar.base.rollups import Key, Rollup, apply, rollups_of
from laar.base.rows import insert

#: The advisory lock under which PostgreSQL's sealer works; any number that nothing else here uses.
SEALER = 0x1AA2_5EA1


@dataclass
class RowDraft:
    """What became of one record so far."""

    model: type[models.Model]
    before: Image | None
    after: Image
    #: What the record was is not written down: the step makes LAAR forget it.
    is_forgotten: bool = False
    #: Rows are written in the order of the changes, across all lines: the newest row is the record as it is.
    place: int = field(default_factory=count().__next__)

    @property
    def key(self) -> tuple[str, int]:
        """The record."""
        return self.model._meta.label_lower, int(self.after["id"])

    @property
    def changed(self) -> Image | None:
        """The columns that changed, as they were."""
        if self.before is None:
            return None
        if self.is_forgotten:
            return {}
        return {name: value for name, value in self.before.items() if self.after.get(name) != value}


@dataclass
class LineDraft:
    """A line of the trail that is not written yet."""

    by: User | None
    verb: str
    subject: models.Model
    at: datetime
    on: date
    command: UUID | None
    cause: LineDraft | None
    rows: list[RowDraft] = field(default_factory=list)
    written: TrailLine | None = None
    _newest: dict[tuple[str, int], RowDraft] = field(default_factory=dict)

    def note(self, model: type[models.Model], before: Image | None, after: Image) -> None:
        """Put a change down; a second one of the same record makes one row, unless another line came in between."""
        row = RowDraft(model, before, after)
        earlier = self._newest.get(row.key)
        if earlier and earlier.after == before:
            earlier.after = after
            return
        self.rows.append(row)
        self._newest[row.key] = row

    def forget(self, record: models.Model) -> None:
        """What the record was before this step is not written down either."""
        self._newest[record._meta.label_lower, record.pk].is_forgotten = True


def write_down(drafts: Sequence[LineDraft]) -> None:
    """Apply the roll-ups, write the lines with their rows, seal them where one writer writes (SQLite)."""
    with open_door():
        _apply_rollups(drafts)
        lines, rows = _lines_and_rows(drafts)
        seal = _next_seal([line.digest for line in lines]) if connection.vendor == "sqlite" else None
        if seal:
            insert([seal])
        for draft, line in zip(drafts, lines, strict=True):
            line.seal = seal
            line.cause = draft.cause.written if draft.cause else None
            insert([line])
            draft.written = line
        for row in rows:
            row.line = row.line  # the foreign key takes the id that the line has now
        insert(rows)
    if seal:
        transaction.on_commit(lambda: head.append(seal), robust=True)  # what is committed is done


def seal_trail() -> int:
    """Seal every line that no seal covers yet, under the sealer's lock; how many. On SQLite there are none."""
    with transaction.atomic(), open_door():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALER])
        lines = list(TrailLine.objects.filter(seal=None).order_by("id").values_list("id", "digest"))
        if not lines:
            return 0
        seal = _next_seal([line_digest for _, line_digest in lines])
        insert([seal])
        TrailLine.objects.filter(id__in=[line for line, _ in lines]).update(seal=seal)
    head.append(seal)
    return len(lines)


def last_seal() -> int:
    """The number of the newest seal; 0 before the first."""
    return Seal.objects.aggregate(number=models.Max("number"))["number"] or 0


def seal_digest(number: int, previous: str, root: str, members: int, at: datetime) -> str:
    """What a seal says, in one digest; the next seal and the head file repeat it."""
    return digest("seal", number, previous, root, members, at)


def row_digest(salt: str, table: str, key: int, before: Image | None, after: Image | None) -> str:
    """A row's digest. The salt keeps a forgotten name from being found by trying names."""
    return digest("row", salt, table, key, before, after)


def line_digest(line: TrailLine, cause: str, rows: Iterable[str]) -> str:
    """A line's digest, over everything that it says, the line it is part of, and its rows in order."""
    return digest(
        "line",
        line.by_id,
        line.verb,
        line.table,
        line.key,
        line.at,
        line.on,
        line.is_simulated,
        line.command,
        cause,
        list(rows),
    )


def _lines_and_rows(drafts: Sequence[LineDraft]) -> tuple[list[TrailLine], list[TrailRow]]:
    lines: list[TrailLine] = []
    rows: list[tuple[int, TrailRow]] = []
    digests: dict[int, str] = {}
    for draft in drafts:
        line = TrailLine(
            by=draft.by,
            verb=draft.verb,
            table=draft.subject._meta.label_lower,
            key=draft.subject.pk,
            at=draft.at,
            on=draft.on,
            is_simulated=is_simulated(),
            command=draft.command,
        )
        own = [_row(line, change) for change in draft.rows]
        cause = digests[id(draft.cause)] if draft.cause else ""
        line.digest = digests[id(draft)] = line_digest(line, cause, (row.digest for row in own))
        lines.append(line)
        rows.extend(zip((change.place for change in draft.rows), own, strict=True))
    return lines, [row for _, row in sorted(rows, key=itemgetter(0))]


def _row(line: TrailLine, change: RowDraft) -> TrailRow:
    (table, key), salt, before = change.key, secrets.token_hex(16), change.changed
    made = row_digest(salt, table, key, before, change.after)
    return TrailRow(line=line, table=table, key=key, before=before, after=change.after, salt=salt, digest=made)


def _next_seal(digests: Sequence[str]) -> Seal:
    last = newest(Seal, "number", "digest")
    number, previous = (last[0] + 1, last[1]) if last else (1, "")
    root, at = digest("root", list(digests)), now()
    made = seal_digest(number, previous, root, len(digests), at)
    return Seal(number=number, previous=previous, members=len(digests), root=root, at=at, digest=made)


def _apply_rollups(drafts: Sequence[LineDraft]) -> None:
    deltas: dict[int, tuple[Rollup, dict[Key, list[int]]]] = {}
    for draft in drafts:
        for change in draft.rows:
            for rollup in rollups_of(change.model):
                _, totals = deltas.setdefault(id(rollup), (rollup, {}))
                if change.before is not None:
                    rollup.add(totals, change.before, -1)
                rollup.add(totals, change.after, 1)
    apply(sorted(deltas.values(), key=lambda pair: pair[0].rank))


def history(record: models.Model) -> models.QuerySet[TrailRow, Any]:
    """Every change of a record, the newest first."""
    return (
        TrailRow.objects.filter(table=record._meta.label_lower, key=record.pk)
        .select_related("line", "line__by", "line__cause")
        .order_by("-id")
    )


def version_of(record: models.Model) -> int:
    """The version of a record: the id of its newest row in the trail; 0 before the first."""
    newest = TrailRow.objects.filter(table=record._meta.label_lower, key=record.pk).aggregate(id=models.Max("id"))
    return newest["id"] or 0


def digests_of(model: type[models.Model], keys: Sequence[int]) -> dict[int, str]:
    """The digest of the newest image of each of these records, by key."""
    rows = TrailRow.objects.filter(table=model._meta.label_lower, key__in=keys).order_by("id")
    return dict(rows.values_list("key", "digest"))
