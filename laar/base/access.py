"""The only two questions about permission: `can()` and `visible()`.

Rights are judged by the instant at which something is written, never by the day on the paper: nobody back-dates past a
role that has ended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from laar.base.clock import now
from laar.base.models import Evidence, Programme, Role, User
from laar.base.rules import OFFICE, ROLES, Verb
from laar.kit.figures import follow
from laar.kit.names import Name
from laar.kit.refusals import Refusal

M = TypeVar("M", bound=Model)


def roles_on(user: User, day: date) -> QuerySet[Role]:
    """The roles that a user holds on a day."""
    return user.roles.filter(Q(until=None) | Q(until__gt=day), since__lte=day)


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

    @cached_property
    def roles(self) -> list[Role]:
        """The roles that let the user do this verb, wherever they reach."""
        if self.user is None or not self.user.is_active:
            return []
        return [role for role in roles_on(self.user, self.day) if role.role in self.verb.roles]

    @property
    def day(self) -> date:
        """The day of the instant, where the installation works."""
        return timezone.localtime(self.at).date()

    def reaches(self, record: Model) -> bool:
        """Whether it holds for a record."""
        if self.user is None:
            return self.verb.by_system and _is_the_installation.get()
        return any(covers(role, record, anywhere=self.verb.anywhere) for role in self.roles)

    def require(self, record: Model, on: date) -> None:
        """Raise the Refusal that says why not, unless it reaches the record; `on` is the day of the paper."""
        if self.reaches(record):
            return
        user, verb = self.user, self.verb
        who = user.name if user else Name(en="The installation", km="ប្រព័ន្ធ")
        if user and not user.is_active:
            raise Refusal("access.not_active", who=who)
        ended = user.roles.filter(role__in=verb.roles, until__lte=self.day).order_by("-until") if user else []
        for role in ended:
            if covers(role, record, anywhere=verb.anywhere):
                raise Refusal("access.role_ended", who=who, role=ROLES[role.role], until=role.until, on=on)
        raise Refusal(
            "access.no_role",
            who=who,
            verb=verb.label,
            roles=_listed(sorted(verb.roles)),
            whom=_listed(["administrator"]),
        )


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


def place_of(record: Model) -> str | None:
    """The official code of the place that a record is about."""
    path: str | None = getattr(record, "PLACE", None)
    code: str | None = follow(record, path) if path else None
    return code


def visible(user: User | None, records: QuerySet[M]) -> QuerySet[M]:
    """Those of the records that a user may see; somebody without a role sees none."""
    if user is None or not user.is_active:
        return records.none()
    model = records.model
    fields = {field.name for field in model._meta.get_fields()}
    path: str | None = getattr(model, "PLACE", None)
    sensitive: str | None = getattr(model, "SENSITIVE", None)
    allowed = Q(pk__in=[])
    for role in roles_on(user, timezone.localtime(now()).date()):
        reach = Q()
        if role.programme_id is not None and "programme" in fields:
            reach &= Q(programme=role.programme_id) | Q(programme=None)
        if role.place and path:
            reach &= Q(**{f"{path}__startswith": role.place})
        elif role.place and not getattr(model, "IS_SHARED", False):
            continue  # it concerns the whole programme, the role only a part
        if model is Programme and role.programme_id is not None:
            reach &= Q(pk=role.programme_id)
        if sensitive and role.role not in OFFICE:
            reach &= Q(**{sensitive: False})
        allowed |= reach or Q(pk__isnull=False)
    return records.filter(allowed)


def openable(user: User | None, records: Iterable[Model]) -> set[tuple[str, int]]:
    """Which of some records, as (table, key), a user may open; one query for each table."""
    keys: dict[type[Model], set[int]] = defaultdict(set)
    for record in records:
        keys[type(record)].add(record.pk)
    return {
        (model._meta.label_lower, key)
        for model, own in keys.items()
        for key in visible(user, model._default_manager.filter(pk__in=own)).values_list("pk", flat=True)
    }


def can_open(user: User | None, evidence: Evidence) -> bool:
    """Whether a user may look at a file: at evidence of the whole programme, or of a record that the user may see."""
    if visible(user, Evidence.objects.filter(pk=evidence.pk)).exists():
        return True
    return any(
        visible(user, apps.get_model(attachment.table)._default_manager.filter(pk=attachment.key)).exists()
        for attachment in evidence.attachments.all()
    )


def _listed(roles: Iterable[str]) -> Name:
    names = [ROLES[role] for role in roles]
    return Name(en=", ".join(name.en for name in names) or "–", km=", ".join(name.km for name in names) or "–")
