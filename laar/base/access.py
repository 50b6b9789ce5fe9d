"""The only two questions about permission: `can()` and `visible()`.

Rights are judged by the instant at which something is written, never by the day on the paper: nobody back-dates past a
role that has ended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar

from django.apps import apps
from django.db.models import CharField, Model, Q, QuerySet, Value
from django.utils import timezone

from laar.base.models import Evidence, Programme, Role, User
from laar.base.readers import Eyes, Held, Reader, eyes_of, is_public, roles_held_on
from laar.base.rules import ROLES, Verb
from laar.kit.figures import follow
from laar.kit.names import Name, listed, name_of
from laar.kit.refusals import Refusal

M = TypeVar("M", bound=Model)


_is_the_installation: ContextVar[bool] = ContextVar("is_the_installation", default=False)


@contextmanager
def the_installation() -> Iterator[None]:
    """Do what must be done before anybody can sign in: only here `by=None` may act, and only by verbs `by_system`.

    For the command line and the demonstration. Elsewhere nobody is nobody.
    """
    token = _is_the_installation.set(True)
    try:
        yield
    finally:
        _is_the_installation.reset(token)


@dataclass
class Permission:
    """Whether a user may do a verb at an instant: asked once about the subject, and about everything that is created."""

    user: User | None
    verb: Verb
    at: datetime
    #: The roles of the user on that day, where they are known: whoever asks about many verbs reads them once.
    held: Sequence[Role] | None = None

    @cached_property
    def roles(self) -> list[Role]:
        """The roles that let the user do this verb, wherever they reach."""
        held = roles_held(self.user, self.at) if self.held is None else self.held
        return [role for role in held if role.role in self.verb.roles]

    @property
    def day(self) -> date:
        """The day of the instant, where the installation works."""
        return timezone.localtime(self.at).date()

    def reaches(self, record: Model) -> bool:
        """Whether it holds for a record."""
        if self.user is None:
            return self.verb.by_system and _is_the_installation.get()
        if self.verb.own:
            return self.user.is_active and _account_of(record) == self.user.pk
        return any(covers(role, record, anywhere=self.verb.anywhere) for role in self.roles)

    def require(self, record: Model, on: date) -> None:
        """Raise the Refusal that says why not, unless it reaches the record; `on` is the day of the paper."""
        if self.reaches(record):
            return
        user, verb = self.user, self.verb
        who = user.name if user else Name(en="The installation", km="ប្រព័ន្ធ")
        if user and not user.is_active:
            raise Refusal("access.not_active", who=who)
        if verb.own:
            raise Refusal("access.not_own", verb=verb.label, who=name_of(record))
        ended = user.roles.filter(role__in=verb.roles, until__lte=self.day).order_by("-until") if user else []
        for role in ended:
            if covers(role, record, anywhere=verb.anywhere):
                raise Refusal("access.role_ended", who=who, role=ROLES[role.role], until=role.until, on=on)
        raise Refusal(
            "access.no_role",
            who=who,
            verb=verb.label,
            roles=listed(ROLES[role] for role in sorted(verb.roles)),
            whom=ROLES["administrator"],
        )


def roles_held(user: User | None, at: datetime) -> list[Role]:
    """The roles of a user at an instant; of whoever may not come in, none."""
    if user is None or not user.is_active:
        return []
    return roles_held_on(user, timezone.localtime(at).date())


def may_do(user: User | None, verbs: Collection[Verb], record: Model, at: datetime) -> set[str]:
    """Which of some verbs a user may do to a record at an instant, by their codes: `can()`, with the roles read once."""
    held = roles_held(user, at)
    return {verb.code for verb in verbs if Permission(user, verb, at, held).reaches(record)}


def can(user: User | None, verb: Verb, record: Model, at: datetime) -> bool:
    """Whether this user may do this to this record at this instant."""
    return Permission(user, verb, at).reaches(record)


def covers(role: Role, record: Model, *, anywhere: bool = False) -> bool:
    """Whether a role's programme and area take in a record.

    What concerns a whole programme takes a role in all of it, unless the verb may be done from `anywhere` in it. What
    is shared has no column for a programme; where there is one and it is empty, all programmes are meant.
    """
    if role.programme_id is not None and getattr(record, "programme_id", role.programme_id) != role.programme_id:
        return False
    return anywhere or (place_of(record) or "").startswith(role.place)


def _account_of(record: Model) -> int | None:
    """Whose account a record is, or is about."""
    key: int | None = record.pk if isinstance(record, User) else getattr(record, "user_id", None)
    return key


def place_of(record: Model) -> str | None:
    """The official code of the place that a record is about."""
    path: str | None = getattr(record, "PLACE", None)
    code: str | None = follow(record, path) if path else None
    return code


def visible(reader: Reader, records: QuerySet[M]) -> QuerySet[M]:
    """Those of the records that a reader may see: a user, `reader_as(…)`, or PUBLIC. Nobody sees none.

    What a table says about itself decides: `PLACE` (whose area), `SENSITIVE` (a column; where it is true, the office
    only), `PERSONS` (which rows are about a person by name), `READERS` (the only roles that see it), `SEEN_WITH` (the user
    whose programmes it is seen in), `IS_PUBLIC` (which rows anybody may see).
    """
    eyes, model = eyes_of(reader), records.model
    if eyes.is_public:
        rows = is_public(model)
        shown = records.none() if rows is False else records if rows is True else records.filter(rows)
        return shown.filter(_not_in_confidence(model), _of_an_open_programme(model))
    allowed = Q(pk__in=[])
    for held in eyes.held:
        reach = _reach(held, model)
        if reach is not None:
            allowed |= reach or Q(pk__isnull=False)
    return records.filter(allowed)


def within_reach(reader: Reader, verb: Verb, records: QuerySet[M]) -> QuerySet[M]:
    """Those of the records to which a reader's roles let do a verb today: `can()` as a question to the database."""
    eyes = eyes_of(reader).only(verb.roles)
    if getattr(records.model, "PLACE", None) is None and not verb.anywhere:
        eyes = Eyes(tuple(one for one in eyes.held if not one.place))  # it concerns the whole programme
    return visible(eyes, records)


def _reach(held: Held, model: type[Model]) -> Q | None:
    """Which rows of a table a role reaches; None: not one."""
    path: str | None = getattr(model, "PLACE", None)
    persons: Q | None = getattr(model, "PERSONS", None)
    readers: frozenset[str] | None = getattr(model, "READERS", None)
    if readers is not None and held.role not in readers:
        return None
    reach = Q()
    if held.programme is not None and any(field.name == "programme" for field in model._meta.concrete_fields):
        reach &= Q(programme=held.programme) | Q(programme=None)
    user: str | None = getattr(model, "SEEN_WITH", None)
    if held.programme is not None and user:
        reach &= Q(**{f"{user}__in": _colleagues(held)})
    if held.place and path:
        reach &= Q(**{f"{path}__startswith": held.place})
    elif held.place and not getattr(model, "IS_SHARED", False):
        return None  # it concerns the whole programme, the role only a part
    if model is Programme and held.programme is not None:
        reach &= Q(pk=held.programme)
    if not held.is_office:
        reach &= _not_in_confidence(model)
    if persons is not None and not held.knows_persons:
        reach &= ~persons
    return reach


def _colleagues(held: Held) -> QuerySet[User]:
    """Whom a role in a programme knows: who works there or everywhere, and to an administrator who works nowhere yet."""
    works = Role.objects.filter(Q(programme=held.programme) | Q(programme=None))
    known = Q(pk__in=works.values("user"))
    if held.role == "administrator":
        known |= ~Q(pk__in=Role.objects.values("user"))
    return User.objects.filter(known)


def may_see_some(reader: Reader, model: type[Model]) -> bool:
    """Whether a reader may see any row of a table at all; what there is none of is no reason to say no."""
    eyes = eyes_of(reader)
    if eyes.is_public:
        return is_public(model) is not False
    return any(_reach(held, model) is not None for held in eyes.held)


def sees_all(reader: Reader, model: type[Model], programme: Programme) -> bool:
    """Whether a reader sees every row that a programme has in a table: then a total of it is a total of what is shown."""
    eyes = eyes_of(reader)
    if eyes.is_public:
        return is_public(model) is True and not hasattr(model, "SENSITIVE")
    return any(
        held.programme in (None, programme.pk)
        and not held.place
        and (held.is_office or not hasattr(model, "SENSITIVE"))
        and (held.knows_persons or not hasattr(model, "PERSONS"))
        for held in eyes.held
    )


def knows_persons(reader: Reader) -> bool:
    """Whether a reader may see records that are about a person by name, somewhere."""
    return any(held.knows_persons for held in eyes_of(reader).held)


def _of_an_open_programme(model: type[Model]) -> Q:
    """Anybody may look at a demonstration and at what was published; what is shared belongs to no programme."""
    if model is Programme:
        return Q(is_demo=True) | Q(is_published=True)
    if any(field.name == "programme" for field in model._meta.concrete_fields):
        return Q(programme__is_demo=True) | Q(programme__is_published=True) | Q(programme=None)
    return Q()


def _not_in_confidence(model: type[Model]) -> Q:
    sensitive: str | None = getattr(model, "SENSITIVE", None)
    return Q(**{sensitive: False}) if sensitive else Q()


def openable(reader: Reader, records: Iterable[Model]) -> set[tuple[str, int]]:
    """Which of some records, as (table, key), a reader may open; one query for all tables."""
    eyes = eyes_of(reader)
    keys: dict[type[Model], set[int]] = defaultdict(set)
    for record in records:
        keys[type(record)].add(record.pk)
    seen = [
        visible(eyes, model._default_manager.filter(pk__in=own))
        .order_by()
        .values_list(Value(model._meta.label_lower, CharField()), "pk")
        for model, own in keys.items()
    ]
    return set(seen[0].union(*seen[1:], all=True)) if seen else set()


def can_open(reader: Reader, evidence: Evidence) -> bool:
    """Whether a reader may look at a file: at evidence of the whole programme, or of a record that the reader may see.

    A paper that shows persons is judged by the roles of the office alone; its redacted copy like the paper itself would
    be if it showed nobody. The public opens no file.
    """
    eyes = eyes_of(reader)
    return _reaches_paper(eyes.office if evidence.is_personal else eyes, evidence)


def may_know(reader: Reader, evidence: Evidence) -> bool:
    """Whether a reader may know that a file exists, be it closed: who may see the record that it proves."""
    return _reaches_paper(eyes_of(reader), evidence)


def _reaches_paper(eyes: Eyes, evidence: Evidence) -> bool:
    if eyes.is_public or not eyes.held:
        return False
    if visible(eyes, Evidence.objects.filter(pk=evidence.pk)).exists():
        return True
    original = evidence.redacts or evidence
    return any(
        visible(eyes, apps.get_model(attachment.table)._default_manager.filter(pk=attachment.key)).exists()
        for attachment in original.attachments.all()
    )


def holds(user: User, roles: Collection[str], record: Model, at: datetime) -> bool:
    """Whether a user holds one of some roles over a record at an instant."""
    return any(role.role in roles and covers(role, record) for role in roles_held(user, at))
