"""Tables of what councils plan."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laar.base.clock import new_uid
from laar.base.models import Record, User
from laar.events.models import Event, Request
from laar.kit.money import Money
from laar.kit.names import Name
from laar.plans.rules import FUNDING, LINE, PLAN, PLAN_KINDS
from laar.registers.models import Party, Place, choices


class Plan(Record):
    """A plan of a council for a year: an outreach plan, a CDP, a CIP."""

    PLACE: ClassVar[str | None] = "place__code"

    uid = models.UUIDField(_("uid"), default=new_uid, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=5, choices=choices(PLAN_KINDS))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    owner = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("council"))
    partner = models.ForeignKey(
        Party, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("monitoring committee")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    funding = models.CharField(_("paid from"), max_length=10, choices=choices(FUNDING))
    title_en = models.CharField(_("title in English"), max_length=300)
    title_km = models.CharField(_("title in Khmer"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=PLAN.choices(), default=PLAN.initial)
    submitted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("submitted by")
    )
    decision = models.CharField(_("number of the council's decision"), max_length=40, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)

    class Meta:
        verbose_name = _("plan")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "kind", "owner", "year"], name="plan_once_a_year")
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        return Name(en=self.title_en, km=self.title_km)


class Line(Record):
    """One activity of a plan: what, where, in which month, for how many people, for how much."""

    PLACE: ClassVar[str | None] = "plan__place__code"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="lines", verbose_name=_("plan"))
    position = models.PositiveSmallIntegerField(_("number"))
    title_en = models.CharField(_("activity in English"), max_length=300)
    title_km = models.CharField(_("activity in Khmer"), max_length=300, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    month = models.DateField(_("month"))
    people = models.PositiveIntegerField(_("people expected"))
    currency = models.CharField(_("currency"), max_length=3)
    units = models.BigIntegerField(_("budget, in 1/10 000"))
    state = models.CharField(_("state"), max_length=12, choices=LINE.choices(), default=LINE.initial)
    #: The event that delivered it.
    event = models.ForeignKey(
        Event, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("delivered by")
    )
    reason_en = models.CharField(_("reason in English"), max_length=300, blank=True)
    reason_km = models.CharField(_("reason in Khmer"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("line of a plan")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "position"], name="line_number_once"),
            models.CheckConstraint(condition=models.Q(units__gte=0), name="line_budget_is_not_negative"),
            models.CheckConstraint(
                condition=~models.Q(state="held") | ~models.Q(event=None), name="a_held_line_has_its_event"
            ),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        return Name(en=self.title_en, km=self.title_km)

    @property
    def amount(self) -> Money:
        """What it is to cost."""
        return Money(self.units, self.currency)


class Answer(Record):
    """A line answers a request: the arrow from the plan back to what a villager asked."""

    PLACE: ClassVar[str | None] = "line__plan__place__code"

    line = models.ForeignKey(Line, models.PROTECT, related_name="answers", verbose_name=_("line"))
    request = models.ForeignKey(
        Request, models.PROTECT, related_name="+", related_query_name="answer", verbose_name=_("request")
    )

    class Meta:
        verbose_name = _("answer")
        constraints: ClassVar = [models.UniqueConstraint(fields=["line", "request"], name="answered_once_by_a_line")]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        line, request = self.line.name, self.request
        return Name(en=f"{request.code} → {line.en}", km=f"{request.code} → {line.km or line.en}")
