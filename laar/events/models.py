"""Tables of what happened with people present."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laar.base.clock import new_uid
from laar.base.models import Record
from laar.events.rules import CAPACITIES, EVENT, KINDS, REQUEST
from laar.kit.names import Name
from laar.registers.models import Party, Place, choices
from laar.registers.rules import SEXES


class Event(Record):
    """A forum, a training, a meeting, a visit: a day, a place, a host, people present."""

    PLACE: ClassVar[str | None] = "place__code"

    uid = models.UUIDField(_("uid"), default=new_uid, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=choices({key: kind.name for key, kind in KINDS.items()}))
    on = models.DateField(_("date"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    host = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("host"))
    title_en = models.CharField(_("title in English"), max_length=300)
    title_km = models.CharField(_("title in Khmer"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=EVENT.choices(), default=EVENT.initial)

    class Meta:
        verbose_name = _("event")
        indexes: ClassVar = [models.Index(fields=["programme", "kind", "state", "on"], name="event_by_kind")]

    def __str__(self) -> str:
        return f"{self.name.en}, {self.on}"

    @property
    def name(self) -> Name:
        return Name(en=self.title_en, km=self.title_km)


class Attendance(Record):
    """Who was present: a person by name, or a count by sex and capacity. Both add up in the same column."""

    PLACE: ClassVar[str | None] = "event__place__code"

    event = models.ForeignKey(Event, models.PROTECT, related_name="attendances", verbose_name=_("event"))
    person = models.ForeignKey(Party, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("person"))
    sex = models.CharField(_("sex"), max_length=1, choices=choices(SEXES), blank=True)
    capacity = models.CharField(_("present as"), max_length=12, choices=choices(CAPACITIES))
    count = models.PositiveIntegerField(_("number of people"), default=1)

    class Meta:
        verbose_name = _("attendance")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(person=None) | models.Q(count=1),
                name="a_named_person_counts_once",
                violation_error_code="attendance.count",
            ),
            models.CheckConstraint(condition=models.Q(count__gt=0), name="somebody_came"),
            models.UniqueConstraint(
                fields=["event", "person"],
                condition=~models.Q(person=None),
                name="a_person_is_present_once",
                violation_error_code="attendance.named_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        if self.person:
            return self.person.name
        sex, capacity = SEXES[self.sex], CAPACITIES[self.capacity]
        return Name(
            en=f"{self.count} × {sex.en.lower()}, {capacity.en.lower()}",
            km=f"{sex.km} {self.count} នាក់ ({capacity.km})",
        )


class Request(Record):
    """What somebody asked for at an event: a citizen's request, a finding of a visit, a complaint."""

    PLACE: ClassVar[str | None] = "place__code"
    #: Where this column is true, only the office sees the record.
    SENSITIVE: ClassVar[str] = "is_sensitive"

    uid = models.UUIDField(_("uid"), default=new_uid, unique=True, editable=False)
    event = models.ForeignKey(Event, models.PROTECT, related_name="requests", verbose_name=_("raised at"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    #: What a citizen follows the request by; it can be said over the telephone.
    code = models.CharField(_("code"), max_length=16)
    text_en = models.CharField(_("request in English"), max_length=500, blank=True)
    text_km = models.CharField(_("request in Khmer"), max_length=500, blank=True)
    sex = models.CharField(_("asked by"), max_length=1, choices=choices(SEXES), blank=True)
    is_sensitive = models.BooleanField(_("never public"), default=False)
    state = models.CharField(_("state"), max_length=15, choices=REQUEST.choices(), default=REQUEST.initial)
    reason_en = models.CharField(_("reason in English"), max_length=500, blank=True)
    reason_km = models.CharField(_("reason in Khmer"), max_length=500, blank=True)
    referred_to = models.ForeignKey(
        Party, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("referred to")
    )
    #: The event at which the people who asked were told what became of it.
    told_at = models.ForeignKey(
        Event, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("reported back at")
    )

    class Meta:
        verbose_name = _("request")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code"], name="request_code_once"),
            models.CheckConstraint(
                condition=~models.Q(text_en="") | ~models.Q(text_km=""), name="request_says_something"
            ),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        return Name(
            en=f"{self.code}: {self.text_en or self.text_km}", km=f"{self.code}៖ {self.text_km or self.text_en}"
        )

    @property
    def decision(self) -> str:
        """What was decided, also after the people were told: accepted, referred, declined, or nothing yet."""
        if self.state != "reported_back":
            return "" if self.state == REQUEST.initial else self.state
        if self.referred_to_id:
            return "referred"
        return "declined" if self.reason_en or self.reason_km else "accepted"
