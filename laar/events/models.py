"""Tables of what happened with people present."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laar.base.clock import new_uid
from laar.base.models import Record, User
from laar.events.rules import ADVICE, CAPACITIES, COURSE, EVENT, KINDS, REQUEST
from laar.kit.money import Money
from laar.kit.names import Name, in_khmer
from laar.ledger.models import Document
from laar.registers.models import Party, Place, choices
from laar.registers.rules import SEXES


class Course(Record):
    """A training course as it was designed: for whom, to what end, and what its tests showed. Sessions are events."""

    #: Whoever works in the programme reads it: it belongs to no place.
    IS_SHARED: ClassVar[bool] = True
    #: Columns in 1/100 %, shown as percent.
    HUNDREDTHS: ClassVar[frozenset[str]] = frozenset({"before", "after"})

    uid = models.UUIDField(_("uid"), default=new_uid, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=20)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    title_km = models.CharField(_("title in Khmer"), max_length=300, blank=True)
    audience_en = models.CharField(_("for whom, in English"), max_length=500, blank=True)
    audience_km = models.CharField(_("for whom, in Khmer"), max_length=500, blank=True)
    objectives_en = models.TextField(_("objectives in English"), blank=True)
    objectives_km = models.TextField(_("objectives in Khmer"), blank=True)
    state = models.CharField(_("state"), max_length=12, choices=COURSE.choices(), default=COURSE.initial)
    since = models.DateField(_("first day"), null=True, blank=True)
    until = models.DateField(_("day after the last"), null=True, blank=True)
    tested = models.PositiveIntegerField(_("people who took both tests"), null=True, blank=True)
    before = models.PositiveSmallIntegerField(_("average of the test before"), null=True, blank=True)
    after = models.PositiveSmallIntegerField(_("average of the test after"), null=True, blank=True)
    reason_en = models.CharField(_("reason in English"), max_length=500, blank=True)
    reason_km = models.CharField(_("reason in Khmer"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("training course")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "code", "version"], name="course_version_once", violation_error_code="course.code"
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")),
                name="course_ends_after_it_begins",
                violation_error_code="period.reversed",
            ),
            models.CheckConstraint(
                condition=(~models.Q(title_en="") | ~models.Q(title_km=""))
                & (~models.Q(audience_en="") | ~models.Q(audience_km=""))
                & (~models.Q(objectives_en="") | ~models.Q(objectives_km="")),
                name="course_says_something",
                violation_error_code="course.says_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        title = Name(en=self.title_en, km=self.title_km)
        version = f" ({self.version})" if self.version > 1 else ""
        return Name(en=f"{self.code}{version}: {title.say('en')}", km=f"{self.code}{version}៖ {title.say('km')}")


class Event(Record):
    """A forum, a training, a meeting, a visit: a day, a place, a host, people present."""

    PLACE: ClassVar[str | None] = "place__code"
    IS_PUBLIC: ClassVar[bool | models.Q] = True

    uid = models.UUIDField(_("uid"), default=new_uid, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=choices({key: kind.name for key, kind in KINDS.items()}))
    on = models.DateField(_("date"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    host = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("host"))
    title_en = models.CharField(_("title in English"), max_length=300)
    title_km = models.CharField(_("title in Khmer"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=EVENT.choices(), default=EVENT.initial)
    #: Of a training: the course of which it is a session.
    course = models.ForeignKey(
        Course, models.PROTECT, related_name="sessions", null=True, blank=True, verbose_name=_("training course")
    )
    #: Why it was cancelled.
    reason_en = models.CharField(_("reason in English"), max_length=500, blank=True)
    reason_km = models.CharField(_("reason in Khmer"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("event")
        indexes: ClassVar = [
            models.Index(fields=["programme", "kind", "state", "on"], name="event_by_kind"),
            models.Index(fields=["programme", "on", "id"], name="event_by_day"),
            models.Index(fields=["programme", "place", "on", "id"], name="event_by_place"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(course=None) | models.Q(kind="training"), name="only_a_training_has_a_course"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name.en}, {self.on}"

    @property
    def name(self) -> Name:
        return Name(en=self.title_en, km=self.title_km)


class Attendance(Record):
    """Who was present: a person by name, or a count by sex and capacity. Both add up in the same column."""

    PLACE: ClassVar[str | None] = "event__place__code"
    #: A line with a name; a count tells of nobody.
    PERSONS: ClassVar[models.Q] = models.Q(person__isnull=False)

    event = models.ForeignKey(Event, models.PROTECT, related_name="attendances", verbose_name=_("event"))
    person = models.ForeignKey(Party, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("person"))
    sex = models.CharField(_("sex"), max_length=1, choices=choices(SEXES), blank=True)
    capacity = models.CharField(_("present as"), max_length=12, choices=choices(CAPACITIES))
    count = models.PositiveIntegerField(_("number of people"), default=1)
    #: For which body somebody was present; people of one body may be on several lines.
    body = models.ForeignKey(
        Party, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("present for")
    )

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
        sex, capacity = SEXES[self.sex], CAPACITIES[self.capacity]
        who = Name(
            en=f"{self.count} × {sex.en.lower()}, {capacity.en.lower()}",
            km=f"{sex.km} {self.count} នាក់ ({capacity.km})",
        )
        if self.person:
            who = self.person.name
        body = self.body.name if self.body else None
        return Name(en=f"{who.en}, {body.en}", km=f"{who.km} {body.km}") if body else who


class Decision(Record):
    """What a council decided in a session: numbered, dated with the session, signed on paper."""

    PLACE: ClassVar[str | None] = "session__place__code"

    uid = models.UUIDField(_("uid"), default=new_uid, unique=True, editable=False)
    council = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("council"))
    number = models.CharField(_("number of the decision"), max_length=30)
    #: The day of the session: a decision has no other.
    on = models.DateField(_("date"))
    session = models.ForeignKey(Event, models.PROTECT, related_name="decisions", verbose_name=_("session"))
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    title_km = models.CharField(_("title in Khmer"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("council decision")
        indexes: ClassVar = [models.Index(fields=["programme", "on", "id"], name="decision_by_day")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "council", "number"],
                name="decision_numbered_once",
                violation_error_code="decision.numbered_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(number=""), name="decision_has_a_number", violation_error_code="decision.number"
            ),
            models.CheckConstraint(
                condition=~models.Q(title_en="") | ~models.Q(title_km=""),
                name="decision_says_something",
                violation_error_code="decision.title",
            ),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        council, title = self.council.name, Name(en=self.title_en, km=self.title_km)
        return Name(
            en=f"Decision {self.number} of {council.en}: {title.say('en')}",
            km=f"សេចក្តីសម្រេចលេខ {self.number} របស់{council.km}៖ {title.say('km')}",
        )


class Advice(Record):
    """What was advised at a coaching visit, by when it is followed, and what was found later."""

    PLACE: ClassVar[str | None] = "visit__place__code"

    uid = models.UUIDField(_("uid"), default=new_uid, unique=True, editable=False)
    visit = models.ForeignKey(Event, models.PROTECT, related_name="advice", verbose_name=_("coaching visit"))
    text_en = models.CharField(_("advice in English"), max_length=500, blank=True)
    text_km = models.CharField(_("advice in Khmer"), max_length=500, blank=True)
    due = models.DateField(_("due"))
    state = models.CharField(_("state"), max_length=12, choices=ADVICE.choices(), default=ADVICE.initial)
    followed_at = models.ForeignKey(
        Event, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("followed up at")
    )
    found_en = models.CharField(_("what was found, in English"), max_length=500, blank=True)
    found_km = models.CharField(_("what was found, in Khmer"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("advice")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(text_en="") | ~models.Q(text_km=""),
                name="advice_says_something",
                violation_error_code="advice.says_nothing",
            ),
            models.CheckConstraint(
                condition=models.Q(followed_at=None, state="given")
                | models.Q(followed_at__isnull=False, state="followed_up"),
                name="advice_is_followed_up_at_a_visit",
            ),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        text = Name(en=self.text_en, km=self.text_km)
        return Name(en=text.say("en"), km=text.say("km"))


class Request(Record):
    """What somebody asked for at an event: a citizen's request, a finding of a visit, a complaint."""

    PLACE: ClassVar[str | None] = "place__code"
    #: Where this column is true, only the office sees the record.
    SENSITIVE: ClassVar[str] = "is_sensitive"
    IS_PUBLIC: ClassVar[bool | models.Q] = True
    #: In a small village the sex and the day say who it was.
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"sex"})

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


class PaymentList(Record):
    """What the participants of an event are paid for travel and meals. Its sum is a document of the books."""

    PLACE: ClassVar[str | None] = "event__place__code"

    event = models.ForeignKey(Event, models.PROTECT, related_name="payment_lists", verbose_name=_("event"))
    number = models.PositiveSmallIntegerField(_("number"))
    currency = models.CharField(_("currency"), max_length=3)
    drawn_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("drawn up by"))
    #: The payment voucher over its sum; the books know nothing of events.
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("payment voucher")
    )

    class Meta:
        verbose_name = _("participants' payment list")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "number"], name="payment_list_once"),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        return Name(
            en=f"Payment list {self.number}, {self.event.name.en}",
            km=f"បញ្ជីបើកប្រាក់ទី{in_khmer(self.number)} {self.event.name.km}",
        )


class PaymentLine(Record):
    """One participant on a payment list, who signs beside the amount."""

    PLACE: ClassVar[str | None] = "sheet__event__place__code"
    #: Every line names somebody.
    PERSONS: ClassVar[models.Q] = models.Q(pk__isnull=False)

    sheet = models.ForeignKey(PaymentList, models.PROTECT, related_name="lines", verbose_name=_("payment list"))
    position = models.PositiveSmallIntegerField(_("line"))
    person = models.ForeignKey(Party, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("person"))
    #: The name as it stands on the list, of somebody who is not registered.
    called = models.CharField(_("name on the list"), max_length=200, blank=True)
    travel = models.BigIntegerField(_("travel, in 1/10 000"))
    meals = models.BigIntegerField(_("meals, in 1/10 000"))
    #: Why somebody is paid whom the attendance does not name, or who is paid elsewhere on that day.
    reason_en = models.CharField(_("explanation in English"), max_length=500, blank=True)
    reason_km = models.CharField(_("explanation in Khmer"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("line of a payment list")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "position"], name="payment_line_once"),
            models.UniqueConstraint(
                fields=["sheet", "person"],
                condition=~models.Q(person=None),
                name="a_person_is_paid_once_on_a_list",
                violation_error_code="payment_list.named_once",
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | ~models.Q(called=""), name="a_payment_line_names_somebody"
            ),
            models.CheckConstraint(
                condition=models.Q(travel__gte=0, meals__gte=0), name="a_payment_line_is_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def amount(self) -> Money:
        """Travel and meals together."""
        return Money(self.travel + self.meals, self.sheet.currency)

    @property
    def name(self) -> Name:
        return self.person.name if self.person else Name(en=self.called, km=self.called)
