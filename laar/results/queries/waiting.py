"""What waits for a user: one question for each row of the table of waits, whatever the number of records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet, Subquery, Sum, Window
from django.db.models.functions import Coalesce

from laar.base.access import within_reach
from laar.base.models import TrailLine, User
from laar.base.readers import Eyes, eyes_of
from laar.base.rules import verb_of
from laar.kit.figures import follow
from laar.kit.names import NOTHING, Name
from laar.plans.models import Line
from laar.plans.rules import LEFT
from laar.projects.models import ApprovalStep, Opinion, Project, Refund, Tranche, Visit, Voucher
from laar.projects.rules import OVER, REFUND
from laar.registers.models import Place
from laar.results.waits import MOST, WAITS, Wait, days_said


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record that waits for the user: for what, since when, and whether it is late."""

    record: Model
    wait: Wait
    since: date
    #: How many days it waits.
    days: int

    @property
    def is_late(self) -> bool:
        """Whether it waits longer than it should."""
        return self.days > self.wait.within

    @property
    def stands(self) -> Name:
        """For how long it waits, in words."""
        return days_said(self.days, is_late=self.is_late)

    @property
    def place(self) -> Name:
        """Where it is."""
        path = (getattr(self.record, "PLACE", None) or "").removesuffix("__code")
        found = follow(self.record, path) if path else None
        return found.name if isinstance(found, Place) else NOTHING


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies on somebody's desk: the oldest first, and how many more there are."""

    waiting: tuple[Waiting, ...]
    more: int

    @property
    def count(self) -> int:
        """How many there are in all."""
        return len(self.waiting) + self.more


def waiting_for(user: User, today: date, eyes: Eyes | None = None, most: int = MOST) -> Desk:
    """Everything that waits for a user: that the user may see, has a role to do, and did not do the step before."""
    seen = eyes_of(user) if eyes is None else eyes
    found: list[Waiting] = []
    count = 0
    for wait in WAITS:
        if not seen.holds(verb_of(wait.verb).roles):
            continue
        rows = list(_rows(wait, user, seen, today)[:most])
        count += rows[0]._count if rows else 0
        found += [_waiting(row, wait, today) for row in rows]
    found.sort(key=lambda one: (one.since, one.wait.verb, one.record.pk))
    return Desk(tuple(found[:most]), max(count - most, 0))


def _waiting(row: Any, wait: Wait, today: date) -> Waiting:
    since = row._since or today
    return Waiting(row, wait, since, max((today - since).days, 0))


def _rows(wait: Wait, user: User, eyes: Eyes, today: date) -> QuerySet[Any]:
    """The records of one kind of waiting, with the day since when and how many there are of them."""
    model = _model(wait.kind)
    records: QuerySet[Any] = model._default_manager.filter(state__in=wait.states, **wait.only)
    if wait.condition:
        records = CONDITIONS[wait.condition](records, today)
    for column in wait.others:
        records = records.filter(~Q(**{column: user.pk}) | Q(**{column: None}))
    records = within_reach(eyes, verb_of(wait.verb), records)
    dated: QuerySet[Any] = records.annotate(_since=_since(wait, model), _count=Window(Count("pk")))
    return dated.select_related(*_named_by(model)).order_by(F("_since").asc(nulls_last=True), "pk")


def _since(wait: Wait, model: type[Model]) -> Any:
    if wait.day:
        return F(wait.day)
    lines = TrailLine.objects.filter(table=model._meta.label_lower, key=OuterRef("pk"), verb__in=wait.after)
    return Subquery(lines.order_by("-id").values("on")[:1])


def _model(kind: str) -> type[Model]:
    return next(one for one in apps.get_models() if one._meta.model_name == kind and one.__module__.startswith("laar."))


def _named_by(model: type[Model]) -> list[str]:
    """The paths along which the name and the place of a record are found."""
    place = (getattr(model, "PLACE", None) or "").removesuffix("__code")
    return [*getattr(model, "NAMED_BY", ()), *([place] if place else []), "programme"]


# ── conditions that take more than a column ─────────────────────────────────────────────────────────────────────────

Condition = Callable[[QuerySet[Any], date], QuerySet[Any]]


def _words(before: str) -> QuerySet[Any]:
    """The steps of approval that a project is asked by before something, with the newest word of each."""
    project = OuterRef("pk")
    words = Opinion.objects.filter(project=OuterRef(project), step=OuterRef("pk"), round=OuterRef(OuterRef("round")))
    asked = ApprovalStep.objects.filter(
        Q(until=None) | Q(until__gt=OuterRef("proposed_on")),
        programme=OuterRef("programme"),
        kind=OuterRef("kind"),
        before=before,
        since__lte=OuterRef("proposed_on"),
    )
    return asked.annotate(word=Subquery(words.order_by("-on", "-id").values("is_favourable")[:1]))


def _a_word_is_missing(before: str) -> Condition:
    return lambda projects, _today: projects.filter(Exists(_words(before).filter(word=None)))


def _everybody_said_yes(before: str) -> Condition:
    return lambda projects, _today: projects.exclude(Exists(_words(before).filter(Q(word=None) | Q(word=False))))


def _accounted(is_all: bool) -> Condition:
    """Whether accepted vouchers and refunds add up to what was paid of a tranche."""

    def condition(tranches: QuerySet[Any], _today: date) -> QuerySet[Any]:
        spent = _sum(Voucher.objects.filter(tranche=OuterRef("pk"), state="accepted"))
        back = _sum(Refund.objects.filter(tranche=OuterRef("pk"), state=REFUND.initial))
        tranches = tranches.annotate(_accounted=Coalesce(spent, 0) + Coalesce(back, 0))
        return tranches.filter(_accounted=F("units")) if is_all else tranches.exclude(_accounted=F("units"))

    return condition


def _sum(records: QuerySet[Any]) -> Subquery:
    return Subquery(records.order_by().values("tranche").annotate(sum=Sum("units")).values("sum"))


def _the_committee_is_answered(projects: QuerySet[Any], _today: date) -> QuerySet[Any]:
    visits = Visit.objects.filter(project=OuterRef("pk"))
    return projects.filter(Exists(visits)).exclude(Exists(visits.filter(event__requests__state="recorded")))


def _no(records: QuerySet[Any]) -> Condition:
    return lambda found, _today: found.exclude(Exists(records))


CONDITIONS: dict[str, Condition] = {
    "no line is left": _no(Line.objects.filter(plan=OuterRef("pk"), state__in=LEFT)),
    "no grant is open": _no(Project.objects.filter(plan=OuterRef("pk")).exclude(state__in=OVER)),
    "no tranche is open": _no(
        Tranche.objects.filter(
            agreement__project=OuterRef("pk"), state__in=("requested", "approved", "paid", "acknowledged")
        )
    ),
    "the committee was not asked": _no(Visit.objects.filter(project=OuterRef("pk"))),
    "the committee is answered": _the_committee_is_answered,
    "a word is missing before approve": _a_word_is_missing("approve"),
    "a word is missing before sign": _a_word_is_missing("sign"),
    "everybody said yes before approve": _everybody_said_yes("approve"),
    "everybody said yes before sign": _everybody_said_yes("sign"),
    "money is not accounted for": _accounted(is_all=False),
    "all is accounted for": _accounted(is_all=True),
    "it was asked by people": lambda requests, _today: requests.exclude(event__kind="monitoring"),
    "its day is past": lambda events, today: events.filter(on__lt=today),
    "its day has come": lambda advice, today: advice.filter(due__lte=today),
}
