"""Tables of what councils plan."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laar.base.clock import new_uid
from laar.base.models import Record, User
from laar.events.models import Decision, Event, Request
from laar.kit.money import Money
from laar.kit.names import Name
from laar.plans.rules import FUNDING, LINE, NEED, PLAN, PLAN_KINDS
from laar.registers.models import Party, Place, choices


class Plan(Record):
    """A plan of a council for a year: an outreach plan, a CDP, a CIP."""

    PLACE: ClassVar[str | None] = "place__code"
    IS_PUBLIC: ClassVar[bool | models.Q] = True
    #: What somebody wrote, who may have written of a person.
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"reason_en", "reason_km"})

    uid = models.UUIDField(_("uid"), default=new_uid, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=5, choices=choices(PLAN_KINDS))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    owner = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("council"))
    partner = models.ForeignKey(
        Party, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("monitoring committee")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    #: Of a plan for several years: a development plan (five), a rolling investment programme (three).
    last_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    funding = models.CharField(_("paid from"), max_length=10, choices=choices(FUNDING))
    title_en = models.CharField(_("title in English"), max_length=300)
    title_km = models.CharField(_("title in Khmer"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=PLAN.choices(), default=PLAN.initial)
    submitted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("submitted by")
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("approved by")
    )
    #: Why it was last returned.
    reason_en = models.CharField(_("reason in English"), max_length=500, blank=True, default="", db_default="")
    reason_km = models.CharField(_("reason in Khmer"), max_length=500, blank=True, default="", db_default="")

    class Meta:
        verbose_name = _("plan")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "kind", "owner", "year"], name="plan_once_a_year"),
            models.CheckConstraint(
                condition=models.Q(last_year=None) | models.Q(last_year__gte=models.F("year")),
                name="plan_ends_after_it_begins",
                violation_error_code="period.reversed",
            ),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        return Name(en=self.title_en, km=self.title_km)


class Line(Record):
    """One activity of a plan: what, where, in which month, for how many people, for how much."""

    PLACE: ClassVar[str | None] = "plan__place__code"
    IS_PUBLIC: ClassVar[bool | models.Q] = True

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="lines", verbose_name=_("plan"))
    position = models.PositiveSmallIntegerField(_("number"))
    title_en = models.CharField(_("activity in English"), max_length=300)
    title_km = models.CharField(_("activity in Khmer"), max_length=300, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    month = models.DateField(_("month"))
    people = models.PositiveIntegerField(_("people expected"))
    quantity = models.PositiveIntegerField(_("quantity"), null=True, blank=True)
    unit_en = models.CharField(_("unit in English"), max_length=60, blank=True)
    unit_km = models.CharField(_("unit in Khmer"), max_length=60, blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    units = models.BigIntegerField(_("budget, in 1/10 000"))
    state = models.CharField(_("state"), max_length=12, choices=LINE.choices() + NEED.choices(), default=LINE.initial)
    #: Of a need: how urgent the council finds it, 1 first.
    rank = models.PositiveSmallIntegerField(_("priority"), null=True, blank=True)
    #: The council's decision that put it into the budget.
    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("in the budget by")
    )
    #: The line that this one continues: of the development plan, or of last year's programme. It is the same need.
    continues = models.ForeignKey(
        "self", models.PROTECT, related_name="continued_by", null=True, blank=True, verbose_name=_("continues")
    )
    #: The event that delivered it.
    event = models.ForeignKey(
        Event, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("delivered by")
    )
    reason_en = models.CharField(_("reason in English"), max_length=300, blank=True)
    reason_km = models.CharField(_("reason in Khmer"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("line of a plan")
        indexes: ClassVar = [models.Index(fields=["programme", "month", "id"], name="line_by_month")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "position"], name="line_number_once"),
            models.CheckConstraint(condition=models.Q(units__gte=0), name="line_budget_is_not_negative"),
            models.CheckConstraint(
                condition=~models.Q(state="held") | ~models.Q(event=None), name="a_held_line_has_its_event"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="budgeted") | ~models.Q(decision=None), name="a_budget_line_has_its_decision"
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
    #: It names the request that it answers.
    SENSITIVE: ClassVar[str] = "request__is_sensitive"
    IS_PUBLIC: ClassVar[bool | models.Q] = True

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
