"""Through whose eyes something is shown: a user's, those of a role without an account, or the public's.

A user is asked for the roles of today once; whoever shows much (a page, a trace pack) asks once and keeps the `Eyes`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from laar.base.clock import now
from laar.base.models import Evidence, Programme, Role, User
from laar.base.rows import rows
from laar.base.rules import KNOWS_PERSONS, OFFICE
from laar.kit.figures import follow
from laar.kit.names import Name, name_of


@dataclass(frozen=True, slots=True)
class Held:
    """A role that is held: which, in which programme (None: in all), in which area (empty: in all of it)."""

    role: str
    programme: int | None = None
    place: str = ""

    @property
    def is_office(self) -> bool:
        """Whether it works with people, and so may see what was said in confidence and papers that show persons."""
        return self.role in OFFICE

    @property
    def knows_persons(self) -> bool:
        """Whether it may see records that are about a person by name."""
        return self.role in KNOWS_PERSONS


@dataclass(frozen=True, slots=True)
class Eyes:
    """A reader: the roles that are held, or the public. No role and not the public: nobody, who sees nothing."""

    held: tuple[Held, ...] = ()
    is_public: bool = False

    def inside(self, programme: Programme) -> bool:
        """Whether this reader has any role in a programme; to everybody else small counts of people are not shown."""
        return any(one.programme in (None, programme.pk) for one in self.held)

    @property
    def office(self) -> Eyes:
        """The same reader with the roles of the office only: what shows persons is judged by them."""
        return self.only(OFFICE)

    def only(self, roles: Collection[str]) -> Eyes:
        """The same reader with some of the roles only: what such a role reaches."""
        return Eyes(tuple(one for one in self.held if one.role in roles))

    @property
    def administers(self) -> bool:
        """Whether this reader looks after the house itself, and so can do something with a command."""
        return self.holds(("administrator",))

    def holds(self, roles: Collection[str]) -> bool:
        """Whether this reader has one of some roles, anywhere."""
        return any(one.role in roles for one in self.held)


#: Who can't sign in anywhere: only records that say `IS_PUBLIC`, without their personal columns.
PUBLIC: Final = Eyes(is_public=True)
NOBODY: Final = Eyes()

#: Whoever reads. `None` is nobody.
Reader = User | Eyes | None


def eyes_of(reader: Reader) -> Eyes:
    """What a reader sees through: of a user the roles that are held today."""
    if isinstance(reader, Eyes):
        return reader
    if reader is None or not reader.is_active:
        return NOBODY
    today = timezone.localtime(now()).date()
    return Eyes(tuple(Held(role.role, role.programme_id, role.place) for role in roles_held_on(reader, today)))


def reader_as(role: str, programme: Programme) -> Eyes:
    """A reader without an account, with one role in the whole of a programme: for whom a trace pack is made."""
    return Eyes((Held(role, programme.pk),))


def roles_on(user: User, day: date) -> QuerySet[Role]:
    """The roles that a user holds on a day."""
    return user.roles.filter(Q(until=None) | Q(until__gt=day), since__lte=day)


def roles_held_on(user: User, day: date) -> list[Role]:
    """The same, read at once: all that the user ever held are few, and asking for them is the quicker the plainer."""
    roles = rows(Role, user_id=user.pk)
    return [role for role in roles if role.since <= day and (role.until is None or day < role.until)]


def is_public(model: type[Model]) -> Q | bool:
    """Which rows of a table may be shown to anybody: all (True), those of a condition, or none (False)."""
    rows: Q | bool = getattr(model, "IS_PUBLIC", False)
    return rows


def is_closed(record: Model) -> bool:
    """Whether a record was said in confidence, or is about a person by name: its papers are as closed as it is."""
    sensitive: str | None = getattr(record, "SENSITIVE", None)
    if sensitive and not isinstance(record, Evidence) and follow(record, sensitive):
        return True
    persons: Q | None = getattr(record, "PERSONS", None)
    return persons is not None and type(record)._default_manager.filter(persons, pk=record.pk).exists()


def name_for(reader: Reader, record: Model) -> Name:
    """What a record is called before a reader: the public gets the name without what somebody typed about a person."""
    if isinstance(reader, Eyes) and reader.is_public:
        public = getattr(record, "public_name", None)
        if isinstance(public, Name):
            return public
    return name_of(record)
