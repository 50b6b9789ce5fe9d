"""Tables of projects: on their path, what others say of them, and how they end."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laar.base.clock import new_uid
from laar.base.models import Record, User
from laar.events.models import Decision, Event
from laar.kit.names import Name
from laar.ledger.models import Purpose
from laar.plans.models import Line, Plan
from laar.projects import rules
from laar.projects.rules import OPINIONS, PROJECT_KINDS, THEMES, WORD_BEFORE
from laar.registers.models import Party, Place, choices
from laar.registers.rules import PARTY_KINDS


class Project(Record):
    """A grant to a commune on its path: for an outreach plan, or for a social development project of a plan's line."""

    PLACE: ClassVar[str | None] = "place__code"
    IS_PUBLIC: ClassVar[bool | models.Q] = True
    #: The second name on the checklist is a person's; the reason is what somebody wrote.
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"second", "reason_en", "reason_km"})

    uid = models.UUIDField(_("uid"), default=new_uid, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=5, choices=choices(PROJECT_KINDS))
    code = models.CharField(_("code"), max_length=20)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    council = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("council"))
    plan = models.ForeignKey(
        Plan, models.PROTECT, related_name="+", related_query_name="project", verbose_name=_("plan")
    )
    #: The one line of a plan that a social development project carries out; an outreach grant is for the whole plan.
    line = models.ForeignKey(
        Line, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("line of the plan")
    )
    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="+", verbose_name=_("purpose in the books"))
    theme = models.CharField(_("theme"), max_length=30, choices=choices(THEMES), blank=True)
    title_en = models.CharField(_("title in English"), max_length=300)
    title_km = models.CharField(_("title in Khmer"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=rules.choices(), default="proposed")
    proposed_on = models.DateField(_("proposed on"))
    #: How often it was proposed: a word on an earlier proposal is no word on this one.
    round = models.PositiveSmallIntegerField(_("proposed for the time"), default=1)
    checked_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("checked by")
    )
    #: The other name on the quality checklist.
    second = models.ForeignKey(
        Party, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("checked together with")
    )
    completed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("completion recorded by")
    )
    #: Why it was last returned, rejected, suspended or terminated.
    reason_en = models.CharField(_("reason in English"), max_length=300, blank=True)
    reason_km = models.CharField(_("reason in Khmer"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("project")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan"],
                condition=models.Q(kind="oa") & ~models.Q(state="rejected"),
                name="one_grant_for_a_plan",
                violation_error_code="project.plan_has_a_grant",
            ),
            models.UniqueConstraint(
                fields=["line"],
                condition=models.Q(kind="sdp") & ~models.Q(state__in=["rejected", "terminated", "wound_up"]),
                name="one_project_for_a_line",
                violation_error_code="project.line_has_a_project",
            ),
            models.UniqueConstraint(fields=["programme", "code"], name="project_code_once"),
            models.CheckConstraint(
                condition=models.Q(kind="oa", line=None) | models.Q(kind="sdp", line__isnull=False),
                name="an_sdp_carries_out_a_line",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="oa") | ~models.Q(theme=""),
                name="an_sdp_has_a_theme",
            ),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        return Name(en=self.title_en, km=self.title_km)


class ApprovalStep(Record):
    """Who is asked about a proposal, in which order, from a day on: the approval path of a country or donor is data."""

    IS_PUBLIC: ClassVar[bool | models.Q] = True

    kind = models.CharField(_("kind of project"), max_length=5, choices=choices(PROJECT_KINDS))
    position = models.PositiveSmallIntegerField(_("number"))
    name_en = models.CharField(_("name in English"), max_length=200)
    name_km = models.CharField(_("name in Khmer"), max_length=200, blank=True)
    body_kind = models.CharField(_("given by"), max_length=20, choices=choices(PARTY_KINDS))
    before = models.CharField(_("needed"), max_length=10, choices=choices(WORD_BEFORE))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("step of approval")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "kind", "position", "since"], name="approval_step_once"),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")),
                name="approval_step_ends_after_it_begins",
                violation_error_code="period.reversed",
            ),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        return Name(en=self.name_en, km=self.name_km)


class Opinion(Record):
    """A body's word on a proposal, recorded on its behalf from its signed paper. Of two words the later one counts."""

    PLACE: ClassVar[str | None] = "project__place__code"
    IS_PUBLIC: ClassVar[bool | models.Q] = True
    #: What somebody wrote, who may have written of a person.
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"text_en", "text_km"})

    project = models.ForeignKey(Project, models.PROTECT, related_name="opinions", verbose_name=_("project"))
    step = models.ForeignKey(ApprovalStep, models.PROTECT, related_name="opinions", verbose_name=_("step of approval"))
    body = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("given by"))
    round = models.PositiveSmallIntegerField(_("proposed for the time"), default=1)
    on = models.DateField(_("date"))
    is_favourable = models.BooleanField(_("in favour"))
    text_en = models.CharField(_("in words, in English"), max_length=500, blank=True)
    text_km = models.CharField(_("in words, in Khmer"), max_length=500, blank=True)
    #: Where the body is a council, its word is a numbered decision.
    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("council's decision")
    )

    class Meta:
        verbose_name = _("opinion")

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        step, body = self.step.name, self.body.name
        said = Name(en="in favour", km="យល់ស្រប") if self.is_favourable else Name(en="with objections", km="មានការជំទាស់")
        return Name(en=f"{step.en}: {body.en}, {said.en}", km=f"{step.km or step.en}៖ {body.km} {said.km}")


class Visit(Record):
    """What the monitoring committee said after it had looked – or that it was asked and said nothing.

    Its findings are Requests raised at the event of the visit.
    """

    PLACE: ClassVar[str | None] = "project__place__code"
    IS_PUBLIC: ClassVar[bool | models.Q] = True
    #: What somebody wrote, who may have written of a person.
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"text_en", "text_km"})
    NAMED_BY: ClassVar[tuple[str, ...]] = ("project",)

    project = models.ForeignKey(Project, models.PROTECT, related_name="visits", verbose_name=_("project"))
    body = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("committee"))
    on = models.DateField(_("date"))
    event = models.OneToOneField(
        Event, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("monitoring visit")
    )
    opinion = models.CharField(_("says"), max_length=10, choices=choices(OPINIONS))
    text_en = models.CharField(_("in words, in English"), max_length=500, blank=True)
    text_km = models.CharField(_("in words, in Khmer"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("word of the committee")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(opinion="silent") | models.Q(event__isnull=False),
                name="who_speaks_has_been_there",
                violation_error_code="visit.event_missing",
            )
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        said, title = OPINIONS[self.opinion], self.project.name
        return Name(
            en=f"Monitoring committee on {title.en}: {said.en.lower()}",
            km=f"គណៈកម្មាធិការតាមដានលើ {title.km or title.en}៖ {said.km}",
        )


class Completion(Record):
    """One page at the end: what was done, for how many people, seen by whom."""

    PLACE: ClassVar[str | None] = "project__place__code"
    IS_PUBLIC: ClassVar[bool | models.Q] = True
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"text_en", "text_km"})
    #: Columns that count people, each a part of the one before it: few of them are not shown to the public.
    COUNTS_PEOPLE: ClassVar[tuple[str, ...]] = ("people", "women")

    project = models.OneToOneField(Project, models.PROTECT, related_name="completion", verbose_name=_("project"))
    on = models.DateField(_("date"))
    people = models.PositiveIntegerField(_("people reached"))
    women = models.PositiveIntegerField(_("of them women"))
    #: Of the unit of the line that the project carries out.
    quantity = models.PositiveIntegerField(_("quantity delivered"), null=True, blank=True)
    text_en = models.TextField(_("report in English"))
    text_km = models.TextField(_("report in Khmer"), blank=True)

    class Meta:
        verbose_name = _("completion")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(women__lte=models.F("people")), name="women_are_among_the_people")
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        title = self.project.name
        return Name(en=f"Completion of {title.en}", km=f"ការបញ្ចប់ {title.km or title.en}")
