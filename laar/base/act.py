"""The one door for writes.

    with act(by, "project.approve", project, on=on, command=command, seen=seen) as step:
        project = step.subject                  # locked and fresh: never the caller's copy
        OA.move(project, "approve", on=on)
        step.save(project)

`act()` opens the transaction, locks the subject, asks `can()` and every objector, runs the body, then writes roll-ups,
trail and seal in the same transaction. An action called inside another joins it: permission and command belong to the
outermost, rules and objections run always. See docs/writing.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, wraps
from hashlib import sha256
from typing import Any, Generic, ParamSpec, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from laar.base import clock
from laar.base.access import Permission
from laar.base.complaints import refusal_for
from laar.base.guard import open_door
from laar.base.images import Image, image
from laar.base.models import Attachment, Evidence, TrailLine, TrailRow, User
from laar.base.objectors import objectors_to
from laar.base.readers import is_closed
from laar.base.rows import insert, rows
from laar.base.rules import day_has_come, verb_of
from laar.base.settle import settle
from laar.base.trail import LineDraft, version_of, write_down
from laar.kit.names import name_of
from laar.kit.refusals import Refusal

S = TypeVar("S", bound=models.Model)
M = TypeVar("M", bound=models.Model)
P = ParamSpec("P")
R = TypeVar("R")

_ACTIONS: dict[str, Callable[..., Any]] = {}


class AlreadyDone(Exception):
    """Raised by `act()` on entering, when the command was carried out before; `@action` returns its result."""

    def __init__(self, result: models.Model) -> None:
        self.result = result
        super().__init__(str(result))


def action(verb: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Say that the decorated function does this verb, and let a repeated command return the first result."""

    def declare(function: Callable[P, R]) -> Callable[P, R]:
        if verb in _ACTIONS or function.__name__ != verb_of(verb).function:
            raise ValueError(f"{verb} has exactly one action, called {verb_of(verb).function}")

        @wraps(function)
        def once(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                return function(*args, **kwargs)
            except AlreadyDone as done:
                if done.result is None:
                    raise
                return done.result  # type: ignore[return-value]  # what the first call returned

        _ACTIONS[verb] = once
        return once

    return declare


def actions() -> dict[str, Callable[..., Any]]:
    """Every verb's action."""
    return dict(_ACTIONS)


@dataclass
class _Transaction:
    """What the outermost step and those inside it share: the drafts, and the images of the rows they hold."""

    drafts: list[LineDraft] = field(default_factory=list)
    images: dict[tuple[str, int], Image] = field(default_factory=dict)

    def forget(self, drafted: int) -> None:
        """Go back to when there were so many drafts: the steps since are undone in the database, too."""
        changes = [change for draft in self.drafts[drafted:] for change in draft.rows]
        for change in sorted(changes, key=lambda change: change.place, reverse=True):
            if change.before is None:
                self.images.pop(change.key, None)
            else:
                self.images[change.key] = change.before
        del self.drafts[drafted:]


@dataclass
class Step(Generic[S]):
    """An open step: the fresh subject, and the only hands that may write."""

    by: User | None
    verb: str
    on: date
    at: datetime
    subject: S
    _line: LineDraft
    _shared: _Transaction
    _permission: Permission
    _has_result: bool = False

    @property
    def is_by_itself(self) -> bool:
        """Whether somebody asked for this step alone, and no other step caused it."""
        return self._line.cause is None

    def made(self, model: type[models.Model]) -> Iterator[Image]:
        """The new rows of a table in this transaction, which its roll-ups do not count yet."""
        for draft in self._shared.drafts:
            yield from (change.after for change in draft.rows if change.model is model and change.before is None)

    def lock(self, record: M) -> M:
        """Another record, locked and read afresh, so that the step may save it."""
        fresh = _locked(record)
        self._hold(fresh)
        return fresh

    def _hold(self, fresh: models.Model) -> None:
        """Remember what a locked record was, to know what of it is changed."""
        self._shared.images[_key(fresh)] = fresh.__dict__["_image"] = image(fresh)
        fresh.__dict__["_secrets"] = _secrets(fresh)

    def create(self, record: M) -> M:
        """Insert a new record within the doer's reach; the first one is what the step is about and returns."""
        settle(record)
        self._check_programme([record])
        if self._line.cause is None:
            self._permission.require(record, self.on)
        self._insert([record])
        if not self._has_result:
            self._line.subject, self._has_result = record, True
        return record

    def add(self, record: M) -> M:
        """Insert a record that belongs to what the step is about, and is not what it returns."""
        self._check_programme([record])
        return self._aside(record)

    def create_many(self, records: Sequence[M]) -> list[M]:
        """Insert many records of one table, each with its own row in the trail."""
        if not records:
            return []
        for record in records:
            settle(record)
        self._check_programme(records)
        self._insert(records)
        return list(records)

    def save(self, record: models.Model) -> None:
        """Write the columns of a locked record that changed; nothing where none did. It must be within reach, too."""
        before: Image | None = record.__dict__.get("_image")
        if before is None or self._shared.images.get(_key(record)) != before:
            raise RuntimeError(f"{record!r} was not locked by this step, or was saved through another copy since")
        settle(record)
        after = image(record)
        changed = [
            name for name, value in _secrets(record).items() if record.__dict__.get("_secrets", {}).get(name) != value
        ]
        changed += [
            column.name
            for column in record._meta.concrete_fields
            if before.get(column.attname) != after.get(column.attname)
        ]
        if changed:
            self._check_programme([record])
            if self._line.cause is None:
                self._permission.require(record, self.on)
            self._write(lambda: record.save(update_fields=changed), record)
            self._note(record, before)

    def result(self, record: M) -> M:
        """Say that this record is what the action returns, where it is neither the subject nor a new one."""
        self._line.subject, self._has_result = record, True
        return record

    def forget(self, record: models.Model) -> None:
        """Blank what the trail knows of a record from before this step; digests stay, so the chain still verifies."""
        self._line.forget(record)
        earlier = TrailRow.objects.filter(table=record._meta.label_lower, key=record.pk)
        self._write(lambda: earlier.update(before=None, after=None, salt=""), record)

    def attach(
        self, record: models.Model, evidence: Evidence, role: str, *, is_signed: bool = False, is_personal: bool = False
    ) -> Attachment:
        """Put evidence beside a record; `role` says what it is there: `voucher`, `minutes`, `signed_sheet`.

        `is_signed`: it speaks for a body that does not sign in. Raises Refusal `evidence.no_signatory` unless somebody
        signed it. `is_personal`: it names somebody; a paper of a closed record is closed anyway.
        """
        if is_signed and not evidence.signed_by:
            raise Refusal("evidence.no_signatory", evidence=name_of(evidence))
        if (is_personal or is_closed(record)) and not evidence.is_personal:
            self._close(evidence)  # a paper is no more open than what it proves
        return self._aside(
            Attachment(
                programme_id=getattr(record, "programme_id", None) or evidence.programme_id,
                evidence=evidence,
                table=record._meta.label_lower,
                key=record.pk,
                role=role,
            )
        )

    def _close(self, evidence: Evidence) -> None:
        """From now on it shows persons: the office opens it, with a reason."""
        locked = self.lock(evidence)
        before = locked.__dict__["_image"]
        locked.is_personal = True
        self._write(lambda: locked.save(update_fields=["is_personal"]), locked)
        self._note(locked, before)

    def _aside(self, record: M) -> M:
        settle(record)
        self._insert([record])
        return record

    def _insert(self, records: Sequence[models.Model]) -> None:
        self._write(lambda: insert(records), records[0])
        for record in records:
            self._note(record, None)

    def _note(self, record: models.Model, before: Image | None) -> None:
        after = image(record)
        self._line.note(type(record), before, after)
        self._shared.images[_key(record)] = record.__dict__["_image"] = after

    def _write(self, write: Callable[[], R], record: models.Model) -> R:
        try:
            with open_door():
                return write()
        except DatabaseError as error:
            no = refusal_for(error, record)
            if no is None:
                raise
            raise no from error

    def _check_programme(self, records: Sequence[models.Model]) -> None:
        """A record and everything operational that it cites belong to one programme."""
        for relation in records[0]._meta.concrete_fields:
            if not isinstance(relation, models.ForeignKey) or not _has_programme(relation.related_model):
                continue
            cited: dict[int, models.Model] = {}
            for record in records:
                target = getattr(record, relation.attname)
                if target is None:
                    continue
                if target not in cited:
                    cited[target] = getattr(record, relation.name)
                other = cited[target]
                mine, theirs = getattr(record, "programme_id", None), getattr(other, "programme_id", None)
                if mine is not None and theirs is not None and mine != theirs:
                    raise Refusal("record.other_programme", record=name_of(record), cited=name_of(other))


_open: ContextVar[Step[Any] | None] = ContextVar("open_step", default=None)
#: Where the lines of a rehearsal are put instead of into the trail.
_rehearsed: ContextVar[list[LineDraft] | None] = ContextVar("rehearsed", default=None)


def rehearse(do: Callable[[], Any], tell: Callable[[list[LineDraft]], R]) -> R:
    """Carry an action out, let `tell` look at what it changed, and undo all of it: nothing is written, not even a line.

    What a form says that it will do is what it will do, because the action itself says so. Raises what `do` raises.
    """
    lines: list[LineDraft] = []
    token = _rehearsed.set(lines)
    try:
        with transaction.atomic():
            try:
                do()
                return tell(lines)
            finally:
                transaction.set_rollback(True)
    finally:
        _rehearsed.reset(token)


@contextmanager
def act(
    by: User | None,
    verb: str,
    subject: S,
    *,
    on: date,
    command: UUID | None = None,
    seen: int | None = None,
    within: models.Model | None = None,
) -> Iterator[Step[S]]:
    """Open a step: `verb` done to `subject` by `by`, on the day that the paper says.

    `subject` is the record acted on; for a verb that creates one it is the parent (the `Installation` for what has
    none). `command` is an id chosen by the caller: a second call with it has no effect and returns the first result.
    `seen` is the version of the record that a form was opened with. `within` is locked before the subject: a book before
    its account, wherever the step needs both. Raises Refusal; then nothing was written.
    """
    outer = _open.get()
    at = clock.now()
    with transaction.atomic():
        shared = outer._shared if outer else _Transaction()
        if command and not outer:
            _refuse_to_repeat(command, verb, by)
        if within:
            _locked(within)
        fresh = _locked(subject)
        if outer and (by, on) != (outer.by, outer.on):
            raise RuntimeError(f"{verb} inside {outer.verb}: the same person on the same day does both")
        permission = outer._permission if outer else Permission(by, verb_of(verb), at)
        if not outer:
            permission.require(fresh, on)
        _refuse_older_version(fresh, seen)
        if not day_has_come(on, clock.today()):
            raise Refusal("day.not_yet", on=on, today=clock.today())
        for objector in objectors_to(verb):
            objector(fresh)
        line = LineDraft(by, verb, fresh, at, on, command if not outer else None, outer._line if outer else None)
        drafted = len(shared.drafts)
        shared.drafts.append(line)
        step = Step(by, verb, on, at, fresh, line, shared, permission)
        step._hold(fresh)
        token = _open.set(step)
        try:
            yield step
        except BaseException:
            shared.forget(drafted)
            raise
        finally:
            _open.reset(token)
        if not outer:
            _finish(shared)


def _finish(shared: _Transaction) -> None:
    drafts: list[LineDraft] = []
    causes: set[int] = set()
    for draft in reversed(shared.drafts):  # an effect comes after its cause
        if draft.rows or id(draft) in causes:
            drafts.append(draft)
            causes.add(id(draft.cause))
    if not drafts:
        return  # nothing was changed, so there is nothing to write down
    rehearsed = _rehearsed.get()
    if rehearsed is not None:
        rehearsed.extend(drafts[::-1])
        return  # it is undone anyway
    try:
        write_down(drafts[::-1])
    except DatabaseError as error:
        no = refusal_for(error, TrailLine)
        if no is None:
            raise
        raise no from error


def _locked(record: M) -> M:
    model, way = type(record), (getattr(record, "PLACE", None) or "").rpartition("__")[0]
    try:
        if way:  # the doer's area is asked for next: its place comes along, not by a query for every step of the way
            held = model._default_manager.select_for_update(of=("self",), no_key=True).select_related(way)
            found = list(held.filter(pk=record.pk))
        else:
            found = rows(model, lock=True, id=record.pk)
    except DatabaseError as error:
        raise refusal_for(error, record) or error from error
    if not found:
        raise Refusal("record.not_found")
    return found[0]


def _key(record: models.Model) -> tuple[str, int]:
    return record._meta.label_lower, record.pk


def _secrets(record: models.Model) -> dict[str, Any]:
    """The columns that no image has: that they changed is written down, what they were is not."""
    return {name: getattr(record, name) for name in getattr(record, "SECRET", ())}


@cache
def _has_programme(model: Any) -> bool:
    return any(field.name == "programme" for field in model._meta.get_fields())


def _refuse_to_repeat(command: UUID, verb: str, by: User | None) -> None:
    """Raise AlreadyDone with the first result, to whoever gave it first. Two calls at once wait for each other here."""
    if connection.vendor == "postgresql":
        number = int.from_bytes(sha256(command.bytes).digest()[:8], "big", signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
    lines = TrailLine.objects.filter(command=command).values_list("verb", "by_id", "table", "key")
    for earlier, who, table, key in lines:  # one at most
        if earlier != verb or who != (by.pk if by else None):
            raise Refusal("command.reused", command=command, verb=verb_of(earlier).label)
        raise AlreadyDone(apps.get_model(table)._default_manager.get(pk=key))


def _refuse_older_version(record: models.Model, seen: int | None) -> None:
    if seen is None:
        return
    version = version_of(record)
    if version > seen:
        newest = TrailRow.objects.select_related("line__by").get(pk=version)
        who = newest.line.by.name if newest.line.by else name_of("LAAR")
        raise Refusal("record.changed_since", record=name_of(record), who=who, seen=seen, version=version)
